"""The wall display: where patients are, by initials or number, without a name, a procedure or a place."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.application.flow_day import FlowColumn, FlowDay, column_of
from desk_app.application.read_models import FlowLine
from desk_app.domain.dataclass import dataclass
from desk_app.ui.models.flow_heads import TITLES

C = FlowColumn
ON_THE_WALL = (C.ARRIVED, C.READY, C.IN_PROCEDURE, C.IN_RECOVERY, C.GOING_HOME, C.OVERNIGHT)


@dataclass(frozen=True, slots=True)
class WallColumn:
    """A status in words, and who is in it, as somebody who waits for them would know them."""

    icon: str
    title: str
    people: tuple[str, ...]


def wall_columns(day: FlowDay, by_number: bool) -> tuple[WallColumn, ...]:
    """Who has been longest in a status stands first, so that nobody is found by the time of a visit."""
    return tuple(_column(column, day.lines, by_number) for column in ON_THE_WALL)


def _column(column: FlowColumn, lines: Sequence[FlowLine], by_number: bool) -> WallColumn:
    icon, title = TITLES[column]
    here = sorted((line for line in lines if column_of(line) is column), key=lambda line: line.since)
    return WallColumn(icon, title, tuple(_sign(line, by_number) for line in here))


def _sign(line: FlowLine, by_number: bool) -> str:
    """``M. O.``, or the visit's number."""
    visit = line.visit
    if by_number:
        return str(visit.appointment_id)
    return " ".join(f"{name.strip()[0].upper()}." for name in (visit.given, visit.family) if name.strip())
