"""What is missing for today and the next two business days, and of the days before who was never noted, in groups.

Each row leads to its visit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desk_app.application import wording
from desk_app.application.flow_day import FlowDay, Missing, MissingKind, missing
from desk_app.application.gate_words import state_words
from desk_app.application.read_models import FlowLine
from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.models.flow_cards import MISSING_ICONS, short_name, thinner_of

RowRole = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()
TITLES = {
    MissingKind.OUTCOME: "Came, or not?",
    MissingKind.CONFIRMATION: "Not confirmed",
    MissingKind.AUTHORIZATION: "No authorization",
    MissingKind.ESCORT: "No escort",
    MissingKind.THINNER: "Blood thinner open",
}
OPEN = Missing(MissingKind.OUTCOME)
DAYS_OF_A_NAME = 6
"""So long a weekday's name tells which one is meant."""


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A visit that is short of something: when it is, who comes, and how far it is."""

    visit: int
    when: str
    name: str
    more: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.when, self.name, self.more) if part)


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """All that are short of the same; never without a row."""

    kind: MissingKind
    icon: str
    title: str
    rows: tuple[MissingRow, ...]


def missing_groups(day: FlowDay, now: datetime) -> tuple[MissingGroup, ...]:
    """The groups that have rows, in order; rows by the time of the visit."""
    zone = zone_of(day.catalogue.settings)
    rows: dict[MissingKind, list[MissingRow]] = {kind: [] for kind in TITLES}
    rows[MissingKind.OUTCOME] = [_row(OPEN, line, day, now, zone) for line in day.left_open]
    lines = sorted((*day.lines, *day.ahead), key=lambda line: (line.visit.start, line.visit.appointment_id))
    for line in lines:
        for each in missing(line, day.catalogue):
            if each.kind in rows:
                rows[each.kind].append(_row(each, line, day, now, zone))
    return tuple(
        MissingGroup(kind, MISSING_ICONS[kind], title, tuple(rows[kind]))
        for kind, title in TITLES.items()
        if rows[kind]
    )


def _row(each: Missing, line: FlowLine, day: FlowDay, now: datetime, zone: ZoneInfo) -> MissingRow:
    on = local_date(line.visit.start, zone)
    when = wording.clock(line.visit.start, zone) if on == day.day else wording.weekday_date(on)[:3]
    if (day.day - on).days > DAYS_OF_A_NAME:
        when = wording.day_month(on)
    return MissingRow(line.visit.appointment_id, when, short_name(line), _more(each, line, day, now, zone))


def _more(each: Missing, line: FlowLine, day: FlowDay, now: datetime, zone: ZoneInfo) -> str:
    if each.kind is MissingKind.OUTCOME:
        return f"{wording.clock(line.visit.start, zone)}, {line.visit.procedure_name}"
    if each.kind is MissingKind.CONFIRMATION:
        return _tries(line, day, now, zone)
    if each.kind is MissingKind.AUTHORIZATION:
        word = wording.AUTHORIZATION_WORDS.get(line.visit.authorization, line.visit.authorization) or "none"
        return f"{word}, not good for it" if line.visit.lack is not None else word
    if each.kind is MissingKind.ESCORT:
        return wording.SEDATION_WORDS.get(line.visit.sedation, "")
    gate = each.gate
    state = state_words(gate.kind, each.state) if gate is not None else ""
    return f"{thinner_of(line)}, {state}"


def _tries(line: FlowLine, day: FlowDay, now: datetime, zone: ZoneInfo) -> str:
    """``1 try, again 11:00``"""
    if line.tries is None:
        return "no call is open"
    told = wording.count(line.tries, "try", "tries") if line.tries else "not called yet"
    due = line.call_due
    is_later = due is not None and due > now and local_date(due, zone) == day.day
    return f"{told}, again {wording.clock(due, zone)}" if due is not None and is_later and line.tries else told


class MissingModel(QAbstractListModel):
    """The rows of one group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[MissingRow, ...] = ()

    def show(self, rows: tuple[MissingRow, ...]) -> None:
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_at(self, index: Index) -> MissingRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None
