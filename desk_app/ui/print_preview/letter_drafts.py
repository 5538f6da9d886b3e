"""The letters that are being edited: what is stored of each, and what stands in the editor; without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from desk_app.domain.dataclass import dataclass
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import FIELDS, LetterKind, LetterTemplate, tidy, usual_template
from desk_app.domain.practice import Catalogue
from desk_app.domain.spoken_times import hours_words

Key = tuple[LetterKind, LetterLanguage]
SHOWN_ALWAYS = frozenset({"patient", "today", "visit_date", "visit_time", "arrive_at", "reference"})
"""What is known of every letter; of the rest the preview shows that it is known, or that it is not."""


@dataclass
class LetterDrafts:
    """A draft is kept for each letter until it is saved, also while another one is looked at."""

    stored: dict[Key, LetterTemplate] = field(default_factory=dict)
    typed: dict[Key, LetterTemplate] = field(default_factory=dict)

    def take_stored(self, templates: Iterable[LetterTemplate]) -> None:
        """What is in force now; what was typed stays."""
        self.stored = {(each.kind, each.language): each for each in templates}

    def at(self, key: Key) -> LetterTemplate:
        """What stands in the editor."""
        return self.typed.get(key) or self.stored[key]

    def type(self, key: Key, title: str, text: str) -> None:
        self.typed[key] = replace(self.stored[key], title=title, text=text)

    def forget(self, key: Key) -> None:
        """What was typed there is stored, or given up."""
        self.typed.pop(key, None)

    def is_changed(self, key: Key) -> bool:
        return key in self.typed and tidy(self.typed[key]) != self.stored[key]

    def changed(self) -> tuple[Key, ...]:
        """Letters that are not saved."""
        return tuple(key for key in self.typed if self.is_changed(key))

    def is_usual(self, key: Key) -> bool:
        """Whether the stored letter is the usual one, and nothing else is typed."""
        return tidy(self.at(key)) == usual_template(*key)


def shown_values(key: Key, catalogue: Catalogue, all_known: bool) -> Mapping[str, str]:
    """For the preview: the practice's own particulars, and for the rest what will stand there, ``[time of the visit]``.

    Nobody's name and no made-up date.
    """
    (kind, language), settings = key, catalogue.settings
    own = {
        "practice": settings.name,
        "practice_phone": settings.phone,
        "practice_address": settings.address,
        "office_hours": hours_words(catalogue.business_hours, language),
    }
    wanted = {name: f"[{label}]" for name, label in FIELDS[kind].items() if all_known or name in SHOWN_ALWAYS}
    return {**wanted, **own}
