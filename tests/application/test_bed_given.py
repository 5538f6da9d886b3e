"""The bed that is given is the one that suits: at booking, by the board's step, and where none is free it is marked."""

from __future__ import annotations

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, booking, places, practice, visit_status
from desk_app.application.use_cases.places import StayTonight
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import PhaseKind, Stay
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.visit_parts import BedWish
from tests.application.steps import a_patient
from tests.application.test_places import DAY, WARD, go, in_recovery, stored, taken, visit_at
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at

BED, RECOVERY = PhaseKind.OVERNIGHT, PhaseKind.RECOVERY


@pytest.fixture
def ward(desks: Desks) -> Desk:
    """Three beds, of which the first is monitored and shares its room with the second."""
    desk = desks()
    practice.load(desk, WARD)
    return desk


def stays(desk: Desk, wall: str, bed: str, sex: str = "F", *wishes: BedWish) -> Appointment:
    """Somebody of Wednesday who stays in that bed, and has wished since."""
    visit = visit_at(desk, wall, patient_id=a_patient(desk, f"P{wall}", sex=sex))
    places.stay_tonight(desk, StayTonight(visit.id, bed, reason="no other was free"))
    return places.wish_for_bed(desk, visit.id, wishes).value if wishes else stored(desk, visit)


def lies(desk: Desk, visit: Appointment, kind: PhaseKind = BED) -> str:
    return taken(stored(desk, visit), kind)[-1][0]


def block(desk: Desk, code: str, first: str, last: str, *seen: Appointment) -> None:
    wish = BlockoutWish((code,), at(f"{DAY}T{first}"), at(last), reason="leak")
    blockouts.enter(desk, wish, frozenset(visit.id for visit in seen))


def test_a_planned_stay_is_booked_into_the_bed_that_suits_the_patient(ward: Desk) -> None:
    stays(ward, "12:00", "N1", "F")
    he = a_patient(ward, "Haddad", sex="M")
    wish = booking.BookAppointment(
        at(f"{DAY}T09:00"), "KYPHO", patient_id=he, stay=Stay.PLANNED, override_reason="approved by phone"
    )
    visit = booking.book(ward, wish).value
    assert [each.resource for each in visit.allocations if each.kind is BED] == ["N3"]
    assert dict(visit.phases[-1].resources) == {"bed": "N3"}
    asked = booking.BookAppointment(
        at("2026-11-26T09:00"), "KYPHO", patient_id=he, stay=Stay.PLANNED, wanted=("N2",), override_reason="by phone"
    )
    assert lies(ward, booking.book(ward, asked).value) == "N2"


def test_the_boards_step_gives_the_bed_that_stays_tonight_gives(ward: Desk, clock: StandingClock) -> None:
    stays(ward, "12:00", "N1", "F")
    he = in_recovery(ward, clock, patient_id=a_patient(ward, "Haddad", sex="M"))
    assert lies(ward, go(ward, clock, "11:00", he, S.OVERNIGHT)) == "N3"


def test_the_boards_step_meets_the_wish_of_the_patient(ward: Desk, clock: StandingClock) -> None:
    visit = in_recovery(ward, clock, patient_id=a_patient(ward, "Ortiz", sex="F"))
    block(ward, "N1", "08:00", f"{DAY}T09:00")
    places.wish_for_bed(ward, visit.id, (BedWish.MONITORED,))
    assert lies(ward, go(ward, clock, "11:00", visit, S.OVERNIGHT)) == "N1"


def test_a_night_elsewhere_by_the_boards_step_is_marked_as_the_override_that_it_is(
    desk: Desk, clock: StandingClock
) -> None:
    stays(desk, "12:00", "N1")
    visit = in_recovery(desk, clock)
    clock.instant = at(f"{DAY}T11:30")
    how = visit_status.How(place="Mercy Hospital", reason="bleeding")
    gone = visit_status.set_status(desk, visit.id, S.OVERNIGHT, how=how).value
    assert "no_bed" in gone.override_codes
    assert gone.override_reason.endswith("night in Mercy Hospital: bleeding")


def test_who_comes_late_into_recovery_is_given_a_bay_that_lasts_and_need_not_move_again(
    ward: Desk, clock: StandingClock
) -> None:
    late, after = visit_at(ward, "09:00"), visit_at(ward, "11:10", "JOINT")
    assert (lies(ward, late, RECOVERY), lies(ward, after, RECOVERY)) == ("B1", "B1")
    go(ward, clock, "09:10", late, S.ARRIVED, S.READY, S.IN_PROCEDURE)
    go(ward, clock, "10:40", late, S.IN_RECOVERY)  # bay 1 would be taken at 11:25
    assert taken(stored(ward, late), RECOVERY) == [("B2", "Wed 10:40", "Wed 12:10")]
    assert lies(ward, after, RECOVERY) == "B1"
