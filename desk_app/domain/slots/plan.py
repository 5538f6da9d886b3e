"""A procedure as the search needs it: what each label takes and when, in cells from the start of the visit."""

from __future__ import annotations

from datetime import time

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Need, PhaseKind, ProcedureType, Resource, ResourceKind, Stay

Span = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Leg:
    """One phase in cells from the visit's start. After an overnight phase, ``start`` and ``end`` count from its end.

    ``night`` is 0 before the overnight phase, 1 for the overnight phase itself (its ``end`` is open), 2 after it.
    """

    number: int
    kind: PhaseKind
    start: int
    end: int
    beside: bool
    until: time | None
    night: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """A label with the legs it serves and the resources that could, best first by the tie rule.

    ``spans`` are for each candidate its legs before the night: (start, end, kept until) in cells.
    """

    label: str
    legs: tuple[Leg, ...]
    candidates: tuple[Resource, ...]
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """Legs in order, labels in order of first appearance, and which labels overlap in time.

    ``rivals``: for each label, the labels before it that overlap it and could be served by the same resource.
    ``offsets``: start and end of each leg in seconds from the start; None where a night's length differs by its day.
    ``served``: for each leg its labels, each with its number. ``home``: the leg after which the patient leaves.
    """

    legs: tuple[Leg, ...]
    labels: tuple[LabelPlan, ...]
    apart: frozenset[tuple[int, int]]
    rivals: tuple[tuple[int, ...], ...]
    overnight: Leg | None
    offsets: tuple[tuple[int, int], ...] | None
    served: tuple[tuple[tuple[str, int], ...], ...]
    home: int

    def takes_bed(self) -> bool:
        return self.overnight is not None and any(
            need.kind is ResourceKind.OVERNIGHT_BED for need in self.overnight.needs
        )


def plan_chain(
    procedure: ProcedureType, levels: int, stay: Stay, cell_minutes: int, resources: tuple[Resource, ...]
) -> ChainPlan:
    """The plan of one search."""
    legs = _legs(procedure, levels, stay, cell_minutes)
    names = list(dict.fromkeys(need.label for leg in legs for need in leg.needs))
    overnight = next((leg for leg in legs if leg.night == 1), None)
    labels = tuple(_label(name, legs, resources, overnight, cell_minutes) for name in names)
    apart = _overlaps(labels)
    offsets = None if overnight is not None else _offsets(procedure, levels, stay)
    served = tuple(tuple((need.label, names.index(need.label)) for need in leg.needs) for leg in legs)
    home = max((place for place, leg in enumerate(legs) if not leg.beside), default=len(legs) - 1)
    return ChainPlan(legs, labels, apart, _rivals(labels, apart), overnight, offsets, served, home)


def _offsets(procedure: ProcedureType, levels: int, stay: Stay) -> tuple[tuple[int, int], ...]:
    """By the minute, not by the cell: a visit booked before the grid was changed keeps its own lengths."""
    offsets, at = [], 0
    for phase in procedure.booked_phases(stay):
        end = at + phase.length(levels) * 60
        offsets.append((at, end))
        at = at if phase.beside else end
    return tuple(offsets)


def _legs(procedure: ProcedureType, levels: int, stay: Stay, cell_minutes: int) -> tuple[Leg, ...]:
    legs, at, night = [], 0, 0
    for number, phase in enumerate(procedure.booked_phases(stay)):
        if phase.until is not None:
            legs.append(Leg(number, phase.kind, at, at, phase.beside, phase.until, 1, phase.needs))
            at, night = 0, 2
            continue
        cells = -(-phase.length(levels) // cell_minutes)
        legs.append(Leg(number, phase.kind, at, at + cells, phase.beside, None, night, phase.needs))
        if not phase.beside:
            at += cells
    return tuple(legs)


def _label(
    label: str, legs: tuple[Leg, ...], resources: tuple[Resource, ...], overnight: Leg | None, cell_minutes: int
) -> LabelPlan:
    mine = tuple(leg for leg in legs if any(need.label == label for need in leg.needs))
    needs = [need for leg in mine for need in leg.needs if need.label == label]
    asked = {capability for need in needs for capability in need.capabilities}
    kinds = {need.kind for need in needs}
    able = [r for r in resources if kinds == {r.kind} and asked <= set(r.capabilities)]
    able.sort(key=lambda resource: len(set(resource.capabilities) - asked))  # stable: then the file's order
    at_night = any(leg.night == 1 for leg in mine)
    next_use = overnight.start if at_night and overnight is not None else None
    before = tuple(leg for leg in mine if leg.night == 0)
    spans = tuple(_spans(before, -(-resource.turnover_minutes // cell_minutes), next_use) for resource in able)
    return LabelPlan(label, mine, tuple(able), spans)


def _spans(legs: tuple[Leg, ...], turnover: int, next_use: int | None) -> tuple[Span, ...]:
    """Legs joined where they touch; ``next_use`` cuts the last turnover."""
    joined: list[list[int]] = []
    for start, end in sorted((leg.start, leg.end) for leg in legs if leg.end > leg.start):
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    answer = []
    for place, (start, end) in enumerate(joined):
        following = joined[place + 1][0] if place + 1 < len(joined) else next_use
        kept = end + turnover
        answer.append((start, end, max(end, min(kept, following)) if following is not None else kept))
    return tuple(answer)


def _rivals(labels: tuple[LabelPlan, ...], apart: frozenset[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    codes = [{resource.code for resource in label.candidates} for label in labels]
    return tuple(
        tuple(other for other in range(place) if (other, place) in apart and codes[other] & codes[place])
        for place in range(len(labels))
    )


def _overlaps(labels: tuple[LabelPlan, ...]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (a, b)
        for a in range(len(labels))
        for b in range(len(labels))
        if a != b and any(_meet(one, two) for one in labels[a].legs for two in labels[b].legs)
    )


def _meet(one: Leg, two: Leg) -> bool:
    """Whether two legs share an instant; a leg without length meets nothing."""
    if one.number == two.number:
        return one.night == 1 or one.end > one.start
    if one.night != two.night:
        return _over_night(one, two) or _over_night(two, one)
    if one.night == 1:
        return True
    return one.start < two.end and two.start < one.end


def _over_night(before: Leg, night: Leg) -> bool:
    """A leg that runs beside the overnight phase and into it."""
    return before.night == 0 and night.night == 1 and before.end > night.start
