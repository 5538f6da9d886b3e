"""Levels as somebody at the desk types them: how many, and which."""

from __future__ import annotations

import re

_COUNT = re.compile(r"([0-9]{1,2}) ?(?:LEVELS?|X)?")
_LEVEL = re.compile(r"[CTLS]\d{1,2}(?:[-–/][CTLS]?\d{1,2})?")


def typed_levels(text: str) -> tuple[int, str]:
    """``2`` or ``2 levels`` → (2, ""); ``t12 l1`` → (2, "T12 L1"); ``L4-5`` → (1, "L4-5"); others → (1, words)."""
    words = text.strip().upper().replace(",", " ")
    if counted := _COUNT.fullmatch(words):
        return max(int(counted[1]), 1), ""
    found = _LEVEL.findall(words)
    if found:
        return len(found), " ".join(found)
    return 1, text.strip()


def shown_levels(count: int, names: str) -> str:
    """What a field shows of stored levels: the names where they are known, else the number."""
    return names if names else str(count)
