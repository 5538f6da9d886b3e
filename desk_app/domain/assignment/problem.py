"""Who needs a bay or a bed and when, which places there are, and what an assignment costs.

Times are whole numbers of one unit, whichever it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from desk_app.domain.dataclass import dataclass

Span = tuple[int, int]
"""``[start, end)``"""


@dataclass(frozen=True, slots=True)
class Spot:
    """A bay or a bed, which serves one at a time and is cleaned for so long after each.

    ``room`` names the room in which the rule of sharing holds; "" where nobody minds.
    """

    code: str
    cleaning: int = 0
    room: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody's time in one place. ``broken`` has every possible place with what it breaks of rules and wishes.

    ``spans`` are the same time told several ways (as booked, as expected), as many for all: in none of them may two
    meet in one place. ``present`` is the place they have now, "" for none. Only those of one ``group`` may share a
    room; "" shares with nobody.
    """

    spans: tuple[Span, ...]
    broken: Mapping[str, int]
    present: str = ""
    group: str = ""

    @property
    def start(self) -> int:
        return min(start for start, _ in self.spans)


@dataclass(frozen=True, slots=True)
class Problem:
    """``sharing`` is what every pair counts that shares a room against the rule."""

    spots: tuple[Spot, ...]
    stretches: tuple[Stretch, ...]
    sharing: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """What counts first comes first: nobody without a place who could have one, then the rules and wishes, then as few
    changes as possible.
    """

    unplaced: int = 0
    broken: int = 0
    changed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.unplaced + other.unplaced, self.broken + other.broken, self.changed + other.changed)


Places = Mapping[int, str]
"""The place of each stretch by its number in the problem, without those that have none."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """No assignment scores less than ``bound``."""

    places: Places
    score: Score
    bound: Score

    @property
    def is_proven(self) -> bool:
        """Whether no assignment is better."""
        return self.bound == self.score


def meet(one: Sequence[Span], other: Sequence[Span], cleaning: int = 0) -> bool:
    """Whether two would be in one place at a time, in any of the ways their times are told."""
    return any(
        start < other_end + cleaning and other_start < end + cleaning
        for (start, end), (other_start, other_end) in zip(one, other, strict=True)
    )


def may_not_share(one: Stretch, other: Stretch) -> bool:
    """Whether two who are there at a time may not share a room."""
    return not (one.group and one.group == other.group) and meet(one.spans, other.spans)


def scored(problem: Problem, places: Places) -> Score:
    """What an assignment scores, counted from the problem alone.

    Raises ValueError where it breaks what no rule lets pass: an impossible place, or two at a time in one.
    """
    spots = {spot.code: spot for spot in problem.spots}
    broken = changed = 0
    for number, code in places.items():
        stretch = problem.stretches[number]
        if code not in stretch.broken:
            raise ValueError(f"place {code} is impossible for stretch {number}")
        broken += stretch.broken[code]
        changed += stretch.present not in ("", code)
    for one, other in combinations(sorted(places), 2):
        here, there = spots[places[one]], spots[places[other]]
        pair = problem.stretches[one], problem.stretches[other]
        if here.code == there.code and meet(pair[0].spans, pair[1].spans, here.cleaning):
            raise ValueError(f"two are in place {here.code} at a time: {one} and {other}")
        if here.code != there.code and here.room and here.room == there.room and may_not_share(*pair):
            broken += problem.sharing
    return Score(len(problem.stretches) - len(places), broken, changed)
