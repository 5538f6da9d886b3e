"""The steps of an authorization within a running transaction, each with all that it entails: the request's own step,
the calls that arise and those that are settled, and the holds that become firm, move with the clock or are freed.

The call list and the authorization's own form both go through here.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, datetime

from desk_app.application.authorization_calls import (
    Concerned,
    arise,
    asked_today,
    concerned,
    settled,
)
from desk_app.application.authorization_holds import Holds, firm_up, free, move_with_clock, stands_without
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import STAGES, ensure_next_action, is_open, stepped
from desk_app.application.use_cases.visit_changes import lock
from desk_app.domain import callbacks as due
from desk_app.domain.authorization_status import GRANTED, UNDECIDED, UNSENT, check_authorization_step
from desk_app.domain.call_records import AuthorizationContact, AuthorizationDocument
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Authorization, Request, User
from desk_app.domain.statuses import (
    REQUEST_STEPS,
    AuthorizationStatus,
    CallbackKind,
    CallbackStatus,
    CallOutcome,
    RequestStatus,
)

Z, K = AuthorizationStatus, CallbackKind
NOTHING_SAID = Said()
TO_PAYER = frozenset({K.CALL_PAYER, K.SEND_RECORDS, K.PEER_TO_PEER})
AFTER_DENIAL = frozenset({K.DENIED, K.PEER_TO_PEER})


@dataclass(frozen=True, slots=True)
class Submission:
    """What goes to the payer. ``at`` None: now. ``reference`` is the payer's receipt, not an approval."""

    reference: str = ""
    at: datetime | None = None
    cpt: tuple[str, ...] = ()
    levels: int | None = None
    units: int | None = None
    side: str = ""
    clinician: str = ""
    place: str = ""
    expedited: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A payer's answer. What is None or empty stays as it was asked for.

    ``status`` is one of approved, approved_in_part, modified, denied, more_info_needed, peer_to_peer_due, pended,
    not_required. ``note`` is the reason, or what is asked for; ``until`` is when the peer-to-peer call is, or the
    records have to be there.
    """

    status: AuthorizationStatus
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    levels: int | None = None
    units: int | None = None
    cpt: tuple[str, ...] = ()
    side: str = ""
    clinician: str = ""
    place: str = ""
    note: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PayerContact:
    """One contact: who was spoken to, the payer's reference of the call, minutes on hold, and what came of it."""

    spoken_to: str = ""
    call_reference: str = ""
    hold_minutes: int = 0
    note: str = ""
    outcome: CallOutcome | None = None
    at: datetime | None = None

    @property
    def is_anything(self) -> bool:
        return bool(self.spoken_to or self.call_reference or self.hold_minutes or self.note)


@dataclass(frozen=True, slots=True)
class Stepped:
    """The authorization as it stands now, and what has become of the holds that waited for it."""

    authorization: Authorization
    holds: Holds = field(default=Holds())


def submitted(
    desk: Desk, work: UnitOfWork, authorization: Authorization, wish: Submission, said: Said = NOTHING_SAID
) -> Stepped:
    """Sent to the payer, or sent anew: its clock begins, and holds that last by the clock move with it.

    Raises RuleViolation ``authorization_step`` and ``authorization_submitted_at``.
    """
    about = _locked(desk, work, authorization)
    when = wish.at or desk.now()
    if when > desk.now():
        raise RuleViolation("authorization_submitted_at", field="at")
    before = authorization
    authorization = _stepped(
        desk,
        work,
        replace(
            authorization,
            status=Z.TO_SUBMIT if authorization.status in UNSENT else authorization.status,
            submission_reference=wish.reference.strip(),
            submitted_at=when,
            decided_at=None,
            cpt=wish.cpt or authorization.cpt,
            levels=wish.levels if wish.levels is not None else authorization.levels,
            units=wish.units if wish.units is not None else authorization.units,
            side=wish.side or authorization.side,
            clinician=wish.clinician or authorization.clinician,
            place=wish.place or authorization.place,
            expedited=wish.expedited,
            note=wish.note or authorization.note,
        ),
        Z.SUBMITTED,
        said,
    )
    advance(desk, work, about, RequestStatus.AWAITING_AUTHORIZATION)
    settled(work, authorization, about, {K.SEND_RECORDS, *AFTER_DENIAL}, CallbackStatus.DROPPED)
    asked_today(desk, work, authorization)
    return Stepped(authorization, Holds(moved=move_with_clock(desk, work, before, authorization, about)))


