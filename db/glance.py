"""Today as a file has it, at once: read through the plain driver, before SQLAlchemy is imported.

Only a picture for the first seconds: nothing is kept open, the practice's rules are left out, and what is shown is
read again once the database is.
"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from db import files
from db.day_rows import bounds, lines
from db.day_statement import DAY
from db.location import check_place
from db.locks import FileLock
from db.plain_faults import plain_faults
from db.practice_rows import GONE, catalogue_of
from db.revision import CURRENT, is_there, stored_revision
from desk_app.application.day_plan import DayPlan
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date, midnight, zone_of

LOOKING_MS = 200
"""A file that another program keeps locked for longer is left to the opening proper, which says so."""


def glance(path: Path, now: datetime) -> tuple[Catalogue, DayPlan] | None:
    """The practice and its today (those gone included); None where there is no practice of this revision.

    Raises StorageUnavailable where the file cannot be read.
    """
    check_place(path)
    if not is_there(path):
        return None
    with FileLock(path, alone=False), plain_faults(str(path)), closing(files.open_plain(path)) as connection:
        connection.execute(f"PRAGMA busy_timeout={LOOKING_MS}")
        connection.execute("PRAGMA trusted_schema=OFF")
        if stored_revision(connection, path) != CURRENT:
            return None
        connection.execute("BEGIN")  # all of it as of one moment
        catalogue = _catalogue(connection)
        return None if catalogue is None else (catalogue, _today(connection, catalogue, now))


def _catalogue(connection: Any) -> Catalogue | None:
    heads = _rows(connection, "SELECT * FROM practice")
    if not heads:
        return None
    names = dict(connection.execute("SELECT id, code FROM resource"))
    return catalogue_of(heads[0], names, lambda table: _rows(connection, _in_order(table)))


def _in_order(table: str) -> str:
    where = f" WHERE {GONE[table]} = 0" if table in GONE else ""
    return f"SELECT * FROM {table}{where} ORDER BY position, id"


def _rows(connection: Any, statement: str) -> list[dict[str, Any]]:
    cursor = connection.execute(statement)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _today(connection: Any, catalogue: Catalogue, now: datetime) -> DayPlan:
    zone = zone_of(catalogue.settings)
    day = local_date(now, zone)
    bound = bounds(day, int(midnight(day, zone).timestamp()), int(now.timestamp()))
    return DayPlan(day, lines(connection.execute(DAY, bound).fetchall()))
