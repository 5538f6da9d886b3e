"""The calls as a tree: headings, and under each its calls."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk_app.application.call_line_words import is_payers
from desk_app.application.call_rows import CallLine
from desk_app.ui.models.call_cells import BORN, CODES, COLUMNS, TRIES
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

    def after(self, number: int) -> CallLine | None:
        """The call that follows one in the order in which they stand; None behind the last."""
        numbers = self.numbers()
        place = numbers.index(number) + 1 if number in numbers else 0
        return self.line_of(numbers[place]) if place < len(numbers) else None

    def spoken_cell(self, line: CallLine, column: int, cell: Cell) -> str:
        head = COLUMNS[column]
        if not is_payers(line):
            head = OF_A_PERSON.get(column, head)
        if column == TRIES and cell.icon == "lock":
            return "you have it open" if cell.text == "yours" else f"{cell.text} has it open"
        text = ", ".join(part for part in (cell.text, cell.more) if part)
        return f"{head}: {text or 'none'}" + (", late" if cell.icon == "late" else "")
