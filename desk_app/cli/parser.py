"""The command line's words. Names stay as they are: other programs rely on them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from desk_app import __version__
from desk_app.cli.words import any_text, day, nights, number, text, wall_clock, whole

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WITH_VALUE, ALONE = ("--database", "--user"), ("--demo", "--self-test", "--view-only")
"""The options of the window itself."""

Adder = Callable[..., argparse.ArgumentParser]


class Parser(argparse.ArgumentParser):
    """Wrong usage ends with status 2, which is argparse's own; names are never cut short, so that more can come."""

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, **more)


class JsonParser(Parser):
    """Where ``--json`` is among the words, wrong usage is a document as every other refusal is."""

    def error(self, message: str) -> NoReturn:
        from desk_app.cli.streams import print_json

        print_json({"error": {"code": "usage", "text": message}})
        super().error(message)


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The words after the program's name. Where only a window is wanted the commands are not even described."""
    kind = JsonParser if "--json" in words else Parser
    return build_parser(_names_a_command(words), kind).parse_args(words)


def _names_a_command(words: Sequence[str]) -> bool:
    """Whether there is anything but the window's own options."""
    rest = iter(words)
    for word in rest:
        if word in WITH_VALUE and next(rest, None) is not None:
            continue
        if word not in ALONE and not word.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            return True
    return False


def build_parser(with_commands: bool = True, kind: type[Parser] = Parser) -> Parser:
    """Every command with its options; ``command`` is None where a window is wanted."""
    parser = kind(prog="front-desk", description="Front Desk: scheduling for an interventional pain practice.")
    parser.add_argument("--version", action="version", version=f"Front Desk {__version__}")
    parser.add_argument(
        "--database", type=text, metavar="URL", help="a path or an SQLAlchemy URL; else the user's data folder"
    )
    parser.add_argument("--demo", action="store_true", help="open the window on a fresh demo practice")
    parser.add_argument("--view-only", action="store_true", help="look at a copy of the file: nothing can be changed")
    parser.add_argument("--self-test", action="store_true", help="check that this installation can work, and end")
    parser.add_argument("--user", type=text, metavar="NAME", help="who acts, for the audit trail")
    parser.set_defaults(command=None)
    if with_commands:
        _add_commands(parser)
    return parser


def _add_commands(parser: Parser) -> None:
    commands = parser.add_subparsers(metavar="COMMAND")
    _init(commands.add_parser)
    _practice(commands.add_parser)
    _slots(commands.add_parser)
    _requests(commands.add_parser)
    _appointments(commands.add_parser)
    _beds(commands.add_parser)
    _callbacks(commands.add_parser)
    _replan(commands.add_parser)
    _report(commands.add_parser)
    _sheet(commands.add_parser)
    _letter(commands.add_parser)
    _downtime(commands.add_parser)
    _upkeep(commands.add_parser)


def _command(add: Adder, name: str, command: str, text: str) -> argparse.ArgumentParser:
    parser = add(name, help=text, description=text)
    parser.set_defaults(command=command)
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    return parser


def _group(add: Adder, name: str, text: str) -> Adder:
    group = add(name, help=text, description=text)
    adder: Adder = group.add_subparsers(metavar="ACTION", required=True).add_parser
    return adder


def _init(add: Adder) -> None:
    parser = _command(add, "init", "init", "create or migrate the database and load a practice")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--practice", type=Path, metavar="FILE.toml")
    what.add_argument("--demo", action="store_true", dest="with_demo")


def _practice(add: Adder) -> None:
    actions = _group(add, "practice", "the practice itself")
    _command(actions, "export", "practice export", "print the practice as TOML")


def _slots(add: Adder) -> None:
    actions = _group(add, "slots", "when something fits")
    find = _command(actions, "find", "slots find", "the first starts at which the whole chain fits")
    _procedure(find)
    find.add_argument("--from", dest="first_day", type=day, metavar="DATE")
    find.add_argument("--days", type=whole, default=365, metavar="N")
    find.add_argument("--weekday", nargs="+", action="extend", type=str.upper, choices=WEEKDAYS, metavar="MO")
    find.add_argument("--after", type=wall_clock, metavar="HH:MM")
    find.add_argument("--before", type=wall_clock, metavar="HH:MM")
    find.add_argument("--limit", type=whole, default=20, metavar="N")
    explain = _command(actions, "explain", "slots explain", "why a start fits or does not")
    _procedure(explain)
    explain.add_argument("--start", type=any_text, required=True, metavar="DATETIME")


