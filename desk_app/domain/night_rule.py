"""How many same-day patients may stay the night, and whether the beds suffice often enough.

Each visit stays with its own probability, independently: the number who stay is Poisson-binomial, computed exactly.
"""

from __future__ import annotations

from collections.abc import Iterable


def distribution(chances: Iterable[float]) -> list[float]:
    """The probability of exactly 0, 1, 2 … staying."""
    spread = [1.0]
    for chance in chances:
        grown = [*(p * (1 - chance) for p in spread), 0.0]
        for number, p in enumerate(spread):
            grown[number + 1] += p * chance
        spread = grown
    return spread


def overflow_chance(chances: Iterable[float], beds: int) -> float:
    """The probability that more than ``beds`` stay (1 where the beds are fewer than none)."""
    if beds < 0:
        return 1.0
    return min(1.0, sum(distribution(chances)[beds + 1 :]))


def kept_beds(chances: Iterable[float], risk: float) -> int:
    """The smallest number of beds such that the chance that more stay is at most ``risk``."""
    spread = distribution(chances)
    over = 0.0
    for beds in range(len(spread) - 1, 0, -1):
        over += spread[beds]
        if over > risk + ROUNDING:
            return beds
    return 0


def kept_of_groups(groups: Iterable[tuple[float, int]], risk: float) -> int:
    """:func:`kept_beds` of so many alike with one chance each: hundreds of visits cost no more than their kinds."""
    spread = [1.0]
    for chance, count in groups:
        spread = _joined(spread, _of_alike(chance, count))
    within = 0.0
    for beds, p in enumerate(spread):
        within += p
        if 1.0 - within <= risk + ROUNDING:
            return beds
    return len(spread) - 1


def _of_alike(chance: float, count: int) -> list[float]:
    """The probability of exactly 0, 1, 2 … of ``count`` staying, as far as it matters."""
    if chance <= 0.0:
        return [1.0]
    if chance >= 1.0:
        return [0.0] * count + [1.0]
    spread, within, p = [], 0.0, (1.0 - chance) ** count
    if p == 0.0:
        return distribution([chance] * count)
    for number in range(count + 1):
        spread.append(p)
        within += p
        if within > 1.0 - NOTHING and number > chance * count:
            break
        p *= (count - number) / (number + 1) * chance / (1.0 - chance)
    return spread


def _joined(left: list[float], right: list[float]) -> list[float]:
    both = [0.0] * (len(left) + len(right) - 1)
    for low, p in enumerate(left):
        for high, q in enumerate(right):
            both[low + high] += p * q
    return both


NOTHING = 1e-15
"""A chance too small to keep a bed for."""

ROUNDING = 1e-12
"""Sums of products of decimals: a chance that equals the limit on paper is within it."""
