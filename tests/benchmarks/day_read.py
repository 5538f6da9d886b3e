"""A day of 380 visits into read models, against raw ``fetchall`` of the same columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.dialects import sqlite

from db.day_rows import bounds
from db.queries.day import WITH_GONE
from desk_app.domain.zone import midnight
from tests.benchmarks.big_practice import NOW, TODAY, ZONE
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved


def raw_day(day: date = TODAY) -> str:
    """The select of a day as plain SQL with its values in it."""
    bound = bounds(day, int(midnight(day, ZONE).timestamp()), int(NOW.timestamp()))
    return str(WITH_GONE.params(bound).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def measure(setting: Setting) -> Iterator[Figure]:
    desk, connection = setting.desk(), setting.driver()
    query = raw_day()
    count = len(connection.execute(query).fetchall())
    found = interleaved(
        {
            "raw": lambda: connection.execute(query).fetchall(),
            "models": lambda: desk.queries.day_plan(TODAY, NOW, with_gone=True),
        },
        rounds=60,
    )
    assert len(desk.queries.day_plan(TODAY, NOW, with_gone=True).lines) == count
    desk.close()
    connection.close()
    what = f"a day of {count} visits into read models"
    yield Figure("3", what, found["models"], found["raw"], "raw fetchall of the same columns", at_most=1.4)
