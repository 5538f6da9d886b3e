"""An authorization at the desk: begun, sent, answered, talked about, given up; each one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.application import authorization_steps as steps
from desk_app.application.authorization_calls import asked_today, keep_asking
from desk_app.application.authorization_rule import begin as begun
from desk_app.application.authorization_rule import current
from desk_app.application.authorization_steps import Decision, PayerContact, Stepped, Submission
from desk_app.application.authorization_use import asked_again, ran_out
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.call_records import AuthorizationContact
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus

NO_CONTACT = PayerContact()
FIRM, KEPT, FREED, MOVED = "hold_firm", "hold_kept", "hold_freed", "hold_moved"
"""Warnings: what has become of a hold."""

Taken = Outcome[Stepped]
Step = Callable[[UnitOfWork, Authorization], Stepped]


@repeated
def begin(desk: Desk, request_id: int) -> Outcome[Authorization]:
    """Another record by the rule of procedure and payer, where none is alive. Raises RuleViolation where one is."""
    with desk.open_work(desk.actor) as work:
        request = work.requests.get(request_id)
        if request.procedure is None:
            raise RuleViolation("request_without_procedure", field="procedure")
        if current(work.authorizations.for_request(request_id)) is not None:
            raise RuleViolation("authorization_alive")
        made = begun(desk, work, request)
        changes = work.commit("authorization_begun", _facts(Stepped(made)))
    return Outcome(made, desk.committed(work, changes), changes.seq)


@repeated
def begin_for_visit(desk: Desk, appointment_id: int, procedure: str | None = None) -> Outcome[Authorization]:
    """A record for a procedure of a visit (the leading one) that has none of its own."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        asked = work.requests.get(visit.request_id).payer if visit.request_id is not None else None
        patient = work.patients.get(visit.patient_id)
        payer = payer_of(desk.catalogue(), patient.payer, asked)
        treated = next((each for each in visit.treated if each.procedure == procedure), visit.treated[0])
        made = work.authorizations.add(
            Authorization(
                visit.request_id,
                visit.patient_id,
                payer.code if payer is not None else None,
                treated.procedure,
                AuthorizationStatus.TO_SUBMIT,
                side=treated.side,
            )
        )
        keep_asking(desk, work, made)
        changes = work.commit("authorization_begun", _facts(Stepped(made)))
    return Outcome(made, desk.committed(work, changes), changes.seq)


@repeated
def submit(
    desk: Desk, number: int, wish: Submission, version: int | None = None, contact: PayerContact = NO_CONTACT
) -> Taken:
    """Raises as ``authorization_steps.submitted``; Conflict where somebody changed it meanwhile."""
    return _do(desk, number, version, "submitted", lambda work, z: steps.submitted(desk, work, z, wish), contact)


@repeated
def decide(
    desk: Desk,
    number: int,
    decision: Decision,
    version: int | None = None,
    override_reason: str = "",
    acknowledged: frozenset[str] | None = None,
    contact: PayerContact = NO_CONTACT,
) -> Taken:
    """Raises as ``authorization_steps.decided``; Conflict where somebody changed it meanwhile."""
    said = Said(override_reason, acknowledged)
    return _do(
        desk,
        number,
        version,
        decision.status.value,
        lambda work, z: steps.decided(desk, work, z, decision, said),
        contact,
    )


@repeated
def appeal(
    desk: Desk,
    number: int,
    note: str = "",
    version: int | None = None,
    override_reason: str = "",
    acknowledged: frozenset[str] | None = None,
    contact: PayerContact = NO_CONTACT,
) -> Taken:
    """Raises as ``authorization_steps.appealed``; Conflict where somebody changed it meanwhile."""
    said = Said(override_reason, acknowledged)
    return _do(desk, number, version, "appealed", lambda work, z: steps.appealed(desk, work, z, note, said), contact)


@repeated
def withdraw(
    desk: Desk,
    number: int,
    note: str = "",
    version: int | None = None,
    override_reason: str = "",
    acknowledged: frozenset[str] | None = None,
    contact: PayerContact = NO_CONTACT,
) -> Taken:
    """Raises as ``authorization_steps.withdrawn``; Conflict where somebody changed it meanwhile."""
    said = Said(override_reason, acknowledged)
    return _do(desk, number, version, "withdrawn", lambda work, z: steps.withdrawn(desk, work, z, note, said), contact)


@repeated
def contact(desk: Desk, number: int, said: PayerContact) -> Outcome[AuthorizationContact]:
    """Logs who was spoken to; while it is not decided the same call is due on the next business day."""
    user_of(desk)
    with desk.open_work(desk.actor) as work:
        authorization = work.authorizations.get(number)
        made = steps.contacted(desk, work, authorization, said)
        asked_today(desk, work, authorization)
        changes = work.commit("authorization_contact", _facts(Stepped(authorization)))
    return Outcome(made, desk.committed(work, changes), changes.seq)


@repeated
def send(
    desk: Desk, number: int, name: str, way: str = "", note: str = "", contact: PayerContact = NO_CONTACT
) -> Taken:
    """Notes what was sent to the payer, and how."""
    user_of(desk)

    def sent(work: UnitOfWork, authorization: Authorization) -> Stepped:
        return Stepped(steps.sent(desk, work, authorization, name, way, note)[0])

    return _do(desk, number, None, "documents", sent, contact)


@repeated
def nightly(desk: Desk) -> Outcome[tuple[Authorization, ...]]:
    """Marks what ran out, and calls payers about what nobody asks them; no step of the desk's own undo."""
    try:
        with desk.open_work(desk.actor) as work:
            work.lock_calls()
            expired = ran_out(desk, work)
            asked = asked_again(desk, work)
            if not expired and not asked:
                return Outcome(())
            changes = work.commit("authorizations_ran_out", {"count": len(expired), "asked": asked})
    except Conflict:
        return Outcome(())  # another desk is at the same, or has just been
    desk.slots.catch_up(desk.queries)
    return Outcome(expired, changes)


def _do(
    desk: Desk, number: int, version: int | None, what: str, step: Step, contact: PayerContact = NO_CONTACT
) -> Taken:
    """One step, with the call in which it was told; both are one change."""
    if contact.is_anything:
        user_of(desk)
    with desk.open_work(desk.actor) as work:
        authorization = work.authorizations.get(number)
        if version is not None and version != authorization.version:
            raise Conflict("changed", record="authorization", record_id=number)
        done = step(work, authorization)
        if contact.is_anything:
            steps.contacted(desk, work, done.authorization, contact)
        changes = work.commit(f"authorization_{what}", _facts(done))
    return Outcome(done, desk.committed(work, changes), changes.seq, _warnings(done))


def _facts(done: Stepped) -> dict[str, object]:
    """What the audit event says: numbers and codes, no name."""
    authorization, holds = done.authorization, done.holds
    facts: dict[str, object] = {
        "authorization": authorization.id,
        "request": authorization.request_id,
        "patient": authorization.patient_id,
        "procedure": authorization.procedure,
        "now": authorization.status.value,
    }
    if holds.firm is not None:
        facts["appointment"] = holds.firm.id
    if holds.freed:
        facts["freed"] = [visit.id for visit in holds.freed]
    if holds.moved:
        facts["moved"] = [visit.id for visit in holds.moved]
    return facts


def _warnings(done: Stepped) -> tuple[str, ...]:
    holds = done.holds
    told = ((FIRM, holds.firm), (KEPT, holds.kept), (FREED, holds.freed), (MOVED, holds.moved))
    return tuple(code for code, found in told if found)
