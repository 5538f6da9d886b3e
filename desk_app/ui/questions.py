"""A question that a use case could not answer by itself: what is asked, and the answers, each a verb."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.dataclass import dataclass
from desk_app.ui.models.comparison import Compared


@dataclass(frozen=True, slots=True)
class Answer:
    """A verb with its key; ``give`` is called with the reason typed (empty where none is asked for)."""

    verb: str
    key: str
    icon: str
    give: Callable[[str], object]
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Shown in the inspector; leaving it by Esc changes nothing. ``compared`` sets two persons side by side.

    ``reason`` and ``hint`` are the words at the field of an answer that needs a reason. ``signs`` are the icons of the
    paragraphs, where they have some.
    """

    title: str
    paragraphs: tuple[str, ...]
    answers: tuple[Answer, ...]
    compared: tuple[Compared, ...] = ()
    reason: str = "Reason for the override"
    hint: str = "kept on the visit and the sheet"
    signs: tuple[str, ...] = ()
