"""Naming resources for one start. Labels in order of first appearance; each takes the best that lets the rest fit."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.slots.plan import ChainPlan


def assign(
    plan: ChainPlan, served: Sequence[dict[str, int]], cell: int, wanted: tuple[str, ...] = ()
) -> tuple[str, ...] | None:
    """One resource code a label, or None. ``served`` lists each label's resources best first, with their cells."""
    best = straight(plan, served, cell, wanted)
    if best is not None:
        return best
    choices = [[code for code, mask in label.items() if (mask >> cell) & 1] for label in served]
    if not all(choices) or not all(any(code in some for some in choices) for code in wanted):
        return None
    chosen: list[str] = []
    return tuple(chosen) if _rest(plan, choices, chosen, frozenset(wanted)) else None


def straight(
    plan: ChainPlan, served: Sequence[dict[str, int]], cell: int, wanted: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Each label's best without looking back; None where one finds nobody. Where it succeeds it is the answer."""
    chosen: list[str] = []
    bit = 1 << cell
    for masks, rivals in zip(served, plan.rivals, strict=True):
        for code, mask in masks.items():
            if mask & bit and not (rivals and any(chosen[rival] == code for rival in rivals)):
                chosen.append(code)
                break
        else:
            return None
    return tuple(chosen) if all(code in chosen for code in wanted) else None


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
