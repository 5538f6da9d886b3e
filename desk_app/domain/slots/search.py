"""The first starts at which every phase fits: bitmaps find where, then resources are named start by start."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.slots.assignment import assign, straight
from desk_app.domain.slots.calendar_of_cells import Run
from desk_app.domain.slots.cells import bits, span
from desk_app.domain.slots.masks import (
    Grounds,
    NightEnds,
    back_from,
    night_mask,
    patient_free,
    patient_mask,
    relative_mask,
    start_mask,
)
from desk_app.domain.slots.plan import ChainPlan
from desk_app.domain.slots.types import Slot, SlotPhase, SlotQuery
from desk_app.domain.zone import midnight

NightCheck = Callable[[date, bool], bool]
"""Whether the night rule allows one more such visit on a day; the flag says whether it takes a bed at its midnight.

A search that the rule does not concern has none.
"""

Masks = list[dict[str, int]]
"""For each label, resource code to the cells at which a visit served by it could begin, best resource first."""


class Search:
    """One search on one run of days."""

    def __init__(
        self, run: Run, grounds: Grounds, plan: ChainPlan, query: SlotQuery, zone: ZoneInfo, night: NightCheck | None
    ) -> None:
        self._run, self._grounds, self._plan, self._query = run, grounds, plan, query
        self._zone, self._night = zone, night
        self._places = _places(plan, query.wanted)

    def starts(self, now_s: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """(cell, resource code a label) of every fitting start, earliest first."""
        yield from self._among(start_mask(self._run, self._query, now_s, self._zone))

    def at(self, cell: int) -> tuple[str, ...] | None:
        """A resource code a label for a visit that begins at this cell; None where it does not fit."""
        best = self._best(cell)
        return best if best is not None else next((chosen for _, chosen in self._among(1 << cell)), None)

    def _best(self, cell: int) -> tuple[str, ...] | None:
        """Everybody's first choice, without a look at the others; None where it takes more to know."""
        plan = self._plan
        if plan.overnight is not None or self._night is not None:
            return None
        if not (patient_mask(self._grounds, plan, self._query) >> cell) & 1:
            return None
        served = [self._first_able(number, cell) for number in range(len(self._places))]
        return straight(plan, served, cell, self._query.wanted)

    def _first_able(self, number: int, cell: int) -> dict[str, int]:
        label = self._plan.labels[number]
        for place in self._places[number]:
            mask = relative_mask(self._grounds, label, place)
            if (mask >> cell) & 1:
                return {label.candidates[place].code: mask}
        return {}

    def _among(self, allowed: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        if not allowed or any(not places for places in self._places):
            return
        masks: Masks = [{} for _ in self._places]
        for number in sorted(range(len(masks)), key=lambda number: len(self._places[number])):
            masks[number] = self._relative(number)
            allowed &= _anybody(masks[number])
            if not allowed:
                return
        allowed &= patient_mask(self._grounds, self._plan, self._query)
        pieces = ((allowed, masks),) if self._plan.overnight is None else self._by_night(allowed, masks)
        for mask, served in pieces:
            yield from self._assigned(mask, served)

    def _relative(self, number: int) -> dict[str, int]:
        label = self._plan.labels[number]
        return {
            label.candidates[place].code: relative_mask(self._grounds, label, place) for place in self._places[number]
        }

    def _by_night(self, allowed: int, masks: Masks) -> Iterator[tuple[int, Masks]]:
        """The nights differ from day to day, so they are looked at one after the other."""
        ends = NightEnds(self._run, self._plan, self._zone)
        for number in range(self._run.days):
            day = self._run.first_day + timedelta(days=number)
            first, last = self._run.cells_of(day)
            if not (allowed >> first) & ((1 << (last - first)) - 1):
                continue
            for group in ends.of(day):
                served = self._with_night(masks, group)
                mask = allowed & span(group[0], group[1]) & _possible(served) & self._patient_at_night(group)
                if mask:
                    yield mask, served

    def _with_night(self, masks: Masks, group: tuple[int, int, int]) -> Masks:
        answer: Masks = []
        for label, places, served in zip(self._plan.labels, self._places, masks, strict=True):
            if all(leg.night == 0 for leg in label.legs):
                answer.append(served)
                continue
            able = [label.candidates[place] for place in places]
            answer.append(
                {each.code: served[each.code] & night_mask(self._grounds, label, each, group) for each in able}
            )
        return answer

    def _patient_at_night(self, group: tuple[int, int, int]) -> int:
        if not self._query.patient_busy:
            return self._grounds.full
        assert self._plan.overnight is not None
        offset = self._plan.overnight.start
        free = back_from(patient_free(self._grounds, self._query), self._run.cell_up(group[2]), group[0] + offset)
        return span(max(group[0], free - offset), group[1])

    def _assigned(self, mask: int, served: Masks) -> Iterator[tuple[int, tuple[str, ...]]]:
        plan, wanted = self._plan, self._query.wanted
        if self._night is None:
            for cell in bits(mask):
                chosen = assign(plan, served, cell, wanted)
                if chosen is not None:
                    yield cell, chosen
            return
        day, day_end, closing_s = self._run.first_day, 0, 0
        verdicts: dict[bool, bool] = {}
        for cell in bits(mask):
            if cell >= day_end:
                day, day_end = self._day_of(cell)
                closing_s = int(midnight(day + timedelta(days=1), self._zone).timestamp())
                verdicts = {}
            takes_bed = self._bed_at_midnight(cell, closing_s)
            if takes_bed not in verdicts:
                verdicts[takes_bed] = self._night(day, takes_bed)
            if verdicts[takes_bed]:
                chosen = assign(plan, served, cell, wanted)
                if chosen is not None:
                    yield cell, chosen

    def _day_of(self, cell: int) -> tuple[date, int]:
        firsts = self._run.first_cells
        low, high = 0, len(firsts) - 1
        while high - low > 1:
            middle = (low + high) // 2
            if firsts[middle] <= cell:
                low = middle
            else:
                high = middle
        return self._run.first_day + timedelta(days=low), firsts[low + 1]

    def _bed_at_midnight(self, cell: int, closing_s: int) -> bool:
        """Seconds, not cells: where the clocks change by less than a cell, a day's last cell outlasts its midnight."""
        plan = self._plan
        if plan.overnight is None or not plan.takes_bed():
            return False
        return self._run.seconds(cell + plan.overnight.start) <= closing_s


def _possible(masks: Masks) -> int:
    """Cells at which every label has somebody."""
    answer = -1
    for served in masks:
        answer &= _anybody(served)
    return answer


def _anybody(served: dict[str, int]) -> int:
    some = 0
    for mask in served.values():
        some |= mask
    return some


def _places(plan: ChainPlan, wanted: tuple[str, ...]) -> list[list[int]]:
    """For each label, which of its candidates come into question: who is wanted and can only serve it, alone."""
    places = [list(range(len(label.candidates))) for label in plan.labels]
    for code in wanted:
        able = [
            (number, place)
            for number, label in enumerate(plan.labels)
            for place, each in enumerate(label.candidates)
            if each.code == code
        ]
        if not able:
            return [[] for _ in places]
        if len(able) == 1:
            number, place = able[0]
            places[number] = [place] if place in places[number] else []
    return places


def as_slot(plan: ChainPlan, chosen: tuple[str, ...], times: Sequence[tuple[datetime, datetime]]) -> Slot:
    """The slot of a start: phases with their times and resources."""
    phases = tuple(
        [
            SlotPhase(leg.kind, start, end, {label: chosen[number] for label, number in served}, leg.beside)
            for leg, (start, end), served in zip(plan.legs, times, plan.served, strict=True)
        ]
    )
    return Slot(times[0][0], times[plan.home][1], phases)
