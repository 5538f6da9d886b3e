"""Databases of released revisions with a small practice in them, and a revision that is still to come."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from alembic import command
from alembic.config import Config

from db import migrate, revision
from db.driver import APPLICATION_ID
from db.engine import file_engine, server_engine
from db.files import check_health, open_plain
from db.location import sqlite_path

RELEASED = Path(__file__).resolve().parent / "released"
NEXT = "9999"
ADDED = 5

VERSION = f'''
from alembic import op

revision = "{NEXT}"
down_revision = "{revision.CURRENT}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for number in range({ADDED}):
        connection.exec_driver_sql(f"CREATE TABLE next_{{number}} (id INTEGER CONSTRAINT pk_{{number}} PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO next_{{number}} SELECT id FROM patient")
    connection.exec_driver_sql("ALTER TABLE patient ADD COLUMN nickname TEXT")
'''


def make_released(address: str, released: str) -> None:
    """A database as that revision's program left it."""
    path = sqlite_path(address)
    engine = file_engine(path, "BEGIN IMMEDIATE") if path is not None else server_engine(address)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, released)
        for statement in (RELEASED / f"{released}.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("%", "%%") if path is None else statement)
    engine.dispose()
    if path is not None:
        with closing(open_plain(path)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        check_health(path)


class Patch(Protocol):
    def setattr(self, target: Any, name: str, value: Any) -> None: ...


def release_next(patch: Patch, folder: Path) -> None:
    """From now on this program is one revision newer than it is."""
    copied = folder / "migrations"
    shutil.copytree(migrate.MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / "versions" / f"{NEXT}_next.py").write_text(VERSION, encoding="utf-8")
    patch.setattr(migrate, "MIGRATIONS", copied)
    patch.setattr(revision, "REVISIONS", (*revision.REVISIONS, NEXT))
    patch.setattr(revision, "CURRENT", NEXT)
    patch.setattr(migrate, "CURRENT", NEXT)
