"""Rules in a practice file: their keys, what is usual where a key is left out, and what is refused."""

from __future__ import annotations

import pytest

from desk_app.domain.faults import WrongInput
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate
from desk_app.domain.practice import Catalogue, Sedation
from desk_app.domain.practice_rules import (
    USUAL_CALL_RULES,
    USUAL_COVERAGE,
    USUAL_GATES,
    AnswerKind,
    CallEvent,
    CallQuestion,
    CallRule,
    CallUnit,
    CoverageRule,
    GateKind,
    ReadinessGate,
    call_rules,
    coverage_rules,
    readiness_gates,
)
from desk_app.domain.visit_parts import AlertKind
from desk_app.interop.practice_export import export
from desk_app.interop.practice_file import parse

HEAD = """[practice]
name = "P"
time_zone = "America/New_York"
[[resource]]
code = "R1"
kind = "procedure_room"
name = "Room 1"
[[procedure]]
code = "INJ"
name = "Injection"
[[procedure.phase]]
kind = "procedure"
minutes = 40
needs = { room = "procedure_room" }
[[payer]]
code = "OLD"
name = "Old Colony"
"""


def read(text: str) -> Catalogue:
    return parse((HEAD + text).encode(), "p.toml").catalogue


def again(catalogue: Catalogue) -> Catalogue:
    return parse(export(catalogue).encode(), "p.toml").catalogue


def test_without_rules_the_usual_ones_are_in_force() -> None:
    catalogue = read("")
    assert catalogue.coverage_rules + catalogue.readiness_gates + catalogue.call_rules == ()
    assert coverage_rules(catalogue) == USUAL_COVERAGE
    assert readiness_gates(catalogue) == USUAL_GATES
    assert call_rules(catalogue) == USUAL_CALL_RULES


def test_a_coverage_rule_has_every_key() -> None:
    catalogue = read(
        '[[coverage_rule]]\ncode = "OURS"\nname = "Ours"\nprocedures = ["INJ"]\ncpt = ["20610"]\npayers = ["OLD"]\n'
        "sessions = 3\nmonths = 6\ninterval_days = 21\none_region = true\nconservative_weeks = 4\nactive = true\n"
    )
    ours = CoverageRule("OURS", "Ours", ("INJ",), ("20610",), ("OLD",), 3, 6, 21, True, 4, True)
    assert catalogue.coverage_rules == (ours,)
    assert coverage_rules(catalogue) == (*USUAL_COVERAGE, ours)
    assert again(catalogue) == catalogue


def test_a_row_of_a_usual_code_keeps_what_it_does_not_say() -> None:
    catalogue = read(
        '[[coverage_rule]]\ncode = "EPIDURAL"\nsessions = 3\n[[coverage_rule]]\ncode = "FACET"\nactive = false\n'
        '[[readiness_gate]]\ncode = "fasting"\nlead_hours = 48\n'
        '[[call_rule]]\ncode = "confirmation"\nwithin = 3\n'
    )
    epidurals = next(rule for rule in USUAL_COVERAGE if rule.code == "EPIDURAL")
    assert [rule.code for rule in coverage_rules(catalogue)] == ["EPIDURAL", "AUGMENTATION"]
    assert (coverage_rules(catalogue)[0].sessions, coverage_rules(catalogue)[0].cpt) == (3, epidurals.cpt)
    fasting = readiness_gates(catalogue)[0]
    assert (fasting.code, fasting.lead_hours, fasting.sedation) == ("fasting", 48, USUAL_GATES[0].sedation)
    confirmation = call_rules(catalogue)[CallEvent.CONFIRMATION]
    assert (confirmation.within, confirmation.unit, confirmation.tries) == (3, CallUnit.BUSINESS_DAYS, 4)
    assert again(catalogue) == catalogue


def test_what_is_usual_can_be_asked_for_no_more() -> None:
    catalogue = read(
        '[[coverage_rule]]\ncode = "EPIDURAL"\nsessions = 0\n'
        '[[readiness_gate]]\ncode = "thinner"\nalert = "none"\nguided = false\nprocedures = ["INJ"]\n'
    )
    assert (catalogue.coverage_rules[0].sessions, catalogue.coverage_rules[0].one_region) == (None, True)
    assert (catalogue.readiness_gates[0].alert, catalogue.readiness_gates[0].procedures) == (None, ("INJ",))
    assert again(catalogue) == catalogue


