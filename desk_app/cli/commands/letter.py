"""``letter``: a preparation sheet, or the letter to whoever could not be reached, as PDF."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.use_cases.letters import LetterWish, chart_of, compose, record
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind
from desk_app.printing.content.letter import letter_content
from desk_app.printing.sheets import save_pdf


def letter(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    wish = LetterWish(
        LetterKind(args.kind),
        args.appointment,
        args.request,
        chart_of(desk, args.patient) if args.patient is not None else None,
        LetterLanguage(args.language) if args.language else None,
    )
    draft = compose(desk, wish)
    pages = save_pdf(letter_content(desk, draft), args.pdf, args.paper)
    record(desk, draft, "pdf")
    told = {
        "file": str(args.pdf),
        "kind": draft.kind.value,
        "language": draft.language.value,
        "pages": pages,
        "version": draft.version,
        "left_out": list(draft.filled.left_out),
    }
    many = "" if pages == 1 else "s"
    return Answer(told, [f"{args.pdf}: {pages} page{many}, {draft.language.value}, version {draft.version}"])
