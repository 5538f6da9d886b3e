"""How far a visit is prepared: noted gate by gate, taken back, and asked about where time is too short."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import moving, practice, undo, visit_notes, visit_status
from desk_app.application.use_cases.preparation import GateNote, prepare
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import GateState
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import CancelReason
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.application.steps import a_patient, approve, book
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, at

SEEN: frozenset[str] = frozenset()
GATES = (
    ReadinessGate("mri", GateKind.IMAGING, "MRI", 72, procedures=("KYPHO",)),
    ReadinessGate("consent", GateKind.CONSENT, "Consent", 0),
)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, readiness_gates=GATES))
    return desk


def kypho(desk: Desk, start: str = "2026-12-09T09:00", **more: object) -> Appointment:
    patient = a_patient(desk, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    approve(desk, None, patient)
    return book(desk, start, "KYPHO", patient_id=patient, **more)


def kept(desk: Desk, visit: Appointment) -> dict[str, tuple[str, str]]:
    return {each.gate: (each.state.value, each.note) for each in desk.queries.visit_card(visit.id).readiness}


def test_what_was_noted_is_on_the_card_with_its_history(desk: Desk) -> None:
    visit = kypho(desk)
    notes = (GateNote("thinner", GateState.PLAN_RECEIVED, " Dr. Osei "), GateNote("fasting", GateState.OPEN))
    prepared = prepare(desk, visit.id, notes).value
    assert prepared.version == visit.version + 1
    assert kept(desk, visit) == {"thinner": ("plan_received", "Dr. Osei")}
    told = desk.queries.visit_card(visit.id).history[0]
    assert (told.action, told.data["gates"]) == ("appointment_prepared", {"thinner": "plan_received"})


def test_a_gate_is_noted_again_and_taken_back_step_by_step(desk: Desk) -> None:
    visit = kypho(desk)
    prepare(desk, visit.id, (GateNote("thinner", GateState.TOLD),))
    prepare(desk, visit.id, (GateNote("thinner", GateState.HELD, "since 4 Dec"),))
    assert kept(desk, visit) == {"thinner": ("held", "since 4 Dec")}
    undo.undo(desk)
    assert kept(desk, visit) == {"thinner": ("told", "")}
    undo.undo(desk)
    assert kept(desk, visit) == {}


def test_nothing_new_is_no_step(desk: Desk) -> None:
    visit = kypho(desk)
    prepare(desk, visit.id, (GateNote("fasting", GateState.TOLD),))
    assert prepare(desk, visit.id, (GateNote("fasting", GateState.TOLD, " "),)).undo_step is None


def test_where_another_desk_noted_the_same_gate_meanwhile_nothing_is_lost(desks: Desks, desk: Desk) -> None:
    visit, other = kypho(desk), desks()
    seen = (GateNote("fasting", GateState.OPEN), GateNote("consent", GateState.OPEN))
    prepare(other, visit.id, (GateNote("fasting", GateState.TOLD),), seen)
    mine = (GateNote("fasting", GateState.OPEN), GateNote("consent", GateState.DONE))
    prepare(desk, visit.id, mine, seen)
    assert kept(desk, visit) == {"fasting": ("told", ""), "consent": ("done", "")}
    with pytest.raises(Conflict, match="changed"):
        prepare(desk, visit.id, (GateNote("fasting", GateState.OPEN, "asks again"),), seen)


@pytest.mark.parametrize(
    "note",
    [
        GateNote("labs", GateState.DONE),
        GateNote("consent", GateState.HELD),
        GateNote("escort", GateState.DONE),
    ],
)
def test_what_is_not_asked_of_a_visit_cannot_be_noted(desk: Desk, note: GateNote) -> None:
    with pytest.raises(WrongInput, match="unknown_gate"):
        prepare(desk, kypho(desk).id, (note,))


def test_a_visit_that_is_over_is_not_prepared(desk: Desk) -> None:
    visit = kypho(desk)
    visit_status.cancel(desk, visit.id, CancelReason.PATIENT, "", None)
    with pytest.raises(RuleViolation, match="visit_over"):
        prepare(desk, visit.id, (GateNote("fasting", GateState.TOLD),))


def test_a_booking_too_late_for_a_gate_is_doubted_in_words(desk: Desk) -> None:
    with pytest.raises(NeedsConfirmation) as fault:
        kypho(desk, "2026-11-26T09:00", acknowledged=SEEN)
    assert fault.value.codes == ("thinner", "imaging")
    with pytest.raises(NeedsConfirmation) as fault:
        kypho(desk, "2026-11-24T14:00", acknowledged=SEEN)
    assert fault.value.codes == ("lead_time", "escort", "thinner", "imaging")


def test_a_gate_that_is_passed_is_not_asked_about_when_the_visit_moves(desk: Desk) -> None:
    visit = kypho(desk)
    soon = moving.MoveAppointment(visit.id, at("2026-11-26T09:00"), acknowledged=SEEN)
    with pytest.raises(NeedsConfirmation) as fault:
        moving.move(desk, soon)
    assert fault.value.codes == ("thinner", "imaging")
    notes = (GateNote("thinner", GateState.TOLD), GateNote("mri", GateState.DONE, "12 Nov"))
    prepare(desk, visit.id, notes)
    with pytest.raises(NeedsConfirmation) as fault:
        moving.move(desk, soon)
    assert fault.value.codes == ("thinner",)
    prepare(desk, visit.id, (GateNote("thinner", GateState.HELD),))
    visit_notes.write_on_visit(desk, visit.id, visit_notes.VisitTexts("Luis", ""))
    moved = moving.move(desk, replace(soon, start=at("2026-11-24T14:00"), acknowledged=frozenset({"lead_time"})))
    assert moved.warnings == ("lead_time",)


def test_the_day_says_no_more_that_somebody_was_not_told_of_the_thinner(desk: Desk) -> None:
    visit = kypho(desk)
    day = at("2026-12-09T09:00").date()

    def untold() -> bool:
        return desk.queries.day_plan(day, desk.now()).lines[0].thinner_untold

    assert untold()
    prepare(desk, visit.id, (GateNote("thinner", GateState.PLAN_RECEIVED),))
    assert untold()
    prepare(desk, visit.id, (GateNote("thinner", GateState.TOLD),))
    assert not untold()
