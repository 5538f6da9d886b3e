"""What a template may say, and how it is filled in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.arrival import arrival
from desk_app.domain.faults import RuleViolation
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letter_texts import USUAL_LETTERS
from desk_app.domain.letters import (
    FIELDS,
    LetterKind,
    LetterTemplate,
    LineKind,
    check,
    fill,
    own_template,
    template_of,
    tidy,
    usual_template,
)
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from tests.helpers.small_practice import CATALOGUE, at

EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
PREPARATION, UNREACHABLE = LetterKind.PREPARATION, LetterKind.UNREACHABLE
EVERY = pytest.mark.parametrize("template", USUAL_LETTERS.values(), ids=lambda template: template.key)


def sheet(text: str, title: str = "Title") -> LetterTemplate:
    return LetterTemplate(PREPARATION, EN, title, text)


def told(text: str, **values: str) -> list[tuple[str, str]]:
    return [(line.kind.value, line.text) for line in fill(sheet(text), values).lines]


@EVERY
def test_every_usual_letter_can_be_filled_in_and_is_tidy(template: LetterTemplate) -> None:
    check(template, ["KYPHO", "Kyphoplasty", "Epidural"])
    assert tidy(template) == template


def test_there_is_a_usual_letter_of_each_kind_in_each_language() -> None:
    assert set(USUAL_LETTERS) == {(kind, language) for kind in LetterKind for language in LetterLanguage}


@EVERY
@given(known=st.sets(st.sampled_from(sorted(FIELDS[PREPARATION]))))
def test_whatever_is_known_no_brace_is_printed_and_no_heading_stands_alone(
    template: LetterTemplate, known: set[str]
) -> None:
    filled = fill(template, {name: f"<{name}>" for name in known})
    assert not set("{}") & set(filled.text)
    lines = [line for line in filled.lines if line.kind is not LineKind.GAP]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        assert line.text or line.kind is LineKind.GAP
        if line.kind is LineKind.HEADING:
            assert following is not None
            assert following.kind is not LineKind.HEADING


@EVERY
def test_both_languages_name_the_same_fields(template: LetterTemplate) -> None:
    other = USUAL_LETTERS[template.kind, ES if template.language is EN else EN]
    mine, theirs = (re.findall(r"\{[^}]*\}", each.text) for each in (template, other))
    assert sorted(mine) == sorted(theirs)


def test_a_line_with_an_unknown_value_is_left_out_and_said_to_be() -> None:
    assert told("Dear {patient},\nHere: {escort}", patient="Ana") == [("plain", "Dear Ana,")]
    assert fill(sheet("{escort} {patient}\n{escort}"), {}).left_out == ("escort",)


def test_a_condition_prints_nothing_and_is_no_loss() -> None:
    text = "{with sedation}{without escort}- Somebody must come."
    assert told(text, sedation="light") == [("item", "Somebody must come.")]
    assert told(text) == []
    assert told(text, sedation="light", escort="Luis") == []
    assert fill(sheet(text), {}).left_out == ()


def test_a_heading_with_nothing_under_it_goes_and_gaps_are_single() -> None:
    text = "\n\nA\n\n# One\n{escort}\n\n\n# Two\n- B\n\n"
    assert told(text) == [("plain", "A"), ("gap", ""), ("heading", "Two"), ("item", "B")]


def test_a_value_decides_nothing_but_its_words() -> None:
    assert told("{patient}", patient="# Ana {escort} - B") == [("plain", "# Ana {escort} - B")]
    assert told("- {patient}", patient="- x") == [("item", "- x")]


@pytest.mark.parametrize(
    ("text", "code", "particulars"),
    [
        ("A\nB {visitdate}", "letter_field", {"name": "visitdate", "line": 2}),
        ("{with nobody}A", "letter_field", {"name": "with nobody", "line": 1}),
        ("{}", "letter_field", {"name": "", "line": 1}),
        ("A {patient", "letter_brace", {"line": 1}),
        ("A\n} B", "letter_brace", {"line": 2}),
        ("{{patient}}", "letter_brace", {"line": 1}),
        ("", "letter_no_text", {}),
        ("a" * 9000, "letter_too_long", {"most": 8000}),
        ("a\x07", "letter_signs", {}),
    ],
)
def test_what_cannot_be_filled_in_is_refused_by_name(text: str, code: str, particulars: dict[str, object]) -> None:
    with pytest.raises(RuleViolation) as fault:
        check(sheet(text))
    assert fault.value.code == code
    assert {**fault.value.params, **particulars, "field": "text"} == fault.value.params


def test_a_title_is_checked_as_the_text_is() -> None:
    for title, code in (("", "letter_no_title"), ("{x}", "letter_field"), ("t" * 200, "letter_too_long")):
        with pytest.raises(RuleViolation, match=code) as fault:
            check(sheet("A", title))
        assert fault.value.params["field"] == "title"


def test_the_letter_to_whoever_could_not_be_reached_never_says_what_for() -> None:
    letter = LetterTemplate(UNREACHABLE, EN, "Call us", "About your {procedure}")
    with pytest.raises(RuleViolation, match="letter_field"):
        check(letter)
    with pytest.raises(RuleViolation, match="letter_names_procedure"):
        check(replace(letter, text="About your KYPHOPLASTY."), ["Kyphoplasty"])
    with pytest.raises(RuleViolation, match="letter_names_procedure"):
        check(replace(letter, title="Large joint injection", text="Call"), ["Large joint injection"])
    check(replace(letter, text="About your call"), ["Kyphoplasty", "", "call us no"])
    check(sheet("Your kyphoplasty"), ["Kyphoplasty"])


def test_the_practices_own_letter_takes_the_place_of_the_usual_one_in_its_language() -> None:
    own = LetterTemplate(PREPARATION, ES, "Suyo", "Hola {patient}")
    practice = replace(CATALOGUE, letter_templates=(own,))
    assert template_of(practice, PREPARATION, ES) == own
    assert template_of(practice, PREPARATION, EN) == usual_template(PREPARATION, EN)
    assert own_template(practice, UNREACHABLE, ES) is None


def test_a_text_is_kept_tidy() -> None:
    typed = LetterTemplate(PREPARATION, EN, "  A   b ", "\r\n\r\nOne \t\r\nTwo\rThree\n\n")
    assert tidy(typed) == LetterTemplate(PREPARATION, EN, "A b", "One\nTwo\nThree")


def test_the_longest_time_ahead_that_is_asked_holds() -> None:
    start = at("2026-12-04T10:30")
    labs = ReadinessGate("labs", GateKind.LABS, "Labs")
    fast = ReadinessGate("fasting", GateKind.FASTING, "Fasting", 24)
    assert arrival(start, ()) == at("2026-12-04T09:30")
    assert arrival(start, (fast,)) == at("2026-12-04T09:30")
    assert arrival(start, (fast, labs)) == at("2026-12-04T08:30")
    assert arrival(start, (fast, replace(labs, lead_hours=24))) == at("2026-12-04T09:30")
    assert arrival(start, (replace(fast, arrive_minutes=45),)) == at("2026-12-04T09:45")
    assert arrival(start, (replace(fast, arrive_minutes=45), replace(labs, arrive_minutes=180))) == at(
        "2026-12-04T07:30"
    )