def decided(
    desk: Desk, work: UnitOfWork, authorization: Authorization, decision: Decision, said: Said = NOTHING_SAID
) -> Stepped:
    """The payer's answer, with all that follows from it. What was never noted as sent counts as sent by now.

    An answer that a firm visit cannot stand on needs a manager's reason (``said``), as a booking does. Raises
    RuleViolation ``authorization_step``, ``authorization_number``, ``authorization_dates``, ``authorization_part``.
    """
    about = _locked(desk, work, authorization)
    _check(authorization, decision)
    if authorization.status in UNSENT and decision.status is not Z.NOT_REQUIRED:
        authorization = replace(authorization, status=Z.SUBMITTED, submitted_at=desk.now())
    if decision.status is Z.APPROVED and authorization.levels is None and about.request is not None:
        authorization = replace(authorization, levels=about.request.levels)
    authorization = _stepped(desk, work, _answered(desk, authorization, decision), decision.status, said)
    if decision.status in GRANTED or decision.status is Z.NOT_REQUIRED:
        return _granted(desk, work, authorization, about)
    if decision.status is Z.DENIED:
        return _denied(desk, work, authorization, about)
    return _open_still(desk, work, authorization, about, decision)


def appealed(
    desk: Desk, work: UnitOfWork, authorization: Authorization, note: str = "", said: Said = NOTHING_SAID
) -> Stepped:
    """The practice does not accept the answer: the payer's clock begins anew, and it is called every business day."""
    about = _locked(desk, work, authorization)
    before = authorization
    changed = replace(authorization, submitted_at=desk.now(), note=note or authorization.note)
    authorization = _stepped(desk, work, changed, Z.APPEALED, said)
    advance(desk, work, about, RequestStatus.AWAITING_AUTHORIZATION)
    settled(work, authorization, about, {K.PEER_TO_PEER}, CallbackStatus.DROPPED)
    asked_today(desk, work, authorization)
    return Stepped(authorization, Holds(moved=move_with_clock(desk, work, before, authorization, about)))


def withdrawn(
    desk: Desk, work: UnitOfWork, authorization: Authorization, note: str = "", said: Said = NOTHING_SAID
) -> Stepped:
    """Given up, and kept: nobody calls the payer about it any more."""
    about = _locked(desk, work, authorization)
    authorization = _stepped(desk, work, replace(authorization, note=note or authorization.note), Z.WITHDRAWN, said)
    if not _others_undecided(work, authorization):
        settled(work, authorization, about, {*TO_PAYER, K.DENIED}, CallbackStatus.DROPPED)
    if about.request is not None:
        ensure_next_action(desk, work, work.requests.get(about.request.id))
    return Stepped(authorization)


def contacted(desk: Desk, work: UnitOfWork, authorization: Authorization, said: PayerContact) -> AuthorizationContact:
    """Logs a contact; the next call to the payer is the caller's to set (see ``authorization_calls.asked_today``)."""
    return work.contacts.add(
        AuthorizationContact(
            authorization.id,
            said.at or desk.now(),
            _user_id(desk, work),
            said.spoken_to.strip(),
            said.call_reference.strip(),
            max(0, said.hold_minutes),
            said.note.strip(),
            said.outcome,
        )
    )


def sent(
    desk: Desk, work: UnitOfWork, authorization: Authorization, name: str, way: str = "", note: str = ""
) -> tuple[Authorization, AuthorizationDocument]:
    """Something went to the payer. What it had asked for is sent with that, and it is at the payer's again.

    Raises RuleViolation ``document_name``.
    """
    if not name.strip():
        raise RuleViolation("document_name", field="name")
    about = concerned(desk, work, authorization)
    document = work.documents.add(
        AuthorizationDocument(
            authorization.id, desk.now(), _user_id(desk, work), name.strip(), way.strip(), note.strip()
        )
    )
    settled(work, authorization, about, {K.SEND_RECORDS})
    if authorization.status is Z.MORE_INFO_NEEDED:
        authorization = work.authorizations.save(replace(authorization, status=Z.PENDED))
        asked_today(desk, work, authorization)
    return authorization, document


def _user_id(desk: Desk, work: UnitOfWork) -> int:
    """Whoever is at the desk; somebody new is made known."""
    name = desk.actor.user_name
    known = desk.actor.user_id
    if known is not None:
        return known
    return (work.users.by_name(name) or work.users.add(User(name))).id


def _locked(desk: Desk, work: UnitOfWork, authorization: Authorization) -> Concerned:
    """What it concerns, with the days of visits that may change held off others."""
    about = concerned(desk, work, authorization)
    if about.visits:
        lock(desk, work, *(visit.start for visit in about.visits))
        return concerned(desk, work, authorization)
    return about


def _stepped(
    desk: Desk, work: UnitOfWork, changed: Authorization, status: AuthorizationStatus, said: Said
) -> Authorization:
    """Stores it; firm visits that stood on it must not be left without, unless a manager says so."""
    check_authorization_step(changed.status, status)
    authorization = work.authorizations.save(replace(changed, status=status))
    if changed.status in GRANTED:
        stands_without(desk, work, authorization, said)
    return authorization


