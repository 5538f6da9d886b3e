"""Everything the flow board says at an instant, and which of its cards somebody's typing means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application.flow_day import FlowColumn, FlowDay, column_of
from desk_app.application.read_models import FlowLine
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import fold_name
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.models.flow_cards import FlowCard, bed_cards, card_of
from desk_app.ui.models.flow_heads import SHOWN, Foot, Head, foot_of, head_of

S, C = AppointmentStatus, FlowColumn


@dataclass(frozen=True, slots=True)
class FlowWords:
    """Everything the board says at an instant."""

    cards: Mapping[FlowColumn, tuple[FlowCard, ...]]
    heads: Mapping[FlowColumn, Head]
    late_arrivals: tuple[FlowCard, ...]
    """Today's no-shows, who may come after all."""

    gone: tuple[FlowCard, ...]
    """Who went home, did not come or was cancelled today."""

    foot: Foot


def flow_words(day: FlowDay, now: datetime) -> FlowWords:
    """The board at that instant."""
    zone = zone_of(day.catalogue.settings)
    by_column: dict[FlowColumn, list[FlowLine]] = {column: [] for column in FlowColumn}
    for line in day.lines:
        by_column[column_of(line)].append(line)
    cards: dict[FlowColumn, tuple[FlowCard, ...]] = {
        column: tuple(card_of(line, day.catalogue, now, zone) for line in _in_order(column, by_column[column]))
        for column in SHOWN
        if column is not C.OVERNIGHT
    }
    cards[C.OVERNIGHT] = bed_cards(day, now, zone)
    gone = sorted(by_column[C.GONE], key=lambda line: (line.since, line.visit.appointment_id))
    told = tuple(card_of(line, day.catalogue, now, zone) for line in gone)
    return FlowWords(
        cards,
        {column: head_of(column, day, cards[column], now, zone) for column in SHOWN},
        tuple(card for card, line in zip(told, gone, strict=True) if _may_come(line, day, zone)),
        told,
        foot_of(gone, zone),
    )


def matching(cards: Iterable[FlowCard], typed: str) -> tuple[FlowCard, ...]:
    """Cards in which every typed word begins a part of the name or is the chart number."""
    words = fold_name(typed).split()
    return tuple(card for card in cards if all(_begins(word, card.found_by) for word in words))


def _begins(word: str, held: str) -> bool:
    return any(part.startswith(word) for part in held.split())


def _in_order(column: FlowColumn, lines: Iterable[FlowLine]) -> list[FlowLine]:
    """Who is expected by the time of the visit, who is here by how long they have been waiting there."""
    if column is C.EXPECTED:
        return sorted(lines, key=lambda line: (line.visit.start, line.visit.appointment_id))
    return sorted(lines, key=lambda line: (line.since, line.visit.appointment_id))


def _may_come(line: FlowLine, day: FlowDay, zone: ZoneInfo) -> bool:
    return line.status is S.NO_SHOW and local_date(line.visit.start, zone) == day.day
