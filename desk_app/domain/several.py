"""Several procedures in one sitting: one setup and one turnover, one room and one bay, one procedure after another.

The minutes of the procedures add up; of setup, turnover and recovery the longest counts. What the phases need is
joined: one room with all that any of them asks, a C-arm if any needs it, people by their label. The deepest sedation,
the longest stay and the greatest share of unplanned stays hold for the whole visit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue, Need, Phase, PhaseKind, ProcedureType, ResourceKind, Sedation, Stay

ORDER = tuple(PhaseKind)
ONE_OF_ITS_KIND = frozenset(set(ResourceKind) - {ResourceKind.CLINICIAN})
"""A sitting has one of each, whatever two procedures call it; people are told apart by their labels."""


@dataclass(frozen=True, slots=True)
class AndAlso:
    """A further procedure of a sitting, by its code."""

    procedure: str
    levels: int = 1
    level_names: str = ""
    side: str = ""


def compose(treated: Sequence[tuple[ProcedureType, int]]) -> ProcedureType:
    """One procedure made of several with their levels; the first leads. Its minutes hold for these levels alone.

    Raises RuleViolation ``not_together`` where two cannot be done in one sitting.
    """
    first, *further = treated
    if not further:
        return first[0]
    made = _fixed(*first)
    for procedure, levels in further:
        if not can_join(made, procedure):
            raise RuleViolation("not_together", procedure=first[0].name, other=procedure.name, field="also")
        made = _joined(made, _fixed(procedure, levels))
    return made


def can_join(lead: ProcedureType, other: ProcedureType) -> bool:
    """Whether both are made of the usual phases, each once and in their order, and no label means two things."""
    if other.code == lead.code or not (_is_usual(lead) and _is_usual(other)):
        return False
    labels = _labels(lead.phases)
    renamed = _renamed(lead, other)
    return all(labels.get(need.label, need.kind) is need.kind for phase in renamed for need in phase.needs)


def can_be_served(catalogue: Catalogue, procedure: ProcedureType) -> bool:
    """Whether the practice has anybody and anything for each need, at whatever time."""
    asked: dict[str, Need] = {}
    for phase in procedure.phases:
        for need in phase.needs:
            asked[need.label] = _both(asked.get(need.label, need), need)
    return all(
        any(set(need.capabilities) <= set(resource.capabilities) for resource in catalogue.of_kind(need.kind))
        for need in asked.values()
    )


def _fixed(procedure: ProcedureType, levels: int) -> ProcedureType:
    phases = tuple(replace(p, minutes=p.length(levels), minutes_per_extra_level=0) for p in procedure.phases)
    return replace(procedure, phases=phases)


def _is_usual(procedure: ProcedureType) -> bool:
    places = [ORDER.index(phase.kind) for phase in procedure.phases]
    return places == sorted(set(places)) and ORDER.index(PhaseKind.PROCEDURE) in places


def _joined(lead: ProcedureType, other: ProcedureType) -> ProcedureType:
    phases = (*lead.phases, *_renamed(lead, other))
    by_kind = [[phase for phase in phases if phase.kind is kind] for kind in ORDER]
    return replace(
        lead,
        name=f"{lead.name} + {other.name}",
        phases=tuple(_phase(found) for found in by_kind if found),
        cpt=(*lead.cpt, *other.cpt),
        cpt_extra_level=(*lead.cpt_extra_level, *other.cpt_extra_level),
        sedation=max(lead.sedation, other.sedation, key=tuple(Sedation).index),
        needs_authorization=lead.needs_authorization or other.needs_authorization,
        unplanned_stay=max(lead.unplanned_stay, other.unplanned_stay),
        overnight=max(lead.overnight, other.overnight, key=tuple(Stay).index),
        follow_up_days=tuple(sorted({*lead.follow_up_days, *other.follow_up_days})),
    )


def _phase(found: Sequence[Phase]) -> Phase:
    """One phase of all those of a kind: procedures add up, of the others the longest counts."""
    lengths = [phase.minutes for phase in found]
    untils = [phase.until for phase in found if phase.until is not None]
    needs: dict[str, Need] = {}
    for phase in found:
        for need in phase.needs:
            needs[need.label] = _both(needs.get(need.label, need), need)
    return Phase(
        found[0].kind,
        tuple(needs.values()),
        sum(lengths) if found[0].kind is PhaseKind.PROCEDURE else max(lengths),
        until=max(untils) if untils else None,
        beside=all(phase.beside for phase in found),
    )


def _both(one: Need, other: Need) -> Need:
    return replace(one, capabilities=tuple(dict.fromkeys((*one.capabilities, *other.capabilities))))


def _renamed(lead: ProcedureType, other: ProcedureType) -> tuple[Phase, ...]:
    """The other's phases, with the lead's label for what a sitting has one of."""
    own = {kind: label for label, kind in reversed(_labels(lead.phases).items()) if kind in ONE_OF_ITS_KIND}
    return tuple(
        replace(phase, needs=tuple(replace(need, label=own.get(need.kind, need.label)) for need in phase.needs))
        for phase in other.phases
    )


def _labels(phases: Iterable[Phase]) -> dict[str, ResourceKind]:
    """Every label, in the order of first appearance."""
    found: dict[str, ResourceKind] = {}
    for phase in phases:
        for need in phase.needs:
            found.setdefault(need.label, need.kind)
    return found
