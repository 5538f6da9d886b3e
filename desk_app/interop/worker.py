"""Reading files from outside in a process of its own, with bounds on memory and time: a hostile file ends there."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from desk_app.application.incoming import Incoming
from desk_app.domain.practice import Catalogue
from desk_app.interop import request_files

SECONDS = 30
"""So long may one file's next items take."""
STARTING = 60
"""So long may the process itself take to be there: on a busy computer, that is not the first file's fault."""
MEMORY = 2_000_000_000
AHEAD = 4
BATCH = 100
Batch = tuple[list[Incoming], bool]
"""Items of a file, and whether they are its last."""


class WorkerLost(Exception):
    """The process that read has ended, or did not answer in time."""


def read_requests(
    paths: Iterable[Path], catalogue: Catalogue, now: datetime, seconds: float = SECONDS
) -> Iterator[Incoming]:
    """Every item of the files and folders, in order.

    Raises WrongInput where a path cannot be read, before anything is. A file that cannot be read, or takes too much
    time or memory, becomes an item that is set aside, and the others go on.
    """
    return _supervised(request_files.found(paths), catalogue, now, seconds)


def _supervised(files: Iterable[Path], catalogue: Catalogue, now: datetime, seconds: float) -> Iterator[Incoming]:
    waiting = deque(files)
    reader: _Reader | None = None
    try:
        while waiting:
            reader = reader or _Reader(catalogue, now)
            try:
                reader.await_start()
                yield from reader.items(waiting, seconds)
            except WorkerLost:
                reader.end()
                reader = None
                yield request_files.kept(waiting[0], now, "too_hard")
            waiting.popleft()
    finally:
        if reader is not None:
            reader.end()


class _Reader:
    """The process, and the pipe to it. It is asked a few files ahead, so that it reads while others are stored."""

    def __init__(self, catalogue: Catalogue, now: datetime) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, catalogue, now), daemon=True)
        self._process.start()
        other.close()
        self._asked = 0
        self._has_started = False

    def await_start(self) -> None:
        """Until it has said that it is there."""
        if not self._has_started:
            try:
                self._answer(STARTING)
            except (EOFError, OSError):
                raise WorkerLost from None
            self._has_started = True

    def items(self, waiting: deque[Path], seconds: float) -> Iterator[Incoming]:
        """The items of the first of the waiting files."""
        try:
            while self._asked < min(AHEAD, len(waiting)):
                self._pipe.send(waiting[self._asked])
                self._asked += 1
            is_last = False
            while not is_last:
                batch, is_last = self._answer(seconds)
                yield from batch
        except (EOFError, OSError):
            raise WorkerLost from None
        self._asked -= 1

    def _answer(self, seconds: float) -> Batch:
        if not self._pipe.poll(seconds):
            raise WorkerLost
        batch: Batch = self._pipe.recv()
        return batch

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


def _serve(pipe: Connection, catalogue: Catalogue, now: datetime) -> None:
    """The worker's whole life: it says that it is there; then a path comes in, its items go out in batches."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it says when it ends
    _bound_memory()
    from desk_app.interop.request_reader import read_file

    try:
        pipe.send(([], False))  # it is there
        while True:
            path = pipe.recv()
            batch: list[Incoming] = []
            for item in read_file(path, catalogue, now):
                batch.append(item)
                if len(batch) >= BATCH:
                    pipe.send((batch, False))
                    batch = []
            pipe.send((batch, True))
    except (EOFError, OSError):
        return  # the program that asked has gone


def _bound_memory() -> None:
    """Where the system can, the process is refused more memory than any honest file needs."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
