"""Work happens on threads of its own, one for the database and one for paper; answers come back to the window's."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
Failed = Callable[[Exception], None]


class _Answers(QObject):
    """Lives on the window's thread; the worker only emits."""

    arrived = Signal(object, object, object)


class TaskRunner:
    """Runs one piece of work after the other, in the order they were asked for.

    A piece with a ``key`` is dropped where a newer one with the same key waits behind it: only the last search counts.
    """

    def __init__(self, name: str = "database") -> None:
        self._answers = _Answers()
        self._answers.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Callable[[Any], None], Failed | None, str, int] | None]
        self._work = queue.SimpleQueue()
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
        self._work.put((work, done, failed, key, self._count))

    def close(self) -> None:
        """Ends after what is under way."""
        self._work.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while (piece := self._work.get()) is not None:
            work, done, failed, key, number = piece
            if key and self._newest.get(key) != number:
                continue
            try:
                answer = work()
            except Exception as fault:  # every fault is handed to whoever asked
                self._answers.arrived.emit(failed or _unexpected, fault, None)
            else:
                self._answers.arrived.emit(done, answer, None)

    def _on_arrived(self, receive: Callable[[Any], None], value: object, _: object) -> None:
        receive(value)


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
