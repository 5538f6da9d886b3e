"""How long patients wait, and how long payers take: the practice's promise in figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from desk_app.application.outcome import Record
from desk_app.application.reports.facts import DecisionFact, WaitFact
from desk_app.application.reports.report import (
    Chart,
    ChartKind,
    Column,
    Figure,
    Period,
    Report,
    ReportRow,
    Unit,
    bars,
    number,
)
from desk_app.domain.practice import Catalogue
from desk_app.domain.report_math import median, percentile, share, week_of, weeks
from desk_app.domain.statuses import AuthorizationStatus

DAY_S = 86_400
NOBODY = "No payer"
WAIT = (
    Column("Payer or procedure"),
    Column("Visits", Unit.COUNT),
    Column("Median", Unit.DAYS),
    Column("9 of 10", Unit.DAYS),
)
GRANTED = (AuthorizationStatus.APPROVED, AuthorizationStatus.APPROVED_IN_PART, AuthorizationStatus.USED)
FactT = TypeVar("FactT")
KeyT = TypeVar("KeyT")


def waiting(facts: Sequence[WaitFact], period: Period, payers: Mapping[int, str], catalogue: Catalogue) -> Report:
    """Days from request to visit, over all, by payer and by procedure, with the median of each week."""
    everybody = [_wait_row("All visits", facts)] if facts else []
    by_payer = grouped(facts, lambda fact: payers.get(fact.payer_id or 0, NOBODY))
    by_procedure = grouped(facts, lambda fact: procedure_name(catalogue, fact.procedure))
    rows = [_wait_row(name, found) for groups in (by_payer, by_procedure) for name, found in ordered(groups)]
    by_week = grouped(facts, lambda fact: week_of(date.fromordinal(fact.day)))
    mondays = weeks(period.first, period.last)
    line = tuple(median([_waited(fact) for fact in by_week.get(monday, ())]) for monday in mondays)
    return Report(
        "waiting",
        "From request to visit",
        "Days from the request's coming in to the start of the visit that took place in the period. "
        "Half of the patients waited no longer than the median; nine of ten no longer than the last column.",
        WAIT,
        (*everybody, *rows),
        Chart(ChartKind.LINE, week_names(mondays), {"median": line}, Unit.DAYS) if facts else None,
        _promise(facts),
        Figure("Request to visit, median", median([_waited(fact) for fact in facts]), Unit.DAYS, behind=everybody[0])
        if facts
        else Figure("Request to visit, median", None, Unit.DAYS),
    )


def decisions(facts: Sequence[DecisionFact], payers: Mapping[int, str]) -> Report:
    """How long payers take, how often they are called, and how often they say yes."""
    columns = (
        Column("Payer"), Column("Decided", Unit.COUNT), Column("Median", Unit.DAYS), Column("9 of 10", Unit.DAYS),
        Column("Contacts each", Unit.COUNT), Column("Approved", Unit.SHARE),
    )  # fmt: skip
    groups = grouped(facts, lambda fact: payers.get(fact.payer_id or 0, NOBODY))
    rows = [_decision_row(name, found) for name, found in ordered(groups)]
    chart = bars(rows, Unit.DAYS, median=2)
    contacts = f"{sum(fact.contacts for fact in facts) / len(facts):.1f} contacts each" if facts else ""
    every = _decision_row("All payers", facts) if facts else ReportRow(("All payers", 0, None))
    middle = every.cells[2]
    return Report(
        "authorizations",
        "How long payers take",
        "Days from submission to the payer's decision, of authorizations decided in the period. Contacts are calls and "
        "messages logged with the payer. Approved counts approvals in part too.",
        columns,
        tuple(rows),
        chart,
        figure=Figure("Authorization decided", number(middle), Unit.DAYS, contacts, every),
    )


def grouped(facts: Iterable[FactT], key: Callable[[FactT], KeyT]) -> dict[KeyT, list[FactT]]:
    """By key, in the order in which keys come first."""
    found: dict[KeyT, list[FactT]] = {}
    for fact in facts:
        found.setdefault(key(fact), []).append(fact)
    return found


def ordered(groups: Mapping[str, list[FactT]]) -> list[tuple[str, list[FactT]]]:
    """The largest first."""
    return sorted(groups.items(), key=lambda each: (-len(each[1]), each[0]))


def procedure_name(catalogue: Catalogue, code: str) -> str:
    """As the catalogue has it now; the code where it has it no more."""
    return catalogue.procedure(code).name if catalogue.has_procedure(code) else code


def week_names(mondays: Iterable[date]) -> tuple[str, ...]:
    return tuple(monday.isoformat() for monday in mondays)


def _waited(fact: WaitFact) -> float:
    return max(0, fact.start_s - fact.received_s) / DAY_S


def _wait_row(name: str, facts: Sequence[WaitFact]) -> ReportRow:
    waited = [_waited(fact) for fact in facts]
    cells = (name, len(facts), median(waited), percentile(waited, 0.9))
    numbers = tuple(fact.appointment_id for fact in facts)
    return ReportRow(cells, numbers, Record.APPOINTMENT, tuple(waited), Unit.DAYS)


def _promise(facts: Sequence[WaitFact]) -> str:
    middle = median([_waited(fact) for fact in facts])
    return f"Half of {len(facts)} patients waited {middle:.1f} days or less." if middle is not None else ""


def _decision_row(name: str, facts: Sequence[DecisionFact]) -> ReportRow:
    timed = [fact for fact in facts if fact.submitted_s is not None]
    took = [(fact.decided_s - (fact.submitted_s or 0)) / DAY_S for fact in timed]
    granted = sum(fact.status in GRANTED for fact in facts)
    contacts = sum(fact.contacts for fact in facts) / len(facts)
    cells = (name, len(facts), median(took), percentile(took, 0.9), contacts, share(granted, len(facts)))
    numbers = tuple(fact.authorization_id for fact in facts)
    values = tuple(took) if len(took) == len(facts) else ()
    return ReportRow(cells, numbers, Record.AUTHORIZATION, values, Unit.DAYS)
