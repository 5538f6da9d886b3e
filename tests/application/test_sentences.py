"""Every fault says what happened, and who it was where that is known."""

from __future__ import annotations

from desk_app.application.sentences import SENTENCES, sentence


def test_a_lost_race_names_who_was_faster_where_it_is_known() -> None:
    assert sentence("changed", {"who": "M. Lindahl"}) == "M. Lindahl has changed this meanwhile. It is shown anew."
    assert sentence("changed") == "Somebody else has changed this meanwhile. It is shown anew."


def test_an_unknown_code_is_shown_rather_than_hidden() -> None:
    assert sentence("some_new_code") == "some new code."


def test_a_missing_particular_never_breaks_a_refusal() -> None:
    for code in SENTENCES:
        assert sentence(code)


def test_what_somebody_typed_is_filled_in_to_the_letter() -> None:
    assert "{procedure}" in sentence("unknown_procedure", {"procedure": "{procedure}"})