def _procedure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--procedure", type=any_text, required=True, metavar="CODE")
    parser.add_argument("--levels", type=int, default=1, metavar="N")
    parser.add_argument("--clinician", type=any_text, metavar="CODE")
    parser.add_argument("--stay", choices=("planned",))
    _also(parser)


def _also(parser: argparse.ArgumentParser) -> None:
    more = "done in the same sitting, on so many levels; may be given several times"
    parser.add_argument("--also", action="append", default=[], type=any_text, metavar="CODE[:N]", help=more)


def _requests(add: Adder) -> None:
    actions = _group(add, "requests", "appointment requests")
    importing = _command(actions, "import", "requests import", "take in mails and CSV exports of the web form")
    importing.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    listing = _command(actions, "list", "requests list", "open requests with their next action")
    listing.add_argument("--status", type=any_text, metavar="S")
    _authorization(_command(actions, "authorization", "requests authorization", "tell, or take one step"))


def _authorization(parser: argparse.ArgumentParser) -> None:
    steps = "begin, contact, documents, a status, or the payer's X12 306 code"
    parser.add_argument("id", type=number, metavar="ID")
    parser.add_argument("step", nargs="?", type=any_text, metavar="STEP", help=steps)
    for name in ("reference", "number", "side", "place", "note", "spoken-to", "call-reference", "document", "way"):
        parser.add_argument(f"--{name}", type=any_text, default="", metavar="TEXT")
    parser.add_argument("--clinician", type=any_text, default="", metavar="CODE")
    parser.add_argument("--override", type=any_text, default="", metavar="REASON")
    parser.add_argument("--cpt", nargs="+", action="extend", default=[], type=text, metavar="CODE")
    for name in ("levels", "units", "hold-minutes"):
        parser.add_argument(f"--{name}", type=whole, metavar="N")
    parser.add_argument("--from", dest="valid_from", type=day, metavar="DATE")
    parser.add_argument("--to", dest="valid_to", type=day, metavar="DATE")
    parser.add_argument("--at", type=any_text, metavar="DATETIME", help="when it was sent; else now")
    parser.add_argument("--until", type=any_text, metavar="DATETIME", help="peer to peer, or records wanted by")
    parser.add_argument("--expedited", action="store_true", help="by the payer's urgent clock")


def _appointments(add: Adder) -> None:
    actions = _group(add, "appointments", "visits")
    book = _command(actions, "book", "appointments book", "book or hold a visit, whole")
    book.add_argument("--request", type=number, metavar="ID")
    book.add_argument("--patient", type=any_text, metavar="MRN")
    book.add_argument("--new-patient", action="store_true", help="make a chart although somebody alike is known")
    book.add_argument("--procedure", type=any_text, metavar="CODE")
    book.add_argument("--levels", type=int, metavar="N")
    book.add_argument("--clinician", type=any_text, metavar="CODE")
    book.add_argument("--stay", choices=("planned",))
    _also(book)
    book.add_argument("--start", type=any_text, required=True, metavar="DATETIME")
    book.add_argument("--hold-until", type=any_text, metavar="DATETIME")
    book.add_argument("--override", type=any_text, default="", metavar="REASON")
    move = _command(actions, "move", "appointments move", "move a visit to another start")
    move.add_argument("id", type=number, metavar="ID")
    move.add_argument("--start", type=any_text, required=True, metavar="DATETIME")
    move.add_argument("--override", type=any_text, default="", metavar="REASON")
    move.add_argument("--reason", type=any_text, default="", metavar="TEXT")
    cancel = _command(actions, "cancel", "appointments cancel", "cancel a visit")
    cancel.add_argument("id", type=number, metavar="ID")
    cancel.add_argument("--reason", type=any_text, required=True, metavar="CODE")
    cancel.add_argument("--note", type=any_text, default="", metavar="TEXT")
    status = _command(actions, "status", "appointments status", "one step along the allowed steps")
    status.add_argument("id", type=number, metavar="ID")
    status.add_argument("status", type=any_text, metavar="STATUS")
    status.add_argument("--override", type=any_text, default="", metavar="REASON")
    use = "what serves the procedure instead of what is out; may be given more than once"
    status.add_argument("--use", type=any_text, action="append", default=[], metavar="RESOURCE", help=use)
    listing = _command(actions, "list", "appointments list", "a day with phases and resources")
    listing.add_argument("--date", type=day, required=True, metavar="DATE")


