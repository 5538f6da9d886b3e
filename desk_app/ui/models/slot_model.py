"""The starts that a search found, a row each: key, day, setup, resources, home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application import wording
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.slots import Slot
from desk_app.ui.models.request_cells import RowContext

SlotRole = int(Qt.ItemDataRole.UserRole) + 1
RowRole = int(Qt.ItemDataRole.UserRole) + 2
KEYED = 9
"""So many rows have a digit of their own."""

SHOWN = (ResourceKind.PROCEDURE_ROOM, ResourceKind.CLINICIAN, ResourceKind.C_ARM, ResourceKind.RECOVERY_BAY)


@dataclass(frozen=True, slots=True)
class SlotRow:
    """The words of a row."""

    key: str
    day: str
    setup: str
    resources: str
    home: str
    note: str


def slot_row(number: int, slot: Slot, context: RowContext) -> SlotRow:
    """``number`` counts from 0."""
    day = wording.weekday_date(context.day_of(slot.start))
    overnight = any(phase.kind is PhaseKind.OVERNIGHT for phase in slot.phases)
    home = wording.clock(slot.end, context.zone)
    return SlotRow(
        str(number + 1) if number < KEYED else "",
        day,
        wording.clock(slot.start, context.zone),
        resource_codes(slot, context),
        home,
        "stays" if overnight else ("first" if number == 0 else ""),
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
    """Rows never change one by one: a search replaces them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._slots: tuple[Slot, ...] = ()
        self._rows: tuple[SlotRow, ...] = ()
        self._names: tuple[str, ...] = ()

    def show(self, slots: Sequence[Slot], context: RowContext) -> None:
        self.beginResetModel()
        self._slots = tuple(slots)
        self._rows = tuple(slot_row(number, slot, context) for number, slot in enumerate(slots))
        self._names = tuple(_all_names(slot, context) for slot in slots)
        self.endResetModel()

    def slot_at(self, row: int) -> Slot | None:
        return self._slots[row] if 0 <= row < len(self._slots) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._slots)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role == SlotRole:
            return self._slots[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.day} {row.setup}, {row.resources}, home {row.home}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._names[index.row()]
        return None


def _all_names(slot: Slot, context: RowContext) -> str:
    codes = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    return ", ".join(context.catalogue.resource(code).name for code in codes)
