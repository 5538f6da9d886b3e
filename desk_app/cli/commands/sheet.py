"""``sheet DATE``: the printed sheet of a day as PDF."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.wording import count, weekday_date
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.faults import WrongInput
from desk_app.printing.content.profiles import profile_of
from desk_app.printing.content.setup import SheetSetup, usual_setup
from desk_app.printing.content.slip import KIND as SLIP
from desk_app.printing.content.slip import Slip, slip_of_visit, slips_of_day
from desk_app.printing.sheets import day_sheet, prepared_slips, record_sheet, save_pdf


def sheet(program: Program, args: Namespace) -> Answer:
    if args.kind == SLIP:
        return _slips(program, args)
    if args.appointment is not None:
        raise WrongInput("slip_alone")
    desk = program.desk()
    content = day_sheet(desk, args.date, args.kind, args.profile, _setup(args))
    pages = save_pdf(content, args.pdf, args.paper)
    record_sheet(desk, args.date, args.kind, args.profile, content, "pdf")
    told = {"file": str(args.pdf), "pages": pages, "version": content.version}
    return Answer(told, [f"{args.pdf}: {pages} page{'s' if pages != 1 else ''}, version {content.version}"])


def _slips(program: Program, args: Namespace) -> Answer:
    """Of one visit, or of every visit of the day, each on a page of its own."""
    desk, profile = program.desk(), profile_of(args.profile)
    if args.appointment is not None:
        slips: tuple[Slip, ...] = (slip_of_visit(desk, args.appointment, profile),)
    else:
        slips = slips_of_day(desk, args.date, profile)
    if any(slip.day != args.date for slip in slips):
        raise WrongInput("slip_other_day", day=weekday_date(slips[0].day))
    paper = prepared_slips(desk, slips, args.profile)
    pages = save_pdf(paper.content, args.pdf, args.paper)
    paper.record("pdf")
    told = {"file": str(args.pdf), "pages": pages, "visits": [slip.appointment_id for slip in slips]}
    return Answer(told, [f"{args.pdf}: {count(len(slips), 'slip', 'slips')}"])


def _setup(args: Namespace) -> SheetSetup:
    across = usual_setup(args.kind).landscape if args.orientation is None else args.orientation == "across"
    only, hidden = frozenset(args.only), frozenset(args.hide)
    return SheetSetup(args.first, args.last, only, hidden, args.size, args.page_each, across)
