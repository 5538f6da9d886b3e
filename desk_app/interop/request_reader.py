"""One file of requests into its items; runs in the worker process, which may be lost to a hostile file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from desk_app.application.incoming import Incoming
from desk_app.domain.practice import Catalogue
from desk_app.interop.request_files import kept, name_of, written_at
from desk_app.interop.web_form.mail import read_mail
from desk_app.interop.web_form.source import Source
from desk_app.interop.web_form.table import MAX_BYTES as MAX_TABLE
from desk_app.interop.web_form.table import read_table

MAX_BYTES = {".eml": 25_000_000, ".csv": MAX_TABLE}


def read_file(path: Path, catalogue: Catalogue, now: datetime) -> Iterator[Incoming]:
    """The items of one file. Whatever it holds, it ends in items: what cannot be read is set aside."""
    ending = path.suffix.casefold()
    if ending not in MAX_BYTES:
        yield kept(path, now, "unknown_kind")
        return
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES[ending] else None
    except OSError:
        yield kept(path, now, "cannot_be_opened")
        return
    if data is None:
        yield kept(path, now, "too_large")
        return
    source = Source(name_of(path), written_at(path, now), now, catalogue)
    try:
        if ending == ".eml":
            yield read_mail(data, source)
        else:
            yield from read_table(data, source)
    except MemoryError:
        yield kept(path, now, "too_hard")
    except Exception:  # libraries fail in any way on bytes that nobody foresaw; the original tells what it was
        yield kept(path, now, "cannot_be_read")
