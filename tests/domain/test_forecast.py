"""The rest of a day, foretold: who is late, who pushes whom, which bay, when the last one is home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.forecast import Forecaster, Push, VisitNow
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.visit_parts import BookedPhase

DAY = datetime(2026, 11, 23, tzinfo=UTC)
KINDS = {
    "R1": ResourceKind.PROCEDURE_ROOM,
    "R2": ResourceKind.PROCEDURE_ROOM,
    "ALG": ResourceKind.CLINICIAN,
    "OSE": ResourceKind.CLINICIAN,
    "B1": ResourceKind.RECOVERY_BAY,
    "B2": ResourceKind.RECOVERY_BAY,
}


def at(text: str) -> datetime:
    hour, minute = text.split(":")
    return DAY + timedelta(hours=int(hour), minutes=int(minute))


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def visit(
    number: int,
    start: str,
    status: Status = Status.CONFIRMED,
    since: str | None = None,
    room: str = "R1",
    physician: str = "ALG",
    bay: str = "B1",
    long: int = 30,
    rest: int = 60,
) -> VisitNow:
    """Setup of ten minutes, a procedure, turnover of fifteen beside the recovery; ``start`` is the procedure's."""
    begin = at(start)
    end = begin + minutes(long)
    phases = (
        BookedPhase(PhaseKind.SETUP, begin - minutes(10), begin, False, (("room", room),)),
        BookedPhase(PhaseKind.PROCEDURE, begin, end, False, (("room", room), ("physician", physician))),
        BookedPhase(PhaseKind.TURNOVER, end, end + minutes(15), True, (("room", room),)),
        BookedPhase(PhaseKind.RECOVERY, end, end + minutes(rest), False, (("bay", bay),)),
    )
    return VisitNow(number, status, phases, {status: at(since)} if since else {})


def forecast(now: str, *visits: VisitNow, **more: object):  # type: ignore[no-untyped-def]
    return Forecaster(at(now), KINDS, **more).run(visits)  # type: ignore[arg-type]


def test_a_day_that_goes_by_plan_is_foretold_as_it_was_planned() -> None:
    day = (visit(1, "09:00"), visit(2, "10:00", bay="B2"), visit(3, "11:00"))
    told = forecast("08:00", *day)
    for each in day:
        assert told.visits[each.id].spans == tuple((phase.start, phase.end) for phase in each.phases)
        assert told.visits[each.id].late == minutes(0)
    assert told.last_home == at("12:50")
    assert told.peak == (at("10:30"), 1) or told.peak == (at("09:30"), 1)


def test_a_procedure_that_runs_over_pushes_the_next_in_its_room_by_what_is_left_of_the_gap() -> None:
    told = forecast("10:00", visit(1, "09:00", Status.IN_PROCEDURE, "09:10"), visit(2, "10:00", bay="B2"))
    assert told.visits[1].late == minutes(10)
    assert told.visits[2].late == minutes(25), "15 minutes of turnover and 10 of setup follow the present minute"
    assert told.visits[2].push == Push(1, "R1")


def test_a_gap_absorbs_what_is_late() -> None:
    told = forecast("09:50", visit(1, "09:00", Status.IN_PROCEDURE, "09:10"), visit(2, "11:00", bay="B2"))
    assert told.visits[2].late == minutes(0)
    assert told.visits[2].push is None


def test_a_physician_who_is_late_in_one_room_is_late_in_the_other() -> None:
    late = visit(1, "09:00", Status.IN_PROCEDURE, "09:20")
    told = forecast("09:45", late, visit(2, "09:30", Status.READY, "09:10", "R2", bay="B2"))
    assert told.visits[2].late == minutes(20)
    assert told.visits[2].push == Push(1, "ALG")


def test_who_has_not_come_is_overdue_and_pushes_nobody() -> None:
    told = forecast("09:20", visit(1, "09:00"), visit(2, "10:00", bay="B2"))
    assert (told.visits[1].overdue, told.visits[1].late) == (minutes(20), minutes(20))
    assert told.visits[2].late == minutes(0)


def test_who_waits_in_the_house_begins_at_the_earliest_now() -> None:
    told = forecast("09:20", visit(1, "09:00", Status.ARRIVED, "08:40"), visit(2, "10:00", bay="B2"))
    assert told.visits[1].late == minutes(20)
    assert told.visits[2].late == minutes(15)


