"""Five thousand open calls: read and sorted beside their raw query, and grouped anew by payer and by patient."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.dialects import sqlite

from db.queries.calls import LINES
from desk_app.application.use_cases import calls
from desk_app.domain.call_order import best_first
from tests.benchmarks.big_practice import NOW
from tests.benchmarks.many_calls import fill
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

REQUESTS, VISITS = 3000, 1000
AS_QUICK = 4
"""Rows as values with words, phones and clocks, sorted: so many times the rows as the driver gives them."""


def measure(setting: Setting) -> Iterator[Figure]:
    path = setting.scratch / "calls.db"
    desk = fill(path, REQUESTS, VISITS)
    query = LINES.where(LINES.selected_columns.status.in_(("due", "claimed"))).order_by("due_s", "id")
    text = str(
        query.params(now=int(NOW.timestamp())).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    )
    driver = setting.driver(path)
    found = calls.look_at_calls(desk).lines
    if len(found) != REQUESTS + 2 * VISITS or len(driver.execute(text).fetchall()) != len(found):
        raise AssertionError("both ways read the same calls")
    reach, payers = calls.reach(desk, NOW), desk.catalogue().payers
    ways = interleaved(
        {
            "open": lambda: calls.look_at_calls(desk),
            "raw": lambda: driver.execute(text).fetchall(),
            "sort": lambda: best_first(found, reach),
            "payer": lambda: calls.by_payer(found, payers),
            "patient": lambda: calls.by_patient(found),
        },
        rounds=15,
    )
    what = f"calls: {len(found)} open ones"
    yield Figure("", f"{what} read, sorted and counted", ways["open"], ways["raw"], "raw query", at_most=AS_QUICK)
    yield Figure("", f"{what} sorted anew", ways["sort"], ways["raw"], "raw query", at_most=1)
    yield Figure("", f"{what} grouped by payer", ways["payer"], ways["raw"], "raw query", at_most=1)
    yield Figure("", f"{what} grouped by patient", ways["patient"], ways["raw"], "raw query", at_most=1)
    driver.close()
    desk.close()
