"""A patient's card: who they are, what is booked, what was, and what they ask for."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.day_plan import DayPlanLine, further_words
from desk_app.application.read_models import PatientCard, RequestLine
from desk_app.domain.records import Patient
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Action, CardContent, Fact, Section
from desk_app.ui.panels.person_words import alert_chips, number, person_line, phone_words
from desk_app.ui.panels.visit_card import history_words

MOST = 12


def patient_content(card: PatientCard, context: RowContext) -> CardContent:
    """The card in words."""
    patient = card.patient
    if patient.merged_into is not None:
        return _replaced(patient, patient.merged_into, context)
    phone, phone_more = phone_words(patient.phones)
    sections = (
        _visits("Coming", card.upcoming, context),
        _requests(card, context),
        _visits("Before", card.past, context),
        _details(card),
        _history(card, context),
    )
    return CardContent(
        name=patient.name,
        subtitle=person_line(patient, context.today),
        phone=phone,
        phone_more=phone_more,
        chips=alert_chips(patient.alerts),
        sections=tuple(section for section in sections if section is not None),
        primary=Action("new_request", "New request", "N", "plus"),
        secondary=(
            Action("edit_patient", "Edit", "E", "setup"),
            Action("merge", "Merge charts", "M", "link"),
            Action("letter", "Letter", "I", "letter"),
        ),
    )


def _replaced(patient: Patient, number: int, context: RowContext) -> CardContent:
    """A chart that was merged: readable, and a key away from the one that replaced it."""
    phone, phone_more = phone_words(patient.phones)
    told = "Everything of it is kept under the chart that replaced it."
    return CardContent(
        name=patient.name,
        subtitle=person_line(patient, context.today),
        phone=phone,
        phone_more=phone_more,
        sections=(Section(headline="Merged into another chart", paragraphs=(told,), icon="link", tone="warn"),),
        primary=Action(f"show_patient:{number}", "Show that chart", "Enter", "patients"),
    )


def _visits(title: str, lines: tuple[DayPlanLine, ...], context: RowContext) -> Section | None:
    if not lines:
        return Section(title, paragraphs=("No visit is booked.",)) if title == "Coming" else None
    facts = tuple(
        Fact(
            wording.moment(line.start, context.zone, context.today),
            " ".join(p for p in (line.procedure_name, line.level_names, further_words(line.further_text)) if p)
            + f", {wording.STATUS_WORDS[line.status].lower()}",
        )
        for line in lines[:MOST]
    )
    shown = tuple(Action(f"show_visit:{line.appointment_id}", "Show on the schedule") for line in lines[:1])
    return Section(title, facts=facts, actions=shown if title == "Coming" else ())


def _requests(card: PatientCard, context: RowContext) -> Section | None:
    if not card.requests:
        return None
    facts = tuple(
        Fact(
            wording.waiting(line.received_at, context.now),
            f"{_procedure(line, context)}, {wording.STATUS_WORDS[line.status].lower()}",
        )
        for line in card.requests[:MOST]
    )
    first = card.requests[0].request_id
    return Section("Requests", facts=facts, actions=(Action(f"show_request:{first}", "Show the request"),))


def _procedure(line: RequestLine, context: RowContext) -> str:
    if line.procedure is None:
        return "procedure not chosen"
    known = context.catalogue.has_procedure(line.procedure)
    return context.catalogue.procedure(line.procedure).name if known else line.procedure


def _history(card: PatientCard, context: RowContext) -> Section | None:
    """What was done to the chart, and every letter to the patient."""
    lines = tuple(
        f"{wording.moment(line.at, context.zone, context.today)} {line.user}: {history_words(line)}"
        for line in card.history[:6]
    )
    return Section("History", paragraphs=lines) if lines else None


def _details(card: PatientCard) -> Section:
    patient = card.patient
    facts = [Fact("Phone", number(phone)) for phone in patient.phones[1:]]
    pairs = (
        ("Mail", patient.email),
        ("Language", patient.language),
        ("Payer", " · ".join(part for part in (card.payer, patient.member_id) if part)),
        ("Note", patient.note),
    )
    facts += [Fact(label, text) for label, text in pairs if text]
    return Section("Details", facts=tuple(facts))
