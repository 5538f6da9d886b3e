"""How far a visit is prepared, on its card and in the form behind one key; and what payers may not cover."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.application.use_cases.preparation import GateNote, prepare
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.practice import Catalogue
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.readiness import GateState
from desk_app.domain.records import Appointment, Callback, Patient
from desk_app.domain.statuses import CallbackKind, CancelReason
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.main_window.preparing import preparation_form
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.search_summary import summary
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, StandingClock, at
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard, focused

GATES = (ReadinessGate("mri", GateKind.IMAGING, "MRI", 72, procedures=("KYPHO",)),)


def store(desk: Desk, services: Services, catalogue: Catalogue) -> None:
    """Another practice, which the window has read anew."""
    with desk.open_work(desk.actor) as work:
        work.practice.store(catalogue)
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    services.office.catalogue = desk.catalogue()


@pytest.fixture
def visit(desk: Desk, services: Services, ortiz: Patient) -> Appointment:
    store(desk, services, replace(desk.catalogue(), readiness_gates=GATES))
    chart = replace(ortiz, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    patients.edit(desk, chart)
    wish = BookAppointment(at("2026-12-09T09:00"), "KYPHO", patient_id=ortiz.id, override_reason="agreed")
    return booking.book(desk, wish).value


def facts(desk: Desk, services: Services, visit: Appointment) -> dict[str, tuple[str, str]]:
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    found = [fact for section in content.sections if section.title == "Before the visit" for fact in section.facts]
    return {fact.label: (fact.text, fact.role) for fact in found}


def test_the_card_lists_every_gate_with_what_is_missing(desk: Desk, services: Services, visit: Appointment) -> None:
    shown = facts(desk, services, visit)
    meals = "Light meal to 03:00, clear fluids to 07:00"
    assert shown["Fasting"] == (f"not yet, by Tue 8 Dec 09:00. {meals}", "text2")
    assert shown["Escort"] == ("none named", "warn")
    assert shown["Blood thinner"] == ("not yet, by Fri 4 Dec 09:00", "text2")
    assert shown["MRI"] == ("not yet, by Sun 6 Dec 09:00", "text2")
    notes = (GateNote("fasting", GateState.TOLD), GateNote("thinner", GateState.HELD, "since 4 Dec"))
    prepare(desk, visit.id, (*notes, GateNote("mri", GateState.DONE)))
    shown = facts(desk, services, visit)
    assert shown["Fasting"] == (f"patient told. {meals}", "text")
    assert shown["Blood thinner"] == ("held, since 4 Dec", "text")
    assert shown["MRI"] == ("there", "text")


def test_what_should_be_there_by_now_is_amber_and_a_visit_that_is_over_lacks_nothing(
    desk: Desk, services: Services, visit: Appointment, clock: StandingClock
) -> None:
    clock.instant = at("2026-12-07T10:00")
    shown = facts(desk, services, visit)
    assert [shown[gate][1] for gate in ("Fasting", "Blood thinner", "MRI")] == ["text2", "warn", "warn"]
    prepare(desk, visit.id, (GateNote("mri", GateState.DONE, "12 Nov"),))
    cancel(desk, visit.id, CancelReason.PATIENT, "", None)
    shown = facts(desk, services, visit)
    assert shown["MRI"] == ("there, 12 Nov", "text")
    assert {"Fasting", "Escort", "Blood thinner"}.isdisjoint(shown)


def test_what_was_noted_is_told_in_the_history(desk: Desk, services: Services, visit: Appointment) -> None:
    prepare(desk, visit.id, (GateNote("thinner", GateState.PLAN_RECEIVED), GateNote("mri", GateState.DONE)))
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    told = next(section.paragraphs for section in content.sections if section.title == "History")
    assert told[0] == "10:00 user 1: preparation, Blood thinner plan received, MRI there"


def test_a_state_a_note_and_one_chord_is_all(
    desk: Desk, services: Services, inspector: Inspector, visit: Appointment, keys: Keyboard, heard: list[str]
) -> None:
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert ("prepare", "P") in [(action.code, action.key) for action in content.secondary]
    inspector.show_form(preparation_form(services, desk.queries.visit_card(visit.id)))
    keys.write("told")
    keys.press(Key.Key_Tab)
    assert focused().accessibleName() == "Fasting, note"
    keys.write("by phone")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert inspector.form is None
    assert heard == ["M. Ortiz: preparation noted"]
    (kept,) = desk.queries.visit_card(visit.id).readiness
    assert (kept.gate, kept.state, kept.note) == ("fasting", GateState.TOLD, "by phone")


def test_a_word_that_is_no_state_is_told_beside_its_field(
    services: Services, desk: Desk, inspector: Inspector, visit: Appointment, keys: Keyboard
) -> None:
    form = preparation_form(services, desk.queries.visit_card(visit.id))
    inspector.show_form(form)
    keys.write("perhaps")
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert inspector.form is form
    assert desk.queries.visit_card(visit.id).readiness == ()


def test_where_another_desk_noted_the_same_meanwhile_mine_stands_and_theirs_is_shown(
    desk: Desk, services: Services, inspector: Inspector, visit: Appointment, keys: Keyboard
) -> None:
    inspector.show_form(preparation_form(services, desk.queries.visit_card(visit.id)))
    keys.write("told")
    keys.press(Key.Key_Tab)
    theirs = (GateNote("fasting", GateState.OPEN, "asks for the nurse"), GateNote("mri", GateState.DONE))
    prepare(desk, visit.id, theirs)
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert inspector.form is not None
    keys.press(Key.Key_Return, modifier=CONTROL)
    assert inspector.form is None
    kept = {each.gate: (each.state, each.note) for each in desk.queries.visit_card(visit.id).readiness}
    assert kept == {"fasting": (GateState.TOLD, "asks for the nurse"), "mri": (GateState.DONE, "")}


def test_a_visit_that_nothing_is_asked_of_offers_no_preparation(desk: Desk, services: Services, ortiz: Patient) -> None:
    plain = booking.book(desk, BookAppointment(at("2026-12-10T09:00"), "JOINT", patient_id=ortiz.id)).value
    content = visit_content(desk.queries.visit_card(plain.id), services.office.context())
    assert "prepare" not in [action.code for action in content.secondary]


def test_the_card_tells_how_often_a_call_was_tried_and_how_often_it_will_be(
    desk: Desk, services: Services, visit: Appointment
) -> None:
    with desk.open_work(desk.actor) as work:
        calls: tuple[Callback, ...] = work.callbacks.open_for_appointment(visit.id)
        call = next(each for each in calls if each.kind is CallbackKind.CONFIRMATION)
        work.callbacks.save(replace(call, attempts=2))
        work.commit("call_tried")
    assert facts(desk, services, visit)["Confirmed"] == ("not yet, 2 of 4 tries", "text2")


def numbered(catalogue: Catalogue) -> Catalogue:
    """The small practice with CPT numbers."""
    procedures = (replace(KYPHO, cpt=("22513",)), replace(JOINT, cpt=("64493",)))
    return replace(catalogue, procedures=procedures)


def test_the_card_says_what_payers_may_not_cover_and_what_they_ask_for(
    desk: Desk, services: Services, ortiz: Patient
) -> None:
    store(desk, services, numbered(CATALOGUE))

    def book(start: str, procedure: str) -> Appointment:
        wish = BookAppointment(at(start), procedure, patient_id=ortiz.id, override_reason="agreed")
        return booking.book(desk, wish).value

    book("2026-11-25T09:00", "JOINT")
    second, kypho = book("2026-12-02T09:00", "JOINT"), book("2026-12-09T09:00", "KYPHO")
    told = "Facet blocks: 7 days from the one of 25 Nov; payers ask for at least 14."
    assert facts(desk, services, second)["Coverage"] == (told, "warn")
    asked = "about 6 weeks of conservative care first"
    assert facts(desk, services, kypho)["Coverage"] == (asked, "text2")
    procedure = desk.catalogue().procedure("KYPHO")
    assert summary(procedure, FindSlots("KYPHO"), desk.catalogue(), None).splitlines()[1:] == [
        f"Payers ask for {asked}."
    ]
