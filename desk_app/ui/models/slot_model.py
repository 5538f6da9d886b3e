"""The starts that a search found, a row a run of them: key, day, setup, resources, home, and the latest of the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application import wording
from desk_app.application.start_reasons import REASON_WORDS
from desk_app.application.start_runs import StartRun
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.slots import Slot
from desk_app.ui.models.request_cells import RowContext

SlotRole = int(Qt.ItemDataRole.UserRole) + 1
RowRole = int(Qt.ItemDataRole.UserRole) + 2
TOP = QModelIndex()
KEYED = 9
"""So many rows have a digit of their own."""

SHOWN = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN, ResourceKind.C_ARM, ResourceKind.RECOVERY_BAY)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """The words of a row. Under a ``heading`` of its day, and in the rows that follow it, ``day`` is empty."""

    key: str
    day: str
    setup: str
    resources: str
    home: str
    latest: str
    reason: str = ""
    heading: str = ""
    doubt: str = ""
    """What speaks against its day, in full."""


def slot_row(number: int, slot: Slot, run: StartRun, context: RowContext) -> SlotRow:
    """A start of a run; ``number`` counts rows from 0."""
    overnight = any(phase.kind is PhaseKind.OVERNIGHT for phase in slot.phases)
    return SlotRow(
        str(number + 1) if number < KEYED else "",
        wording.weekday_date(context.day_of(slot.start)),
        wording.clock(slot.start, context.zone),
        resource_codes(slot, context),
        "stays" if overnight else wording.clock(slot.end, context.zone),
        wording.clock(run.last.start, context.zone) if len(run.slots) > 1 else "",
    )


def resource_codes(slot: Slot, context: RowContext) -> str:
    """``R1 · ALG · C1 · B2``: room, physician, C-arm and bay; who assists is in the tool tip."""
    codes = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    named: list[str] = []
    for kind in SHOWN:
        of_kind = [code for code in codes if context.catalogue.resource(code).kind is kind]
        named += of_kind[:1]
    return " · ".join(named)


class SlotModel(QAbstractListModel):
    """A search replaces all rows; within a row an earlier or later start of its run can be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[StartRun, ...] = ()
        self._chosen: list[int] = []
        self._headings: dict[int, str] = {}
        self._grouped: frozenset[int] = frozenset()
        self._context: RowContext | None = None

    def show(self, runs: Sequence[StartRun], context: RowContext) -> None:
        self.beginResetModel()
        self._runs, self._context = tuple(runs), context
        self._chosen = [0] * len(self._runs)
        self._headings, self._grouped = _by_day(self._runs, context)
        self.endResetModel()

    def heading(self, row: int) -> str:
        """What stands over a row: its day, where the day has several and this is their first."""
        return self._headings.get(row, "")

    def slot_at(self, row: int) -> Slot | None:
        """The chosen start of a row."""
        return self._runs[row].slots[self._chosen[row]] if 0 <= row < len(self._runs) else None

    def shift(self, row: int, by: int) -> bool:
        """So many starts later (or earlier) in that row; False where the run has none."""
        if not 0 <= row < len(self._runs):
            return False
        wanted = self._chosen[row] + by
        if not 0 <= wanted < len(self._runs[row].slots):
            return False
        self._chosen[row] = wanted
        self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def choose(self, start: datetime) -> int | None:
        """Chooses that start again; answers its row, None where it is no longer found."""
        for row, run in enumerate(self._runs):
            for number, slot in enumerate(run.slots):
                if slot.start == start:
                    self.shift(row, number - self._chosen[row])
                    return row
        return None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = TOP) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        slot = self.slot_at(index.row()) if index.isValid() else None
        if slot is None or self._context is None:
            return None
        if role == SlotRole:
            return slot
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return _all_names(slot, self._context)
        row, run = index.row(), self._runs[index.row()]
        words = slot_row(row, slot, run, self._context)
        if role == RowRole:
            day = "" if row in self._grouped else words.day
            reason, doubt = run.reason(self._chosen[row]), run.doubt(self._chosen[row])
            return replace(words, day=day, reason=reason, heading=self.heading(row), doubt=doubt)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            later = f", or later up to {words.latest}" if words.latest else ""
            reason = run.reason(self._chosen[row])
            good = f": {REASON_WORDS[reason]}" if reason else ""
            doubt = f". {doubted}" if (doubted := run.doubt(self._chosen[row])) else ""
            return f"{words.day} {words.setup}, {words.resources}, home {words.home}{later}{good}{doubt}"
        return None


def _by_day(runs: Sequence[StartRun], context: RowContext) -> tuple[dict[int, str], frozenset[int]]:
    """The heading over the first row of each day that has several, and all rows of such days."""
    rows: dict[date, list[int]] = {}
    for row, run in enumerate(runs):
        rows.setdefault(context.day_of(run.first.start), []).append(row)
    several = {day: found for day, found in rows.items() if len(found) > 1}
    headings = {
        found[0]: f"{wording.weekday_date(day)} · {sum(len(runs[row].slots) for row in found)} starts"
        for day, found in several.items()
    }
    return headings, frozenset(row for found in several.values() for row in found)


def _all_names(slot: Slot, context: RowContext) -> str:
    codes = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    return ", ".join(context.catalogue.resource(code).name for code in codes)
