"""The blocks: time of a room or a clinician that is kept for some procedures, and who had it in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from desk_app.application.outcome import Record
from desk_app.application.reports.facts import StretchFact
from desk_app.application.reports.report import Column, Figure, Report, ReportRow, Unit, bars
from desk_app.application.reports.waiting import grouped, procedure_name
from desk_app.domain.practice import Catalogue
from desk_app.domain.report_math import share

COLUMNS = (
    Column("Block"), Column("Days", Unit.COUNT), Column("Given up", Unit.COUNT), Column("Kept", Unit.HOURS),
    Column("Used", Unit.HOURS), Column("By others", Unit.HOURS), Column("Use", Unit.SHARE),
    Column("Others", Unit.SHARE),
)  # fmt: skip
HOUR_S = 3600


class BlockStretch(NamedTuple):
    """A block on one day, where nothing blocks it out: epoch seconds ``[start, end)``."""

    resource: str
    kept_for: tuple[str, ...]
    day: date
    start: int
    end: int
    by_hand: bool
    """Released for that day by somebody, before its date came."""


class _Use(NamedTuple):
    visit: int
    seconds: int
    is_own: bool


def block_use(
    facts: Sequence[StretchFact], stretches: Sequence[BlockStretch], codes: Mapping[int, str], catalogue: Catalogue
) -> Report:
    """Hours kept, and used by the block's own procedures and by others, block by block."""
    there = grouped(facts, lambda fact: (codes.get(fact.resource_id, ""), fact.day))
    rows, sums = [], [0, 0, 0]
    for (resource, kept_for), found in grouped(stretches, lambda each: (each.resource, each.kept_for)).items():
        used = [use for each in found for use in _uses(each, there.get((resource, each.day.toordinal()), ()))]
        row, of_row = _row(_name(catalogue, resource, kept_for), found, used)
        rows.append(row)
        sums = [a + b for a, b in zip(sums, of_row, strict=True)]
    return Report(
        "blocks",
        "Blocks used",
        "Hours that sessions keep for some procedures, less what is blocked; used by visits of those, and by others "
        "once the block was released. Given up: days that somebody released by hand, before their date came.",
        COLUMNS,
        tuple(rows),
        bars(rows, Unit.SHARE, own=6, others=7),
        figure=_figure(rows, *sums),
    )


def _uses(block: BlockStretch, facts: Iterable[StretchFact]) -> list[_Use]:
    """What visits of that day took of it."""
    found = []
    for fact in facts:
        seconds = min(fact.end_s, block.end) - max(fact.start_s, block.start)
        if seconds > 0:
            found.append(_Use(fact.appointment_id, seconds, fact.procedure in block.kept_for))
    return found


def _row(name: str, found: Sequence[BlockStretch], used: Sequence[_Use]) -> tuple[ReportRow, tuple[int, int, int]]:
    days, by_hand = ({each.day for each in found if each.by_hand or not only} for only in (False, True))
    kept = sum(each.end - each.start for each in found)
    own, others = (sum(use.seconds for use in used if use.is_own is mine) for mine in (True, False))
    hours = (kept / HOUR_S, own / HOUR_S, others / HOUR_S)
    cells = (name, len(days), len(by_hand), *hours, share(own, kept), share(others, kept))
    visits = tuple(dict.fromkeys(use.visit for use in used))
    return ReportRow(cells, visits, Record.APPOINTMENT), (kept, own, others)


def _name(catalogue: Catalogue, resource: str, kept_for: Sequence[str]) -> str:
    """``Room 1: Kyphoplasty, Vertebroplasty``"""
    return f"{catalogue.resource(resource).name}: {', '.join(procedure_name(catalogue, code) for code in kept_for)}"


def _figure(rows: Sequence[ReportRow], kept: int, own: int, others: int) -> Figure:
    visits = tuple(dict.fromkeys(visit for row in rows for visit in row.records))
    told = f"{others / HOUR_S:.0f} h by others" if kept else ""
    return Figure("Blocks used", share(own, kept), Unit.SHARE, told, ReportRow((), visits, Record.APPOINTMENT))
