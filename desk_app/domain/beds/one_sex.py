"""Which sex a one-sex room is best kept for, night by night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desk_app.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """A stay that would like the room, and how much it would be worth."""

    first: int
    last: int
    sex: int
    worth: float

    def is_met_by(self, sexes: Sequence[int]) -> bool:
        """Whether all its nights have its sex."""
        return all(sex == self.sex for sex in sexes[self.first : self.last + 1])


def kept_for(wishes: Iterable[Wish], nights: int, sexes: int) -> list[int]:
    """A sex for each night, so that the wishes that find their own sex on all their nights are worth the most.

    For each last night the best of all first nights of the stretch that ends there, with the best of what was before.
    """
    ending: list[list[Wish]] = [[] for _ in range(nights)]
    for wish in wishes:
        ending[wish.last].append(wish)
    best = [0.0]
    stretches: list[tuple[int, int]] = []
    worth: list[list[float]] = [[] for _ in range(sexes)]
    for night in range(nights):
        for by_first in worth:
            by_first.append(best[night])
        for wish in ending[night]:
            by_first = worth[wish.sex]
            for first in range(wish.first + 1):
                by_first[first] += wish.worth
        value, sex = max((max(by_first), -sex) for sex, by_first in enumerate(worth))
        best.append(value)
        stretches.append((worth[-sex].index(value), -sex))
    found, night = [0] * nights, nights - 1
    while night >= 0:
        first, sex = stretches[night]
        found[first : night + 1] = [sex] * (night + 1 - first)
        night = first - 1
    return found
