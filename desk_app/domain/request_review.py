"""The review of a request: what is still missing for its next step, and where it belongs once nothing is.

An insurer asks for the chart's birth date, the member number, the diagnosis and the levels; for booking alone it is
enough to know whose request it is and what for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from desk_app.domain.authorization_match import lacks, planned_request
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need, payer_of
from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Authorization, Patient, Request
from desk_app.domain.statuses import RequestStatus
from desk_app.domain.visit_parts import Treated

MISSING_WORDS: Mapping[str, str] = {
    "person": "no chart yet",
    "procedure": "no procedure chosen yet",
    "payer": "who pays is not known",
    "birth_date": "no birth date yet",
    "member_id": "no member number yet",
    "diagnoses": "no diagnosis code yet",
    "levels": "no levels named yet",
    "phone": "no phone number yet",
}
"""By the field that leads on."""

ONLY_SAID = frozenset({"phone"})
"""Worth saying, but it keeps nothing from going on: a mail address, or the person at the desk, will do."""


def need_of(catalogue: Catalogue, request: Request, patient: Patient | None) -> AuthorizationNeed:
    """Whether the payer has to be asked; ``unknown`` too while no procedure is chosen."""
    if request.procedure is None:
        return AuthorizationNeed.UNKNOWN
    known = catalogue.has_procedure(request.procedure)
    asks = known and catalogue.procedure(request.procedure).needs_authorization
    return authorization_need(asks, payer_of(catalogue, patient.payer if patient else None, request.payer))


def missing(catalogue: Catalogue, request: Request, patient: Patient | None) -> tuple[str, ...]:
    """The fields that keep a request from its next step (and those of ``ONLY_SAID``), in the order of the form."""
    need = need_of(catalogue, request, patient)
    tests = {
        "person": patient is None,
        "procedure": request.procedure is None,
        "payer": request.procedure is not None and need is AuthorizationNeed.UNKNOWN,
        "phone": not (patient.phones if patient else request.contact.phones),
    }
    if need is AuthorizationNeed.NEEDED:
        tests |= {
            "birth_date": patient is not None and patient.birth_date is None,
            "member_id": not ((patient.member_id if patient else "") or request.contact.member_id),
            "diagnoses": not request.diagnoses,
            "levels": _has_levels(catalogue, request.procedure) and not request.level_names,
        }
    return tuple(field for field in MISSING_WORDS if tests.get(field))


def blocking(fields: Iterable[str]) -> tuple[str, ...]:
    """Those of what is missing that keep the request where it is."""
    return tuple(field for field in fields if field not in ONLY_SAID)


def is_granted(
    catalogue: Catalogue, request: Request, patient: Patient | None, approvals: Iterable[Authorization], today: date
) -> bool:
    """Whether an approval that is still good, or will be, covers what is asked for."""
    if request.procedure is None:
        return False
    pays = payer_of(catalogue, patient.payer if patient else None, request.payer)
    asked = Treated(request.procedure, "", request.levels, request.level_names, request.side)
    planned = planned_request(catalogue, asked, pays.code if pays else None, request.id)
    return any(
        approval.status in GRANTED
        and not lacks(approval, replace(planned, day=max(today, approval.valid_from or today)))
        for approval in approvals
    )


def where_it_belongs(
    catalogue: Catalogue, request: Request, patient: Patient | None, granted: bool, looked_at: bool
) -> RequestStatus:
    """The status of an open request by what is known of it.

    ``looked_at``: somebody has it open and completes it, so that it is in review instead of new.
    """
    if blocking(missing(catalogue, request, patient)):
        return RequestStatus.IN_REVIEW if looked_at else RequestStatus.RECEIVED
    needed = need_of(catalogue, request, patient) is AuthorizationNeed.NEEDED
    return RequestStatus.AWAITING_AUTHORIZATION if needed and not granted else RequestStatus.READY_TO_BOOK


def _has_levels(catalogue: Catalogue, procedure: str | None) -> bool:
    known = procedure is not None and catalogue.has_procedure(procedure)
    return known and catalogue.procedure(procedure or "").max_levels > 1
