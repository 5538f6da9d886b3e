"""Diagnosis codes as they are typed: ICD-10-CM by their form alone, since the list itself is published elsewhere.

A code is a letter, a digit, a digit or A or B, and up to four further letters or digits after a point (the official
guidelines for coding, section I.B.2: three to seven characters). Whether the code exists is the insurer's to say.
"""

from __future__ import annotations

import re

from desk_app.domain.faults import RuleViolation

MOST_DIAGNOSES = 12
"""As many as a professional claim (CMS-1500, box 21) has room for."""

_CODE = re.compile(r"([A-Z][0-9][0-9AB])\.?([0-9A-Z]{1,4})?")
_BETWEEN = re.compile(r"[\s,;/]+")


def typed_diagnoses(text: str) -> tuple[str, ...]:
    """The codes in their order, each once: ``m54.16, s22080a`` is ``("M54.16", "S22.080A")``.

    Raises RuleViolation ``diagnosis`` for what has not the form of a code, ``diagnoses`` for too many.
    """
    found = dict.fromkeys(_code(word) for word in _BETWEEN.split(text.strip()) if word)
    if len(found) > MOST_DIAGNOSES:
        raise RuleViolation("diagnoses", field="diagnoses", most=MOST_DIAGNOSES)
    return tuple(found)


def _code(word: str) -> str:
    match = _CODE.fullmatch(word.upper().rstrip("."))
    if match is None:
        raise RuleViolation("diagnosis", field="diagnoses", typed=word[:20])
    category, rest = match.groups()
    return f"{category}.{rest}" if rest else category
