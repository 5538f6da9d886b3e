"""What every table is made of: one MetaData with named constraints, and the columns that records share.

Instants are epoch seconds UTC (BIGINT, names end in ``_s``), dates ISO text, flags 0 or 1, lists compact JSON text:
the same on SQLite and PostgreSQL, cheap to read, and comparable as they stand.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, MetaData, SmallInteger, String, Text, text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

Id = BigInteger().with_variant(Integer, "sqlite")


def key() -> Column[int]:
    """A row's number; numbers are never used again."""
    return Column("id", Id, primary_key=True, autoincrement=True)


def instant(name: str, nullable: bool = True) -> Column[int]:
    return Column(name, BigInteger, nullable=nullable)


def day(name: str, nullable: bool = True) -> Column[str]:
    return Column(name, String(10), nullable=nullable)


def words(name: str, default: str = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=text(f"'{default}'"))


def flag(name: str, default: int = 0) -> Column[int]:
    return Column(name, SmallInteger, nullable=False, server_default=text(str(default)))


def whole(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def kept() -> tuple[Column[int], Column[int]]:
    """``version`` goes up by one a change; ``void`` marks what undo took back, which every reader leaves out."""
    return whole("version", 1), flag("void")


WHERE = "where"
"""Under this an index notes which rows it has, see ``ddl``."""


def only_where(condition: str) -> dict[str, Any]:
    """An index of some rows. Said to PostgreSQL's dialect only where its text is made: a file never needs it."""
    return {"sqlite_where": text(condition), "info": {WHERE: condition}}
