"""Which CPT codes, with how many units, stand for a procedure on so many levels.

Where a procedure has a code for either region of the spine the cervicothoracic one comes first, as in CPT's own
order; its further levels have theirs in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.levels import Region, regions_of
from desk_app.domain.practice import ProcedureType

PER_REGION = len(Region)
CodeUnits = tuple[str, int]


def codes_for(procedure: ProcedureType, levels: int, level_names: str = "") -> tuple[CodeUnits, ...]:
    """The first level's code and those of the further ones; by the region of the levels where it is told."""
    first = _of_region(procedure.cpt, level_names)[:1]
    further = _of_region(procedure.cpt_extra_level, level_names)
    return (*((code, 1) for code in first), *_further(further, levels - 1))


def _further(codes: Sequence[str], levels: int) -> tuple[CodeUnits, ...]:
    """One code a further level where there are several (second, third); the last serves for all that remain."""
    if not codes or levels <= 0:
        return ()
    used = codes[:levels]
    return (*((code, 1) for code in used[:-1]), (used[-1], levels - len(used) + 1))


def fits_codes(approved: Sequence[str], procedure: ProcedureType, levels: int, level_names: str = "") -> bool:
    """Whether these codes are good for it: one for the first level, and one for the further ones where there are any.

    Where the region is told the code is that of the region. A procedure without codes is held against none.
    """
    known = set(approved)
    first, further = (
        _of_region(codes, level_names) if _told(level_names) else tuple(codes)
        for codes in (procedure.cpt, procedure.cpt_extra_level)
    )
    lacks_first = bool(first) and not known.intersection(first)
    lacks_further = levels > 1 and bool(further) and not known.intersection(further)
    return not approved or not (lacks_first or lacks_further)


def codes_text(codes: Sequence[CodeUnits]) -> str:
    """``22514, 22515 × 2``"""
    return ", ".join(code if units == 1 else f"{code} × {units}" for code, units in codes)


def _told(level_names: str) -> bool:
    return len(regions_of(level_names)) == 1


def _of_region(codes: Sequence[str], level_names: str) -> tuple[str, ...]:
    """Those of the region; where the levels lie in both, of the upper one, whose code the first level has."""
    regions = regions_of(level_names)
    if len(codes) < PER_REGION or len(codes) % PER_REGION or not regions:
        return tuple(codes)
    half = len(codes) // PER_REGION
    return tuple(codes[:half] if Region.CERVICOTHORACIC in regions else codes[half:])
