"""The form's CSV export: every row a request; a row that cannot be one is set aside, the others go on."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import datetime

from desk_app.application.incoming import Incoming
from desk_app.domain.dataclass import dataclass
from desk_app.domain.zone import zone_of
from desk_app.interop.charsets import decoded
from desk_app.interop.safe_text import clean
from desk_app.interop.web_form.dates import stamp
from desk_app.interop.web_form.form import read_form
from desk_app.interop.web_form.labels import Fields, field_name
from desk_app.interop.web_form.source import Origin, Source, set_aside

MAX_BYTES = 50_000_000
MAX_ROWS = 20_000
PREVIEW_CHARS = 2_000
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number and its cells, and the lines of the file it takes. ``broken``: its quotes do not end."""

    number: int
    cells: list[str]
    raw: str
    end: int
    broken: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


def read_table(data: bytes, source: Source) -> Iterator[Incoming]:
    """The rows in their order; a file that is no export of the form is set aside as a whole."""
    lines = list(io.StringIO(decoded(data), newline=""))
    first, delimiter = _start(lines)
    heading = next((row for row in read_rows(lines, first, delimiter) if not row.is_blank), None)
    if heading is None:
        yield set_aside(Origin(source.name, source.received(None), "", data), "empty")
        return
    names = [field_name(cell) for cell in heading.cells]
    if not {"name", "family"} & set(names) or not {"phone", "email"} & set(names):
        told = heading.raw[:PREVIEW_CHARS]
        yield set_aside(Origin(source.name, source.received(None), told, data), "no_columns")
        return
    for row in read_rows(lines, heading.end, delimiter, len(names), heading.number):
        if row.number > MAX_ROWS:
            yield _without_form(row, source, "too_many_rows")
            return
        if not row.is_blank:
            yield _item(row, names, source)


def read_rows(lines: list[str], first: int, delimiter: str, width: int = 0, number: int = 0) -> Iterator[Row]:
    """Rows from a line on. A quote that never ends must not swallow the rows below: it spoils its own line only.

    ``width``: so many cells are expected of a row over several lines.
    """
    csv.field_size_limit(MAX_BYTES)
    place = first
    while place < len(lines):
        number += 1
        reader = csv.reader(_from(lines, place), delimiter=delimiter)
        cells = next(reader, [])
        end = place + max(1, reader.line_num)
        raw = "".join(lines[place:end])
        open_at_end = end >= len(lines) and raw.count('"') % 2 == 1
        row = Row(number, cells, raw, end)
        if end > place + 1 and (open_at_end or (width and len(cells) != width)):
            row = Row(number, [lines[place]], lines[place], place + 1, broken=True)
        yield row
        place = row.end


def _from(lines: list[str], place: int) -> Iterator[str]:
    while place < len(lines):
        yield lines[place]
        place += 1


def _start(lines: list[str]) -> tuple[int, str]:
    """The first line that is not blank, and what stands between cells: as Excel's first line says, else the most."""
    place = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = lines[place] if lines else ""
    if told := _SEPARATOR.fullmatch(head.strip("\r\n ")):
        return place + 1, told[1]
    if head.startswith("sep=\t"):
        return place + 1, "\t"
    return place, max(",;\t|", key=head.count)


def _item(row: Row, names: list[str | None], source: Source) -> Incoming:
    if row.broken:
        return _without_form(row, source, "broken_row")
    if any(cell.strip() for cell in row.cells[len(names) :]):
        return _without_form(row, source, "wrong_cells")
    fields = Fields()
    for name, cell in zip(names, row.cells, strict=False):
        if name is not None:
            fields.put(name, clean(cell))
    received = source.received(stamp(fields.pop("submitted", ""), zone_of(source.catalogue.settings)))
    told = "\n".join(f"{name.replace('_', ' ').capitalize()}: {value}" for name, value in fields.items() if value)
    return read_form(fields, _origin(row, source, told, received), source.catalogue)


def _without_form(row: Row, source: Source, reason: str) -> Incoming:
    return set_aside(_origin(row, source, row.raw[:PREVIEW_CHARS], source.received(None)), reason)


def _origin(row: Row, source: Source, told: str, received: datetime) -> Origin:
    """A row is known again by what its cells say, however another export quotes them."""
    mark = hashlib.sha256("\x1f".join(cell.strip() for cell in row.cells).encode("utf-8", "replace")).hexdigest()
    return Origin(f"{source.name} row {row.number}", received, told, row.raw.encode("utf-8", "replace"), mark=mark)
