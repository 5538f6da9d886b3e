"""A bed instance from its JSON file, or refused with the place in it and what was expected there."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from desk_app.domain.beds import BedInstance, BedRoom, BedStay, RoomPolicy
from desk_app.domain.faults import WrongInput

MAX_BYTES = 200_000_000
MOST_NIGHTS, MOST_BEDS, MOST_COST = 3_660, 1_000, 10**12
"""Ten years, a hall, and what sums stay exact with."""

LONGEST_NAME = 200
IN_ALL, IN_A_ROOM, IN_A_STAY = (
    ("nights", "unplaced_night", "rooms", "stays"),
    ("code", "beds", "policy"),
    ("id", "sex", "first", "last", "cost"),
)


def load(path: Path) -> BedInstance:
    """Reads a file. Raises WrongInput ``unreadable``, ``bed_file_json`` or ``bed_file``."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise WrongInput("unreadable", file=str(path), reason=error.strerror or "it cannot be opened") from None
    if size > MAX_BYTES:
        raise WrongInput("unreadable", file=str(path), reason="it is larger than 200 MB")
    return parse(data, path.name)


def parse(data: bytes, name: str) -> BedInstance:
    """The instance in a file's bytes; ``name`` is for messages."""
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WrongInput("bed_file_json", file=name, line=line, expected="UTF-8") from None
    except json.JSONDecodeError as error:
        raise WrongInput("bed_file_json", file=name, line=error.lineno, expected=f"JSON ({error.msg})") from None
    except _Twice as error:
        raise WrongInput("bed_file", file=name, place=f"“{error}”", expected="each key once") from None
    except (RecursionError, ValueError):
        raise WrongInput("bed_file_json", file=name, line=1, expected="JSON of ordinary depth and numbers") from None
    return _Reader(name).instance(document)


class _Twice(Exception):
    """A key that an object has twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key)
        found[key] = value
    return found


class _Reader:
    """Takes values of the kind that is expected, else names the place."""

    def __init__(self, file: str) -> None:
        self._file = file

    def instance(self, document: Any) -> BedInstance:
        table = self._table(document, "the whole file", IN_ALL)
        nights = self._whole(table, "nights", "", 1, MOST_NIGHTS)
        unplaced = self._whole(table, "unplaced_night", "", 0, MOST_COST)
        rooms = tuple(self._room(value, place) for place, value in self._rows(table, "rooms"))
        self._refuse_twins("rooms", [room.code for room in rooms], "code")
        codes = {room.code for room in rooms}
        stays = tuple(self._stay(value, place, nights, codes) for place, value in self._rows(table, "stays"))
        self._refuse_twins("stays", [stay.id for stay in stays], "id")
        return BedInstance(nights, unplaced, rooms, stays)

    def _room(self, value: Any, place: str) -> BedRoom:
        table = self._table(value, place, IN_A_ROOM)
        policies = [policy.value for policy in RoomPolicy]
        if table["policy"] not in policies:
            self._wrong(f"{place}.policy", "one of " + ", ".join(policies))
        beds = self._whole(table, "beds", place, 0, MOST_BEDS)
        return BedRoom(self._name(table, "code", place), beds, RoomPolicy(table["policy"]))

    def _stay(self, value: Any, place: str, nights: int, codes: Collection[str]) -> BedStay:
        table = self._table(value, place, IN_A_STAY)
        first = self._whole(table, "first", place, 0, nights - 1)
        last = self._whole(table, "last", place, first, nights - 1)
        cost = self._costs(table["cost"], f"{place}.cost", codes)
        return BedStay(self._name(table, "id", place), self._name(table, "sex", place), first, last, cost)

    def _costs(self, value: Any, place: str, codes: Collection[str]) -> Mapping[str, int]:
        if not isinstance(value, dict):
            self._wrong(place, 'costs by room such as {"R1": 0}')
        for code in value:
            if code not in codes:
                self._wrong(f"{place}.{code}", "a room of this file")
            self._whole(value, code, place, 0, MOST_COST)
        return value

    def _rows(self, table: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
        if not isinstance(table[key], list):
            self._wrong(key, "a list")
        return ((f"{key}[{number}]", value) for number, value in enumerate(table[key]))

    def _table(self, value: Any, place: str, keys: Collection[str]) -> Mapping[str, Any]:
        """An object with exactly these keys."""
        if not isinstance(value, dict):
            self._wrong(place, "an object with " + ", ".join(keys))
        for key in value:
            if key not in keys:
                self._wrong(f"{place}: “{key}”", "no such key; known here: " + ", ".join(keys))
        for key in keys:
            if key not in value:
                self._wrong(place, f"“{key}” (it is missing)")
        return value

    def _whole(self, table: Mapping[str, Any], key: str, place: str, low: int, high: int) -> int:
        value = table[key]
        if type(value) is not int or not low <= value <= high:
            self._wrong(f"{place}.{key}".strip("."), f"a whole number from {low} to {high}")
        return value

    def _name(self, table: Mapping[str, Any], key: str, place: str) -> str:
        value = table[key]
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME:
            self._wrong(f"{place}.{key}", f"a text of 1 to {LONGEST_NAME} letters")
        return value

    def _refuse_twins(self, rows: str, names: list[str], key: str) -> None:
        seen: set[str] = set()
        for number, name in enumerate(names):
            if name in seen:
                self._wrong(f"{rows}[{number}].{key}", f"a {key} that no other has (“{name}” is there twice)")
            seen.add(name)

    def _wrong(self, place: str, expected: str) -> NoReturn:
        raise WrongInput("bed_file", file=self._file, place=place, expected=expected)
