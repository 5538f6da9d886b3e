"""Runs one command: prints its answer, and turns every fault into its sentence and exit status."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from importlib import import_module

from desk_app.application.objection_text import objection_texts, spare_text
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.sentences import sentence
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.cli.streams import print_json, print_lines, print_sentence
from desk_app.domain.faults import Conflict, FrontDeskFault, NeedsConfirmation, RuleViolation, StorageUnavailable
from desk_app.domain.practice import Catalogue

DONE, REFUSED, WRONG_USE, NO_STORAGE = 0, 1, 2, 3
OVERRIDE_HELPS = "A manager's override with a reason would let it pass."
INTERRUPTED = 130
"""What a shell expects of a program that Ctrl+C has ended."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("practice", "init"),
    "practice export": ("practice", "export"),
    "migrate": ("practice", "migrate"),
    "check": ("practice", "check"),
    "backup": ("practice", "backup"),
    "restore": ("practice", "restore"),
    "slots find": ("slots", "find"),
    "slots explain": ("slots", "explain"),
    "requests import": ("requests", "importing"),
    "requests list": ("requests", "listing"),
    "requests authorization": ("authorization", "authorization"),
    "appointments book": ("appointments", "book"),
    "appointments move": ("appointments", "move"),
    "appointments cancel": ("appointments", "cancel"),
    "appointments status": ("appointments", "status"),
    "appointments list": ("appointments", "listing"),
    "beds list": ("beds", "listing"),
    "beds assign": ("beds", "assign"),
    "callbacks list": ("callbacks", "listing"),
    "callbacks record": ("callbacks", "record"),
    "replan": ("replan", "replan"),
    "beds plan": ("beds", "plan"),
    "report": ("report", "report"),
    "sheet": ("sheet", "sheet"),
    "letter": ("letter", "letter"),
    "downtime": ("downtime", "downtime"),
}
"""Which function answers a command; its module is imported only when it is asked for."""


def run(program: Program, args: Namespace) -> int:
    """Carries out ``args.command`` and answers the exit status."""
    try:
        with closing(program):
            return _carried_out(program, args)
    except KeyboardInterrupt:
        return INTERRUPTED


def _carried_out(program: Program, args: Namespace) -> int:
    module, name = COMMANDS[args.command]
    command: Callable[[Program, Namespace], Answer] = getattr(import_module(f"desk_app.cli.commands.{module}"), name)
    try:
        answer = command(program, args)
    except FrontDeskFault as fault:
        return refuse(fault, args.json, _catalogue(program, fault))
    try:
        if args.json:
            print_json(answer.document)
        else:
            print_lines("\n".join(answer.lines))
    except StorageUnavailable as fault:
        return refuse(fault, as_json=False)
    return answer.status


def refuse(fault: FrontDeskFault, as_json: bool, catalogue: Catalogue | None = None) -> int:
    """The fault's sentence on stderr (and as a document under ``--json``), and its exit status."""
    text = _text(fault, catalogue)
    if as_json:
        print_json({"error": {"code": fault.code, "text": text}})
    print_sentence(text)
    if isinstance(fault, RuleViolation | NeedsConfirmation | Conflict):
        return REFUSED
    return NO_STORAGE if isinstance(fault, StorageUnavailable) else WRONG_USE


def _text(fault: FrontDeskFault, catalogue: Catalogue | None) -> str:
    found, obstacles = fault.params.get("objections", ()), fault.params.get("obstacles", ())
    told = objection_texts(found, catalogue) if catalogue is not None and isinstance(found, tuple) else ()
    if isinstance(fault, NeedsConfirmation) and told:
        return " ".join((*told, *_free_instead(fault, catalogue), *_what_helps(fault)))
    parts = [sentence(fault.code, fault.params)]
    if catalogue is not None and isinstance(obstacles, tuple):
        parts += dict.fromkeys(obstacle_text(obstacle, catalogue) for obstacle in obstacles)
    if isinstance(fault, NeedsConfirmation) and "perhaps_known" not in fault.codes:
        parts.append(OVERRIDE_HELPS)
    return " ".join(parts)


def _free_instead(fault: NeedsConfirmation, catalogue: Catalogue | None) -> list[str]:
    """What could be used instead of what is out, with the word that asks for it."""
    found = fault.params.get("spares", ())
    if catalogue is None or not isinstance(found, tuple):
        return []
    return [f"{spare_text(spare, catalogue)} Ask for it by --use {spare.code}." for spare in found]


def _what_helps(fault: NeedsConfirmation) -> list[str]:
    return [OVERRIDE_HELPS] if fault.params.get("may_override", True) else []


def _catalogue(program: Program, fault: FrontDeskFault) -> Catalogue | None:
    """Only where obstacles have to be named."""
    named = fault.params.get("obstacles") or fault.params.get("objections")
    return program.desk().catalogue() if named else None
