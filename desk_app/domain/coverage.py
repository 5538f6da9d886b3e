"""What payers usually cover, held against a patient's past and coming visits. Pure; it warns and never blocks.

A session is a day on which a region is treated. A visit whose levels say no region may be of either, and counts.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from typing import NamedTuple

from desk_app.domain.dataclass import dataclass
from desk_app.domain.levels import Region, regions_of
from desk_app.domain.practice import Catalogue, Payer, ProcedureType
from desk_app.domain.practice_rules import CoverageRule, coverage_rules

SESSIONS, INTERVAL, ONE_REGION = "coverage_sessions", "coverage_interval", "coverage_region"


class Treatment(NamedTuple):
    """What was done, or is planned, on a day; ``level_names`` as the desk wrote them."""

    day: date
    procedure: str
    level_names: str = ""

    @property
    def regions(self) -> frozenset[Region]:
        return regions_of(self.level_names)


@dataclass(frozen=True, slots=True)
class CoverageDoubt:
    """One rule that a visit would not keep; ``code`` is what is asked, ``params`` fill its sentence."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def rules_for(catalogue: Catalogue, procedure: ProcedureType, payer: Payer | None) -> tuple[CoverageRule, ...]:
    """The rules in force for a procedure and whoever pays."""
    return tuple(rule for rule in coverage_rules(catalogue) if rule.is_about(procedure) and rule.is_of(payer))


def coverage_doubts(
    catalogue: Catalogue, mine: Treatment, payer: Payer | None, others: Iterable[Treatment]
) -> tuple[CoverageDoubt, ...]:
    """What speaks against a treatment on its day; ``others`` are the patient's visits that stand, past and coming."""
    if not catalogue.has_procedure(mine.procedure):
        return ()
    found: list[CoverageDoubt] = []
    known = tuple(others)
    for rule in rules_for(catalogue, catalogue.procedure(mine.procedure), payer):
        same = tuple(other for other in known if _is_about(rule, catalogue, other.procedure))
        for look in (_sessions, _interval, _one_region):
            found += look(rule, mine, same)
    return tuple(found)


def sitting_doubts(
    catalogue: Catalogue, mine: Sequence[Treatment], payer: Payer | None, others: Iterable[Treatment]
) -> tuple[CoverageDoubt, ...]:
    """The same for all that is done in one sitting, each doubt once."""
    known, found = tuple(others), list[CoverageDoubt]()
    for each in mine:
        siblings = tuple(other for other in mine if other is not each)
        doubts = coverage_doubts(catalogue, each, payer, (*known, *siblings))
        found += [doubt for doubt in doubts if doubt not in found]
    return tuple(found)


def reminders(catalogue: Catalogue, procedure: ProcedureType, payer: Payer | None) -> tuple[CoverageRule, ...]:
    """The rules that ask for weeks of conservative care before."""
    return tuple(rule for rule in rules_for(catalogue, procedure, payer) if rule.conservative_weeks is not None)


def reach(rules: Collection[CoverageRule], day: date) -> tuple[date, date]:
    """From which day to which (both included) other visits matter to one of that day."""
    months = max((rule.months for rule in rules if rule.sessions is not None), default=0)
    days = timedelta(days=max((rule.interval_days or 0 for rule in rules), default=0))
    return min(months_after(day, -months), day - days), max(months_after(day, months), day + days)


def months_after(day: date, months: int) -> date:
    """The same day of a later (or earlier) month; its last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _is_about(rule: CoverageRule, catalogue: Catalogue, code: str) -> bool:
    """A procedure that is in the catalogue no more is known by its code alone."""
    return rule.is_about(catalogue.procedure(code)) if catalogue.has_procedure(code) else code in rule.procedures


def _sessions(rule: CoverageRule, mine: Treatment, others: tuple[Treatment, ...]) -> Iterator[CoverageDoubt]:
    if rule.sessions is None:
        return
    days = sorted({mine.day, *(other.day for other in others if _share_region(mine, other))})
    windows = [[day for day in days if months_after(last, -rule.months) < day <= last] for last in days]
    most = max((window for window in windows if mine.day in window), key=len)
    if len(most) > rule.sessions:
        words = {"count": len(most), "most": rule.sessions, "months": rule.months, "first": most[0]}
        yield CoverageDoubt(SESSIONS, {"rule": rule.name, "region": _region(mine), **words})


def _interval(rule: CoverageRule, mine: Treatment, others: tuple[Treatment, ...]) -> Iterator[CoverageDoubt]:
    if rule.interval_days is None:
        return
    near = [other.day for other in others if other.day != mine.day and _share_region(mine, other)]
    nearest = min(near, key=lambda day: abs((day - mine.day).days), default=None)
    if nearest is not None and (between := abs((nearest - mine.day).days)) < rule.interval_days:
        words = {"between": between, "days": rule.interval_days, "last": nearest}
        yield CoverageDoubt(INTERVAL, {"rule": rule.name, **words})


def _one_region(rule: CoverageRule, mine: Treatment, others: tuple[Treatment, ...]) -> Iterator[CoverageDoubt]:
    if rule.one_region:
        that_day = [other.regions for other in others if other.day == mine.day]
        if len(mine.regions.union(*that_day)) > 1:
            yield CoverageDoubt(ONE_REGION, {"rule": rule.name})


def _share_region(one: Treatment, other: Treatment) -> bool:
    return not one.regions or not other.regions or bool(one.regions & other.regions)


def _region(mine: Treatment) -> str:
    """``lumbosacral ``, or nothing where there is no one region."""
    return f"{next(iter(mine.regions))} " if len(mine.regions) == 1 else ""
