"""The practice file (TOML): loaded into a catalogue, or refused with line, key and what was expected.

Beside the tables that other programs know it takes these, all optional::

    [[session]]
    released = [2026-11-30]       # days on which the block was released by hand

    [[blockout]]
    type = "vacation"             # vacation | sick | service | holiday | meeting | other
    series = "a1b2c3"             # shared by those that were entered together

    [practice]
    holidays = "US-MA"            # on which nobody calls: a country, or a country and its part; without it none
    phone_region = "US"           # where a number without its country is from

    [[business_hours]]            # when the desk answers; without any: Monday to Friday, eight to five
    weekday = "MO"
    start = 08:00:00
    end = 17:00:00

    [[payer]]
    code = "OLDCOLONY"            # unique
    name = "Old Colony Health"
    short_name = "Old Colony"     # shown in lists
    phone = "800 555-0136"        # the line for providers
    aliases = ["Old Colony"]      # as people write it into a form
    urgent_hours = 72             # the payer's clocks for an authorization
    standard_days = 7
    needs_authorization = false   # true or false for every procedure, else the procedure's own rule
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from desk_app.application.use_cases.practice import FileVisit, prepare_visits
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.interop.practice_tables import PracticeTables
from desk_app.interop.toml_lines import TomlLines

MAX_BYTES = 5_000_000
LONGEST_LINE = 20_000
"""The library takes hours for a key of a million parts; nobody writes lines like that."""
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class LoadedPractice:
    """What a practice file holds."""

    catalogue: Catalogue
    visits: tuple[FileVisit, ...]


def load(path: Path) -> LoadedPractice:
    """Reads a file. Raises WrongInput ``practice_file`` or ``unreadable``; nothing has been stored then."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise WrongInput("unreadable", file=str(path), reason=error.strerror or "it cannot be opened") from None
    if size > MAX_BYTES:
        raise WrongInput("unreadable", file=str(path), reason="it is larger than 5 MB")
    return parse(data, path.name)


def parse(data: bytes, name: str) -> LoadedPractice:
    """The practice in a file's bytes; ``name`` is for messages."""
    for number, written in enumerate(data.split(b"\n"), start=1):
        if len(written) > LONGEST_LINE:
            raise WrongInput("practice_file", file=name, line=number, key="line", expected="shorter lines")
    try:
        text = data.decode("utf-8-sig")
        tables: dict[str, Any] = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WrongInput("practice_file", file=name, line=line, key="text", expected="UTF-8") from None
    except ValueError as error:  # TOMLDecodeError, and what the library lets through, such as a number of 5,000 digits
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        expected = "TOML (" + str(error).split(" (at ")[0] + ")"
        raise WrongInput("practice_file", file=name, line=line, key="syntax", expected=expected) from None
    except RecursionError:
        raise WrongInput("practice_file", file=name, line=1, key="nesting", expected="fewer levels") from None
    reader = PracticeTables(tables, TomlLines(text), name)
    catalogue = reader.catalogue()
    visits = tuple(reader.visits(catalogue))
    prepare_visits(catalogue, visits)  # what cannot stand beside one another is the file's fault too
    return LoadedPractice(catalogue, visits)
