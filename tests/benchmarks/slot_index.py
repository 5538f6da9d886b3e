"""The slot index of a year: built from rows at start, and brought up to one booking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from desk_app.application.slot_service import DAYS_AHEAD, DAYS_BEFORE
from desk_app.domain.slots import SlotIndex, VisitLoad
from desk_app.domain.zone import local_date
from tests.benchmarks import slot_practice
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.setting import Setting
from tests.benchmarks.slot_practice import CATALOGUE, KYPHO, search
from tests.benchmarks.timing import Figure, interleaved

BUILD_MS, BOOKING_MS = 100, 0.1


def measure(setting: Setting) -> Iterator[Figure]:
    desk = setting.desk(slot_practice.ensure(setting.folder))
    first = TODAY - timedelta(days=DAYS_BEFORE)
    rows = desk.queries.index_rows(first, TODAY + timedelta(days=DAYS_AHEAD), NOW)
    question = search(KYPHO)

    def build() -> SlotIndex:
        index = SlotIndex(CATALOGUE, first, DAYS_BEFORE + DAYS_AHEAD + 1)
        index.load_rows(rows.uses, rows.visits)
        return index

    def build_and_ask() -> object:
        return build().find(question, NOW)

    index = build()
    load = _booking(index)

    def book_and_take_back() -> None:
        index.put(load)
        index.remove(load.visit)

    found = interleaved({"build": build, "ask": build_and_ask, "booking": book_and_take_back}, rounds=25)
    visits = len(rows.visits)
    yield Figure("7", f"slot index from the rows of {visits} visits", found["build"])
    yield Figure("7", "  with its bitmaps and the first search in them", found["ask"], at_most=BUILD_MS)
    booking = found["booking"] / 2
    yield Figure("7", "slot index after one booking (in and out again, half)", booking, at_most=BOOKING_MS)
    desk.close()


def _booking(index: SlotIndex) -> VisitLoad:
    """A kyphoplasty that fits somewhere in the year."""
    slot = index.find(search(KYPHO), NOW)[-1]
    return VisitLoad(10**6, local_date(slot.start, slot_practice.ZONE), slot.uses(CATALOGUE), KYPHO.unplanned_stay)
