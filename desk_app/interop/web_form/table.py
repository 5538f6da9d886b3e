"""The form's CSV export: every row a request; a row that cannot be one is set aside, the others go on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from desk_app.application.incoming import Incoming
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import zone_of
from desk_app.interop.web_form.dates import stamp
from desk_app.interop.web_form.form import Origin, read_form
from desk_app.interop.web_form.labels import field_name

MAX_BYTES = 50_000_000
MAX_ROWS = 20_000
MAX_FIELD = 100_000


def read_table(data: bytes, source_name: str, when: datetime, catalogue: Catalogue) -> Iterator[Incoming]:
    """Raises WrongInput ``unreadable`` where the file is no export of the form."""
    text = _decoded(data, source_name)
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        names = [field_name(heading) for heading in next(reader, [])]
    except csv.Error as error:
        raise _wrong(source_name, reader.line_num, str(error)) from None
    if not {"name", "family"} & set(names) or not {"phone", "email"} & set(names):
        raise _wrong(source_name, 1, "the first line names no columns for a name and a phone or mail")
    number = 1
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _wrong(source_name, reader.line_num, str(error)) from None
        if number > MAX_ROWS:
            raise _wrong(source_name, number, f"more than {MAX_ROWS} rows")
        if any(cell.strip() for cell in row):
            yield _row(row, names, f"{source_name} row {number}", when, catalogue)


def _row(row: list[str], names: list[str | None], source_name: str, when: datetime, catalogue: Catalogue) -> Incoming:
    fields: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if name is not None and cell.strip():
            fields[name] = "\n".join(part for part in (fields.get(name, ""), cell.strip()) if part)
    received = stamp(fields.pop("submitted", ""), zone_of(catalogue.settings)) or when
    told = "\n".join(f"{name.replace('_', ' ').capitalize()}: {value}" for name, value in fields.items())
    original = "\x1f".join(cell.strip() for cell in row).encode()
    return read_form(fields, Origin(source_name, received, told, original), catalogue)


def _decoded(data: bytes, source_name: str) -> str:
    if len(data) > MAX_BYTES:
        raise _wrong(source_name, 1, "it is larger than 50 MB")
    for charset in ("utf-8-sig", "windows-1252"):
        try:
            return data.decode(charset)
        except UnicodeDecodeError:
            continue
    raise _wrong(source_name, 1, "its text is neither UTF-8 nor Windows-1252")


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _wrong(file: str, line: int, reason: str) -> WrongInput:
    return WrongInput("unreadable_table", file=file, line=line, reason=reason)
