"""Which files an import takes, and a file as it is kept where nothing can be read from it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from desk_app.application.incoming import SetAside
from desk_app.domain.faults import WrongInput
from desk_app.interop.web_form.source import Origin, set_aside

MAX_FILES = 100_000
MAX_KEPT = 25_000_000
"""A larger file is kept by its beginning; the whole stays where it lies."""
BEGINNING = 20_000
_CHUNK = 1 << 20


def found(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of all paths, folders in the order of names. Raises WrongInput where a path cannot be read."""
    return tuple(file for path in paths for file in _of(path))


def _of(path: Path) -> Iterator[Path]:
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # a folder without the right to look into it would pass for an empty one
            entries = sorted(entry for entry in path.rglob("*") if not entry.name.startswith("."))
            files = [entry for entry in entries if not entry.is_symlink() and entry.is_file()]
        elif path.is_file() and os.access(path, os.R_OK):
            files = [path]
        else:
            raise WrongInput("unreadable", file=str(path), reason="there is no such file, or no right to read it")
    except OSError as error:
        raise WrongInput("unreadable", file=str(path), reason=error.strerror or "it cannot be opened") from None
    if len(files) > MAX_FILES:
        raise WrongInput("unreadable", file=str(path), reason=f"it holds more than {MAX_FILES} files")
    yield from files


def name_of(path: Path) -> str:
    """The file's name as text: bytes in it that are none are shown as question marks."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def written_at(path: Path, now: datetime) -> datetime:
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    except (OSError, ValueError, OverflowError):
        return now
    return min(written, now)


def kept(path: Path, now: datetime, reason: str) -> SetAside:
    """The file set aside unread, known again by the whole of it."""
    try:
        mark, original = _hashed(path)
    except OSError:
        mark, original, reason = _mark_of_closed(path), b"", "cannot_be_opened"
    told = "" if reason == "cannot_be_opened" else original[:2_000].decode("utf-8", "replace")
    return set_aside(Origin(name_of(path), written_at(path, now), told, original, mark=mark), reason)


def _hashed(path: Path) -> tuple[str, bytes]:
    most = MAX_KEPT if path.stat().st_size <= MAX_KEPT else BEGINNING
    digest, parts, size = hashlib.sha256(), [], 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            if size < most:
                parts.append(chunk[: most - size])
            size += len(chunk)
    return digest.hexdigest(), b"".join(parts)


def _mark_of_closed(path: Path) -> str:
    """A file that nobody may open is the same as long as its name, size and time are."""
    try:
        state = path.stat()
        words = f"{path.name} {state.st_size} {state.st_mtime_ns}"
    except OSError:
        words = f"{path.name} gone"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()
