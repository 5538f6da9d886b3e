"""A call's row as words with their roles; no Qt, so that a row can be read as a text picture."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.call_line_words import (
    about_words,
    codes_words,
    is_payers,
    kind_words,
    name_words,
    payer_words,
)
from desk_app.application.call_rows import CallLine
from desk_app.application.phone_words import written_number
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.request_cells import RowContext, due_cell

COLUMNS = ("Due", "Patient", "Born", "Member", "Codes", "Reference", "Why", "Tries")
DUE, NAME, BORN, MEMBER, CODES, REFERENCE, WHY, TRIES = range(len(COLUMNS))
NOTHING = Cell("")


def cells(line: CallLine, context: RowContext, user: str, with_payer: bool) -> tuple[Cell, ...]:
    """The row, a cell a column. ``with_payer``: no heading says which payer it is."""
    urgent = line.urgency == "urgent" and is_payers(line)
    name = Cell(name_words(line), icon="warning" if urgent else "ready" if line.priority else "", bold=True)
    ends = (due_cell(line.due, context), name), (_tries(line, user),)
    if is_payers(line):
        return (*ends[0], *_payers(line, context, with_payer), *ends[1])
    return (*ends[0], *_persons(line, context), *ends[1])


def _payers(line: CallLine, context: RowContext, with_payer: bool) -> tuple[Cell, ...]:
    words = payer_words(line, context.now)
    told = f"{line.payer_name}: {words}" if with_payer and line.payer_name else words
    over = line.decide_by is not None and context.now >= line.decide_by and line.authorization in OVERDUE
    role = "bad" if line.authorization == "denied" else "warn" if over else "text"
    return (
        Cell(wording.birth_date(line.birth_date), "text" if line.birth_date else "text3"),
        Cell(line.member_id),
        Cell(codes_words(line, context.catalogue)),
        Cell(line.reference or "none yet", "text2"),
        Cell(told, role),
    )


OVERDUE = frozenset({"submitted", "pended"})


def _persons(line: CallLine, context: RowContext) -> tuple[Cell, ...]:
    phone = written_number(line.phone)
    number = Cell(
        phone or ("wishes no calls" if line.do_not_contact else "no phone"),
        "text" if phone else "warn",
        "phone",
        more=line.phone_label if phone else "",
        span=2,
    )
    about = Cell(kind_words(line), more=about_words(line, context.now, context.zone), span=3)
    return (number, NOTHING, about, NOTHING, NOTHING)


def _tries(line: CallLine, user: str) -> Cell:
    """How often it was tried; while somebody has it open, who that is."""
    if line.claimed_by:
        return Cell("yours" if line.claimed_by == user else line.claimed_by, "text2", "lock")
    return Cell(str(line.attempts), "text2")
