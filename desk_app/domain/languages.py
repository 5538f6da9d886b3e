"""Languages that people speak, as the desk writes them down, and the two that letters are written in."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache


class LetterLanguage(StrEnum):
    """A language that there are letters in."""

    ENGLISH = "en"
    SPANISH = "es"


LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "es": "Spanish",
    "pt": "Portuguese",
    "ht": "Haitian Creole",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "ru": "Russian",
    "ar": "Arabic",
    "pl": "Polish",
    "fr": "French",
}
"""By ISO 639-1 code; what is not among them is written in the desk's own words."""

_OTHER_WORDS: Mapping[str, str] = {
    "eng": "en",
    "ingles": "en",
    "spa": "es",
    "esp": "es",
    "espanol": "es",
    "castellano": "es",
    "castilian": "es",
    "portugues": "pt",
    "por": "pt",
    "creole haitian": "ht",
    "kreyol": "ht",
    "kreyol ayisyen": "ht",
    "tieng viet": "vi",
    "vie": "vi",
    "francais": "fr",
    "polski": "pl",
}


@lru_cache(maxsize=256)
def language_code(said: str) -> str | None:
    """``es`` for "Spanish", "español", "es" or "es-MX"; None for words that are not known."""
    from desk_app.domain.names import fold_name  # the practice is read before anybody names a language

    folded = fold_name(said)
    known = {**{name.lower(): code for code, name in LANGUAGES.items()}, **_OTHER_WORDS}
    if folded in known:
        return known[folded]
    first, _, region = folded.partition(" ")
    return first if first in LANGUAGES and len(region) in (0, 2) else None


def language_named(said: str) -> str:
    """A known language by its English name; else the words as they are."""
    code = language_code(said)
    return LANGUAGES[code] if code is not None else said


def letter_language(*said: str) -> LetterLanguage:
    """The language of a letter by the first of these that says anything; English where there is none in theirs."""
    first = next((words for words in said if words.strip()), "")
    code = language_code(first)
    return LetterLanguage.SPANISH if code == LetterLanguage.SPANISH else LetterLanguage.ENGLISH
