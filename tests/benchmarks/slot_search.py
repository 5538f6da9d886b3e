"""A search over twelve months with the index in memory, against a query for each candidate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tests.benchmarks import slot_practice
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.query_search import QuerySearch
from tests.benchmarks.setting import Setting
from tests.benchmarks.slot_practice import FULL, JOINT, KYPHO, YEAR, search
from tests.benchmarks.timing import Figure, interleaved

SEARCHES = {
    "easy": search(KYPHO),
    "hard": search(KYPHO, levels=3, wanted=("OSE",)),
    "none": search(KYPHO, levels=3, wanted=(FULL,)),
    "tomorrow": search(JOINT),
}
"""Twenty starts within half a year; fewer than twenty in the whole; none; and, without a target, twenty at once."""

SEARCH_MS, TIMES_FASTER = 2.0, 300


def measure(setting: Setting) -> Iterator[Figure]:
    path = slot_practice.ensure(setting.folder)
    desk, connection = setting.desk(path), setting.driver(path)
    index = desk.slots.index(TODAY, TODAY + timedelta(days=YEAR))
    queries = QuerySearch(connection, slot_practice.CATALOGUE)
    for name, query in SEARCHES.items():
        slots = index.find(query, NOW)
        if [int(slot.start.timestamp()) for slot in slots] != queries.find(query):
            raise AssertionError(f"both searches should find the same starts ({name})")
        found = interleaved(
            {"index": lambda q=query: index.find(q, NOW), "queries": lambda q=query: queries.find(q)},
            rounds=15,
            warm_up=1,
        )
        what = f"slot search over 12 months, {name}: {len(slots)} starts"
        bound = TIMES_FASTER if name != "tomorrow" else None
        yield Figure("6", what, found["index"], at_most=SEARCH_MS)
        yield Figure("6", what, found["index"], found["queries"], "a query a candidate", at_least=bound)
    desk.close()
    connection.close()