def _beds(add: Adder) -> None:
    actions = _group(add, "beds", "recovery bays and overnight beds")
    listing = _command(actions, "list", "beds list", "bays by time and beds by night on a day")
    listing.add_argument("--date", type=day, required=True, metavar="DATE")
    anew = _command(actions, "assign", "beds assign", "bays of a day and beds of nights given anew, as few as can be")
    anew.add_argument("--date", type=day, required=True, metavar="DATE")
    anew.add_argument("--nights", type=nights, default=14, metavar="N", help="from that day's night on; 14 unless said")
    anew.add_argument("--dry-run", action="store_true", help="tell it and store nothing")
    anew.add_argument("--override", type=any_text, default="", metavar="REASON", help="a manager's, for a shared room")
    plan = _command(actions, "plan", "beds plan", "plan stays into rooms over many nights; needs no database")
    plan.add_argument("--instance", type=Path, required=True, metavar="FILE")
    plan.add_argument("--seconds", type=whole, default=60, metavar="N")


def _callbacks(add: Adder) -> None:
    actions = _group(add, "callbacks", "calls that have to be made")
    listing = _command(actions, "list", "callbacks list", "open calls, best first")
    listing.add_argument("--due", type=day, metavar="DATE", help="due by the end of that day, late ones among them")
    listing.add_argument("--by-payer", action="store_true", help="calls to payers, a group for each payer")
    record = _command(actions, "record", "callbacks record", "what came of a call, and what comes next")
    record.add_argument("id", type=number, metavar="ID")
    record.add_argument("--outcome", type=any_text, required=True, metavar="O")
    for name, shown in (("note", "T"), ("spoken-to", "NAME"), ("reference", "TEXT"), ("phone", "NUMBER")):
        record.add_argument(f"--{name}", type=any_text, default="", metavar=shown)
    record.add_argument("--hold-minutes", type=whole, metavar="N", help="waited in the payer's line")
    record.add_argument("--again", type=any_text, metavar="DATETIME", help="when to call again")
    record.add_argument("--reason", type=any_text, metavar="CODE", help="why a visit is cancelled")
    record.add_argument("--answer", action="append", default=[], type=any_text, metavar="QUESTION=ANSWER")
    record.add_argument("--override", type=any_text, default="", metavar="REASON")
    record.add_argument("--decision", type=any_text, metavar="STATUS", help="what the payer decided, with:")
    record.add_argument("--number", type=any_text, default="", metavar="TEXT", help="of the approval")
    for name in ("valid-from", "valid-to"):
        record.add_argument(f"--{name}", type=day, metavar="DATE")
    for name in ("levels", "units"):
        record.add_argument(f"--{name}", type=whole, metavar="N")


def _replan(add: Adder) -> None:
    replan = _command(add, "replan", "replan", "where visits go that a lost resource gets in the way of")
    several = "its code; may be given several times"
    replan.add_argument("--without", action="append", required=True, type=any_text, metavar="RESOURCE", help=several)
    replan.add_argument("--from", dest="first", type=any_text, required=True, metavar="DATETIME")
    replan.add_argument("--to", dest="last", type=any_text, required=True, metavar="DATETIME")
    replan.add_argument("--kind", type=any_text, default="other", metavar="KIND", help="why, as of a blockout")
    replan.add_argument("--reason", type=any_text, default="", metavar="TEXT")
    replan.add_argument("--apply", action="store_true", help="store it: close the resource, move, and note the calls")


