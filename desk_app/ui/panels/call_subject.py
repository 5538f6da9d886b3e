"""For whom a slot is sought from a call: its request, its visit, or whoever is called."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.call_rows import CallCard
from desk_app.application.read_models import RequestCard, VisitCard
from desk_app.domain.statuses import OPEN_REQUESTS, AppointmentStatus
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.subject import NOBODY, Subject, of_patient, of_request, of_visit

MOVABLE = (AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED)


def of_call(card: CallCard, context: RowContext) -> Subject:
    """A visit that stands is moved; an open request is booked; else the patient gets the same procedure again."""
    visit, request, patient, payer = card.visit, card.request, card.patient, card.line.payer_name
    if visit is not None and patient is not None and visit.status in MOVABLE and visit.start > context.now:
        asked = request.payer if request is not None else None
        return of_visit(VisitCard(visit, patient, payer, card.authorization, request_payer=asked), context)
    if request is not None and request.status in OPEN_REQUESTS:
        return of_request(RequestCard(request, patient, None, 0, payer, card.authorization), context)
    if patient is None:
        return NOBODY
    who = of_patient(patient)
    if visit is None:
        return who
    return replace(who, procedure=visit.procedure, levels=visit.levels, level_names=visit.level_names, side=visit.side)
