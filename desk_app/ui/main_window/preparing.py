"""The form for a visit's preparation, and what becomes of it where two desks note something at once."""

from __future__ import annotations

from desk_app.application.gate_words import fasting_words
from desk_app.application.read_models import VisitCard
from desk_app.application.use_cases.preparation import GateNote
from desk_app.application.wording import moment
from desk_app.domain.faults import Conflict
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import GateStanding
from desk_app.ui.operations.visits import preparing
from desk_app.ui.panels.preparation_facts import standings_of
from desk_app.ui.panels.preparation_form import AskedGate, PreparationForm
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive


def preparation_form(services: Services, card: VisitCard) -> PreparationForm:
    """For the card's visit, with every gate but the escort, who is named on the visit itself."""
    visit, office = card.appointment, services.office
    form = PreparationForm(card.patient.name, moment(visit.start, office.zone, office.today), _asked(services, card))
    leave = while_alive(form, lambda _: form.left.emit())
    show_others = while_alive(form, form.others_noted)

    def refused(fault: Exception) -> bool:
        if not isinstance(fault, Conflict) or fault.code != "changed":
            return False
        services.tasks.submit(
            lambda: _asked(services, office.desk.queries.visit_card(visit.id)), show_others, services.feedback.refuse
        )
        return True

    def keep(notes: tuple[GateNote, ...], seen: tuple[GateNote, ...]) -> None:
        services.operations.run(preparing(visit.id, notes, seen, leave, refused))

    form.chosen.connect(keep)
    return form


def _asked(services: Services, card: VisitCard) -> tuple[AskedGate, ...]:
    found = standings_of(card, services.office.context())
    return tuple(_row(services, card, each) for each in found if each.gate.kind is not GateKind.ESCORT)


def _row(services: Services, card: VisitCard, standing: GateStanding) -> AskedGate:
    gate, office, visit = standing.gate, services.office, card.appointment
    due = moment(standing.due, office.zone, office.today) if gate.lead_hours else ""
    told = fasting_words(standing, visit, office.zone) if gate.kind is GateKind.FASTING else ""
    return AskedGate(gate.kind, gate.name, GateNote(gate.code, standing.state, standing.note), due, told)
