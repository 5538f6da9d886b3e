"""The pass over all calls of 100,000 open records: with nothing to do, a minute later, and with much to mend."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from db.queries.call_gaps import looks
from desk_app.application.use_cases import keep_calls
from desk_app.domain.statuses import CallbackKind
from tests.benchmarks.big_practice import NOW
from tests.benchmarks.many_calls import fill
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

BIG, SMALL = (50_000, 50_000), (500, 500)
MENDED = 1000
KINDS = (CallbackKind.PREPARATION, CallbackKind.CONFIRMATION)


def measure(setting: Setting) -> Iterator[Figure]:
    path = setting.scratch / "pass.db"
    requests, visits = SMALL if setting.small else BIG
    desk = fill(path, requests, visits)
    driver = setting.driver(path)
    last = keep_calls.keep_calls(desk).value
    if last.made or last.settled:
        raise AssertionError("nothing is missing at first, and nothing is settled")
    plain = [_text(look) for look in looks(NOW, KINDS)]
    ways = interleaved(
        {
            "all": lambda: keep_calls.keep_calls(desk),
            "minute": lambda: keep_calls.keep_calls(desk, last),
            "look": lambda: desk.queries.call_gaps(NOW, KINDS, 1),
            "raw": lambda: [driver.execute(text).fetchall() for text in plain],
        },
        rounds=5,
    )
    what = f"calls: the pass over {requests + visits} open records"
    yield Figure("", f"{what}, nothing to do", ways["all"], ways["raw"], "raw queries", at_most=1.5)
    yield Figure("", f"{what}, of it the look", ways["look"], ways["raw"], "raw queries", at_most=1.3)
    yield Figure("", f"{what}, nothing new", ways["minute"], at_most=2)
    driver.close()
    number = min(MENDED, requests // 4)
    _upset(setting, number)
    begin = time.perf_counter()
    kept = keep_calls.keep_calls(desk).value
    took = (time.perf_counter() - begin) * 1000
    if kept.settled != number or desk.queries.call_gaps(NOW, KINDS, 1):
        raise AssertionError(f"as many are closed as were settled, and nothing is missing any more: {kept}")
    yield Figure("", f"{what}, {2 * number} made and {number} closed", took, at_most=10_000)
    desk.close()


def _text(look: Select[Any]) -> str:
    return str(look.limit(1).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def _upset(setting: Setting, number: int) -> None:
    """Requests lose their calls, visits their preparation, and others are withdrawn behind the desk's back."""
    connection = setting.driver(setting.scratch / "pass.db")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE callback SET status = 'dropped' WHERE request_id BETWEEN 1 AND ?", (number,))
    connection.execute(
        "UPDATE callback SET void = 1 WHERE appointment_id BETWEEN 1 AND ? AND kind = 'preparation'", (number,)
    )
    connection.execute("UPDATE request SET status = 'withdrawn' WHERE id BETWEEN ? AND ?", (number + 1, 2 * number))
    connection.execute("COMMIT")
    connection.close()
