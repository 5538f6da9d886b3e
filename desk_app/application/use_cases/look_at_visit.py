"""A visit for its card: what is known of it, and where its next steps would lead the patient just now."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.desk import Desk
from desk_app.application.read_models import VisitCard
from desk_app.application.visit_steps import next_place
from desk_app.domain.statuses import APPOINTMENT_STEPS, AppointmentStatus

S = AppointmentStatus
PLACED = (S.IN_RECOVERY, S.OVERNIGHT)
MOVING = frozenset({S.IN_PROCEDURE, S.IN_RECOVERY, S.AMBULATING})
"""Who can be given a bay or a bed next."""


def visit_look(desk: Desk, number: int) -> VisitCard:
    """Raises WrongInput where there is no such visit."""
    card = desk.queries.visit_card(number)
    visit = card.appointment
    if visit.status not in MOVING:
        return card
    steps = [status for status in PLACED if status in APPOINTMENT_STEPS[visit.status]]
    places = {status: next_place(desk, visit, card.patient.sex, status) for status in steps}
    return replace(card, next_places={status: code for status, code in places.items() if code is not None})
