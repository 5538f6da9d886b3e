"""``init``, ``practice export``, ``migrate``, ``check``, ``backup`` and ``restore``."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.use_cases import practice as use_cases
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.cli.streams import shows
from desk_app.interop import practice_export, practice_file


def init(program: Program, args: Namespace) -> Answer:
    if args.with_demo:
        visits = program.fill_demo(program.create())
        told = f"The demo practice is ready, with {visits} visits." if visits else "The demo practice is there already."
        return Answer({"practice": "demo", "visits": visits}, [told])
    loaded = practice_file.load(args.practice)  # a wrong file is refused before anything is created
    desk = program.create()
    use_cases.load(desk, loaded.catalogue, loaded.visits)
    name = loaded.catalogue.settings.name
    return Answer({"practice": name}, [f"{name} is loaded."])


def export(program: Program, args: Namespace) -> Answer:
    text = practice_export.export(program.desk().catalogue())
    return Answer({"toml": text}, (text if shows(text) else escaped(text)).splitlines())


def escaped(text: str) -> str:
    """The same TOML for a terminal that is not UTF-8: only strings hold other signs, and they take escapes."""
    return "".join(sign if sign.isascii() else f"\\U{ord(sign):08x}" for sign in text)


def migrate(program: Program, args: Namespace) -> Answer:
    revision = program.migrate()
    return Answer({"revision": revision}, [f"The database is at revision {revision}."])


def check(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    breaches = list(desk.queries.breaches(desk.now()))
    if desk.audit_watch is not None:
        breaches += desk.audit_watch.breaches()
    document = {"breaches": [{"rule": b.rule, "record": b.record, "text": b.text} for b in breaches]}
    lines = [f"{b.rule}: {b.record}: {b.text}" for b in breaches] or ["Every rule holds."]
    return Answer(document, lines, status=1 if breaches else 0)


def backup(program: Program, args: Namespace) -> Answer:
    program.backup(args.file)
    return Answer({"backup": str(args.file)}, [f"Copied to {args.file}."])


def restore(program: Program, args: Namespace) -> Answer:
    program.restore(args.file)
    return Answer({"restored": str(args.file)}, [f"Restored from {args.file}."])
