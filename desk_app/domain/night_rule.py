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


ROUNDING = 1e-12
"""Sums of products of decimals: a chance that equals the limit on paper is within it."""
