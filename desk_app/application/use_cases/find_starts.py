"""The list of a search: every start in runs, or the first of each of the next days, each with what is good about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.application.coverage_look import look_at_coverage
from desk_app.application.desk import Desk
from desk_app.application.start_reasons import reasons, shortest_use
from desk_app.application.start_runs import StartRun, start_runs
from desk_app.application.use_cases.find_slots import FindSlots, query_for
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery
from desk_app.domain.zone import local_date

DAYS = 10
"""So many days are listed where the first start of each is asked for."""


def find_starts(
    desk: Desk, wish: FindSlots, one_a_day: bool = False, beside: tuple[datetime, datetime] | None = None
) -> tuple[StartRun, ...]:
    """By time, with what is good and what is doubtful about each. ``beside`` is the patient's other visit of that day.

    Raises WrongInput as ``find`` does.
    """
    query = query_for(desk, wish)
    if query.days < 1:
        return ()
    index = desk.slots.index(query.first_day, query.first_day + timedelta(days=query.days))
    slots = _firsts(desk, index, query) if one_a_day else index.find(query, desk.now())
    told = reasons(slots, index.around(query, slots, desk.now()), shortest_use(desk.catalogue()), beside)
    runs = start_runs(slots, desk.catalogue(), told, _doubts(desk, wish, slots))
    return _first_of_each_day(desk, runs) if one_a_day else runs


def _doubts(desk: Desk, wish: FindSlots, slots: Sequence[Slot]) -> tuple[str, ...]:
    """What payers' rules say to each start; nothing at all where they say nothing."""
    if wish.patient_id is None or not slots:
        return ()
    days = [local_date(slot.start, desk.zone()) for slot in slots]
    payer = payer_of(desk.catalogue(), wish.payer)
    span = (min(days), max(days))
    treated = ((wish.procedure, wish.level_names), *((also.procedure, also.level_names) for also in wish.further))
    look = look_at_coverage(desk, treated, payer, wish.patient_id, span, wish.ignore_visit)
    told = tuple(look.doubt(day) for day in days)
    return told if any(told) else ()


def _firsts(desk: Desk, index: SlotIndex, query: SlotQuery) -> tuple[Slot, ...]:
    """Every start of the next days that have one."""
    found: list[Slot] = []
    end = query.first_day + timedelta(days=query.days)
    for _ in range(DAYS):
        first = index.find(replace(query, limit=1), desk.now())
        if not first:
            break
        day = local_date(first[0].start, desk.zone())
        found += index.slots_on(query, day, desk.now())
        query = _from(query, day + timedelta(days=1), end)
        if query.days < 1:
            break
    return tuple(found)


def _from(query: SlotQuery, day: date, end: date) -> SlotQuery:
    return replace(query, first_day=day, days=(end - day).days)


def _first_of_each_day(desk: Desk, runs: tuple[StartRun, ...]) -> tuple[StartRun, ...]:
    by_day: dict[date, StartRun] = {}
    for run in runs:
        by_day.setdefault(local_date(run.first.start, desk.zone()), run)
    return tuple(by_day.values())