REPORTS = (
    *("waiting", "authorizations", "rooms", "blocks", "first_starts", "turnovers", "lateness", "recovery"),
    *("unplanned_stays", "bed_nights", "lost_visits", "calls", "refills", "workload"),
)
"""As ``reporting.REPORTS`` names them, which is loaded when one is made."""


def _report(add: Adder) -> None:
    report = _command(add, "report", "report", "one report of a period")
    report.add_argument("report", type=any_text, metavar="REPORT", help=f"one of {', '.join(REPORTS)}")
    report.add_argument("--from", dest="first", type=day, required=True, metavar="DATE")
    report.add_argument("--to", dest="last", type=day, metavar="DATE", help="today, unless it is said")
    report.add_argument("--csv", type=Path, metavar="FILE", help="write the table for a spreadsheet, too")
    report.add_argument("--pdf", type=Path, metavar="FILE", help="write it for paper, too")
    report.add_argument("--paper", default="Letter", choices=("Letter", "A4"))


def _sheet(add: Adder) -> None:
    sheet = _command(add, "sheet", "sheet", "the printed sheet of a day as PDF")
    sheet.add_argument("date", type=day, metavar="DATE")
    sheet.add_argument("--kind", type=any_text, default="rooms", metavar="KIND")
    sheet.add_argument("--appointment", type=number, metavar="ID", help="the slip of one visit of that day")
    sheet.add_argument("--profile", default="desk", choices=("desk", "clinical", "wall"))
    sheet.add_argument("--from", dest="first", type=wall_clock, metavar="HH:MM", help="visits from that time on")
    sheet.add_argument("--to", dest="last", type=wall_clock, metavar="HH:MM", help="visits before that time")
    sheet.add_argument("--only", action="append", default=[], type=any_text, metavar="CODE", help="a room or clinician")
    sheet.add_argument("--hide", action="append", default=[], type=any_text, metavar="FIELD", help="a column or field")
    sheet.add_argument("--size", default="usual", choices=("usual", "larger", "largest"))
    sheet.add_argument("--page-each", action="store_true", help="a page for each room, clinician or payer")
    sheet.add_argument("--orientation", choices=("upright", "across"), help="of the paper; as usual for the kind")
    sheet.add_argument("--paper", default="Letter", choices=("Letter", "A4"))
    sheet.add_argument("--pdf", type=Path, required=True, metavar="FILE")


def _letter(add: Adder) -> None:
    letter = _command(add, "letter", "letter", "a letter to a patient as PDF, in the patient's language")
    whose = letter.add_mutually_exclusive_group(required=True)
    whose.add_argument("--appointment", type=number, metavar="ID")
    whose.add_argument("--request", type=number, metavar="ID")
    whose.add_argument("--patient", type=any_text, metavar="MRN")
    letter.add_argument("--kind", required=True, choices=("preparation", "unreachable"))
    letter.add_argument("--language", choices=("en", "es"))
    letter.add_argument("--paper", default="Letter", choices=("Letter", "A4"))
    letter.add_argument("--pdf", type=Path, required=True, metavar="FILE")


def _downtime(add: Adder) -> None:
    copy = _command(
        add, "downtime", "downtime", "the next days' sheets as PDF in a folder, for when the server is gone"
    )
    copy.add_argument("folder", type=Path, metavar="FOLDER")
    asked = copy.add_mutually_exclusive_group()
    asked.add_argument("--password", action="store_true", help="lock the PDFs; it is asked for")
    asked.add_argument("--password-fd", type=whole, metavar="N", help="lock them; the password is read from there")
    copy.add_argument("--paper", default="Letter", choices=("Letter", "A4"))


def _upkeep(add: Adder) -> None:
    _command(add, "check", "check", "integrity, the audit chain and every rule over all rows")
    _command(add, "migrate", "migrate", "bring the database up to date")
    _command(add, "backup", "backup", "a consistent copy while in use").add_argument("file", type=Path)
    _command(add, "restore", "restore", "put a copy back").add_argument("file", type=Path)
