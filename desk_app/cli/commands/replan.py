"""``replan``: what a lost resource gets in the way of, and where it would go."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.desk import Desk
from desk_app.application.replan import Lost, Move, Proposal
from desk_app.application.replan_calls import calls_for
from desk_app.application.use_cases import replanning
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.practice import BlockoutKind
from desk_app.domain.records import Callback


def replan(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    zone = desk.zone()
    kind = values.word(BlockoutKind, args.kind)
    start, end = values.instant(args.first, zone), values.instant(args.last, zone)
    lost = Lost(tuple(args.without), start, end, kind, args.reason)
    proposal = replanning.propose(desk, lost)
    calls = calls_for(desk, proposal)
    if args.apply:
        calls = replanning.apply(desk, proposal).value.calls
    document = {
        "moves": [_move(desk, move) for move in proposal.moves],
        "callbacks": [_call(desk, proposal, call) for call in calls],
        "applied": args.apply,
    }
    return Answer(document, _lines(proposal, document))


def _move(desk: Desk, move: Move) -> output.Json:
    zone, visit = desk.zone(), move.case.visit
    phases = move.slot.phases if move.slot is not None else ()
    return {
        "appointment": visit.id,
        "from": output.iso(visit.start, zone),
        "to": output.iso(move.slot.start, zone) if move.slot is not None else None,
        "resources": {label: code for phase in phases for label, code in phase.resources.items()},
        "text": move.told,
    }


def _call(desk: Desk, proposal: Proposal, call: Callback) -> output.Json:
    patient = next(move.case.patient for move in proposal.moves if move.appointment_id == call.appointment_id)
    return {
        "kind": call.kind.value,
        "patient": {"mrn": patient.mrn, "name": patient.name},
        "due": output.iso(call.due, desk.zone()),
    }


def _lines(proposal: Proposal, document: output.Json) -> list[str]:
    if not proposal.moves:
        return ["No visit is concerned."]
    told = [
        f"{move['appointment']:>6}  {move['from'][:16].replace('T', ' ')}  {names.case.patient.name}: {move['text']}"
        for move, names in zip(document["moves"], proposal.moves, strict=True)
    ]
    did = "Stored" if document["applied"] else "Nothing is stored yet (--apply stores it)"
    counts = f"{proposal.kept} keep their start, {proposal.moved} move, {proposal.homeless} find no place"
    return [*told, f"{counts}; {len(document['callbacks'])} calls. {did}."]
