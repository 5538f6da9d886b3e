"""Taking values out of a TOML table, each of the kind that is expected, else the line and key are named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from typing import Any, NoReturn, TypeVar

from desk_app.domain.faults import WrongInput
from desk_app.interop.toml_lines import TomlLines

ValueT = TypeVar("ValueT")
MISSING = object()
LONGEST_TEXT = 1_000
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""No practice plans beyond them, and arithmetic with days stays safe."""


class Table:
    """One table of the file, and where it stands."""

    def __init__(self, values: Mapping[str, Any], lines: TomlLines, file: str, name: str, place: int) -> None:
        self._values, self._lines, self._file, self._name, self._place = values, lines, file, name, place
        self._known: set[str] = set()

    def wrong(self, key: str, expected: str) -> NoReturn:
        """Refuses the file."""
        line = self._lines.key(self._name, self._place, key)
        raise WrongInput("practice_file", file=self._file, line=line, key=f"{self._name}.{key}", expected=expected)

    def where(self, key: str = "") -> str:
        return f"{self._file}, line {self._lines.key(self._name, self._place, key)}"

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self._values

    def text(self, key: str, default: Any = MISSING) -> str:
        value = self._take(key, default, lambda v: isinstance(v, str), "a text in quotes")
        if isinstance(value, str) and not value.strip() and default is MISSING:
            self.wrong(key, "a text that is not empty")
        if isinstance(value, str):
            self._check_letters(key, value)
        return value  # type: ignore[no-any-return]

    def long_text(self, key: str) -> str:
        """A text on several lines; what it may say is for whoever asks to check."""
        value: str = self._take(key, MISSING, lambda v: isinstance(v, str), 'a text in three quotes, """')
        return value

    def code(self, key: str) -> str:
        """A short name without spaces."""
        value = self.text(key)
        if len(value) > 40 or any(ch.isspace() for ch in value):
            self.wrong(key, "a code of at most 40 characters without spaces")
        return value

    def whole(self, key: str, default: Any = MISSING, low: int = 0, high: int = 100_000) -> int:
        value = self._take(key, default, lambda v: type(v) is int, f"a whole number from {low} to {high}")
        if type(value) is int and not low <= value <= high:
            self.wrong(key, f"a whole number from {low} to {high}")
        return value  # type: ignore[no-any-return]

    def share(self, key: str, default: Any = MISSING) -> float:
        value = self._take(key, default, lambda v: type(v) in (int, float), "a number from 0 to 1")
        if not 0 <= value <= 1:
            self.wrong(key, "a number from 0 to 1")
        return float(value)

    def flag(self, key: str, default: Any = MISSING) -> bool:
        return self._take(key, default, lambda v: isinstance(v, bool), "true or false")  # type: ignore[no-any-return]

    def day(self, key: str) -> date:
        value: date = self._take(key, MISSING, lambda v: type(v) is date, "a date such as 2026-01-05")
        self._check_year(key, value)
        return value

    def clock(self, key: str) -> time:
        value: time = self._take(key, MISSING, lambda v: isinstance(v, time), "a time such as 07:30:00")
        self._check_seconds(key, value)
        return value

    def moment(self, key: str) -> datetime:
        expected = "a date and time such as 2026-12-24T12:00:00"
        value: datetime = self._take(key, MISSING, lambda v: isinstance(v, datetime), expected)
        self._check_year(key, value)
        self._check_seconds(key, value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        expected = 'a list of texts such as ["fluoroscopy"]'
        value = self._take(key, [], lambda v: isinstance(v, list) and all(isinstance(i, str) for i in v), expected)
        for text in value:
            self._check_letters(key, text)
        return tuple(value)

    def wholes(self, key: str) -> tuple[int, ...]:
        expected = "a list of whole numbers such as [1, 14], each from 0 to 3650"
        ok: Callable[[Any], bool] = lambda v: isinstance(v, list) and all(type(i) is int and 0 <= i <= 3650 for i in v)  # noqa: E731
        return tuple(self._take(key, [], ok, expected))

    def days(self, key: str) -> tuple[date, ...]:
        expected = "a list of dates such as [2026-11-30]"
        ok: Callable[[Any], bool] = lambda v: isinstance(v, list) and all(type(i) is date for i in v)  # noqa: E731
        value: list[date] = self._take(key, [], ok, expected)
        for day in value:
            self._check_year(key, day)
        return tuple(value)

    def pairs(self, key: str, default: Any = MISSING) -> Mapping[str, str]:
        expected = 'pairs such as { room = "procedure_room" }'
        ok: Callable[[Any], bool] = lambda v: isinstance(v, dict) and all(isinstance(i, str) for i in v.values())  # noqa: E731
        value: Mapping[str, str] = self._take(key, default, ok, expected)
        for label, text in value.items():
            if not label.strip():
                self.wrong(key, "labels that are not empty")
            self._check_letters(key, label + text)
        return value

    def one_of(self, key: str, allowed: Collection[str], default: Any = MISSING) -> str:
        value = self.text(key, default)
        if value not in allowed:
            self.wrong(key, "one of " + ", ".join(sorted(allowed)))
        return value

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """A list of sub-tables."""
        expected = f"[[{self._name}.{key}]]"
        value = self._take(key, [], lambda v: isinstance(v, list) and all(isinstance(i, dict) for i in v), expected)
        return list(value)

    def finish(self) -> None:
        """Refuses keys that nobody asked for."""
        for key in self._values:
            if key not in self._known:
                self.wrong(key, "no such key; known here: " + ", ".join(sorted(self._known)))

    def _check_letters(self, key: str, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self.wrong(key, f"a text of at most {LONGEST_TEXT} letters")
        if any(ch < " " or "\x7f" <= ch <= "\x9f" for ch in text):
            self.wrong(key, "a text on one line, without control characters")

    def _check_year(self, key: str, value: date) -> None:
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.wrong(key, f"a date from {FIRST_YEAR} to {LAST_YEAR}")

    def _check_seconds(self, key: str, value: time | datetime) -> None:
        if value.microsecond:
            self.wrong(key, "whole seconds")

    def _take(self, key: str, default: Any, fits: Callable[[Any], bool], expected: str) -> Any:
        self._known.add(key)
        if key not in self._values:
            if default is MISSING:
                self.wrong(key, f"{expected} (it is missing)")
            return default
        value = self._values[key]
        if not fits(value):
            self.wrong(key, expected)
        return value
