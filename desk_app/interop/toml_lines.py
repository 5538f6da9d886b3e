"""Where in a TOML text a table or a key stands: ``tomllib`` does not say, and a person has to find it."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_QUOTES = ('"""', "'''")


class TomlLines:
    """Tables by name and place (``("procedure", 2)`` is the third), and each table's keys, with their line numbers."""

    def __init__(self, text: str) -> None:
        self._tables: dict[tuple[str, int], int] = {}
        self._keys: dict[tuple[str, int, str], int] = {}
        self._counts: dict[str, int] = {}
        self._parents: dict[tuple[str, int], tuple[str, int]] = {}
        where, inside = ("", 0), ""
        for number, line in enumerate(text.split("\n"), start=1):
            if inside:
                inside = "" if inside in line else inside
                continue
            where = self._line(number, line, where)
            inside = next((quote for quote in _QUOTES if line.count(quote) % 2), "")

    def _line(self, number: int, line: str, where: tuple[str, int]) -> tuple[str, int]:
        if table := _TABLE.match(line):
            name = table[2]
            place = self._counts.get(name, 0)
            self._counts[name] = place + 1
            self._tables[name, place] = number
            return name, place
        if key := _KEY.match(line):
            self._keys.setdefault((*where, key[1]), number)
        return where

    def table(self, name: str, place: int = 0) -> int:
        """The line of a table's heading; 1 where it is not found."""
        return self._tables.get((name, place), 1)

    def key(self, name: str, place: int, key: str) -> int:
        """The line of a key, else of its table."""
        return self._keys.get((name, place, key)) or self.table(name, place)
