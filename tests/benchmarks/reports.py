"""A year's reports over a million appointments, against raw ``fetchall`` of the same selects; and one day's figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.dialects import sqlite

from db.driver import connect
from db.queries.reports import SqlReportQueries
from desk_app.application.reports.report import Period
from desk_app.application.use_cases import reporting
from tests.benchmarks.big_practice import TODAY, ZONE
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

YEAR = Period(TODAY - timedelta(days=364), TODAY - timedelta(days=1))
SELECTS = {
    "lost_visits": ("ends",),
    "rooms": ("uses",),
    "first_starts": ("flows",),
    "recovery": ("rests",),
    "unplanned_stays": ("stays",),
}
"""The reports that the generated history can fill, with what they read."""

TARGET = 3.0
STAMP = """
INSERT INTO visit_step (appointment_id, status, at_s, version, void)
SELECT id, ?, start_s + ? + (id * 37 % 11) * 60, 1, 0 FROM appointment
WHERE day BETWEEN ? AND ? AND status = 'discharged' AND void = 0
"""
STEPS = (("in_procedure", 600), ("in_recovery", 1800), ("ambulating", 4200))


def measure(setting: Setting) -> Iterator[Figure]:
    path = setting.copy("reports.db")
    _stamp(path)
    desk, connection = setting.desk(path), setting.driver(path)
    for code, read in SELECTS.items():
        queries = [raw for name in read for raw in raw_selects(name, YEAR.first, YEAR.last)]
        rows = sum(len(connection.execute(query).fetchall()) for query in queries)
        found = interleaved(
            {
                "raw": lambda queries=queries: [connection.execute(query).fetchall() for query in queries],  # type: ignore[misc]
                "report": lambda code=code: reporting.make(desk, code, YEAR),  # type: ignore[misc]
            },
            rounds=5,
            warm_up=1,
        )
        what = f"a year's report {code}, {rows} rows"
        yield Figure("11", what, found["report"], found["raw"], "raw fetchall of the same", at_most=TARGET)
    day = interleaved({"day": lambda: reporting.make_day(desk, TODAY)}, rounds=10)
    yield Figure("11", "the ten figures of a day of 383 visits", day["day"])
    desk.close()
    connection.close()


class _Hearing:
    """A connection that only remembers what it was asked."""

    def __init__(self) -> None:
        self.heard: list[Any] = []
        self.cursor = self

    def execute(self, query: Any) -> _Hearing:
        self.heard.append(query)
        return self

    def fetchall(self) -> list[Any]:
        return []


def raw_selects(name: str, first: date, last: date) -> list[str]:
    """What a question of the reports runs, as plain SQL with its values in it."""
    hearing = _Hearing()

    @contextmanager
    def look() -> Iterator[_Hearing]:
        yield hearing

    getattr(SqlReportQueries(look, lambda _: ZONE), name)(first, last)
    how = {"literal_binds": True, "render_postcompile": True}
    return [str(query.compile(dialect=sqlite.dialect(), compile_kwargs=how)) for query in hearing.heard]


def _stamp(path: Path) -> None:
    """The generated history has no steps: the year's discharged visits get theirs."""
    connection = connect(path)
    for status, after in STEPS:
        connection.execute(STAMP, (status, after, YEAR.first.toordinal(), YEAR.last.toordinal()))
    connection.commit()
    connection.close()
