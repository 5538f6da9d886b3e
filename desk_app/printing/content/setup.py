"""How somebody wants a kind of sheet: which hours, rooms and fields, how large, one page each. Remembered as a text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import time

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.printing.content.plain import plain

SIZES: Mapping[str, float] = {"usual": 1.0, "larger": 1.15, "largest": 1.3}
"""How large everything is set; nothing becomes smaller than the usual, which is as small as paper may be read."""

WHAT, BORN, SEDATION, PLACE, RECOVERY = "what", "born", "sedation", "place", "recovery"
ESCORT, PAYER, NOTES, WARNINGS, TICKS = "escort", "authorization", "notes", "warnings", "ticks"
PROCEDURE, TRIES, RESULT = "procedure", "tries", "result"

_DAY = (
    (WHAT, "Procedure"),
    (SEDATION, "Sedation"),
    (BORN, "Birth date and chart"),
    (PLACE, "C-arm or room"),
    (RECOVERY, "Recovery"),
    (ESCORT, "Escort"),
    (PAYER, "Authorization"),
    (NOTES, "Notes and alerts"),
    (WARNINGS, "Before you start"),
    (TICKS, "Boxes to tick"),
)
_CALLS = ((BORN, "Birth date and chart"), (TRIES, "Tries"), (RESULT, "A line to write on"), (TICKS, "Boxes to tick"))
FIELDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "rooms": _DAY,
    "clinicians": _DAY,
    "recovery": tuple((code, name) for code, name in _DAY if code in (WHAT, BORN, ESCORT, NOTES, TICKS)),
    "calls": _CALLS,
    "calls_by_payer": _CALLS,
    "week": ((PROCEDURE, "Procedure"),),
    "changes": tuple(field for field in _DAY if field[0] != WARNINGS),
}
"""What may be left out of each kind of sheet: time and name never."""

HEADINGS: Mapping[str, ResourceKind] = {
    "rooms": ResourceKind.PROCEDURE_ROOM,
    "clinicians": ResourceKind.CLINICIAN,
    "recovery": ResourceKind.RECOVERY_BAY,
    "week": ResourceKind.PROCEDURE_ROOM,
}
"""Kinds of sheet that can be printed for some rooms, clinicians or bays alone."""

PAGE_EACH = frozenset({"rooms", "clinicians", "calls_by_payer"})
"""Kinds that can begin a page with each heading."""

TURNED = frozenset({"week"})
"""Kinds that are usually printed across the paper."""


@dataclass(frozen=True, slots=True)
class SheetSetup:
    """``first`` and ``last`` are wall clock times ``[first, last)``; ``only`` holds resource codes, empty for all."""

    first: time | None = None
    last: time | None = None
    only: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    size: str = "usual"
    page_each: bool = False
    landscape: bool = False

    def shows(self, field: str) -> bool:
        return field not in self.hidden

    @property
    def is_part(self) -> bool:
        """Whether some visits of the day may be missing."""
        return bool(self.only) or self.first is not None or self.last is not None

    @property
    def scale(self) -> float:
        return SIZES[self.size]


USUAL = SheetSetup()


def usual_setup(kind: str) -> SheetSetup:
    """What a kind of sheet looks like until somebody wants it otherwise."""
    return SheetSetup(landscape=kind in TURNED)


def checked(setup: SheetSetup, kind: str, catalogue: Catalogue) -> SheetSetup:
    """The setup. Raises WrongInput for a word that this kind of sheet does not know, or hours that end too soon."""
    heads = [each.code for each in catalogue.of_kind(HEADINGS[kind])] if kind in HEADINGS else []
    fields = [code for code, _ in FIELDS.get(kind, ())]
    for given, known in ((setup.only, heads), (setup.hidden, fields), ((setup.size,), list(SIZES))):
        for word in sorted(given):
            if word not in known:
                raise WrongInput("unknown_word", value=word, allowed=", ".join(known) or "–")
    if setup.first is not None and setup.last is not None and setup.first >= setup.last:
        raise WrongInput("sheet_hours")
    return setup


def part_told(setup: SheetSetup, kind: str, catalogue: Catalogue) -> str:
    """``only Room 1, Room 2, 08:00 to 12:00``: a part of a day must not pass for the whole of it."""
    heads = catalogue.of_kind(HEADINGS[kind]) if kind in HEADINGS else ()
    parts = [plain(head.name) for head in heads if head.code in setup.only]
    if setup.first is not None or setup.last is not None:
        begin = f"from {_clock(setup.first)}" if setup.first is not None else ""
        end = f"until {_clock(setup.last)}" if setup.last is not None else ""
        parts.append(" ".join(part for part in (begin, end) if part))
    return f"only {', '.join(parts)}" if parts else ""


def setup_text(setup: SheetSetup) -> str:
    """For whoever remembers it."""
    told = {
        "first": _clock(setup.first) if setup.first is not None else "",
        "last": _clock(setup.last) if setup.last is not None else "",
        "only": sorted(setup.only),
        "hidden": sorted(setup.hidden),
        "size": setup.size,
        "page_each": setup.page_each,
        "landscape": setup.landscape,
    }
    return json.dumps(told)


def setup_of(text: str, kind: str, catalogue: Catalogue) -> SheetSetup:
    """What was remembered; a word that means nothing any more is left out, and the usual where nothing can be read."""
    try:
        told = json.loads(text)
    except ValueError:
        return usual_setup(kind)
    if not isinstance(told, dict):
        return usual_setup(kind)
    heads = catalogue.of_kind(HEADINGS[kind]) if kind in HEADINGS else ()
    first, last = _time(told.get("first")), _time(told.get("last"))
    if first is not None and last is not None and first >= last:
        first = last = None
    size = told.get("size")
    return SheetSetup(
        first,
        last,
        _known(told.get("only"), (head.code for head in heads)),
        _known(told.get("hidden"), (code for code, _ in FIELDS.get(kind, ()))),
        size if isinstance(size, str) and size in SIZES else "usual",
        told.get("page_each") is True and kind in PAGE_EACH,
        told.get("landscape") is True,
    )


def _known(given: object, known: Iterable[str]) -> frozenset[str]:
    words = given if isinstance(given, list) else []
    return frozenset(known) & frozenset(word for word in words if isinstance(word, str))


def _time(given: object) -> time | None:
    try:
        return time.fromisoformat(given).replace(tzinfo=None) if isinstance(given, str) and given else None
    except ValueError:
        return None


def _clock(at: time) -> str:
    return f"{at.hour:02}:{at.minute:02}"
