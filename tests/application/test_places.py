"""Another bay, a bed for the night in one step, places made free: and the database refuses what would overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, places, practice, undo, visit_status
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.application.use_cases.places import PutInPlace, StayTonight
from desk_app.domain.bay_course import Nearness, PlaceState
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.day_records import BedCondition
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import PhaseKind, Resource, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.visit_parts import BedWish
from tests.application.steps import a_patient, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, ZONE, StandingClock, at

DAY, DATE = "2026-11-25", date(2026, 11, 25)
INTO_RECOVERY = (S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY)
BED = ResourceKind.OVERNIGHT_BED
BEDS = (
    Resource("N1", BED, "Bed 1", ("monitored",), 60, "A"),
    Resource("N2", BED, "Bed 2", (), 60, "A"),
    Resource("N3", BED, "Bed 3", (), 60),
)
WARD = replace(
    CATALOGUE,
    resources=(*CATALOGUE.resources[:-1], *BEDS),
    sessions=(
        *CATALOGUE.sessions[:-1],
        *(replace(CATALOGUE.sessions[-1], resource=bed.code) for bed in BEDS),
    ),
    procedures=(replace(CATALOGUE.procedures[0], unplanned_stay=0.12), *CATALOGUE.procedures[1:]),
)


@pytest.fixture
def ward(desks: Desks) -> Desk:
    """A desk of a practice with three beds, two of them in one room."""
    desk = desks()
    practice.load(desk, WARD)
    return desk


def visit_at(desk: Desk, wall: str, procedure: str = "KYPHO", **more: object) -> Appointment:
    more = {**more, "override_reason": "approved by phone"} if procedure == "KYPHO" else more
    return book(desk, f"{DAY}T{wall}", procedure, **more)


def go(desk: Desk, clock: StandingClock, wall: str, visit: Appointment, *statuses: S) -> Appointment:
    clock.instant = at(f"{DAY}T{wall}")
    for status in statuses:
        visit = visit_status.set_status(desk, visit.id, status).value
    return visit


def in_recovery(desk: Desk, clock: StandingClock, start: str = "09:00", **more: object) -> Appointment:
    """Somebody in bay 1 since 50 minutes after the start."""
    hour, minute = int(start[:2]), int(start[3:]) + 50
    visit = visit_at(desk, start, **more)
    return go(desk, clock, f"{hour + minute // 60:02}:{minute % 60:02}", visit, *INTO_RECOVERY)


def taken(visit: Appointment, *kinds: PhaseKind) -> list[tuple[str, str, str]]:
    return [
        (each.resource, *(f"{instant.astimezone(ZONE):%a %H:%M}" for instant in (each.start, each.end)))
        for each in visit.allocations
        if each.kind in kinds
    ]


def stored(desk: Desk, visit: Appointment) -> Appointment:
    return desk.queries.visit_card(visit.id).appointment


def test_who_stays_tonight_is_given_the_kept_bed_from_the_end_of_the_rest(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    before = beds_view(ward, DATE, 1).nights[0]
    assert (before.night.planned, before.night.kept, before.kept) == (0, 1, ("N1",))
    stays = places.stay_tonight(ward, StayTonight(visit.id)).value
    assert taken(stays, PhaseKind.OVERNIGHT) == [("N1", "Wed 11:20", "Thu 09:00")]
    after = beds_view(ward, DATE, 1).nights[0]
    assert (after.night.planned, after.night.kept, after.night.overflow_chance) == (1, 0, 0)
    assert stays.status is S.IN_RECOVERY
    assert ward.queries.breaches(clock.now()) == ()
    gone = go(ward, clock, "11:15", stays, S.OVERNIGHT)
    assert taken(gone, PhaseKind.OVERNIGHT)[0][1:] == ("Wed 11:15", "Thu 09:00")
    assert ward.queries.breaches(clock.now()) == ()


def test_one_undo_takes_the_bed_back_and_keeps_it_again(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    places.stay_tonight(ward, StayTonight(visit.id))
    undo.undo(ward)
    assert taken(stored(ward, visit), PhaseKind.OVERNIGHT) == []
    assert beds_view(ward, DATE, 1).nights[0].night.kept == 1


def test_who_goes_home_after_all_gives_the_bed_back(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    places.stay_tonight(ward, StayTonight(visit.id))
    home = places.home_after_all(ward, visit.id).value
    assert (taken(home, PhaseKind.OVERNIGHT), home.end) == ([], visit.end)
    with pytest.raises(RuleViolation) as refused:
        places.home_after_all(ward, visit.id)
    assert refused.value.code == "no_night_to_give_back"


def test_a_stay_can_be_foreseen_days_ahead_for_its_own_night(ward: Desk) -> None:
    visit = visit_at(ward, "09:00")
    stays = places.stay_tonight(ward, StayTonight(visit.id)).value
    assert taken(stays, PhaseKind.OVERNIGHT) == [("N1", "Wed 11:20", "Thu 09:00")]
    assert (stays.status, beds_view(ward, DATE, 1).nights[0].night.planned) == (S.BOOKED, 1)


def test_nobody_is_given_two_beds_and_who_has_gone_gets_none(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    places.stay_tonight(ward, StayTonight(visit.id))
    with pytest.raises(RuleViolation) as refused:
        places.stay_tonight(ward, StayTonight(visit.id))
    assert refused.value.code == "stays_already"
    other = go(ward, clock, "13:00", visit_at(ward, "12:00", "JOINT"), *INTO_RECOVERY, S.DISCHARGED)
    with pytest.raises(RuleViolation) as refused:
        places.stay_tonight(ward, StayTonight(other.id))
    assert refused.value.code == "cannot_stay"


def test_who_is_walking_already_goes_to_bed_at_once(ward: Desk, clock: StandingClock) -> None:
    visit = go(ward, clock, "11:00", in_recovery(ward, clock), S.AMBULATING)
    stays = places.stay_tonight(ward, StayTonight(visit.id)).value
    assert (stays.status, taken(stays, PhaseKind.OVERNIGHT)[0][1]) == (S.OVERNIGHT, "Wed 11:00")


def test_a_wish_and_the_other_sex_in_the_room_choose_the_bed(ward: Desk, clock: StandingClock) -> None:
    she = in_recovery(ward, clock, patient_id=a_patient(ward, "Ortiz", sex="F"))
    places.wish_for_bed(ward, she.id, (BedWish.MONITORED,))
    assert taken(places.stay_tonight(ward, StayTonight(she.id)).value, PhaseKind.OVERNIGHT)[0][0] == "N1"
    he = in_recovery(ward, clock, "11:30", patient_id=a_patient(ward, "Haddad", sex="M"))
    assert taken(places.stay_tonight(ward, StayTonight(he.id)).value, PhaseKind.OVERNIGHT)[0][0] == "N3"
    with pytest.raises(NeedsConfirmation) as asked:
        places.put_in_place(ward, PutInPlace(he.id, "N2"))
    assert asked.value.codes == ("share_room",)
    moved = places.put_in_place(ward, PutInPlace(he.id, "N2", override_reason="brother and sister")).value
    assert (moved.override_codes[-1], moved.override_reason.endswith("brother and sister")) == ("share_room", True)


def test_without_a_free_bed_a_manager_says_where_and_why_and_it_is_marked(desk: Desk, clock: StandingClock) -> None:
    first = in_recovery(desk, clock)
    places.stay_tonight(desk, StayTonight(first.id))
    second = in_recovery(desk, clock, "12:00")
    with pytest.raises(NeedsConfirmation) as asked:
        places.stay_tonight(desk, StayTonight(second.id))
    assert (asked.value.codes, asked.value.params["may_override"]) == (("no_bed",), True)
    with pytest.raises(NeedsConfirmation):
        places.stay_tonight(desk, StayTonight(second.id, place="Mercy Hospital"))
    stays = places.stay_tonight(desk, StayTonight(second.id, place="Mercy Hospital", reason="bleeding")).value
    assert stays.status is S.OVERNIGHT
    assert "no_bed" in stays.override_codes
    assert stays.override_reason.endswith("night in Mercy Hospital: bleeding")
    assert taken(stays, PhaseKind.OVERNIGHT) == []
    assert desk.queries.breaches(clock.now()) == ()


def test_a_night_used_up_by_whom_nobody_expected_to_stay_breaks_no_rule_nor_does_who_stays_elsewhere(
    desks: Desks, clock: StandingClock
) -> None:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, procedures=WARD.procedures))
    other = visit_at(desk, "11:00")
    stays = go(desk, clock, "10:30", visit_at(desk, "10:00", "JOINT"), *INTO_RECOVERY)
    places.stay_tonight(desk, StayTonight(stays.id))
    desk.slots.catch_up(desk.queries)
    assert desk.slots.index(DATE).night(DATE).overflow_chance == pytest.approx(0.12)
    assert desk.queries.breaches(clock.now()) == ()
    go(desk, clock, "11:50", other, *INTO_RECOVERY)
    places.stay_tonight(desk, StayTonight(other.id, place="Mercy Hospital", reason="bleeding"))
    desk.slots.catch_up(desk.queries)
    assert desk.slots.index(DATE).night(DATE).overflow_chance == 0
    assert desk.queries.breaches(clock.now()) == ()


def test_a_bay_is_changed_ahead_of_time_with_its_minutes(ward: Desk) -> None:
    visit = visit_at(ward, "09:00")
    assert taken(visit, PhaseKind.RECOVERY) == [("B1", "Wed 09:50", "Wed 11:20")]
    moved = places.put_in_place(ward, PutInPlace(visit.id, "B2", visit.version)).value
    assert taken(moved, PhaseKind.RECOVERY) == [("B2", "Wed 09:50", "Wed 11:20")]
    assert dict(moved.phases[-1].resources) == {"bay": "B2"}
    undo.undo(ward)
    assert taken(stored(ward, visit), PhaseKind.RECOVERY)[0][0] == "B1"


def test_a_bay_that_another_visit_has_then_is_refused_with_whose(ward: Desk) -> None:
    visit, other = visit_at(ward, "09:00"), visit_at(ward, "10:10", "JOINT")
    assert taken(other, PhaseKind.RECOVERY)[0][0] == "B2"
    with pytest.raises(RuleViolation) as refused:
        places.put_in_place(ward, PutInPlace(visit.id, "B2"))
    assert (refused.value.code, refused.value.params["appointment"]) == ("place_of_others", other.id)


def test_two_desks_put_two_patients_into_one_bay_and_one_is_told(ward: Desk, desks: Desks) -> None:
    visit = visit_at(ward, "09:00")
    seen = visit.version
    places.put_in_place(desks(), PutInPlace(visit.id, "B2", seen))
    with pytest.raises(Conflict) as lost:
        places.put_in_place(ward, PutInPlace(visit.id, "B2", seen))
    assert lost.value.code == "changed"


def test_a_closed_bay_needs_a_reason(ward: Desk) -> None:
    visit = visit_at(ward, "09:00")
    blockouts.enter(ward, BlockoutWish(("B2",), at(f"{DAY}T10:00"), at(f"{DAY}T12:00"), reason="leak"))
    with pytest.raises(NeedsConfirmation) as asked:
        places.put_in_place(ward, PutInPlace(visit.id, "B2"))
    assert asked.value.codes == ("blocked",)
    moved = places.put_in_place(ward, PutInPlace(visit.id, "B2", override_reason="it is dry again")).value
    assert "blocked" in moved.override_codes


def test_a_transfer_of_somebody_who_lies_there_keeps_where_they_were(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    clock.instant = at(f"{DAY}T10:30")
    moved = places.put_in_place(ward, PutInPlace(visit.id, "B2")).value
    assert taken(moved, PhaseKind.RECOVERY) == [
        ("B1", "Wed 09:50", "Wed 10:30"),
        ("B2", "Wed 10:30", "Wed 11:20"),
    ]
    lyings = beds_view(ward, DATE, 1).of_visit(visit.id)
    assert [(each.use.resource, each.course.nearness) for each in lyings] == [
        ("B1", Nearness.OVER),
        ("B2", Nearness.THERE),
    ]
    assert lyings[1].rest.start == at(f"{DAY}T09:50")
    with ward.open_work(ward.actor) as work:
        assert [step.resource for step in work.steps.of_visit(visit.id)][-2:] == ["B1", "B2"]


def test_a_place_is_cleaned_after_use_and_freed_by_a_word(ward: Desk, clock: StandingClock) -> None:
    visit = go(ward, clock, "11:30", in_recovery(ward, clock), S.DISCHARGED)
    assert taken(visit, PhaseKind.RECOVERY) == [("B1", "Wed 09:50", "Wed 11:30")]

    def state() -> PlaceState:
        return beds_view(ward, DATE, 1).recovery.bays[0].state

    places.set_place(ward, "B1", BedCondition.CLEANING)
    assert state() is PlaceState.CLEANING
    clock.instant = at(f"{DAY}T13:00")
    assert state() is PlaceState.CLEANING
    places.set_place(ward, "B1", BedCondition.FREE)
    assert state() is PlaceState.FREE
    places.set_place(ward, "B1", BedCondition.CLOSED, "curtain torn")
    assert state() is PlaceState.CLOSED
    undo.undo(ward)
    assert state() is PlaceState.FREE


def test_a_bed_freed_early_can_be_booked_at_once(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock)
    bed = taken(places.stay_tonight(ward, StayTonight(visit.id)).value, PhaseKind.OVERNIGHT)[0][0]
    go(ward, clock, "11:20", visit, S.OVERNIGHT)
    clock.instant = at("2026-11-26T08:00")
    visit_status.set_status(ward, visit.id, S.DISCHARGED)
    assert beds_view(ward, date(2026, 11, 26), 1).states[bed] is PlaceState.CLEANING
    clock.instant = at("2026-11-26T08:20")
    places.set_place(ward, bed, BedCondition.FREE)
    assert beds_view(ward, date(2026, 11, 26), 1).states[bed] is PlaceState.FREE
    (kept,) = [each for each in stored(ward, visit).allocations if each.kind is PhaseKind.OVERNIGHT]
    assert kept.blocked_until == at("2026-11-26T08:20")


def test_where_somebody_lies_nothing_is_cleaned(ward: Desk, clock: StandingClock) -> None:
    in_recovery(ward, clock)
    with pytest.raises(RuleViolation) as refused:
        places.set_place(ward, "B1", BedCondition.CLOSED)
    assert refused.value.code == "place_in_use"
    with pytest.raises(WrongInput):
        places.set_place(ward, "B9", BedCondition.FREE)


def test_over_a_clock_change_the_night_has_its_true_length(desks: Desks, clock: StandingClock) -> None:
    clock.instant = at("2026-10-30T08:00")
    desk = desks()
    every_day = "FREQ=DAILY"
    practice.load(desk, replace(WARD, sessions=tuple(replace(each, rrule=every_day) for each in WARD.sessions)))
    visit = book(desk, "2026-10-31T09:00", "KYPHO", override_reason="approved by phone")
    clock.instant = at("2026-10-31T09:50")
    for status in INTO_RECOVERY:
        visit = visit_status.set_status(desk, visit.id, status).value
    stays = places.stay_tonight(desk, StayTonight(visit.id)).value
    (night,) = [each for each in stays.allocations if each.kind is PhaseKind.OVERNIGHT]
    assert (night.end - night.start).total_seconds() / 3600 == pytest.approx(22 + 40 / 60)
    assert beds_view(desk, date(2026, 10, 31), 2).nights[0].night.planned == 1
