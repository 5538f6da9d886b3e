"""The bays of today follow the day's forecast: what another visit holds up comes later there, too."""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.use_cases import visit_status
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.domain.statuses import AppointmentStatus as Status
from tests.application.steps import a_patient, book
from tests.helpers.small_practice import StandingClock, at

TODAY = "2026-11-25"


def test_whoever_waits_for_a_late_room_comes_into_the_bay_so_much_later(desk: Desk, clock: StandingClock) -> None:
    late = book(desk, f"{TODAY}T09:00", patient_id=a_patient(desk, "Ortiz"))
    after = book(desk, f"{TODAY}T10:10", patient_id=a_patient(desk, "Lee"))
    clock.instant = at(f"{TODAY}T09:55")
    for status in (Status.ARRIVED, Status.READY):
        visit_status.set_status(desk, late.id, status)
    clock.instant = at(f"{TODAY}T10:00")
    visit_status.set_status(desk, late.id, Status.IN_PROCEDURE)
    clock.instant = at(f"{TODAY}T10:05")
    view = beds_view(desk, at(f"{TODAY}T12:00").date())
    stays = {stay.use.appointment_id: stay.course for bay in view.recovery.bays for stay in bay.lyings}
    assert stays[late.id].start == at(f"{TODAY}T10:15")
    assert stays[after.id].start == at(f"{TODAY}T10:30"), "planned 10:25; the room is left at 10:15"
