"""Languages as the desk writes them down, and the one a letter is written in."""

from __future__ import annotations

import pytest

from desk_app.domain.languages import LetterLanguage, language_code, language_named, letter_language


@pytest.mark.parametrize(
    "said", ["Spanish", "spanish", "es", "ES", "es-MX", "es_US", "español", "Español ", "castellano"]
)
def test_spanish_is_known_however_it_is_written(said: str) -> None:
    assert language_code(said) == "es"
    assert language_named(said) == "Spanish"
    assert letter_language(said) is LetterLanguage.SPANISH


@pytest.mark.parametrize("said", ["Hmong", "Estonian", "essential", "es por favor", "?"])
def test_other_words_are_nobodys_language_and_stay_as_they_are(said: str) -> None:
    assert language_code(said) is None
    assert language_named(said) == said
    assert letter_language(said) is LetterLanguage.ENGLISH


def test_the_first_that_says_anything_decides() -> None:
    assert letter_language("", "Spanish") is LetterLanguage.SPANISH
    assert letter_language("English", "Spanish") is LetterLanguage.ENGLISH
    assert letter_language("Portuguese", "Spanish") is LetterLanguage.ENGLISH
    assert letter_language() is LetterLanguage.ENGLISH
