"""Work happens on threads of its own, one for the database and one for paper; answers come back to the window's."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Outcome(Enum):
    """What became of a piece of work."""

    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class _Answers(QObject):
    """Lives on the window's thread; the worker only emits."""

    arrived = Signal(int)


class _Piece(NamedTuple):
    """What was asked for, under which key, and who waits for it."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed
    key: str


class TaskRunner:
    """Runs one piece of work after the other, in the order they were asked for.

    A piece with a ``key`` is dropped where a newer one with the same key waits behind it: only the last search counts.
    Pieces are kept on the window's thread, and the worker lets go of one before it answers: a widget that nobody but a
    piece knows any more ends where it lived.
    """

    def __init__(self, name: str = "database") -> None:
        self._answers = _Answers()
        self._answers.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._pieces: dict[int, _Piece] = {}
        self._answered: dict[int, tuple[Outcome, Any]] = {}
        self._work: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._newest: dict[str, int] = {}
        self._count = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None, key: str = ""
    ) -> None:
        """Runs ``work`` on the worker; ``done`` or ``failed`` is called on the window's thread."""
        self._count += 1
        if key:
            self._newest[key] = self._count
        self._pieces[self._count] = _Piece(work, done, failed or _unexpected, key)
        self._work.put(self._count)

    def close(self) -> None:
        """Ends after what is under way."""
        self._work.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while (number := self._work.get()) is not None:
            self._answer(number)
            self._answers.arrived.emit(number)

    def _answer(self, number: int) -> None:
        """Nothing of it is left on the worker once this returns; a fault knows all that its work knew."""
        key = self._pieces[number].key
        if key and self._newest.get(key) != number:
            self._answered[number] = Outcome.DROPPED, None
            return
        try:
            self._answered[number] = Outcome.DONE, self._pieces[number].work()
        except Exception as fault:  # every fault is handed to whoever asked
            self._answered[number] = Outcome.FAILED, fault

    def _on_arrived(self, number: int) -> None:
        piece, (outcome, value) = self._pieces.pop(number), self._answered.pop(number)
        if outcome is Outcome.DONE:
            piece.done(value)
        elif outcome is Outcome.FAILED:
            piece.failed(value)


class ImmediateTaskRunner:
    """The same on the spot, for tests."""

    def submit(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None, key: str = ""
    ) -> None:
        try:
            answer = work()
        except Exception as fault:
            (failed or _unexpected)(fault)
        else:
            done(answer)

    def close(self) -> None:
        """Nothing is under way."""


def _unexpected(fault: Exception) -> None:
    """Nobody waits for this fault: the last resort gets it."""
    raise fault
