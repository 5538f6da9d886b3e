"""What a visit's card says of its preparation and of what payers cover."""

from __future__ import annotations

from datetime import datetime

from desk_app.application.case_of import procedure_in
from desk_app.application.coverage_look import CoverageLook
from desk_app.application.gate_words import standing_words
from desk_app.application.read_models import VisitCard
from desk_app.application.wording import moment
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.coverage import reminders
from desk_app.domain.languages import language_named
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import GateStanding, standings
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Fact

A = AppointmentStatus
TO_COME = frozenset({A.HELD, A.BOOKED, A.CONFIRMED})
BEFORE_PROCEDURE = TO_COME | {A.ARRIVED, A.READY}
"""What is missing still matters; afterwards only what was noted is shown."""


def standings_of(card: VisitCard, context: RowContext) -> tuple[GateStanding, ...]:
    """Every gate that is asked of the card's visit."""
    visit, catalogue = card.appointment, context.catalogue
    return standings(catalogue, visit, procedure_in(catalogue, visit), card.patient, card.readiness)


def gate_facts(card: VisitCard, context: RowContext) -> tuple[Fact, ...]:
    """A line a gate: what is done, what is still missing, and in amber what should be there by now."""
    visit, facts = card.appointment, []
    for standing in standings_of(card, context):
        if standing.is_missing and visit.status not in BEFORE_PROCEDURE:
            continue
        facts.append(_fact(standing, visit, context))
    return tuple(facts)


def _fact(standing: GateStanding, visit: Appointment, context: RowContext) -> Fact:
    if standing.gate.kind is GateKind.ESCORT:
        found = Fact(standing.gate.name, visit.escort, "escort")
        return found if visit.escort else Fact(standing.gate.name, "none named", "warning", "warn")
    words = standing_words(standing, visit, context.zone, context.today)
    if not standing.is_missing:
        return Fact(standing.gate.name, words, "check")
    is_late = standing.due <= context.now
    return Fact(standing.gate.name, words, "warning" if is_late else "late", "warn" if is_late else "text2")


def sheet_facts(card: VisitCard, context: RowContext) -> tuple[Fact, ...]:
    """The preparation sheet that went out last, while the visit is to come; in amber where it says another time."""
    printed = (line for line in card.history if line.action == "letter_printed")
    last = next((line for line in printed if line.data.get("letter") == "preparation"), None)
    if last is None or card.appointment.status not in TO_COME:
        return ()
    language = language_named(str(last.data.get("language", "")))
    version = f"version {last.data.get('version')}, {language}"
    start = datetime.fromisoformat(str(last.data["start"]))
    if start == card.appointment.start:
        return (Fact("Instructions", f"{version}, {moment(last.at, context.zone, context.today)}", "check"),)
    told = moment(start, context.zone, context.today)
    return (Fact("Instructions", f"{version} says {told}: print them anew", "warning", "warn"),)


def coverage_facts(card: VisitCard, context: RowContext) -> tuple[Fact, ...]:
    """What payers may not cover about a visit to come, and what they ask for first."""
    visit, catalogue = card.appointment, context.catalogue
    if visit.status not in TO_COME:
        return ()
    payer = payer_of(catalogue, card.patient.payer, card.request_payer)
    treated = tuple((each.procedure, each.level_names) for each in visit.treated)
    look = CoverageLook(catalogue, treated, payer, card.treatments)
    doubt = look.doubt(context.day_of(visit.start))
    facts = [Fact("Coverage", doubt, "warning", "warn")] if doubt else []
    rules = reminders(catalogue, procedure_in(catalogue, visit), payer)
    return (
        *facts,
        *(Fact("Coverage", reminder_words(rule.conservative_weeks or 0), "info", "text2") for rule in rules),
    )


def reminder_words(weeks: int) -> str:
    return f"about {weeks} weeks of conservative care first"
