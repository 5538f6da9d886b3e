"""A card as words: what the inspector shows of a visit, a request or a patient, before any widget exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.dataclass import dataclass

if TYPE_CHECKING:
    from desk_app.ui.models.comparison import Compared


@dataclass(frozen=True, slots=True)
class Action:
    """Something the card offers. ``code`` is what it does, ``key`` the key that does it."""

    code: str
    text: str
    key: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line; ``role`` is a colour role of the theme."""

    label: str
    text: str
    icon: str = ""
    role: str = "text"


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of a visit: its swatch, word, time range and resources."""

    kind: str
    word: str
    times: str
    resources: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """A chip; ``tone`` is ``neutral``, ``warn`` or ``bad``; ``spoken`` is what it means in full."""

    text: str
    icon: str = ""
    tone: str = "neutral"
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The live word of a record, with its icon, since when, and what else belongs to it."""

    word: str
    icon: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is, as shares of the whole, with the words under its beginning, its mark and its end."""

    done: float
    begin: str
    end: str
    mark: float | None = None
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list: who, where, when."""

    name: str
    place: str
    at: str


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the card under a caption. ``tone`` ``warn`` gives it the amber ground."""

    title: str = ""
    headline: str = ""
    headline_more: str = ""
    facts: tuple[Fact, ...] = ()
    phases: tuple[PhaseRow, ...] = ()
    paragraphs: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    icon: str = ""
    tone: str = "plain"
    status: Status | None = None
    compared: tuple[Compared, ...] = ()
    progress: Progress | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class CardContent:
    """The whole card: who, what stands out, sections, and at most one primary action."""

    name: str
    subtitle: str = ""
    phone: str = ""
    phone_more: str = ""
    badge: ChipSpec | None = None
    chips: tuple[ChipSpec, ...] = ()
    sections: tuple[Section, ...] = ()
    primary: Action | None = None
    secondary: tuple[Action, ...] = ()
