"""Changes to authorizations, and what is said of the holds that they make firm, move or free."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk_app.application import wording
from desk_app.application.authorization_steps import Stepped
from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_text
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases import authorizations
from desk_app.domain.records import Appointment, Authorization
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.ui.models.authorization_wish import SENT, SPOKEN, Wish
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.objecting import NOTHING_SEEN, objection_question
from desk_app.ui.operations.words import short_name

Then = Callable[[Any], object]


def beginning(request_id: int, then: Then) -> Change:
    """A record for a request that has none alive."""
    return Change(lambda desk: authorizations.begin(desk, request_id), _begun, then)


def beginning_for_visit(appointment_id: int, procedure: str, then: Then) -> Change:
    return Change(lambda desk: authorizations.begin_for_visit(desk, appointment_id, procedure), _begun, then)


def noting(
    run: Run,
    office: Office,
    authorization: Authorization,
    wish: Wish,
    then: Then,
    refused: Refused,
    why: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
) -> Change:
    """One step with the call in which it was told; where a firm visit would be left without, a manager is asked."""

    def again(reason: str, known: frozenset[str]) -> None:
        run(noting(run, office, authorization, wish, then, refused, reason, known))

    return Change(
        lambda desk: _note(desk, authorization, wish, why, seen),
        lambda desk, outcome: _said(desk, outcome, wish),
        then,
        lambda fault: objection_question("Note it all the same", "N", fault, office.catalogue, again),
        refused,
    )


def _note(desk: Desk, authorization: Authorization, wish: Wish, why: str, seen: frozenset[str]) -> Outcome[Any]:
    number, version, contact = authorization.id, authorization.version, wish.contact
    if wish.step == SPOKEN:
        return authorizations.contact(desk, number, contact)
    if wish.step == SENT:
        return authorizations.send(desk, number, wish.name, wish.way, wish.note, contact)
    if wish.submission is not None:
        return authorizations.submit(desk, number, wish.submission, version, contact)
    if wish.decision is not None:
        return authorizations.decide(desk, number, wish.decision, version, why, seen, contact)
    given_up = wish.step == AuthorizationStatus.WITHDRAWN
    step = authorizations.withdraw if given_up else authorizations.appeal
    return step(desk, number, wish.note, version, why, seen, contact)


def _said(desk: Desk, outcome: Outcome[Any], wish: Wish) -> str:
    """``M. Ortiz: approved, the visit on Wed 9 Dec 09:00 is firm``; on the worker."""
    if not isinstance(outcome.value, Stepped):
        return "Contact with the payer noted"
    done = outcome.value
    name = _name(desk, done.authorization)
    word = "documents sent" if wish.step == SENT else wording.AUTHORIZATION_WORDS[done.authorization.status.value]
    return "; ".join((f"{name}: {word}", *_holds(desk, done)))


def _holds(desk: Desk, done: Stepped) -> tuple[str, ...]:
    def when(visit: Appointment) -> str:
        return wording.moment(visit.start, desk.zone(), desk.today())

    holds, told = done.holds, []
    if holds.firm is not None:
        told.append(f"the visit on {when(holds.firm)} is firm")
    if holds.kept is not None:
        why = objection_text(holds.against[0], desk.catalogue()) if holds.against else ""
        told.append(f"the visit on {when(holds.kept)} stays held. {why}".rstrip())
    told += [f"{when(visit)} is free again" for visit in holds.freed]
    for visit in holds.moved:
        if visit.hold_until is not None:
            told.append(f"held until {wording.moment(visit.hold_until, desk.zone(), desk.today())}")
    return tuple(told)


def _begun(desk: Desk, outcome: Outcome[Authorization]) -> str:
    return f"{_name(desk, outcome.value)}: authorization {wording.AUTHORIZATION_WORDS[outcome.value.status.value]}"


def _name(desk: Desk, authorization: Authorization) -> str:
    if authorization.patient_id is not None:
        return short_name(desk.queries.patient_card(authorization.patient_id, desk.now()).patient)
    assert authorization.request_id is not None
    return short_name(desk.queries.request_card(authorization.request_id, desk.now()).request.contact)
