"""Which overnight bed suits whom: what a patient wishes of it, and who may share a room.

A bed has what its capabilities say ("monitored", "oxygen", "near_nurse"); beds of one ``ward_room`` stand in one room.
The usual rules come first; a row of the practice's own with the same code takes the place of the usual one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

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


def may_share(catalogue: Catalogue, bed: Resource, guest: Guest, others: Mapping[str, Guest]) -> bool:
    """Whether they may lie there beside ``others``, by the code of their bed. An unknown sex shares with nobody."""
    if SharingCode.ONE_SEX not in {rule.code for rule in bed_rules(catalogue) if rule.holds_in(bed.ward_room)}:
        return True
    return all(
        bool(guest.sex) and other.sex == guest.sex
        for code, other in others.items()
        if code != bed.code and catalogue.resource(code).ward_room == bed.ward_room
    )


def best_bed(
    catalogue: Catalogue, free: Iterable[str], kept: Iterable[str], guest: Guest, others: Mapping[str, Guest]
) -> str | None:
    """The bed to give: one they may lie in, with the fewest wishes open, a kept one first; None where there is none.

    Among equals the one with the fewest capabilities that they do not need, then the practice's order.
    """
    known, ready = tuple(free), frozenset(kept)
    fit = [code for code in known if may_share(catalogue, catalogue.resource(code), guest, others)]

    def weight(code: str) -> tuple[int, bool, int, int]:
        bed = catalogue.resource(code)
        spare = len(set(bed.capabilities) - {wish.value for wish in guest.wishes})
        return len(missing_wishes(bed, guest)), code not in ready, spare, known.index(code)

    return min(fit, key=weight, default=None)
