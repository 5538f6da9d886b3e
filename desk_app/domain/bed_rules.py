"""Which overnight bed suits whom: what a patient wishes of it, and who may share a room.

A bed has what its capabilities say ("monitored", "oxygen", "near_nurse"); beds of one ``ward_room`` stand in one room.
The usual rules come first; a row of the practice's own with the same code takes the place of the usual one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Resource
from desk_app.domain.visit_parts import BedWish


class SharingCode(StrEnum):
    """Who may share a room."""

    ONE_SEX = "one_sex"


@dataclass(frozen=True, slots=True)
class BedRule:
    """``rooms`` are the ward rooms it holds in; without any, all of them."""

    code: SharingCode
    rooms: tuple[str, ...] = ()
    active: bool = True

    def holds_in(self, room: str) -> bool:
        return self.active and bool(room) and (not self.rooms or room in self.rooms)


USUAL_BED_RULES = (BedRule(SharingCode.ONE_SEX),)

WISH_WEIGHTS: Mapping[BedWish, int] = {BedWish.OXYGEN: 40, BedWish.MONITORED: 30, BedWish.NEAR_NURSE: 10}
"""How much it counts that a bed has not what was wished (*est.*): what keeps somebody safe before what is handy."""

SHARING_WEIGHT = 100
"""How much it counts that two share a room against the rule: more than all wishes of one patient (*est.*)."""


def bed_rules(catalogue: Catalogue) -> tuple[BedRule, ...]:
    """Those in force."""
    return _rules(catalogue.bed_rules)


@lru_cache(maxsize=4)
def _rules(own: tuple[BedRule, ...]) -> tuple[BedRule, ...]:
    by_code = {rule.code: rule for rule in (*USUAL_BED_RULES, *own)}
    return tuple(rule for rule in by_code.values() if rule.active)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who needs a bed for the night: their ``sex`` as the chart has it ("" unknown), and what they wish."""

    sex: str
    wishes: tuple[BedWish, ...] = ()


def missing_wishes(bed: Resource, guest: Guest) -> tuple[BedWish, ...]:
    """What they wish and the bed has not."""
    return tuple(wish for wish in guest.wishes if wish.value not in bed.capabilities)


def wishes_weight(bed: Resource, guest: Guest) -> int:
    """How much it counts that they would lie in that bed rather than in one that has all they wish."""
    return sum(WISH_WEIGHTS[wish] for wish in missing_wishes(bed, guest))


def is_for_one_sex(catalogue: Catalogue, bed: Resource) -> bool:
    """Whether who lies in the other beds of its room matters."""
    return SharingCode.ONE_SEX in {rule.code for rule in bed_rules(catalogue) if rule.holds_in(bed.ward_room)}


def may_share(catalogue: Catalogue, bed: Resource, guest: Guest, others: Mapping[str, Guest]) -> bool:
    """Whether they may lie there beside ``others``, by the code of their bed. An unknown sex shares with nobody."""
    if not is_for_one_sex(catalogue, bed):
        return True
    return all(
        bool(guest.sex) and other.sex == guest.sex
        for code, other in others.items()
        if code != bed.code and catalogue.resource(code).ward_room == bed.ward_room
    )


def best_bed(
    catalogue: Catalogue, free: Iterable[str], kept: Iterable[str], guest: Guest, others: Mapping[str, Guest]
) -> str | None:
    """The bed to give: one they may lie in, with the least of their wishes open, a kept one first; None without one.

    Among equals the one with the fewest capabilities that they do not need, then the practice's order.
    """
    known, ready = tuple(free), frozenset(kept)
    fit = [code for code in known if may_share(catalogue, catalogue.resource(code), guest, others)]

    def weight(code: str) -> tuple[int, bool, int, int]:
        bed = catalogue.resource(code)
        spare = len(set(bed.capabilities) - {wish.value for wish in guest.wishes})
        return wishes_weight(bed, guest), code not in ready, spare, known.index(code)

    return min(fit, key=weight, default=None)
