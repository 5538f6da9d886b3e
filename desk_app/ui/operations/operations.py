"""Runs changes on the worker and tells everybody what came of them.

Good news is said in the status bar with an Undo; a question goes to the inspector and is repeated with its answer; a
lost race reloads what is shown; trouble with the storage keeps the change so that it can be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desk_app.domain.faults import Conflict, StorageUnavailable

if TYPE_CHECKING:
    from desk_app.application.outcome import Outcome
    from desk_app.ui.change_bus import ChangeBus
    from desk_app.ui.feedback import Feedback
    from desk_app.ui.office import Office
    from desk_app.ui.operations.change import Change
    from desk_app.ui.operations.long_work import LongWorks
    from desk_app.ui.tasks import Tasks

DONE = "Done."


class Operations(QObject):
    """Every call returns at once; the bus and the status bar tell what came of it."""

    question_asked = Signal(object)
    out_of_date = Signal()
    """Somebody else was faster: whatever is shown is to be read anew."""

    settled = Signal()
    """No change is under way any more."""

    cancel_asked = Signal(int)
    """A visit is to be cancelled; the reason comes first."""

    request_placed = Signal(int)
    """A request was dropped from the tray onto the board: the visit that came of it."""

    def __init__(
        self, office: Office, tasks: Tasks, bus: ChangeBus, feedback: Feedback, papers: Tasks | None = None
    ) -> None:
        """``papers`` is the thread for pages, so that no reading waits for them; without one ``tasks`` makes them."""
        super().__init__()
        self._office, self._tasks, self._bus, self._feedback = office, tasks, bus, feedback
        self.papers = tasks if papers is None else papers
        self._long_works: LongWorks | None = None
        self._failed: list[Change] = []
        self._under_way = 0

    @property
    def is_under_way(self) -> bool:
        """Whether a change was started that is not answered yet."""
        return self._under_way > 0

    @property
    def long_works(self) -> LongWorks:
        """What takes many pages; loaded when it is asked for."""
        if self._long_works is None:
            from desk_app.ui.operations.long_work import LongWorks

            self._long_works = LongWorks(self._office, self.run, self._feedback, self._tasks, self.papers)
        return self._long_works

    def run(self, change: Change) -> None:
        """Starts a change."""

        def work() -> tuple[Outcome[Any], str]:
            desk = self._office.desk
            outcome = change.work(desk)
            try:
                return outcome, change.said(desk, outcome)
            except StorageUnavailable:
                return outcome, DONE  # it is written; only the words for it could not be read

        self._under_way += 1
        self._tasks.submit(
            work,
            lambda told: self._answered(lambda: self._done(change, *told)),
            lambda fault: self._answered(lambda: self._refused(change, fault)),
        )

    def try_again(self) -> None:
        """What the storage refused, in the order it was asked for, with the same write ids: nothing happens twice."""
        waiting, self._failed = self._failed, []
        for change in waiting:
            self.run(change)

    def undo(self) -> None:
        from desk_app.application.use_cases.undo import undo
        from desk_app.ui.operations.change import Change
        from desk_app.ui.operations.words import undone_words

        self.run(Change(undo, lambda _, outcome: f"Taken back: {undone_words(outcome.value)}"))

    def redo(self) -> None:
        from desk_app.application.use_cases.undo import redo
        from desk_app.ui.operations.change import Change
        from desk_app.ui.operations.words import undone_words

        self.run(Change(redo, lambda _, outcome: f"Done again: {undone_words(outcome.value)}"))

    def move_appointment(self, appointment_id: int, start: datetime, wanted: tuple[str, ...] = ()) -> None:
        """Moves a visit to another start, and to these columns."""
        from uuid import uuid4

        from desk_app.application.use_cases.moving import MoveAppointment
        from desk_app.ui.operations.visits import moving

        wish = MoveAppointment(appointment_id, start, wanted, write_id=uuid4())
        self.run(moving(self.run, self._office, wish))

    def lengthen_appointment(self, appointment_id: int, minutes: int) -> None:
        """Gives a visit's procedure other minutes."""
        from uuid import uuid4

        from desk_app.application.use_cases.lengthening import LengthenVisit
        from desk_app.ui.operations.visits import lengthening

        wish = LengthenVisit(appointment_id, minutes, write_id=uuid4())
        self.run(lengthening(self.run, self._office, wish))

    def put_in_tray(self, kind: str, number: int) -> None:
        """Lays a ``visit`` or a ``request`` into the tray."""
        from desk_app.ui.operations.tray import putting

        self.run(putting(kind, number))

    def put_back(self, item_ids: tuple[int, ...] | None = None) -> None:
        """Takes items out of the tray, all of them where none are named."""
        from desk_app.ui.operations.tray import putting_back

        self.run(putting_back(item_ids))

    def drop_request(self, request_id: int, start: datetime, column: str) -> None:
        """Books a request where it was dropped onto the board."""
        from desk_app.ui.operations.tray import dropping_request

        def placed(visit: Any) -> None:
            self.request_placed.emit(visit.id)

        self.run(dropping_request(self.run, self._office, request_id, start, column, placed))

    def cancel_appointment(self, appointment_id: int) -> None:
        """Asks for the reason first."""
        self.cancel_asked.emit(appointment_id)

    def _answered(self, tell: Callable[[], None]) -> None:
        self._under_way -= 1
        try:
            tell()
        finally:
            if not self._under_way:
                self.settled.emit()

    def _done(self, change: Change, outcome: Outcome[Any], text: str) -> None:
        if outcome.changes.records:
            self._bus.changed.emit(outcome.changes, True)
        if text:
            self._feedback.say(text, outcome.undo_step is not None)
        if change.then is not None:
            change.then(outcome.value)

    def _refused(self, change: Change, fault: Exception) -> None:
        question = change.asking(fault) if change.asking is not None else None
        if question is not None:
            self.question_asked.emit(question)
            return
        if change.refused is not None and change.refused(fault):
            if isinstance(fault, Conflict):
                self.out_of_date.emit()
            return
        if isinstance(fault, StorageUnavailable) and change not in self._failed:
            self._failed.append(change)
        self._feedback.refuse(fault, self._office.catalogue)
        if isinstance(fault, Conflict):
            self.out_of_date.emit()