def _check(authorization: Authorization, decision: Decision) -> None:
    if decision.status not in GRANTED:
        return
    number = decision.number.strip()
    if number and number == authorization.submission_reference:
        raise RuleViolation("authorization_number", field="number")
    begin, end = decision.valid_from, decision.valid_to
    if begin is not None and end is not None and end < begin:
        raise RuleViolation("authorization_dates", field="valid_to")
    for name, value in (("levels", decision.levels), ("units", decision.units)):
        if value is not None and value < 1:
            raise RuleViolation("authorization_count", field=name)
    limits = (decision.levels, decision.units, *decision.cpt, begin, end, decision.side)
    if decision.status is Z.APPROVED_IN_PART and not any(limits):
        raise RuleViolation("authorization_part", field="levels")


def _answered(desk: Desk, authorization: Authorization, decision: Decision) -> Authorization:
    """With the answer's own limits; an answer that decides nothing leaves them alone."""
    note = decision.note.strip() or authorization.note
    if decision.status not in GRANTED:
        decided_at = desk.now() if decision.status in (Z.DENIED, Z.NOT_REQUIRED) else None
        return replace(authorization, note=note, decided_at=decided_at)
    return replace(
        authorization,
        note=note,
        decided_at=desk.now(),
        number=decision.number.strip() or authorization.number,
        valid_from=decision.valid_from or authorization.valid_from,
        valid_to=decision.valid_to or authorization.valid_to,
        levels=decision.levels if decision.levels is not None else authorization.levels,
        units=decision.units if decision.units is not None else authorization.units,
        cpt=decision.cpt or authorization.cpt,
        side=decision.side or authorization.side,
        clinician=decision.clinician or authorization.clinician,
        place=decision.place or authorization.place,
    )


def _granted(desk: Desk, work: UnitOfWork, authorization: Authorization, about: Concerned) -> Stepped:
    """Nobody calls the payer about it any more; the hold becomes firm, or the request is ready to book."""
    if _others_undecided(work, authorization):
        return Stepped(authorization)
    settled(work, authorization, about, {*TO_PAYER, K.DENIED})
    holds = firm_up(desk, work, about)
    if holds.firm is None:
        advance(desk, work, concerned(desk, work, authorization), RequestStatus.READY_TO_BOOK)
    return Stepped(authorization, holds)


def _denied(desk: Desk, work: UnitOfWork, authorization: Authorization, about: Concerned) -> Stepped:
    """The patient is told and the physician calls the payer's, both the same business day; what was held is free."""
    settled(work, authorization, about, {K.CALL_PAYER, K.SEND_RECORDS})
    freed = free(desk, work, about.held)
    advance(desk, work, about, RequestStatus.AWAITING_AUTHORIZATION)
    when, about = due.due_same_day(desk.now(), desk.calendar()), concerned(desk, work, authorization)
    for kind in (K.PEER_TO_PEER, K.DENIED):
        arise(work, authorization, about, kind, when, authorization.note)
    settled(work, authorization, about, {K.CALL_PAYER}, CallbackStatus.DROPPED)
    return Stepped(authorization, Holds(freed=freed))


def _open_still(
    desk: Desk, work: UnitOfWork, authorization: Authorization, about: Concerned, decision: Decision
) -> Stepped:
    """Pended, or the payer wants something: records the same business day, a physician at the time that was named."""
    advance(desk, work, about, RequestStatus.AWAITING_AUTHORIZATION)
    about = concerned(desk, work, authorization)
    when = decision.until or due.due_same_day(desk.now(), desk.calendar())
    if decision.status is Z.MORE_INFO_NEEDED:
        arise(work, authorization, about, K.SEND_RECORDS, when, decision.note)
    elif decision.status is Z.PEER_TO_PEER_DUE:
        arise(work, authorization, about, K.PEER_TO_PEER, when, decision.note)
    asked_today(desk, work, authorization)
    return Stepped(authorization)


def advance(desk: Desk, work: UnitOfWork, about: Concerned, status: RequestStatus) -> None:
    """An open request goes along and keeps its next action; one that is booked or closed stays what it is."""
    if about.request is None:
        return
    request = work.requests.get(about.request.id)
    if not is_open(request):
        return
    if status is not request.status and status in REQUEST_STEPS[request.status]:
        before: Request = request
        request = work.requests.save(replace(request, status=status))
        stepped(desk, work, before, request)
    elif request.status in STAGES:
        ensure_next_action(desk, work, request)


def _others_undecided(work: UnitOfWork, authorization: Authorization) -> bool:
    """Whether the request waits for another authorization still."""
    if authorization.request_id is None:
        return False
    known = work.authorizations.for_request(authorization.request_id)
    return any(each.id != authorization.id and each.status in UNDECIDED for each in known)
