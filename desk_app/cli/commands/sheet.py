"""``sheet DATE``: the printed sheet of a day as PDF."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.use_cases.sheets import record_printed
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.printing.content.setup import SheetSetup, usual_setup
from desk_app.printing.sheets import day_sheet, save_pdf


def sheet(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    content = day_sheet(desk, args.date, args.kind, args.profile, _setup(args))
    pages = save_pdf(content, args.pdf, args.paper)
    record_printed(desk, args.date, args.kind, args.profile, content.printed_lines, "pdf")
    told = {"file": str(args.pdf), "pages": pages, "version": content.version}
    return Answer(told, [f"{args.pdf}: {pages} page{'s' if pages != 1 else ''}, version {content.version}"])


def _setup(args: Namespace) -> SheetSetup:
    across = usual_setup(args.kind).landscape if args.orientation is None else args.orientation == "across"
    only, hidden = frozenset(args.only), frozenset(args.hide)
    return SheetSetup(args.first, args.last, only, hidden, args.size, args.page_each, across)
