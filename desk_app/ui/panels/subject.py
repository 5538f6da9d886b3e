"""For whom a slot is sought: a request, a visit that is to be moved, a patient, or a caller's question about nobody."""

from __future__ import annotations

from datetime import datetime

from desk_app.application import wording
from desk_app.application.read_models import RequestCard, VisitCard
from desk_app.application.start_runs import NAMED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Authorization, Patient, Request, Wishes
from desk_app.domain.several import AndAlso
from desk_app.ui.models.request_cells import RowContext

NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Subject:
    """``move`` is the visit that is to be moved, with its ``version``."""

    name: str = ""
    more: str = ""
    request: Request | None = None
    patient_id: int | None = None
    move: int | None = None
    version: int | None = None
    start: datetime | None = None
    """When that visit is now, with the room and people in ``named``."""

    named: frozenset[str] = frozenset()
    procedure: str | None = None
    levels: int = 1
    level_names: str = ""
    side: str = ""
    clinician: str | None = None
    wishes: Wishes = NO_WISHES
    payer: str | None = None
    further: tuple[AndAlso, ...] = ()
    authorization: Authorization | None = None
    """The request's: a hold lasts by its payer's clock, while that runs."""


NOBODY = Subject()


def of_request(card: RequestCard, context: RowContext) -> Subject:
    request = card.request
    name = card.patient.name if card.patient else request.contact.name
    waiting = wording.waiting(request.received_at, context.now)
    return Subject(
        name=name or "No name",
        more=f"{request.urgency.value}, waiting {waiting}",
        request=request,
        patient_id=request.patient_id,
        procedure=request.procedure,
        levels=request.levels,
        level_names=request.level_names,
        side=request.side,
        wishes=request.wishes,
        payer=(card.patient.payer if card.patient else None) or request.payer,
        authorization=card.authorization,
    )


def of_visit(card: VisitCard, context: RowContext) -> Subject:
    visit = card.appointment
    clinicians = [a.resource for a in visit.allocations if a.label == "physician"]
    known = [c for c in clinicians if context.catalogue.resource(c).kind is ResourceKind.CLINICIAN]
    return Subject(
        name=card.patient.name,
        more=f"now {wording.moment(visit.start, context.zone, context.today)}",
        patient_id=visit.patient_id,
        move=visit.id,
        version=visit.version,
        start=visit.start,
        named=frozenset(a.resource for a in visit.allocations if context.catalogue.resource(a.resource).kind in NAMED),
        procedure=visit.procedure,
        levels=visit.levels,
        level_names=visit.level_names,
        side=visit.side,
        clinician=known[0] if known else None,
        payer=card.patient.payer or card.request_payer,
        further=tuple(AndAlso(each.procedure, each.levels, each.level_names, each.side) for each in visit.further),
    )


def of_patient(patient: Patient) -> Subject:
    return Subject(name=patient.name, patient_id=patient.id, payer=patient.payer)
