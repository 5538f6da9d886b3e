"""The index keeps its days in runs, short ones first: where one ends and the next begins changes no answer."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given

from desk_app.domain.slots import SlotIndex, calendar_of_cells
from tests.domain.slots.test_index_kept_true import answers, thorough
from tests.helpers.random_practices import DAYS, Question, questions


def index_of(asked: Question, first_days: int) -> SlotIndex:
    """An index whose first run has that many days."""
    with patch.object(calendar_of_cells, "FIRST_DAYS", first_days):
        return SlotIndex(asked.catalogue, asked.first_day, DAYS, asked.loads)


@thorough
@given(questions())
def test_an_index_in_short_runs_answers_as_one_in_a_long_run(asked: Question) -> None:
    long, short = index_of(asked, DAYS), index_of(asked, 1)
    assert answers(short, asked) == answers(long, asked)
    for load in asked.loads:
        short.remove(load.visit)
        long.remove(load.visit)
    assert answers(short, asked) == answers(long, asked)


@thorough
@given(questions())
def test_every_start_of_a_search_is_a_slot_of_its_own(asked: Question) -> None:
    index = index_of(asked, 1)
    for slot in index.find(asked.query, asked.now)[::7]:
        assert index.slot_at(asked.query, slot.start, asked.now) == slot
