"""Naming resources for one start. Labels in order of first appearance; each takes the best that lets the rest fit."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.slots.plan import ChainPlan


def assign(
    plan: ChainPlan, served: Sequence[dict[str, int]], cell: int, wanted: tuple[str, ...] = ()
) -> tuple[str, ...] | None:
    """One resource code a label, or None. ``served`` lists each label's resources best first, with their cells."""
    choices = [[code for code, mask in label.items() if (mask >> cell) & 1] for label in served]
    if not all(choices) or not all(any(code in some for some in choices) for code in wanted):
        return None
    chosen: list[str] = []
    return tuple(chosen) if _rest(plan, choices, chosen, frozenset(wanted)) else None


def _rest(plan: ChainPlan, choices: list[list[str]], chosen: list[str], wanted: frozenset[str]) -> bool:
    place = len(chosen)
    if place == len(choices):
        return wanted <= set(chosen)
    if not all(code in chosen or any(code in later for later in choices[place:]) for code in wanted):
        return False
    for code in choices[place]:
        if any(chosen[other] == code and (other, place) in plan.apart for other in range(place)):
            continue
        chosen.append(code)
        if _rest(plan, choices, chosen, wanted):
            return True
        chosen.pop()
    return False
