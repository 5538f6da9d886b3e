"""How a stay in a bay goes, by what is known, and how many lie there at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.bay_course import Nearness, Planned, course, load
from desk_app.domain.practice import ResourceKind
from desk_app.domain.statuses import AppointmentStatus as Status

DAY = datetime(2026, 11, 23, tzinfo=UTC)
BAY, BED = ResourceKind.RECOVERY_BAY, ResourceKind.OVERNIGHT_BED


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def told(status: Status, now: str, since: str = "", kind: ResourceKind = BAY) -> tuple[str, str, Nearness]:
    """A rest from 10:00 to 12:00 of a visit that begins at 09:00."""
    plan = Planned(kind, status, at(since) if since else None, at("9:00"), at("10:00"), at("12:00"))
    found = course(plan, at(now))
    return f"{found.start:%H:%M}", f"{found.end:%H:%M}", found.nearness


@pytest.mark.parametrize(
    ("status", "now", "since", "expected"),
    [
        (Status.CONFIRMED, "8:00", "", ("10:00", "12:00", Nearness.COMING)),
        (Status.CONFIRMED, "9:30", "", ("10:00", "12:00", Nearness.COMING)),  # who has not come pushes nobody
        (Status.HELD, "8:00", "", ("10:00", "12:00", Nearness.HELD)),
        (Status.READY, "9:20", "8:50", ("10:20", "12:20", Nearness.COMING)),
        (Status.IN_PROCEDURE, "9:50", "9:10", ("10:00", "12:00", Nearness.COMING)),
        (Status.IN_PROCEDURE, "10:15", "9:10", ("10:15", "12:15", Nearness.COMING)),
        (Status.IN_RECOVERY, "10:30", "9:55", ("09:55", "11:55", Nearness.THERE)),
        (Status.IN_RECOVERY, "12:30", "10:00", ("10:00", "12:31", Nearness.THERE)),
        (Status.AMBULATING, "11:30", "11:20", ("10:00", "11:20", Nearness.OVER)),
        (Status.DISCHARGED, "13:00", "11:40", ("10:00", "11:40", Nearness.OVER)),
        (Status.DISCHARGED, "13:00", "12:40", ("10:00", "12:00", Nearness.OVER)),
        (Status.OVERNIGHT, "13:00", "11:00", ("10:00", "11:00", Nearness.OVER)),
    ],
)
def test_a_rest_in_a_bay_follows_what_is_known(
    status: Status, now: str, since: str, expected: tuple[str, str, Nearness]
) -> None:
    assert told(status, now, since) == expected


def test_a_bed_is_the_patients_from_the_step_into_the_night_until_they_go_home() -> None:
    assert told(Status.IN_RECOVERY, "9:30", "9:00", BED) == ("10:00", "12:00", Nearness.COMING)
    assert told(Status.OVERNIGHT, "9:30", "9:20", BED) == ("10:00", "12:00", Nearness.THERE)
    assert told(Status.DISCHARGED, "11:30", "11:00", BED) == ("10:00", "11:00", Nearness.OVER)


minutes = st.integers(0, 600)


@given(st.lists(st.tuples(minutes, minutes), max_size=8))
def test_the_load_of_every_minute_is_the_number_of_those_who_lie_there(pairs: list[tuple[int, int]]) -> None:
    spans = [(low, high) for low, high in pairs if low < high]
    steps = load(
        [(DAY + timedelta(minutes=a), DAY + timedelta(minutes=b)) for a, b in spans],
        at("1:00"),
        at("9:00"),
    )
    assert (steps[0].start, steps[-1].end) == (at("1:00"), at("9:00"))
    assert all(before.end == after.start for before, after in pairwise(steps))
    for step in steps:
        for minute in {step.start, step.end - timedelta(minutes=1)}:
            number = (minute - DAY) // timedelta(minutes=1)
            assert step.number == sum(1 for low, high in spans if low <= number < high)
