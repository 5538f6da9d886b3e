"""How alike two persons are, from 0 to 100, and in what they differ: to offer a known chart, never to decide.

The weights are ours: a name counts 45, a birth date 35, a phone 20; what one side lacks counts for nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import fold_name, sound_key
from desk_app.domain.records import Phone

NEAR_MATCH = 70
"""From here on two persons are shown as perhaps the same."""

NAME_WEIGHT, BIRTH_WEIGHT, PHONE_WEIGHT = 45, 35, 20
SOUNDS_ALIKE = 0.85
"""Likeness of two family names that only sound alike."""


@dataclass(frozen=True, slots=True)
class Person:
    """What likeness is judged from; ``phones`` are E.164 numbers."""

    family: str
    given: str
    birth_date: date | None = None
    phones: tuple[str, ...] = ()


class Described(Protocol):
    """A chart or a contact: anything with a name, a birth date and phones."""

    @property
    def family(self) -> str: ...
    @property
    def given(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def phones(self) -> tuple[Phone, ...]: ...


def person(of: Described) -> Person:
    return Person(of.family, of.given, of.birth_date, tuple(phone.e164 for phone in of.phones if phone.e164))


def likeness(a: Person, b: Person) -> int:
    """0 to 100; 100 only where everything that both sides tell agrees."""
    name = _names(a, b)
    if name < 0.5:
        return 0
    parts = [(NAME_WEIGHT, name)]
    if a.birth_date and b.birth_date:
        parts.append((BIRTH_WEIGHT, _dates(a.birth_date, b.birth_date)))
    if a.phones and b.phones:
        parts.append((PHONE_WEIGHT, max(_numbers(x, y) for x in a.phones for y in b.phones)))
    if len(parts) == 1:
        return round(60 * name)  # a name alone never makes a near match
    return round(100 * sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts))


def differences(a: Described, b: Described) -> frozenset[str]:
    """Which of ``name``, ``birth_date`` and ``phone`` do not agree (what is missing does not agree)."""
    one, two = person(a), person(b)
    found = set()
    if _words(one) != _words(two):
        found.add("name")
    if one.birth_date is None or one.birth_date != two.birth_date:
        found.add("birth_date")
    if not set(one.phones) & set(two.phones):
        found.add("phone")
    return frozenset(found)


def _words(of: Person) -> list[str]:
    return sorted(fold_name(f"{of.given} {of.family}").split())


def _names(a: Person, b: Person) -> float:
    if _words(a) == _words(b):
        return 1.0
    family = _word(fold_name(a.family), fold_name(b.family))
    if family < SOUNDS_ALIKE and sound_key(a.family) == sound_key(b.family) and a.family and b.family:
        family = SOUNDS_ALIKE
    given = _given(fold_name(a.given), fold_name(b.given))
    return 0.6 * family + 0.4 * given


def _given(a: str, b: str) -> float:
    """An initial agrees with any name it begins; a missing given name says nothing."""
    if not a or not b:
        return 0.7
    first_a, first_b = a.split()[0], b.split()[0]
    if first_a[0] == first_b[0] and 1 in (len(first_a), len(first_b)):
        return 0.9
    return max(_word(a, b), _word(first_a, first_b))


def _word(a: str, b: str) -> float:
    """1 minus the edit distance (a swap of neighbours is one step) over the longer length."""
    if not a or not b:
        return 0.0
    return 1 - _distance(a[:64], b[:64]) / max(len(a[:64]), len(b[:64]))


def _distance(a: str, b: str) -> int:
    """Optimal string alignment distance (Damerau's four errors)."""
    two_ago: list[int] = []
    ago = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            best = min(ago[j] + 1, row[j - 1] + 1, ago[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, two_ago[j - 2] + 1)
            row.append(best)
        two_ago, ago = ago, row
    return ago[-1]


def _dates(a: date, b: date) -> float:
    if a == b:
        return 1.0
    swapped = (a.year, a.month, a.day) == (b.year, b.day, b.month)
    same = (a.year == b.year) + (a.month == b.month) + (a.day == b.day)
    return 0.7 if swapped or same == 2 else 0.0


def _numbers(a: str, b: str) -> float:
    if a == b:
        return 1.0
    return 0.6 if len(a) == len(b) and _distance(a, b) == 1 else 0.0
