"""Levels as somebody at the desk types them: how many, and which."""

from __future__ import annotations

import re
from enum import StrEnum

_COUNT = re.compile(r"([0-9]{1,2}) ?(?:LEVELS?|X)?")
SIDES = {"l": "L", "left": "L", "r": "R", "right": "R", "both": "both"}
_LEVEL = re.compile(r"[CTLS]\d{1,2}(?:[-–/][CTLS]?\d{1,2})?")
_REGION = re.compile(r"\b(?:[CTLS]\d{1,2}|CERV|THOR|LUMB|SACR|CAUDAL)")


class Region(StrEnum):
    """The two regions of the spine that codes and payers tell apart."""

    CERVICOTHORACIC = "cervicothoracic"
    LUMBOSACRAL = "lumbosacral"


def typed_levels(text: str) -> tuple[int, str]:
    """``2`` or ``2 levels`` → (2, ""); ``t12 l1`` → (2, "T12 L1"); ``L4-5`` → (1, "L4-5"); others → (1, words)."""
    words = text.strip().upper().replace(",", " ")
    if counted := _COUNT.fullmatch(words):
        return max(int(counted[1]), 1), ""
    found = _LEVEL.findall(words)
    if found:
        return len(found), " ".join(found)
    return 1, text.strip()


def typed_place(text: str) -> tuple[int, str, str]:
    """Levels with a side behind or before them: ``L4-5 R`` → (1, "L4-5", "R"), ``left`` → (1, "", "L"), ``2`` → 2."""
    words = text.split()
    side = next((SIDES[word.casefold()] for word in words if word.casefold() in SIDES), "")
    rest = " ".join(word for word in words if word.casefold() not in SIDES)
    count, names = typed_levels(rest)
    return count, names, side


def shown_levels(count: int, names: str) -> str:
    """What a field shows of stored levels: the names where they are known, else the number."""
    return names if names else str(count)


def shown_place(count: int, names: str, side: str) -> str:
    """What one field shows of levels and side."""
    levels = shown_levels(count, names)
    return " ".join(part for part in ("" if levels == "1" and side else levels, side) if part)


def regions_of(names: str) -> frozenset[Region]:
    """The regions of levels as they are written; none where that cannot be told.

    A level between two vertebrae belongs to the upper one (T12-L1 is thoracic), as its code does.
    """
    found = _REGION.findall(re.sub(r"[-–/][CTLS]?\d{1,2}", "", names.upper()))
    upper = {name for name in found if name[0] in "CT" and name != "CAUDAL"}
    return frozenset(Region.CERVICOTHORACIC if name in upper else Region.LUMBOSACRAL for name in found)