def test_a_gate_and_a_call_have_every_key() -> None:
    catalogue = read(
        '[[readiness_gate]]\ncode = "mri"\nkind = "imaging"\nname = "MRI"\nlead_hours = 72\nprocedures = ["INJ"]\n'
        'cpt = ["22513"]\nsedation = ["mac"]\nguided = true\nalert = "pacemaker"\n'
        "food_hours = 8\nfluid_hours = 3\nactive = false\narrive_minutes = 90\n"
        '[[call_rule]]\ncode = "follow_up"\nwithin = 10\nunit = "days"\ntries = 2\n'
        "again_hours = [4, 9]\nactive = false\n"
    )
    assert catalogue.readiness_gates == (
        ReadinessGate(
            "mri",
            GateKind.IMAGING,
            "MRI",
            72,
            ("INJ",),
            ("22513",),
            (Sedation.MAC,),
            True,
            AlertKind.PACEMAKER,
            8,
            3,
            False,
            90,
        ),
    )
    assert catalogue.call_rules == (CallRule(CallEvent.FOLLOW_UP, 10, CallUnit.DAYS, 2, (4, 9), False),)
    assert CallEvent.FOLLOW_UP not in call_rules(catalogue)
    assert again(catalogue) == catalogue


def test_a_practice_asks_its_own_questions_in_a_call() -> None:
    catalogue = read(
        '[[call_rule]]\ncode = "how_are_you"\nwait_days = 3\nletter_days = 5\nquestions = [\n'
        '  { code = "pain", text = "Pain", kind = "scale", alarm = 7 },\n'
        '  { code = "walks", text = "Walks  alone", alarm = 0 },\n'
        '  { code = "else", text = "Else", kind = "words" }]\n'
    )
    rule = call_rules(catalogue)[CallEvent.HOW_ARE_YOU]
    assert (rule.wait_days, rule.letter_days) == (3, 5)
    assert rule.questions == (
        CallQuestion("pain", "Pain", AnswerKind.SCALE, 7),
        CallQuestion("walks", "Walks alone", AnswerKind.YES_NO, 0),
        CallQuestion("else", "Else", AnswerKind.WORDS),
    )
    assert again(catalogue) == catalogue
    assert call_rules(read('[[call_rule]]\ncode = "how_are_you"\nquestions = []\n'))[rule.code].questions == ()


def test_a_letter_of_the_practices_own_is_read_tidy_and_comes_back() -> None:
    catalogue = read(
        '[[letter_template]]\ncode = "preparation"\nlanguage = "es"\ntitle = " Su  visita "\n'
        'text = """\nHola {patient}:  \n\n- {visit_date}\n\n"""\n'
        '[[letter_template]]\ncode = "unreachable"\nlanguage = "en"\ntitle = "Call us"\ntext = "{practice_phone}"\n'
    )
    spanish = LetterTemplate(
        LetterKind.PREPARATION, LetterLanguage.SPANISH, "Su visita", "Hola {patient}:\n\n- {visit_date}"
    )
    assert catalogue.letter_templates[0] == spanish
    assert [letter.key for letter in catalogue.letter_templates] == ["preparation/es", "unreachable/en"]
    assert 'text = """\nHola {patient}:\n\n- {visit_date}"""' in export(catalogue)
    assert again(catalogue) == catalogue


def letter(title: str = "T", text: str = '"A"', code: str = "unreachable", language: str = "en") -> str:
    return f'[[letter_template]]\ncode = "{code}"\nlanguage = "{language}"\ntitle = "{title}"\ntext = {text}\n'


