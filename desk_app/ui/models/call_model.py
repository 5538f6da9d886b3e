"""The calls as a tree: headings, and under each its calls."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk_app.application.call_line_words import PRIORITIES, is_payers
from desk_app.application.call_rows import CallLine
from desk_app.ui.models.call_cells import BORN, CODES, COLUMNS, NAME, TRIES
from desk_app.ui.models.call_groups import CallGroup
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import GroupedModel

OF_A_PERSON = {BORN: "Phone", CODES: "What"}
"""What stands in these columns where a person is called and no payer."""


class CallModel(GroupedModel[CallLine, CallGroup]):
    """Lines are known by their call's number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def number_of(self, line: CallLine) -> int:
        return line.id

    def line_of(self, number: int) -> CallLine | None:
        return self.line_at(self.index_of(number))

    def around(self, number: int) -> list[CallLine]:
        """The calls in the order in which they stand, those behind this one first, and then those before it."""
        lines = [line for group in self.groups for line in group.lines]
        place = next((at for at, line in enumerate(lines, 1) if line.id == number), 0)
        return [line for line in (*lines[place:], *lines[:place]) if line.id != number]

    def spoken_cell(self, line: CallLine, column: int, cell: Cell) -> str:
        head = COLUMNS[column]
        if not is_payers(line):
            head = OF_A_PERSON.get(column, head)
        if column == TRIES and cell.icon == "lock":
            return "you have it open" if cell.text == "yours" else f"{cell.text} has it open"
        told = PRIORITIES.get(line.priority, "") if column == NAME else ""
        urgent = "urgent" if column == NAME and cell.icon == "warning" else ""
        text = ", ".join(part for part in (cell.text, cell.more, urgent, told) if part)
        return f"{head}: {text or 'none'}" + (", late" if cell.icon == "late" else "")
