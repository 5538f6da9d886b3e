"""Taking in files with requests: read beside the work, stored one after the other, told in the end in one sentence."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from desk_app.application.incoming import ImportResult, Incoming
from desk_app.application.outcome import Changes, Outcome
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.application.wording import count
from desk_app.domain.dataclass import dataclass
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.office import Office
from desk_app.ui.tasks import Tasks

TOLD_EVERY = 25
"""Other screens hear of so many items at once, not of each."""


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes; ``fault`` is why, where it ended early."""

    fault: Exception | None = None


class TakingIn(QObject):
    """The database worker is only asked to store: reading a long or hostile file never keeps anybody waiting."""

    failed = Signal(object)
    """The files of a turn in which something could not be stored: taking them again stores just what is missing."""

    _read = Signal(object)

    def __init__(self, office: Office, tasks: Tasks, bus: ChangeBus, feedback: Feedback) -> None:
        super().__init__()
        self._office, self._tasks, self._bus, self._feedback = office, tasks, bus, feedback
        self._results: list[ImportResult] = []
        self._changes = Changes()
        self._paths: tuple[Path, ...] = ()
        self._has_failed = False
        self._waiting: list[tuple[Path, ...]] = []
        self._thread: threading.Thread | None = None
        self._read.connect(self._on_read, Qt.ConnectionType.QueuedConnection)

    def take(self, paths: Sequence[Path]) -> None:
        """Reads files and folders, after those under way; what cannot be read is set aside with its reason."""
        if paths:
            self._waiting.append(tuple(paths))
            self._begin()

    def _begin(self) -> None:
        if self._thread is None and self._waiting:
            self._results, self._changes, self._has_failed = [], Changes(), False
            self._paths = self._waiting.pop(0)
            asked = (self._paths, self._office.clock.now())
            self._thread = threading.Thread(target=self._run, args=asked, name="reading", daemon=True)
            self._thread.start()

    def _run(self, paths: tuple[Path, ...], now: datetime) -> None:
        """On a thread of its own."""
        from desk_app.interop.worker import read_requests

        try:
            for item in read_requests(paths, self._office.catalogue, now):
                self._read.emit(item)
        except Exception as fault:  # whatever it is, it is told where the rest is told
            self._read.emit(_End(fault))
        else:
            self._read.emit(_End())

    def _on_read(self, item: Incoming | _End) -> None:
        """The end is sent through the worker too, so that it comes after everything that was stored."""
        if isinstance(item, _End):
            self._tasks.submit(lambda: item, self._on_end)
        else:
            self._tasks.submit(
                lambda: next(import_requests(self._office.desk, (item,))), self._on_stored, self._on_failed
            )

    def _on_stored(self, outcome: Outcome[ImportResult]) -> None:
        self._results.append(outcome.value)
        self._changes = self._changes.merged(outcome.changes)
        if len(self._results) % TOLD_EVERY == 0:
            self._feedback.say(f"Taking in requests: {len(self._results)} so far")
            self._tell_screens()

    def _on_failed(self, fault: Exception) -> None:
        self._has_failed = True
        self._feedback.refuse(fault)

    def _on_end(self, end: _End) -> None:
        self._thread = None
        self._tell_screens()
        if self._has_failed:
            self.failed.emit(self._paths)
        elif end.fault is not None:
            self._feedback.refuse(end.fault)
        else:
            self._feedback.say(told(self._results))
        self._begin()

    def _tell_screens(self) -> None:
        changes, self._changes = self._changes, Changes()
        if changes.records:
            self._bus.changed.emit(changes, True)


def told(results: Iterable[ImportResult]) -> str:
    """``3 new requests, 1 joined, 2 seen before, 1 set aside``"""
    kinds = Counter(_kind(result) for result in results)
    words = {
        "created": count(kinds["created"], "new request", "new requests"),
        "joined": f"{kinds['joined']} joined to one that was there",
        "seen": f"{kinds['seen']} seen before",
        "set_aside": f"{kinds['set_aside']} set aside",
    }
    return ", ".join(text for kind, text in words.items() if kinds[kind]) or "Nothing to take in"


def _kind(result: ImportResult) -> str:
    if result.result == "duplicate":
        return "seen" if result.reason == "seen" else "joined"
    return result.result