COVERAGE, GATE, CALL = ("[[coverage_rule]]\n", "[[readiness_gate]]\n", "[[call_rule]]\n")
ASKED = "call_rule.questions"
WRONG = {
    # rows after the head of 17 lines, line, key, a word of what is expected
    "strange letter": (letter(code="hello"), 19, "letter_template.code", "preparation"),
    "strange language": (letter(language="fr"), 20, "letter_template.language", "en, es"),
    "letter without a title": (letter(title=" "), 21, "letter_template.title", "not empty"),
    "letter without a text": (letter(text='"""\n"""'), 22, "letter_template.text", "says nothing"),
    "no such field": (letter(text='"""\nA\n{procedure}"""'), 22, "letter_template.text", "Line 2: there is no field"),
    "letter that names it": (letter(text='"Your INJECTION"'), 22, "letter_template.text", "Injection"),
    "letter twice": (letter() + letter(), 24, "letter_template.code", "unreachable/en stands here twice"),
    "there a day early": (
        GATE + 'code = "fasting"\narrive_minutes = 1441',
        20,
        "readiness_gate.arrive_minutes",
        "1440",
    ),
    "rule about nothing": (COVERAGE + 'code = "X"\nsessions = 2', 18, "coverage_rule.procedures", "procedures or cpt"),
    "rule that asks nothing": (COVERAGE + 'code = "X"\ncpt = ["1"]', 18, "coverage_rule.sessions", "interval_days"),
    "no procedure": (COVERAGE + 'code = "X"\nprocedures = ["XX"]', 20, "coverage_rule.procedures", "XX"),
    "no payer": (COVERAGE + 'code = "FACET"\npayers = ["XX"]', 20, "coverage_rule.payers", "XX"),
    "no month": (COVERAGE + 'code = "FACET"\nmonths = 0', 20, "coverage_rule.months", "from 1 to 120"),
    "negative": (COVERAGE + 'code = "FACET"\ninterval_days = -1', 20, "coverage_rule.interval_days", "from 0"),
    "empty name": (COVERAGE + 'code = "FACET"\nname = ""', 20, "coverage_rule.name", "not empty"),
    "rule twice": (COVERAGE + 'code = "FACET"\n' + COVERAGE + 'code = "FACET"', 21, "coverage_rule.code", "twice"),
    "strange key": (COVERAGE + 'code = "FACET"\nweeks = 6', 20, "coverage_rule.weeks", "no such key"),
    "gate of no kind": (GATE + 'code = "mri"', 18, "readiness_gate.kind", "missing"),
    "gate of a strange kind": (GATE + 'code = "mri"\nkind = "scan"', 20, "readiness_gate.kind", "imaging"),
    "gate too early": (GATE + 'code = "fasting"\nlead_hours = 9000', 20, "readiness_gate.lead_hours", "8760"),
    "strange depth": (GATE + 'code = "fasting"\nsedation = ["deep"]', 20, "readiness_gate.sedation", "moderate"),
    "strange alert": (GATE + 'code = "thinner"\nalert = "tall"', 20, "readiness_gate.alert", "pacemaker"),
    "call of no event": (CALL + 'code = "birthday"', 19, "call_rule.code", "no_show"),
    "call counted in weeks": (CALL + 'code = "no_show"\nunit = "weeks"', 20, "call_rule.unit", "business_hours"),
    "hours before a visit": (CALL + 'code = "preparation"\nunit = "business_hours"', 20, "call_rule.unit", "days"),
    "call that has to be": (CALL + 'code = "cancelled"\nactive = false', 20, "call_rule.active", "next action"),
    "never again": (CALL + 'code = "no_show"\nagain_hours = []', 20, "call_rule.again_hours", "at least one"),
    "again at once": (CALL + 'code = "no_show"\nagain_hours = [0]', 20, "call_rule.again_hours", "none of them 0"),
    "within a word": (CALL + 'code = "no_show"\nwithin = "2"', 20, "call_rule.within", "whole number"),
    "call twice": (CALL + 'code = "no_show"\n' + CALL + 'code = "no_show"', 21, "call_rule.code", "twice"),
    "no wait": (CALL + 'code = "no_show"\nwait_days = 0', 20, "call_rule.wait_days", "from 1 to 90"),
    "question without text": (CALL + 'code = "no_show"\nquestions = [{ code = "a" }]', 20, ASKED, "questions such as"),
    "question of a strange kind": (
        CALL + 'code = "no_show"\nquestions = [{ code = "a", text = "A", kind = "song" }]',
        20,
        ASKED,
        "questions such as",
    ),
    "question with a strange key": (
        CALL + 'code = "no_show"\nquestions = [{ code = "a", text = "A", loud = true }]',
        20,
        ASKED,
        "questions such as",
    ),
    "alarm beyond": (
        CALL + 'code = "no_show"\nquestions = [{ code = "a", text = "A", alarm = 2 }]',
        20,
        ASKED,
        "alarm",
    ),
    "question twice": (
        CALL + 'code = "no_show"\nquestions = [{ code = "a", text = "A" }, { code = "a", text = "B" }]',
        20,
        ASKED,
        "a code of its own",
    ),
    "one table": ('[call_rule]\ncode = "no_show"', 18, "call_rule", "[[call_rule]]"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_rule_is_refused_with_line_key_and_expectation(case: str) -> None:
    rows, line, key, expected = WRONG[case]
    with pytest.raises(WrongInput) as told:
        read(rows + "\n")
    assert (told.value.params["line"], told.value.params["key"]) == (line, key)
    assert expected in str(told.value.params["expected"])
