"""A month's load of a database with a million appointments, against raw ``fetchall`` of the same selects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.dialects import sqlite

from db.day_rows import NIGHTS_BACK
from db.queries.facade import MONTH_KINDS
from db.queries.spread import SHARES, STRETCHES
from db.repositories.practice import load_codes
from desk_app.application.use_cases.look_at_month import month_view
from desk_app.domain.calendar_pages import month_grid
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

TARGET = 2.0


def measure(setting: Setting) -> Iterator[Figure]:
    desk, connection = setting.desk(), setting.driver()
    days = month_grid(TODAY)
    queries = raw_month(days[0], days[-1], _numbers(desk))
    rows = sum(len(connection.execute(query).fetchall()) for query in queries)
    month_view(desk, TODAY)
    found = interleaved(
        {
            "raw": lambda: [connection.execute(query).fetchall() for query in queries],
            "rows": lambda: desk.queries.month_rows(days[0], days[-1], NOW),
            "month": lambda: month_view(desk, TODAY),
        },
        rounds=20,
    )
    visits = sum(load.visits for load in month_view(desk, TODAY).days)
    desk.close()
    connection.close()
    what = f"a month of {visits} visits, {rows} rows"
    yield Figure("10", f"{what}, into read models", found["rows"], found["raw"], "raw fetchall of the same selects")
    yield Figure("10", f"{what}, as loads", found["month"], found["raw"], "raw fetchall of the same", at_most=TARGET)


def raw_month(first: date, last: date, numbers: list[int]) -> tuple[str, str]:
    """Both selects as plain SQL with their values in them."""
    bound = {"first": first.toordinal(), "last": last.toordinal(), "now": int(NOW.timestamp())}
    shares = SHARES.params(bound)
    stretches = STRETCHES.params({**bound, "first": bound["first"] - NIGHTS_BACK, "ids": numbers})
    how = {"literal_binds": True, "render_postcompile": True}
    plain = [str(each.compile(dialect=sqlite.dialect(), compile_kwargs=how)) for each in (shares, stretches)]
    return plain[0], plain[1]


def _numbers(desk: object) -> list[int]:
    with desk.queries._look() as connection:  # type: ignore[attr-defined]
        codes = load_codes(connection)
    return sorted(number for code, number in codes.resources.items() if codes.kinds[code] in MONTH_KINDS)
