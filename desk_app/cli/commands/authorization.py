"""``requests authorization ID [STEP]``: the authorizations of a request, and one step of the one that is alive."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.authorization_rule import current
from desk_app.application.authorization_steps import Decision, PayerContact, Submission
from desk_app.application.authorization_words import words_of
from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestCard
from desk_app.application.use_cases import authorizations
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.authorization_status import X12_306, status_of_code
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus

Z = AuthorizationStatus
BEGIN, CONTACT, DOCUMENTS = "begin", "contact", "documents"
NOT_FOR_TYPING = frozenset({Z.NOT_CHECKED, Z.TO_SUBMIT, Z.EXPIRED, Z.USED})
STEPS = (BEGIN, CONTACT, DOCUMENTS, *(status.value for status in Z if status not in NOT_FOR_TYPING))


def authorization(program: Program, args: Namespace) -> Answer:
    """Without a step it only tells."""
    desk = program.desk()
    if args.step is not None:
        _step(desk, args)
    card = desk.queries.request_card(args.id, desk.now())
    mine = [each for each in card.approvals if each.request_id == args.id]
    told = {"request": args.id, "authorizations": [_json(desk, each, card) for each in mine]}
    return Answer(told, [_line(desk, each) for each in mine] or ["No authorization."])


def _step(desk: Desk, args: Namespace) -> None:
    step = _word(args.step)
    if step == BEGIN:
        authorizations.begin(desk, args.id)
        return
    card = desk.queries.request_card(args.id, desk.now())
    known = current(tuple(each for each in card.approvals if each.request_id == args.id))
    if known is None:
        raise RuleViolation("authorization_none_alive")
    contact = PayerContact(args.spoken_to, args.call_reference, args.hold_minutes or 0)
    if step == CONTACT:
        authorizations.contact(desk, known.id, PayerContact(*_parts(contact), args.note))
    elif step == DOCUMENTS:
        authorizations.send(desk, known.id, args.document, args.way, args.note, contact)
    elif step == Z.SUBMITTED:
        authorizations.submit(desk, known.id, _submission(desk, args), contact=contact)
    elif step == Z.APPEALED:
        authorizations.appeal(desk, known.id, args.note, override_reason=args.override, contact=contact)
    elif step == Z.WITHDRAWN:
        authorizations.withdraw(desk, known.id, args.note, override_reason=args.override, contact=contact)
    else:
        decision = _decision(desk, Z(step), args)
        authorizations.decide(desk, known.id, decision, override_reason=args.override, contact=contact)


def _parts(contact: PayerContact) -> tuple[str, str, int]:
    return contact.spoken_to, contact.call_reference, contact.hold_minutes


def _word(typed: str) -> str:
    """A step's word, or the payer's X12 306 code for it."""
    status = status_of_code(typed)
    if status is not None:
        return status.value
    if typed not in STEPS:
        allowed = ", ".join((*STEPS, *X12_306.values()))
        raise WrongInput("unknown_word", value=typed, allowed=allowed)
    return typed


def _submission(desk: Desk, args: Namespace) -> Submission:
    return Submission(
        reference=args.reference,
        at=values.instant(args.at, desk.zone()) if args.at else None,
        cpt=tuple(args.cpt),
        levels=args.levels,
        units=args.units,
        side=args.side,
        clinician=_clinician(desk, args.clinician),
        place=args.place,
        expedited=args.expedited,
        note=args.note,
    )


def _decision(desk: Desk, status: Z, args: Namespace) -> Decision:
    return Decision(
        status,
        number=args.number,
        valid_from=args.valid_from,
        valid_to=args.valid_to,
        levels=args.levels,
        units=args.units,
        cpt=tuple(args.cpt),
        side=args.side,
        clinician=_clinician(desk, args.clinician),
        place=args.place,
        note=args.note,
        until=values.instant(args.until, desk.zone()) if args.until else None,
    )


def _clinician(desk: Desk, code: str) -> str:
    if code and code not in {each.code for each in desk.catalogue().resources}:
        raise WrongInput("unknown_clinician", resource=code, field="clinician")
    return code


def _json(desk: Desk, value: Authorization, card: RequestCard) -> output.Json:
    zone = desk.zone()
    return {
        "id": value.id,
        "status": value.status.value,
        "x12_306": X12_306.get(value.status),
        "payer": value.payer,
        "procedure": value.procedure,
        "reference": value.submission_reference or None,
        "number": value.number or None,
        "valid_from": value.valid_from.isoformat() if value.valid_from else None,
        "valid_to": value.valid_to.isoformat() if value.valid_to else None,
        "cpt": list(value.cpt),
        "levels": value.levels,
        "units": value.units,
        "side": value.side or None,
        "clinician": value.clinician or None,
        "place": value.place or None,
        "expedited": value.expedited,
        "submitted": output.iso(value.submitted_at, zone),
        "decided": output.iso(value.decided_at, zone),
        "standing": _standing(desk, value),
        "contacts": [
            {
                "at": output.iso(each.at, zone),
                "spoken_to": each.spoken_to,
                "call_reference": each.call_reference,
                "hold_minutes": each.hold_minutes,
                "note": each.note,
            }
            for each in reversed(card.contacts)
            if each.authorization_id == value.id
        ],
        "documents": [
            {"sent": output.iso(each.sent_at, zone), "name": each.name, "way": each.way}
            for each in reversed(card.documents)
            if each.authorization_id == value.id
        ],
    }


def _line(desk: Desk, value: Authorization) -> str:
    number = f", {value.number or value.submission_reference}" if value.number or value.submission_reference else ""
    return f"{value.id:>6}  {value.procedure:<10} {_standing(desk, value)}{number}"


def _standing(desk: Desk, value: Authorization) -> str:
    return words_of(value, payer_of(desk.catalogue(), value.payer), desk.now(), desk.zone())
