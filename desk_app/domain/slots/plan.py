"""A procedure as the search needs it: what each label takes and when, in cells from the start of the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from desk_app.domain.practice import Need, PhaseKind, ProcedureType, Resource, ResourceKind, Stay


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
    """A label with the legs it serves and the resources that could, best first by the tie rule."""

    label: str
    legs: tuple[Leg, ...]
    candidates: tuple[Resource, ...]


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """Legs in order, labels in order of first appearance, and which labels overlap in time."""

    legs: tuple[Leg, ...]
    labels: tuple[LabelPlan, ...]
    apart: frozenset[tuple[int, int]]
    overnight: Leg | None

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
    labels = tuple(_label(name, legs, resources) for name in names)
    overnight = next((leg for leg in legs if leg.night == 1), None)
    return ChainPlan(legs, labels, _overlaps(labels), overnight)


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


def _label(label: str, legs: tuple[Leg, ...], resources: tuple[Resource, ...]) -> LabelPlan:
    mine = tuple(leg for leg in legs if any(need.label == label for need in leg.needs))
    needs = [need for leg in mine for need in leg.needs if need.label == label]
    asked = {capability for need in needs for capability in need.capabilities}
    kinds = {need.kind for need in needs}
    able = [r for r in resources if kinds == {r.kind} and asked <= set(r.capabilities)]
    able.sort(key=lambda resource: len(set(resource.capabilities) - asked))  # stable: then the file's order
    return LabelPlan(label, mine, tuple(able))


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
