"""The form for a visit's escort and note, and what becomes of them where two desks write at once."""

from __future__ import annotations

from desk_app.application.read_models import VisitCard
from desk_app.application.use_cases.visit_notes import VisitTexts
from desk_app.application.wording import moment
from desk_app.domain.faults import Conflict
from desk_app.ui.operations.visits import writing_on
from desk_app.ui.panels.escort_form import EscortForm
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive


def escort_form(services: Services, card: VisitCard) -> EscortForm:
    """Writes on the card's visit; it stays open until that is stored."""
    visit, office = card.appointment, services.office
    form = EscortForm(card.patient.name, moment(visit.start, office.zone, office.today), _texts(card))
    leave = while_alive(form, lambda _: form.left.emit())
    show_others = while_alive(form, form.others_wrote)

    def refused(fault: Exception) -> bool:
        if not isinstance(fault, Conflict) or fault.code != "changed":
            return False
        services.tasks.submit(
            lambda: _texts(office.desk.queries.visit_card(visit.id)), show_others, services.feedback.refuse
        )
        return True

    def write(texts: VisitTexts, seen: VisitTexts) -> None:
        services.operations.run(writing_on(visit.id, texts, seen, leave, refused))

    form.chosen.connect(write)
    return form


def _texts(card: VisitCard) -> VisitTexts:
    return VisitTexts(card.appointment.escort, card.appointment.note)
