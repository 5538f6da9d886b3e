"""How long a visit's procedure may be made: told beforehand, and never otherwise than lengthening it finds."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.schedule_view import LengthFit
from desk_app.application.use_cases.how_long import lengths_of
from desk_app.application.use_cases.lengthening import LengthenVisit, lengthen, procedure_minutes
from desk_app.application.use_cases.undo import undo
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from tests.application.steps import book

MORNING = "2026-11-25T09:00"


def known(desk: Desk, visit: int) -> dict[int, LengthFit]:
    found = lengths_of(desk, visit).lengths
    assert [each.minutes for each in found] == list(range(5, 725, 5))
    return {each.minutes: each for each in found}


def really(desk: Desk, visit: int, minutes: int) -> str:
    """What lengthening it says, and it is taken back."""
    try:
        lengthen(desk, LengthenVisit(visit, minutes))
    except NeedsConfirmation:
        return "with a reason"
    except RuleViolation:
        return "not"
    undo(desk)
    return "fits"


def told(length: LengthFit) -> str:
    return "not" if not length.fits else "with a reason" if length.reason else "fits"


def test_up_to_the_next_visit_in_the_room_it_fits_and_beyond_it_says_who_is_there(desk: Desk) -> None:
    visit = book(desk, MORNING).id
    book(desk, "2026-11-25T09:30")
    lengths = known(desk, visit)
    longest = max(minutes for minutes, each in lengths.items() if told(each) == "fits")
    assert lengths[longest + 5].reason.startswith("Room 1 is taken from 09:30")
    assert {told(each) for minutes, each in lengths.items() if minutes > longest} == {"not"}


def test_past_closing_it_needs_a_reason(desk: Desk) -> None:
    lengths = known(desk, book(desk, "2026-11-25T16:40").id)
    assert told(lengths[5]) == "fits"
    assert told(lengths[30]) == "with a reason"
    assert "closed" in lengths[30].reason


@pytest.mark.parametrize("start", [MORNING, "2026-11-25T16:30"])
def test_every_length_is_told_as_lengthening_finds_it(desk: Desk, start: str) -> None:
    visit = book(desk, start)
    book(desk, "2026-11-25T10:00")
    lengths = known(desk, visit.id)
    asked = [minutes for minutes in range(10, 100, 10) if minutes != procedure_minutes(visit)]
    assert {m: told(lengths[m]) for m in asked} == {m: really(desk, visit.id, m) for m in asked}
