"""The demo's visits: as many as a practice has, by the clock, within sessions, blocks, nights and holidays."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from desk_app.application import chain
from desk_app.domain.levels import typed_levels
from desk_app.domain.practice import PhaseKind, ResourceKind, Sedation, Stay
from desk_app.domain.records import Appointment
from desk_app.domain.slots import SlotIndex, SlotQuery, Use, VisitLoad
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus, CancelReason
from desk_app.domain.zone import local_date
from tests.application.demo.conftest import Demo, DemoAt, make

A = AppointmentStatus
MORNING = "2026-11-24T10:00"
CLOCKS = (MORNING, "2026-11-24T17:30", "2026-11-23T08:40", "2026-11-23T10:00", "2026-12-03T08:30")


@pytest.fixture
def demo(demo_at: DemoAt) -> Demo:
    return demo_at(MORNING)


def day_of(demo: Demo, visit: Appointment) -> date:
    return local_date(visit.start, demo.present.zone)


def test_the_same_seed_makes_the_same_data_and_another_seed_other_data(demo: Demo) -> None:
    assert make(MORNING).records == demo.records
    assert make(MORNING, seed=8).records.appointments != demo.records.appointments


def test_the_hour_decides_how_far_a_day_has_come_and_not_who_comes(demo: Demo, demo_at: DemoAt) -> None:
    later = demo_at("2026-11-24T17:30").records
    assert later.patients == demo.records.patients
    who = [(v.patient_id, v.procedure, v.start) for v in demo.records.appointments]
    assert [(v.patient_id, v.procedure, v.start) for v in later.appointments] == who


def test_a_working_day_has_as_many_visits_as_a_practice_sees(demo: Demo) -> None:
    today = demo.present.today
    a_day = Counter(day_of(demo, v) for v in demo.records.appointments if v.cancel_reason is not CancelReason.OFFER)
    assert min(a_day) <= today - timedelta(days=118)
    assert max(a_day) >= today + timedelta(days=56)
    past = [count for day, count in a_day.items() if day < today]
    assert len(past) > 78
    assert sum(14 <= count <= 27 for count in past) > 0.9 * len(past)
    assert all(demo.present.calendar.is_business_day(day) for day in a_day)


def test_rooms_are_busy_this_week_and_thin_out_later(demo: Demo) -> None:
    today = demo.present.today
    soon = _room_use(demo, today, today + timedelta(days=1))
    assert 0.55 <= soon <= 0.9
    in_weeks = [_room_use(demo, today + timedelta(days=7 * n), today + timedelta(days=7 * n + 7)) for n in (1, 3, 6)]
    assert in_weeks == sorted(in_weeks, reverse=True)
    assert in_weeks[-1] < 0.28


def _room_use(demo: Demo, first: date, last: date) -> float:
    """Booked over open minutes of the rooms on the working days of ``[first, last)``."""
    rooms = {room.code for room in demo.catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)}
    days = [day for day in (first + timedelta(days=n) for n in range((last - first).days)) if day.weekday() < 5]
    booked = sum(
        (use.end - use.start).total_seconds()
        for visit in demo.records.appointments
        if day_of(demo, visit) in days
        for use in visit.allocations
        if use.resource in rooms
    )
    return booked / 60 / (len(days) * (510 + 510 + 390))


def test_every_status_of_a_visit_occurs_at_some_hour(demo_at: DemoAt) -> None:
    found = {visit.status for clock in CLOCKS for visit in demo_at(clock).records.appointments}
    assert found == set(AppointmentStatus)


def test_a_day_shows_the_whole_way_through_the_house(demo_at: DemoAt) -> None:
    found = set()
    for clock in ("2026-11-23T08:40", "2026-11-23T10:00", "2026-11-23T14:00"):
        demo = demo_at(clock)
        found |= {v.status for v in demo.records.appointments if day_of(demo, v) == demo.present.today}
    there = {A.ARRIVED, A.READY, A.IN_PROCEDURE, A.IN_RECOVERY, A.DISCHARGED}
    assert there | {A.CONFIRMED, A.BOOKED, A.HELD, A.NO_SHOW, A.CANCELLED} <= found


def test_statuses_go_with_the_clock(demo_at: DemoAt) -> None:
    for clock in CLOCKS:
        demo = demo_at(clock)
        now = demo.present.now
        for visit in demo.records.appointments:
            assert visit.status_since is not None
            assert visit.status_since <= now
            if visit.start > now + timedelta(hours=2):
                assert visit.status in (A.HELD, A.BOOKED, A.CONFIRMED, A.CANCELLED)
            if visit.end < now - timedelta(hours=3):
                assert visit.status in (A.DISCHARGED, A.NO_SHOW, A.CANCELLED)


def test_nobody_is_treated_where_somebody_else_is(demo_at: DemoAt) -> None:
    for clock in CLOCKS:
        treated = [v for v in demo_at(clock).records.appointments if v.status is A.IN_PROCEDURE]
        rooms = [code for v in treated for code in {u.resource for u in v.allocations if u.label == "room"}]
        assert len(rooms) == len(set(rooms))


def test_holds_have_a_time_to_come_and_one_is_for_today(demo: Demo) -> None:
    held = [v for v in demo.records.appointments if v.status is A.HELD]
    assert len(held) > 3
    assert all(v.hold_until is not None and demo.present.now < v.hold_until <= v.start for v in held)
    assert any(day_of(demo, v) == demo.present.today for v in held)


def test_todays_hold_has_lapsed_by_the_evening(demo_at: DemoAt) -> None:
    demo = demo_at("2026-11-24T17:30")
    today = [v for v in demo.records.appointments if day_of(demo, v) == demo.present.today]
    assert not any(v.status is A.HELD for v in today)
    assert any(v.cancel_reason is CancelReason.LAPSED for v in today)


def test_visits_were_given_up_for_many_reasons(demo: Demo) -> None:
    assert {v.cancel_reason for v in demo.records.appointments if v.status is A.CANCELLED} >= {
        CancelReason.PATIENT,
        CancelReason.ILL,
        CancelReason.AUTHORIZATION,
        CancelReason.NOT_PREPARED,
        CancelReason.NO_ESCORT,
        CancelReason.LAPSED,
    }


def test_some_stay_the_night_planned_and_unplanned(demo: Demo) -> None:
    slept = [v for v in demo.records.appointments if v.phases[-1].kind is PhaseKind.OVERNIGHT]
    assert sum(v.stay is Stay.PLANNED for v in slept) >= 8
    assert sum(v.stay is Stay.POSSIBLE for v in slept) >= 8
    assert any(v.stay is Stay.PLANNED and v.start > demo.present.now for v in slept)


def test_levels_are_what_their_names_say(demo: Demo) -> None:
    for visit in demo.records.appointments:
        most = demo.catalogue.procedure(visit.procedure).max_levels
        assert visit.levels == min(typed_levels(visit.level_names)[0], most)
        assert visit.side in ("", "L", "R", "both")


def test_the_sedated_have_an_escort_but_for_some_of_the_next_days(demo: Demo) -> None:
    visits = [v for v in demo.records.appointments if v.cancel_reason is not CancelReason.OFFER]
    sedated = [v for v in visits if v.sedation is not Sedation.NONE and v.status is not A.HELD]
    assert all(v.escort for v in sedated if v.status not in FIRM_VISITS)
    near = [v for v in sedated if v.status in FIRM_VISITS and v.start < demo.present.now + timedelta(days=8)]
    assert any(v.escort for v in near)
    assert any(not v.escort for v in near)
    assert not any(v.escort for v in demo.records.appointments if v.sedation is Sedation.NONE)


def test_a_few_visits_were_booked_over_a_rule_with_a_reason(demo: Demo) -> None:
    over = [v for v in demo.records.appointments if v.override_codes]
    assert {code for v in over for code in v.override_codes} == {"authorization", "reserved"}
    assert all(v.override_reason and v.start > demo.present.now for v in over)


def test_a_visits_allocations_are_what_its_phases_say(demo: Demo) -> None:
    for visit in demo.records.appointments[::7]:
        told = {(code, n, p.start, p.end) for n, p in enumerate(visit.phases) for _, code in p.resources}
        assert {(u.resource, u.phase, u.start, u.end) for u in visit.allocations} == told
        assert chain.procedure_as_booked(visit, demo.catalogue).code == visit.procedure


@pytest.mark.parametrize("clock", [MORNING, "2026-11-28T11:00", "2027-03-15T08:30"])
def test_everything_can_be_booked_within_two_weeks(demo_at: DemoAt, clock: str) -> None:
    demo = demo_at(clock)
    index = _index(demo)
    for procedure in demo.catalogue.procedures:
        query = SlotQuery(procedure, first_day=demo.present.today, days=15, limit=1)
        assert index.find(query, demo.present.now), procedure.code


def _index(demo: Demo) -> SlotIndex:
    loads = [
        VisitLoad(
            visit.id,
            day_of(demo, visit),
            tuple(Use(u.resource, u.start, u.end, u.blocked_until) for u in visit.allocations),
            visit.unplanned_stay if visit.stay is Stay.POSSIBLE else None,
            visit.hold_until,
        )
        for visit in demo.records.appointments
        if visit.is_active(demo.present.now) and visit.end > demo.present.now - timedelta(days=2)
    ]
    return SlotIndex(demo.catalogue, demo.present.today, 20, loads)
