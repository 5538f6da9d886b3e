"""``callbacks list`` and ``callbacks record``."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.authorization_steps import Decision
from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.tried import Tried
from desk_app.application.use_cases import call_recording, calls
from desk_app.application.wording import CALL_WORDS
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.faults import WrongInput
from desk_app.domain.statuses import PROGRAM_REASONS, AuthorizationStatus, CallOutcome, CancelReason
from desk_app.interop.phones import parse_phone


def listing(program: Program, args: Namespace) -> Answer:
    """Open calls, best first; with ``--due`` those due by the end of that day, late ones among them."""
    desk = program.desk()
    lines = calls.look_at_calls(desk, calls.CallWish(due_by=args.due)).lines
    if args.by_payer:
        return _by_payer(desk, lines)
    told = [output.call_json(line, desk.zone()) for line in lines]
    return Answer({"callbacks": told}, [_line(item) for item in told] or ["No calls."])


def _by_payer(desk: Desk, lines: tuple[CallLine, ...]) -> Answer:
    groups, text = [], []
    for group in calls.by_payer(lines, desk.catalogue().payers):
        told = [output.call_json(line, desk.zone()) for line in group.lines]
        payer = group.payer
        groups.append(
            {
                "payer": payer.code if payer else None,
                "phone": (payer.phone if payer else "") or None,
                "option": (payer.phone_option if payer else "") or None,
                "callbacks": told,
            }
        )
        name = payer.name if payer else "Payer not known"
        text += [" · ".join(part for part in (name, payer.phone if payer else "") if part), *map(_line, told)]
    return Answer({"payers": groups}, text or ["No calls."])


def record(program: Program, args: Namespace) -> Answer:
    """What came of a call; prints it as in the list, with what comes next."""
    desk = program.desk()
    done = call_recording.record(desk, args.id, _tried(desk, args)).value
    item = output.call_json(calls.call_card(desk, args.id).line, desk.zone())
    arisen = [{"id": c.id, "kind": c.kind.value, "due": output.iso(c.due, desk.zone())} for c in done.arisen]
    item |= {"outcome": args.outcome, "next": done.sentence, "arisen": arisen}
    return Answer(item, [_line(item), f"        {done.sentence}"])


def _tried(desk: Desk, args: Namespace) -> Tried:
    region = desk.catalogue().settings.phone_region
    return Tried(
        values.word(CallOutcome, args.outcome),
        note=args.note,
        spoken_to=args.spoken_to,
        call_reference=args.reference,
        hold_minutes=args.hold_minutes or 0,
        phone=parse_phone(args.phone, region) if args.phone else None,
        again_at=values.instant(args.again, desk.zone()) if args.again else None,
        reason=values.word(CancelReason, args.reason, without=PROGRAM_REASONS) if args.reason else None,
        decision=_decision(args),
        override_reason=args.override,
        answers=tuple(_answer(text) for text in args.answer),
    )


def _decision(args: Namespace) -> Decision | None:
    if not args.decision:
        return None
    return Decision(
        values.word(AuthorizationStatus, args.decision),
        number=args.number,
        valid_from=args.valid_from,
        valid_to=args.valid_to,
        levels=args.levels,
        units=args.units,
        note=args.note,
    )


def _answer(text: str) -> tuple[str, str]:
    code, equals, said = text.partition("=")
    if not equals:
        raise WrongInput("unknown_word", value=text, allowed="QUESTION=ANSWER")
    return code.strip(), said.strip()


def _line(item: output.Json) -> str:
    who = item["patient"]["name"] if item["patient"] else item["name"]
    late = " late" if item["late"] else ""
    claimed = f"  open at {item['claimed_by']}" if item["claimed_by"] else ""
    return (
        f"{item['id']:>6}  {(item['due'] or '')[:16].replace('T', ' ')}{late:<5}  {CALL_WORDS[item['kind']]:<26} "
        f"{who}: {item['why'] or item['reason'] or '–'}  {item['phone'] or 'no number'}{claimed}"
    )
