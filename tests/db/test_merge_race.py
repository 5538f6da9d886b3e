"""A chart is merged while somebody books for it: the visit is kept under the chart that stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, merging, practice
from desk_app.bootstrap.graph import build_desk
from tests.db.plain import plain
from tests.db.work import add_patient, book
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def two(postgresql_address: str) -> Iterator[tuple[Desk, Desk]]:
    clock = StandingClock(at("2026-11-24T10:00"))
    with (
        closing(build_desk(postgresql_address, "one", clock)) as one,
        closing(build_desk(postgresql_address, "other", clock)) as other,
    ):
        practice.load(one, CATALOGUE)
        yield one, other


def test_who_merges_a_chart_waits_for_whoever_books_for_it(
    two: tuple[Desk, Desk], postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    kept, old = add_patient(one, "Ortiz", phone="5085550142"), add_patient(one, "Ortis", phone="5085550143")
    merges: list[Future[object]] = []
    has_waited: list[bool] = []
    choose = booking.choose_slot

    def choosing(*words: Any) -> Any:
        """The chart is read and nothing is written yet: the other desk merges it now."""
        merges.append(pool.submit(merging.merge, other, kept, old))
        has_waited.append(waits(postgresql_address, merges[0]))
        return choose(*words)

    monkeypatch.setattr(booking, "choose_slot", choosing)
    with ThreadPoolExecutor(1) as pool:
        visit = book(one, "09:00", old)
        merges[0].result(60)
    assert has_waited == [True]
    assert one.queries.visit_card(visit).patient.id == kept
    assert one.queries.breaches(one.now()) == ()


def waits(address: str, merge: Future[object]) -> bool:
    """Whether the other desk comes to wait for a lock of this one; it goes on by itself where it need not."""
    pause = threading.Event()
    with plain(address) as server:
        while not merge.done():
            if server.one(WAITING):
                return True
            pause.wait(0.02)
    return False
