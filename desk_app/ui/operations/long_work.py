"""Work of many pages: read on the database worker, made on the thread for paper, noted on the database worker.

Whoever looks up a patient meanwhile waits for none of it. One piece after the other; the first of them is told of and
can be stopped, and what was stopped is noted nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desk_app.domain.dataclass import dataclass
from desk_app.printing.progress import Progress, Stopped

if TYPE_CHECKING:
    from desk_app.application.desk import Desk
    from desk_app.ui.feedback import Feedback
    from desk_app.ui.office import Office
    from desk_app.ui.operations.change import Change, Refused, Run
    from desk_app.ui.tasks import Tasks

T = TypeVar("T")
QUIET_S = 0.3
"""Shorter work is not told of: the bar would only flicker."""


@dataclass(frozen=True, slots=True, eq=False)
class LongWork(Generic[T]):
    """``name`` begins every sentence about it; ``note`` is the change that notes it, or only a sentence.

    ``read`` and ``make`` run on the two threads, the others in the window; ``stopped`` follows once it was stopped.
    """

    name: str
    read: Callable[[Desk], T]
    make: Callable[[T, Progress], object]
    note: Callable[[T], Change | str]
    refused: Refused | None = None
    stopped: Callable[[], object] | None = None


@dataclass(slots=True, eq=False)
class _Running:
    work: LongWork[Any]
    progress: Progress = field(default_factory=Progress)
    since: float = field(default_factory=monotonic)


class LongWorks(QObject):
    """``told`` with what the first of them is at and which it is, ``ended`` once none is left.

    ``stopped`` with the sentence that one was.
    """

    told = Signal(str, object)
    ended = Signal()
    stopped = Signal(str)
    _reached = Signal(object, int, int)

    def __init__(self, office: Office, run: Run, feedback: Feedback, tasks: Tasks, papers: Tasks) -> None:
        super().__init__()
        self._office, self._note, self._feedback = office, run, feedback
        self._tasks, self._papers = tasks, papers
        self._running: list[_Running] = []
        self._reached.connect(self._on_reached, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        return bool(self._running)

    def run(self, work: LongWork[Any]) -> None:
        """Starts it, behind what is under way."""
        running = _Running(work)
        running.progress = Progress(partial(self._reached.emit, running))
        self._running.append(running)
        self._tasks.submit(
            lambda: work.read(self._office.desk), partial(self._make, running), partial(self._on_failed, running)
        )

    def stop(self, work: LongWork[Any] | None = None) -> bool:
        """Stops this one, else the first; answers whether it comes in time."""
        for running in self._running:
            if work is None or running.work is work:
                is_new, in_time = not running.progress.is_stopped, running.progress.stop()
                if is_new and in_time:
                    self.told.emit(f"{running.work.name}: stopping …", running.work)
                return in_time
        return False

    def stop_all(self) -> None:
        for running in self._running:
            running.progress.stop()

    def _make(self, running: _Running, read: Any) -> None:
        work = running.work
        self._papers.submit(
            lambda: work.make(read, running.progress),
            lambda _: self._on_made(running, work.note(read)),
            partial(self._on_failed, running),
        )

    def _on_made(self, running: _Running, note: Change | str) -> None:
        self._leave(running)
        if isinstance(note, str):
            self._feedback.say(note)
        else:
            self._note(note)

    def _on_failed(self, running: _Running, fault: Exception) -> None:
        self._leave(running)
        work = running.work
        if isinstance(fault, Stopped):
            self.stopped.emit(f"{work.name}: stopped, nothing went out")
            if work.stopped is not None:
                work.stopped()
        elif work.refused is None or not work.refused(fault):
            self._feedback.refuse(fault, self._office.catalogue)

    def _leave(self, running: _Running) -> None:
        self._running.remove(running)
        if not self._running:
            self.ended.emit()

    def _on_reached(self, running: _Running, done: int, total: int) -> None:
        """A page that is told of late, when it was stopped or has ended since, is none."""
        is_first = self._running[:1] == [running] and not running.progress.is_stopped
        if is_first and monotonic() - running.since >= QUIET_S:
            self.told.emit(f"{running.work.name}: page {min(done + 1, total)} of {total}", running.work)
