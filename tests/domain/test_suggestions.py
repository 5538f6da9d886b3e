"""What would help a late day is only suggested where it can be done."""

from __future__ import annotations

import pytest

from desk_app.domain.forecast import DayForecast, Expected, VisitNow
from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.suggestions import Suggestion, SuggestionKind, suggestions
from desk_app.domain.visit_parts import BookedPhase
from tests.helpers.small_practice import at

DAY = "2026-11-25"
PHASES = (
    BookedPhase(PhaseKind.PROCEDURE, at(f"{DAY}T10:00"), at(f"{DAY}T10:15"), False, (("room", "R1"),)),
    BookedPhase(PhaseKind.RECOVERY, at(f"{DAY}T10:15"), at(f"{DAY}T10:45"), False, (("bay", "B1"),)),
)


@pytest.mark.parametrize(
    ("status", "is_helped"),
    [(Status.BOOKED, True), (Status.CONFIRMED, True), (Status.ARRIVED, False), (Status.READY, False)],
)
def test_another_bay_is_suggested_only_for_who_is_still_to_come(status: Status, is_helped: bool) -> None:
    spans = tuple((phase.start, phase.end) for phase in PHASES)
    told = DayForecast({1: Expected(spans, bay="B2")})
    found = suggestions([VisitNow(1, status, PHASES)], told, lambda _: "R1", at(f"{DAY}T09:50"))
    assert found == ((Suggestion(SuggestionKind.OTHER_BAY, 1, bay="B2"),) if is_helped else ())
