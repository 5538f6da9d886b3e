"""A letter as values: the practice's head, the title, the lines, the foot. Every text is plain and on one line."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.desk import Desk
from desk_app.application.use_cases.letters import LetterDraft
from desk_app.domain.dataclass import dataclass
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import FilledLetter, LetterKind, LetterLine
from desk_app.domain.practice import Settings
from desk_app.domain.spoken_times import day_words
from desk_app.domain.zone import local_date
from desk_app.printing.content.plain import plain

VERSION: Mapping[LetterLanguage, str] = {
    LetterLanguage.ENGLISH: "Version {version}, {day}",
    LetterLanguage.SPANISH: "Versión {version}, {day}",
}
PAGE: Mapping[LetterLanguage, str] = {
    LetterLanguage.ENGLISH: "Page {page} of {pages}",
    LetterLanguage.SPANISH: "Página {page} de {pages}",
}
NAMES: Mapping[LetterKind, str] = {
    LetterKind.PREPARATION: "Preparation sheet",
    LetterKind.UNREACHABLE: "Letter",
}


@dataclass(frozen=True, slots=True)
class LetterContent:
    """``page_told`` has the fields ``page`` and ``pages``. ``file_title`` names no patient."""

    practice: str
    contact: tuple[str, ...]
    title: str
    whose: str
    lines: tuple[LetterLine, ...]
    foot: str
    page_told: str
    file_title: str


def letter_content(desk: Desk, draft: LetterDraft) -> LetterContent:
    """The letter as it goes on paper."""
    day = day_words(local_date(draft.made_at, desk.zone()), draft.language)
    foot = VERSION[draft.language].format(version=draft.version, day=day)
    settings = desk.catalogue().settings
    return content_of(settings, draft.filled, draft.language, draft.whose, foot, file_title_of(draft))


def content_of(
    settings: Settings, filled: FilledLetter, language: LetterLanguage, whose: str, foot: str, file_title: str
) -> LetterContent:
    """Any filled letter on the practice's paper."""
    return LetterContent(
        plain(settings.name),
        tuple(plain(text) for text in (settings.address, settings.phone) if text.strip()),
        plain(filled.title),
        plain(whose),
        tuple(LetterLine(line.kind, plain(line.text)) for line in filled.lines),
        foot,
        PAGE[language],
        file_title,
    )


def file_title_of(draft: LetterDraft) -> str:
    """``Preparation sheet, visit 12, version 1``"""
    about = (("visit", draft.appointment_id), ("request", draft.request_id), ("chart", draft.patient_id))
    named = next((f", {word} {number}" for word, number in about if number is not None), "")
    return f"{NAMES[draft.kind]}{named}, version {draft.version}"
