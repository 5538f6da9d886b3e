"""The SQL of released revisions: one file a revision and database, never changed once it is out."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

SEPARATOR = "\n-- next\n"
SQL = Path(__file__).resolve().parent / "migrations" / "sql"


def run_script(connection: Connection, revision: str, folder: Path = SQL) -> None:
    """Runs a revision's statements for the connection's database, inside the transaction that is open."""
    text = (folder / f"{revision}_{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in text.split(SEPARATOR):
        escaped = statement.replace("%", "%%") if connection.dialect.name == "postgresql" else statement
        connection.exec_driver_sql(escaped.strip())
