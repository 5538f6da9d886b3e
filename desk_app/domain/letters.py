"""Letters: which there are, what a template may say, and how it is filled in. Pure.

A template is plain text. ``# `` begins a heading, ``- `` an item, an empty line parts paragraphs. Fields stand in
braces: ``{visit_date}``. A line with a field about which nothing is known is left out, and a heading under which
nothing is left with it. ``{with escort}`` and ``{without escort}`` print nothing themselves: their line stands only
where the field is known, or is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.languages import LetterLanguage

if TYPE_CHECKING:
    from desk_app.domain.practice import Catalogue


class LetterKind(StrEnum):
    PREPARATION = "preparation"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One letter in one language; the lines of ``text`` end with a line feed."""

    kind: LetterKind
    language: LetterLanguage
    title: str
    text: str

    @property
    def key(self) -> str:
        """``preparation/es``"""
        return f"{self.kind.value}/{self.language.value}"


COMMON_FIELDS: Mapping[str, str] = {
    "patient": "patient's name",
    "today": "date of the letter",
    "practice": "the practice's name",
    "practice_phone": "the practice's phone",
    "practice_address": "the practice's address",
    "office_hours": "when the desk answers",
    "reference": "chart or request number",
}
VISIT_FIELDS: Mapping[str, str] = {
    "visit_date": "day of the visit",
    "visit_time": "time of the visit",
    "arrive_at": "when to arrive",
    "procedure": "what is planned",
    "physician": "the physician",
    "labs_on_the_day": "labs drawn on the day",
    "images": "images to bring",
    "consent": "consent to sign",
    "last_meal": "last light meal",
    "last_clear_fluids": "last clear fluids",
    "sedation": "sedation",
    "escort": "who takes the patient home",
    "blood_thinner": "blood thinner in the chart",
    "thinner_open": "plan for the blood thinner: not here yet",
    "thinner_received": "plan for the blood thinner: received",
    "thinner_told": "plan for the blood thinner: patient told",
    "thinner_held": "plan for the blood thinner: held",
    "thinner_note": "what was noted of the plan",
    "allergies": "allergies in the chart",
    "heart_device": "pacemaker or other device",
    "mobility": "help with walking",
    "rest": "how long the rest afterwards is",
    "home_at": "when the patient goes home",
    "may_stay": "may have to stay the night",
    "overnight": "a night's stay is planned",
}
FIELDS: Mapping[LetterKind, Mapping[str, str]] = {
    LetterKind.PREPARATION: {**COMMON_FIELDS, **VISIT_FIELDS},
    LetterKind.UNREACHABLE: COMMON_FIELDS,
}
"""What each letter can name, and what that is. Whoever could not be reached may share the letter box with others:
that letter never says what somebody comes for."""

EXPECTED = frozenset({*COMMON_FIELDS, "physician"})
"""What is known of every letter as a rule: it is told where one goes out without."""

LONGEST_TITLE, LONGEST_TEXT = 120, 8000
HEADING, ITEM = "# ", "- "
_FIELD = re.compile(r"\{([^{}]*)\}")


class LineKind(StrEnum):
    PLAIN = "plain"
    HEADING = "heading"
    ITEM = "item"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class LetterLine:
    kind: LineKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class FilledLetter:
    """``left_out`` are the fields for want of which a line was left out, in the template's order."""

    title: str
    lines: tuple[LetterLine, ...]
    left_out: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All it says, as plain text, with headings and items still marked."""
        marks = {LineKind.HEADING: HEADING, LineKind.ITEM: ITEM}
        return "\n".join([self.title, "", *(marks.get(line.kind, "") + line.text for line in self.lines)])


def template_of(catalogue: Catalogue, kind: LetterKind, language: LetterLanguage) -> LetterTemplate:
    """The practice's own letter, else the usual one."""
    return own_template(catalogue, kind, language) or usual_template(kind, language)


def own_template(catalogue: Catalogue, kind: LetterKind, language: LetterLanguage) -> LetterTemplate | None:
    own = (each for each in catalogue.letter_templates if each.kind is kind and each.language is language)
    return next(own, None)


def usual_template(kind: LetterKind, language: LetterLanguage) -> LetterTemplate:
    from desk_app.domain.letter_texts import USUAL_LETTERS  # much text, and seldom wanted

    return USUAL_LETTERS[kind, language]


def tidy(template: LetterTemplate) -> LetterTemplate:
    """Lines without blanks at their ends, and no empty lines around the text."""
    lines = [line.replace("\t", " ").rstrip() for line in template.text.splitlines()]
    text = "\n".join(lines).strip("\n")
    return LetterTemplate(template.kind, template.language, " ".join(template.title.split()), text)


