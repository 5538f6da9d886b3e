"""The schema's revision on a server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from db.faults import storage_faults
from desk_app.domain.faults import StorageUnavailable

SERVER = "the database server"


def server_revision(engine: Engine) -> str | None:
    """The stored revision; None for an empty database. Raises StorageUnavailable."""
    with storage_faults(SERVER), engine.connect() as connection:
        return stored_on_server(connection)


def stored_on_server(connection: Any) -> str | None:
    """Raises StorageUnavailable ``foreign`` where the database is another program's."""
    tables = "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
    found = {name for (name,) in connection.exec_driver_sql(tables)}
    if not found:
        return None
    if not {"alembic_version", "audit_event"} <= found:
        raise StorageUnavailable("foreign", path=SERVER)
    revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return revision
