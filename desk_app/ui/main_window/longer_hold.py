"""The form for a hold's other end, and what becomes of the time that was typed."""

from __future__ import annotations

from datetime import datetime

from desk_app.application.read_models import VisitCard
from desk_app.application.wording import moment
from desk_app.domain.faults import RuleViolation
from desk_app.ui.feedback import fault_text
from desk_app.ui.operations.holding import extending
from desk_app.ui.panels.hold_form import HoldForm
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive


def hold_form(services: Services, card: VisitCard) -> HoldForm:
    """Holds the card's visit until what is typed; a time that cannot be is said beside the field."""
    visit, office = card.appointment, services.office
    form = HoldForm(card.patient.name, moment(visit.start, office.zone, office.today), office.today, office.zone)

    def refused(fault: Exception) -> bool:
        if not isinstance(fault, RuleViolation) or fault.params.get("field") not in ("hold_until", "until"):
            return False
        while_alive(form, form.refuse_time)(fault_text(fault, office.catalogue))
        return True

    def hold(until: datetime) -> None:
        change = extending(visit.id, visit.version, until, refused, while_alive(form, lambda _: form.left.emit()))
        services.operations.run(change)

    form.chosen.connect(hold)
    return form
