"""A free day as people ask for it in the search box: "next free Tuesday", "free fri", "next free day"."""

from __future__ import annotations

import re

from desk_app.domain.dataclass import dataclass

_WORDS = re.compile(r"(?:next |first )?free(?: (day|[a-z]{2,9}))?$")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class FreeDay:
    """``weekday`` 0 is Monday; None is any day."""

    weekday: int | None = None


def typed_free(text: str) -> FreeDay | None:
    """What is asked for, or None where the text is something else."""
    match = _WORDS.match(" ".join(text.casefold().split()))
    if match is None:
        return None
    if match[1] in (None, "day"):
        return FreeDay()
    found = [number for number, name in enumerate(_DAYS) if name.startswith(match[1])]
    return FreeDay(found[0]) if len(found) == 1 else None
