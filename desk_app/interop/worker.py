"""Reading files from outside in a process of its own, with bounds on memory and time: a hostile file ends there."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

from desk_app.application.incoming import Incoming
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.interop.web_form.form import Origin, set_aside
from desk_app.interop.web_form.mail import read_mail
from desk_app.interop.web_form.table import read_table

SECONDS_A_FILE = 60
MEMORY = 2_000_000_000
MAX_FILES = 5_000
PREVIEW_BYTES = 20_000
KNOWN = frozenset({".eml", ".csv"})


def read_requests(paths: Iterable[Path], catalogue: Catalogue, now: datetime) -> Iterator[Incoming]:
    """Every item of the files and folders, in order. Raises WrongInput where a path cannot be read."""
    files = list(_files(paths))
    if not files:
        return
    with _pool() as pool:
        for path in files:
            yield from _read(pool, path, catalogue, now)


def _pool() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=1, mp_context=context, initializer=_bound_memory)


def _bound_memory() -> None:
    """Where the system can, the process is refused more memory than any honest file needs."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            found = sorted(entry for entry in path.rglob("*") if entry.is_file() and not entry.is_symlink())
            if len(found) > MAX_FILES:
                raise WrongInput("unreadable", file=str(path), reason=f"it holds more than {MAX_FILES} files")
            yield from (entry for entry in found if not entry.name.startswith("."))
        elif path.is_file() and os.access(path, os.R_OK):
            yield path
        else:
            raise WrongInput("unreadable", file=str(path), reason="there is no such file, or no right to read it")


def _read(pool: ProcessPoolExecutor, path: Path, catalogue: Catalogue, now: datetime) -> list[Incoming]:
    try:
        return pool.submit(read_file, path, catalogue, now).result(timeout=SECONDS_A_FILE)
    except (BrokenProcessPool, TimeoutError, MemoryError):
        raise WrongInput("unreadable", file=str(path), reason="reading it takes too much time or memory") from None
    except OSError as error:
        raise WrongInput("unreadable", file=str(path), reason=error.strerror or "it cannot be opened") from None


def read_file(path: Path, catalogue: Catalogue, now: datetime) -> list[Incoming]:
    """One file, in whatever process this runs."""
    data = path.read_bytes()
    when = min(datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0), now)
    ending = path.suffix.casefold()
    if ending == ".eml":
        return [read_mail(data, path.name, when, catalogue)]
    if ending == ".csv":
        return list(read_table(data, path.name, when, catalogue))
    return [set_aside(Origin(path.name, when, path.name, data[:PREVIEW_BYTES]), "unknown_kind")]