def check(template: LetterTemplate, procedures: Iterable[str] = ()) -> None:
    """Raises RuleViolation with the ``field`` (``title`` or ``text``) that cannot be, and what is wrong with it.

    A letter to whoever could not be reached must not name any of ``procedures`` either.
    """
    for field, said, longest in (("title", template.title, LONGEST_TITLE), ("text", template.text, LONGEST_TEXT)):
        if not said.strip():
            raise RuleViolation(f"letter_no_{field}", field=field)
        if len(said) > longest:
            raise RuleViolation("letter_too_long", field=field, most=longest)
        if any((ch < " " and ch != "\n") or "\x7f" <= ch <= "\x9f" for ch in said):
            raise RuleViolation("letter_signs", field=field)
        _check_fields(template.kind, field, said)
        if template.kind is LetterKind.UNREACHABLE:
            _check_discreet(field, said, procedures)


def _check_fields(kind: LetterKind, field: str, said: str) -> None:
    for number, line in enumerate(said.split("\n"), start=1):
        for inside in _FIELD.findall(line):
            _, name = _condition(inside)
            if name not in FIELDS[kind]:
                raise RuleViolation("letter_field", field=field, name=inside, line=number)
        if re.search(r"[{}]", _FIELD.sub("", line)):
            raise RuleViolation("letter_brace", field=field, line=number)


def _check_discreet(field: str, said: str, procedures: Iterable[str]) -> None:
    from desk_app.domain.names import fold_name  # the practice is read before anybody writes a letter

    folded = f" {fold_name(said)} "
    for name in procedures:
        if (words := fold_name(name)) and f" {words} " in folded:
            raise RuleViolation("letter_names_procedure", field=field, procedure=name)


def fill(template: LetterTemplate, values: Mapping[str, str]) -> FilledLetter:
    """The letter with its fields; a field of which ``values`` says nothing is not known."""
    left_out: dict[str, None] = {}
    lines = [_line(line, values, left_out) for line in template.text.split("\n")]
    title = _line(template.title, values, left_out)
    kept = _without_gaps(_without_lone_headings([line for line in lines if line is not None]))
    return FilledLetter(title.text if title is not None else "", tuple(kept), tuple(left_out))


def _line(line: str, values: Mapping[str, str], left_out: dict[str, None]) -> LetterLine | None:
    """None where the line is left out. What kind it is, is said by the template, never by a value."""
    for inside in _FIELD.findall(line):
        condition, name = _condition(inside)
        if condition == "without":
            if values.get(name):
                return None
        elif not values.get(name):
            if not condition:
                left_out[name] = None
            return None
    bare = _FIELD.sub(lambda found: "" if _condition(found[1])[0] else found[0], line).strip()
    kind = _kind(bare)
    return LetterLine(kind.kind, _FIELD.sub(lambda found: values[found[1].strip()], kind.text))


def _condition(inside: str) -> tuple[str, str]:
    """``("with", "escort")`` of ``with escort``, ``("", "escort")`` of ``escort``."""
    first, _, rest = inside.strip().partition(" ")
    return (first, rest.strip()) if first in ("with", "without") and rest.strip() else ("", inside.strip())


def _kind(line: str) -> LetterLine:
    for mark, kind in ((HEADING, LineKind.HEADING), (ITEM, LineKind.ITEM)):
        if line.startswith(mark):
            return LetterLine(kind, line.removeprefix(mark).strip())
    return LetterLine(LineKind.PLAIN, line) if line else LetterLine(LineKind.GAP)


def _without_lone_headings(lines: list[LetterLine]) -> list[LetterLine]:
    """A heading stays only with something under it before the next one."""
    kept: list[LetterLine] = []
    has_text = False
    for line in reversed(lines):
        if line.kind is LineKind.HEADING:
            if has_text:
                kept.append(line)
            has_text = False
        else:
            has_text = has_text or line.kind is not LineKind.GAP
            kept.append(line)
    return kept[::-1]


def _without_gaps(lines: list[LetterLine]) -> list[LetterLine]:
    """One gap between paragraphs, none at the ends."""
    kept: list[LetterLine] = []
    for line in lines:
        if line.kind is LineKind.GAP and (not kept or kept[-1].kind is LineKind.GAP):
            continue
        kept.append(line)
    while kept and kept[-1].kind is LineKind.GAP:
        kept.pop()
    return kept
