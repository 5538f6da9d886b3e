"""What parted stays break of the one-sex rule, as rules of a linear programme that whole stays always keep.

Of a single room: each sex has at least the greatest part of one of its stays, or the sum of its parts over the beds,
and all sexes together have the room once.

Of a group of rooms for one sex: ``count`` stays of that sex on a night need a whole number of rooms, for those of
them that are in the group (mixed-integer rounding, in Nemhauser and Wolsey, "Integer and Combinatorial Optimization",
II.1.6). With rooms of ``beds`` each and ``over`` the stays that ``count`` has over a multiple of the beds: the rooms
that have the sex, and the stays outside over ``over``, are together at least ``count`` over ``beds`` rounded up.
Rooms with other beds count by the same rounding, and beds of rooms for everybody like rooms with one bed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil, floor

from desk_app.domain.beds import StayTable
from desk_app.domain.dataclass import dataclass

BROKEN = 0.02
MOST_ROOMS = 5
"""In a group: more made the bound no higher."""

MOSTLY = (0.9, 0.5)
"""Stays belong to a group if so much of them is in its rooms: each of the two is tried."""

NOTHING = 1e-9

Share = tuple[int, int, float]
"""A stay, a room and the part of the stay that is there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Parts of stays in rooms on a night, times their factors (by stay and room), are together at most ``most``."""

    night: int
    factors: dict[tuple[int, int], float]
    most: float

    @property
    def key(self) -> tuple[frozenset[tuple[tuple[int, int], float]], float]:
        """Equal for rules that are the same, whatever the night."""
        return frozenset(self.factors.items()), round(self.most, 6)


def broken_rules(
    table: StayTable, shares: Iterable[Share], pairs: Iterable[tuple[int, int]], has_groups: bool = True
) -> list[Rule]:
    """The rules that ``shares`` break, of single rooms and of groups, over the ``pairs`` of stay and room known."""
    known: dict[int, list[int]] = defaultdict(list)
    for stay, room in pairs:
        known[room].append(stay)
    by_night: dict[int, list[Share]] = defaultdict(list)
    for share in shares:
        for night in range(table.first[share[0]], table.last[share[0]] + 1):
            by_night[night].append(share)
    found: dict[object, Rule] = {}
    for night, meeting in by_night.items():
        for rule in _Night(table, night, meeting, known).rules(has_groups):
            found.setdefault(rule.key, rule)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Rounding:
    """How rooms count towards ``count`` stays in multiples of ``beds``."""

    count: int
    beds: int

    @property
    def over(self) -> int:
        return self.count % self.beds

    @property
    def rooms(self) -> int:
        return ceil(self.count / self.beds)

    def worth(self, beds: int) -> float:
        """Of a room with so many beds."""
        whole = floor(beds / self.beds)
        return whole + min(1.0, (beds - whole * self.beds) / self.over)


class _Night:
    """Who is where on one night."""

    def __init__(self, table: StayTable, night: int, meeting: Sequence[Share], known: dict[int, list[int]]) -> None:
        self._table, self._night, self._known = table, night, known
        self._parts: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
        """By room and sex."""

        self._rooms_of: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._sexes_in: dict[int, set[int]] = defaultdict(set)
        self._taken: dict[tuple[int, int], float] = {}
        for stay, room, part in meeting:
            self._parts[room, table.sex[stay]].append((part, stay))
            self._rooms_of[stay].append((room, part))
            self._sexes_in[room].add(table.sex[stay])

    def rules(self, has_groups: bool) -> Iterable[Rule]:
        mixed = [room for room, sexes in self._sexes_in.items() if len(sexes) > 1 and self._table.is_one_sex[room]]
        for room in mixed:
            yield from self._of_room(room)
            for sex in self._sexes_in[room] if has_groups else ():
                yield from self._of_group_around(room, sex)

    def _of_room(self, room: int) -> Iterable[Rule]:
        sexes = self._sexes_in[room]
        if sum(self._taken_by(room, sex) for sex in sexes) > 1 + BROKEN:
            factors: dict[tuple[int, int], float] = {}
            for sex in sexes:
                factors |= self._factors(room, sex)
            yield Rule(self._night, factors, 1.0)

    def _of_group_around(self, room: int, sex: int) -> Iterable[Rule]:
        """The group that breaks it most, grown from the room by where its stays are too."""
        group, inside = [room], defaultdict(float, {stay: part for part, stay in self._parts[room, sex]})
        worst, found = BROKEN, None
        while True:
            for mostly in MOSTLY:
                stays = [stay for stay, part in inside.items() if part >= mostly]
                for beds in {self._table.beds[each] for each in group if self._table.is_one_sex[each]}:
                    if len(stays) % beds:
                        rounding = _Rounding(len(stays), beds)
                        broken = self._broken_by(group, sex, rounding, sum(1 - inside[stay] for stay in stays))
                        if broken > worst:
                            worst, found = broken, (list(group), stays, rounding)
            further = self._further(group, inside)
            if further is None or len(group) == MOST_ROOMS:
                break
            group.append(further)
            for part, stay in self._parts[further, sex]:
                inside[stay] += part
        if found is not None:
            yield self._of_group(*found, sex)

    def _further(self, group: Sequence[int], inside: dict[int, float]) -> int | None:
        """The room outside in which those inside have most."""
        parts: dict[int, float] = defaultdict(float)
        for stay, within in inside.items():
            if within < 1 - NOTHING:
                for room, part in self._rooms_of[stay]:
                    if room not in group:
                        parts[room] += part * within
        return max(parts, key=parts.__getitem__) if parts else None

    def _broken_by(self, group: Sequence[int], sex: int, rounding: _Rounding, outside: float) -> float:
        """By how much: rooms that are missing."""
        table = self._table
        free = 0.0
        for room in group:
            others = sum(self._taken_by(room, other) for other in self._sexes_in[room] if other != sex)
            worth, count = (table.beds[room], 1) if table.is_one_sex[room] else (1, table.beds[room])
            free += rounding.worth(worth) * (count - others)
        return rounding.rooms - free - outside / rounding.over

    def _of_group(self, group: Sequence[int], stays: Sequence[int], rounding: _Rounding, sex: int) -> Rule:
        table, factors = self._table, defaultdict[tuple[int, int], float](float)
        most = rounding.count / rounding.over - rounding.rooms
        for room in group:
            is_one_sex = table.is_one_sex[room]
            worth = rounding.worth(table.beds[room] if is_one_sex else 1)
            most += worth * (1 if is_one_sex else table.beds[room])
            for other in self._sexes_in[room]:
                if other != sex:
                    for pair, factor in self._factors(room, other).items():
                        factors[pair] += worth * factor
            for stay in {*stays}.intersection(self._known[room]):
                factors[stay, room] += 1 / rounding.over
        return Rule(self._night, dict(factors), most)

    def _taken_by(self, room: int, sex: int) -> float:
        """Of a one-sex room the part that the sex has at the least; of another its beds."""
        taken = self._taken.get((room, sex))
        if taken is None:
            parts = self._parts[room, sex]
            taken = sum(part for part, _ in parts)
            if self._table.is_one_sex[room]:
                taken = max(max(parts, default=(0.0, 0))[0], taken / self._table.beds[room])
            self._taken[room, sex] = taken
        return taken

    def _factors(self, room: int, sex: int) -> dict[tuple[int, int], float]:
        """Whose parts ``_taken_by`` counts, with the factors."""
        table, parts, night = self._table, self._parts[room, sex], self._night
        if table.is_one_sex[room]:
            most, stay = max(parts)
            if most >= sum(part for part, _ in parts) / table.beds[room]:
                return {(stay, room): 1.0}
        factor = 1 / table.beds[room] if table.is_one_sex[room] else 1.0
        here = (stay for stay in self._known[room] if table.sex[stay] == sex)
        return {(stay, room): factor for stay in here if table.first[stay] <= night <= table.last[stay]}
