"""The practice's own letters: a manager's, undone step by step, and never lost to another desk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice, undo
from desk_app.application.use_cases.letter_templates import put_back, write
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate, template_of, usual_template
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE

KIND, SPANISH = LetterKind.UNREACHABLE, LetterLanguage.SPANISH
FIRST = LetterTemplate(KIND, SPANISH, "Llámenos", "Hola {patient}:\n\n{practice_phone}")
SECOND = replace(FIRST, text="Estimado/a {patient}:")
USUAL = usual_template(KIND, SPANISH)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, CATALOGUE)
    return desk


def letter(desk: Desk) -> LetterTemplate:
    desk.slots.catch_up(desk.queries)
    return template_of(desk.catalogue(), KIND, SPANISH)


def test_a_letter_is_written_written_again_and_put_back(desk: Desk) -> None:
    assert letter(desk) == USUAL
    write(desk, replace(FIRST, text=FIRST.text + "  \n\n"))
    assert letter(desk) == FIRST
    write(desk, SECOND, FIRST)
    assert letter(desk) == SECOND
    put_back(desk, SECOND, SECOND)
    assert letter(desk) == USUAL
    assert desk.catalogue().letter_templates == ()
    write(desk, FIRST, USUAL)
    assert letter(desk) == FIRST
    assert desk.queries.breaches(desk.now()) == ()


def test_every_step_is_taken_back_and_done_again(desk: Desk) -> None:
    steps = (FIRST, SECOND, USUAL, FIRST)
    for step in steps:
        write(desk, step)
    for step in (USUAL, SECOND, FIRST, USUAL):
        undo.undo(desk)
        assert letter(desk) == step
    for step in steps:
        undo.redo(desk)
        assert letter(desk) == step


def test_the_same_text_again_is_no_step(desk: Desk) -> None:
    assert write(desk, USUAL).undo_step is None
    assert write(desk, FIRST).undo_step is not None
    assert write(desk, replace(FIRST, title=" Llámenos ")).undo_step is None


def test_one_language_leaves_the_other_alone(desk: Desk) -> None:
    write(desk, FIRST)
    english = template_of(desk.catalogue(), KIND, LetterLanguage.ENGLISH)
    assert english == usual_template(KIND, LetterLanguage.ENGLISH)


def test_another_desk_sees_it_and_what_it_wrote_is_not_overwritten(desks: Desks, desk: Desk) -> None:
    other = desks()
    assert letter(other) == USUAL
    write(desk, FIRST, USUAL)
    with pytest.raises(Conflict, match="changed"):
        write(other, SECOND, USUAL)
    assert letter(other) == FIRST
    write(other, SECOND, FIRST)
    with pytest.raises(Conflict, match="changed"):
        undo.undo(desk)
    assert letter(desk) == SECOND


def test_only_a_manager_writes_letters(desk: Desk) -> None:
    desk.actor = replace(desk.actor, rights=frozenset())
    with pytest.raises(RuleViolation, match="letters_right"):
        write(desk, FIRST)
    with pytest.raises(RuleViolation, match="letters_right"):
        put_back(desk, FIRST)
    assert letter(desk) == USUAL


@pytest.mark.parametrize(
    ("text", "code"),
    [("{procedure}", "letter_field"), ("For your Kyphoplasty", "letter_names_procedure"), (" ", "letter_no_text")],
)
def test_what_a_letter_cannot_say_is_refused_and_nothing_changes(desk: Desk, text: str, code: str) -> None:
    with pytest.raises(RuleViolation, match=code):
        write(desk, replace(FIRST, text=text))
    assert letter(desk) == USUAL


def test_a_practice_loaded_with_letters_keeps_them_and_can_change_them(desks: Desks) -> None:
    desk = desks()
    practice.load(desk, replace(CATALOGUE, letter_templates=(FIRST,)))
    assert letter(desk) == FIRST
    put_back(desk, FIRST, FIRST)
    assert letter(desk) == USUAL
    undo.undo(desk)
    assert letter(desk) == FIRST
