"""Several procedures in one sitting in the window: sought, booked, moved and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases.booking import BookAppointment, book
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.several import AndAlso
from desk_app.domain.visit_parts import Treated
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.subject import Subject, of_patient, of_visit
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, at
from tests.ui.panels.fixtures import Key, Keyboard

Open = Callable[[Subject], FindSlotPanel]
MBB = replace(JOINT, code="MBB", name="Medial branch block")
NEVER = replace(JOINT, code="NEVER", name="Never", phases=(*JOINT.phases, JOINT.phases[0]))


@pytest.fixture
def open_panel(desk: Desk, services: Services, inspector: Inspector) -> Open:
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, procedures=(KYPHO, JOINT, MBB, NEVER)))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    services.office.catalogue = desk.catalogue()

    def opened(subject: Subject) -> FindSlotPanel:
        panel = FindSlotPanel(services, subject)
        inspector.show_form(panel)
        panel.focus_first()
        return panel

    return opened


@pytest.fixture
def sitting(desk: Desk, ortiz: Patient) -> Callable[[], Appointment]:
    def booked() -> Appointment:
        wish = BookAppointment(
            at("2026-12-09T09:00"),
            "MBB",
            1,
            patient_id=ortiz.id,
            level_names="L4",
            further=(AndAlso("JOINT", side="R"),),
        )
        return book(desk, wish).value

    return booked


def offered(panel: FindSlotPanel) -> list[str]:
    return [panel.fields.also.itemText(row) for row in range(panel.fields.also.count())]


def test_only_what_can_be_done_with_it_is_offered(open_panel: Open) -> None:
    panel = open_panel(Subject(procedure="JOINT"))
    assert offered(panel) == ["nothing else", "Kyphoplasty", "Medial branch block"]
    panel.fields.procedure.choose("NEVER")
    panel.fields.procedure.picked.emit()
    assert not panel.fields.also.isVisible()
    assert not panel.fields.also_levels.isVisible()
    assert panel.fields.further() == ()


def test_a_further_procedure_is_chosen_by_typing_and_booked_with_the_first(
    desk: Desk, open_panel: Open, ortiz: Patient, inspector: Inspector, keys: Keyboard, heard: list[str]
) -> None:
    panel = open_panel(replace(of_patient(ortiz), procedure="MBB"))
    panel.fields.also.setFocus()
    keys.write("joint")
    keys.press(Key.Key_Tab)
    assert panel.fields.also.value() == "JOINT"
    keys.write("r")
    keys.press(Key.Key_Tab)
    assert panel.fields.further() == (AndAlso("JOINT", side="R"),)
    assert panel._summary.text() == "1 level: procedure 30, recovery 10 min"
    slot = panel.list.current_slot()
    assert slot is not None
    assert [int((p.end - p.start).total_seconds()) // 60 for p in slot.phases] == [30, 10]
    panel.list.setFocus()
    keys.press(Key.Key_Return)
    assert inspector.form is None
    (line,) = desk.queries.day_plan(at("2026-11-24T10:00").date(), desk.now()).lines
    kept = desk.queries.visit_card(line.appointment_id).appointment
    assert kept.further == (Treated("JOINT", "Large joint injection", 1, "", "R"),)
    assert len(heard) == 1


def test_levels_that_cannot_be_are_told_beside_the_further_procedure(open_panel: Open, ortiz: Patient) -> None:
    panel = open_panel(replace(of_patient(ortiz), procedure="MBB"))
    panel.fields.also.choose("JOINT")
    panel.fields.also_levels.setText("3")
    panel.search()
    told = panel.fields.also_levels.accessibleDescription()
    assert told == "Large joint injection is done on 1 to 1 levels."
    assert panel.fields.levels.accessibleDescription() == ""


def test_the_card_names_both_and_the_authorization_of_each(
    desk: Desk, services: Services, open_panel: Open, ortiz: Patient
) -> None:
    open_panel(Subject())
    wish = BookAppointment(
        at("2026-12-09T09:00"), "MBB", patient_id=ortiz.id, level_names="L4", further=(AndAlso("KYPHO", 2),),
        override_reason="agreed",
    )  # fmt: skip
    visit = book(desk, wish).value
    content = visit_content(desk.queries.visit_card(visit.id), services.office.context())
    assert content.sections[0].headline == "Medial branch block L4 + Kyphoplasty 2 levels"
    facts = [(fact.label, fact.text) for section in content.sections for fact in section.facts]
    shown = {each.title: each.status.word for each in content.sections if each.status is not None}
    assert shown["Authorization, Medial branch block"] == "Not required"
    assert shown["Authorization, Kyphoplasty"] == "Needed"
    assert ("Fasting", "not yet, by Tue 8 Dec 09:00. Light meal to 03:00, clear fluids to 07:00") in facts


def test_another_time_is_sought_for_the_whole_sitting(
    desk: Desk, services: Services, open_panel: Open, sitting: Callable[[], Appointment]
) -> None:
    open_panel(Subject())
    visit = sitting()
    subject = of_visit(desk.queries.visit_card(visit.id), services.office.context())
    panel = open_panel(subject)
    assert (panel.fields.also.value(), panel.fields.also_levels.value()) == ("JOINT", "R")
    slot = panel.list.current_slot()
    assert slot is not None
    assert slot.end - slot.start == visit.end - visit.start
    panel.submit()
    assert desk.queries.visit_card(visit.id).appointment.further == visit.further