def test_out_of_the_room_a_patient_comes_into_a_free_bay_where_the_booked_one_is_taken() -> None:
    resting = visit(1, "08:00", Status.IN_RECOVERY, "08:40", rest=120)
    told = forecast("09:25", resting, visit(2, "09:00", Status.IN_PROCEDURE, "09:00", room="R2", physician="OSE"))
    assert told.visits[2].bay == "B2"
    assert told.visits[2].waits == minutes(0)


def test_without_a_free_bay_the_patient_waits_in_the_room_and_the_room_with_them() -> None:
    first = visit(1, "08:00", Status.IN_RECOVERY, "08:40", rest=120)
    second = visit(2, "08:00", Status.IN_RECOVERY, "08:40", room="R2", physician="OSE", bay="B2", rest=100)
    third = visit(3, "09:00", Status.IN_PROCEDURE, "09:00")
    told = forecast("09:10", first, second, third, visit(4, "10:00", bay="B2"))
    assert (told.visits[3].waits, told.visits[3].push) == (minutes(50), Push(2, "B2"))
    assert told.visits[4].push == Push(3, "R1")
    assert told.visits[4].late == minutes(45)


def test_home_follows_the_bay_and_a_night_has_none() -> None:
    told = forecast("10:00", visit(1, "09:00", Status.IN_RECOVERY, "09:40"))
    assert told.visits[1].home == at("11:00")
    gone = forecast("11:00", visit(1, "09:00", Status.AMBULATING, "10:50"))
    assert gone.visits[1].home == at("11:10")


def test_what_goes_on_after_closing_is_told_by_how_long() -> None:
    closes = {"R1": at("10:00"), "B1": at("12:00")}
    told = forecast("09:30", visit(1, "09:00", Status.IN_PROCEDURE, "09:20"), closes=closes)
    assert told.overruns == {"R1": minutes(5)}


@st.composite
def days(draw: st.DrawFn) -> tuple[VisitNow, ...]:
    """A plan in which nothing is taken twice: two rooms, each with its physician and bay."""
    made = []
    for place, (room, physician, bay) in enumerate((("R1", "ALG", "B1"), ("R2", "OSE", "B2"))):
        at_minute = 8 * 60
        for number in range(draw(st.integers(0, 5))):
            at_minute += draw(st.integers(0, 12)) * 5
            long, rest = draw(st.integers(2, 9)) * 5, draw(st.integers(2, 9)) * 5
            start = f"{(at_minute + 10) // 60}:{(at_minute + 10) % 60:02}"
            made.append(visit(10 * place + number, start, Status.CONFIRMED, None, room, physician, bay, long, rest))
            at_minute += 10 + long + max(15, rest)
    return tuple(made)


@given(days(), st.integers(0, 40))
def test_a_plan_that_fits_is_kept_until_somebody_is_late_and_then_nothing_is_taken_twice(
    day: tuple[VisitNow, ...], late: int
) -> None:
    told = Forecaster(at("07:00"), KINDS).run(day)
    assert all(told.visits[v.id].spans == tuple((p.start, p.end) for p in v.phases) for v in day)
    if not day:
        return
    first = min(day, key=lambda each: each.phases[0].start)
    begun = first.phases[1].start + minutes(late)
    running = VisitNow(first.id, Status.IN_PROCEDURE, first.phases, {Status.IN_PROCEDURE: begun})
    after = Forecaster(begun, KINDS).run((running, *(each for each in day if each.id != first.id)))
    uses: dict[str, list[tuple[datetime, datetime, int]]] = {}
    for each in day:
        for phase, (begin, end) in zip(each.phases, after.visits[each.id].spans, strict=True):
            assert begin >= phase.start or each.id == first.id
            for _, code in phase.resources:
                used = after.visits[each.id].bay if code.startswith("B") else code
                if after.visits[each.id].overdue == minutes(0):
                    uses.setdefault(str(used), []).append((begin, end, each.id))
    for taken in uses.values():
        taken.sort()
        for (_, end, one), (begin, _, two) in pairwise(taken):
            assert one == two or begin >= end
