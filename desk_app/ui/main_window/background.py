"""What goes on by itself while a database is open: other desks' commits, lapsed holds, calls that arise or are settled
by time alone, and the figures that wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.application.outcome import Changes, Outcome
from desk_app.application.ports import ChangeFeed
from desk_app.application.read_models import Counts
from desk_app.application.use_cases.glance_at_beds import glance
from desk_app.application.use_cases.visit_status import sweep_lapsed
from desk_app.domain.records import Appointment
from desk_app.ui.operations.holding import lapse_words
from desk_app.ui.services import Services

if TYPE_CHECKING:
    from desk_app.application.use_cases.keep_calls import Kept

FEED_MS, SWEEP_MS, WARM_MS = 700, 60_000, 1500
REST_MS = 800
"""After which a day that was opened has its neighbours beside it."""


class Background(QObject):
    """One question at a time: a slow answer is never overtaken by the next question."""

    counts_read = Signal(object)
    beds_read = Signal(object)
    room_read = Signal(object)
    """Bytes left on the disk where they are few, else None."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._feed: ChangeFeed | None = None
        self._asked = self._is_warm = False
        self._kept: Kept | None = None
        self._poll, self._sweep = QTimer(self), QTimer(self)
        self._poll.setInterval(FEED_MS)
        self._poll.timeout.connect(self._ask_feed)
        self._sweep.setInterval(SWEEP_MS)
        self._sweep.timeout.connect(self._sweep_holds)
        self._sweep.timeout.connect(self._keep_calls)
        self._sweep.timeout.connect(self._read_room)
        services.bus.changed.connect(lambda *_: self.read_counts())

    def follow(self, feed: ChangeFeed) -> None:
        """Another database is open."""
        self._feed, self._asked, self._is_warm, self._kept = feed, False, False, None
        self._poll.start()
        self.read_counts()
        QTimer.singleShot(REST_MS, self, self._give_back)
        QTimer.singleShot(WARM_MS, self, self._build_index)
        if self._services.office.only_looks:
            return  # what time alone changes is for others to store
        self._sweep.start()
        QTimer.singleShot(WARM_MS, self, self._keep_calls)
        QTimer.singleShot(WARM_MS, self, self._read_room)

    def stop(self) -> None:
        self._feed = None
        self._poll.stop()
        self._sweep.stop()

    def read_counts(self) -> None:
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(
                lambda: office.desk.queries.counts(office.clock.now()), self._on_counts, self._on_failed, "counts"
            )
        if office.is_open and self._is_warm:
            self._services.tasks.submit(
                lambda: glance(office.desk), self.beds_read.emit, self._on_failed, "beds glance"
            )

    def _build_index(self) -> None:
        """The day is on the screen by now, and nobody has to wait with their first search."""
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(lambda: office.desk.slots.index(), self._on_index_built, self._on_failed)

    def _on_index_built(self, _: object) -> None:
        """Bays and beds are counted from it."""
        self._is_warm = True
        self.read_counts()
        self._give_back()

    def _give_back(self) -> None:
        """Nothing that was read so far is read so soon again."""
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(office.desk.give_back_memory, lambda _: None, self._on_failed, "give back")

    def _on_counts(self, counts: Counts) -> None:
        self.counts_read.emit(counts)

    def _ask_feed(self) -> None:
        feed = self._feed
        if feed is None or self._asked:
            return
        self._asked = True
        self._services.tasks.submit(feed.poll, self._on_polled, self._on_failed)

    def _on_polled(self, changes: Changes | None) -> None:
        self._asked = False
        if changes is not None:
            self._services.bus.changed.emit(changes, False)

    def _sweep_holds(self) -> None:
        office = self._services.office

        def sweep() -> tuple[Outcome[tuple[Appointment, ...]], str]:
            outcome = sweep_lapsed(office.desk)
            return outcome, lapse_words(office.desk, outcome.value)

        self._services.tasks.submit(sweep, lambda swept: self._on_swept(*swept), self._on_failed)

    def _on_swept(self, outcome: Outcome[tuple[Appointment, ...]], text: str) -> None:
        if outcome.changes.records:
            self._services.bus.changed.emit(outcome.changes, True)
            self._services.feedback.say(text)
        self.read_counts()

    def _keep_calls(self) -> None:
        """The pass over all calls: after the first look at the day, then each minute."""
        office = self._services.office

        def keep() -> Outcome[Kept]:
            from desk_app.application.use_cases.keep_calls import NOT_YET, keep_calls

            return keep_calls(office.desk, self._kept or NOT_YET)

        if office.is_open:
            self._services.tasks.submit(keep, self._on_kept, self._on_failed, "keep_calls")

    def _read_room(self) -> None:
        office = self._services.office
        if office.is_open:
            self._services.tasks.submit(
                lambda: office.desk.queries.little_room(), self.room_read.emit, self._on_failed, "room"
            )

    def _on_kept(self, outcome: Outcome[Kept]) -> None:
        if self._kept is None or outcome.value.seq != self._kept.seq:
            self._give_back()  # all open calls were looked at
        self._kept = outcome.value
        if outcome.changes.records:
            self._services.bus.changed.emit(outcome.changes, True)

    def _on_failed(self, fault: Exception) -> None:
        self._asked = False
        self._services.feedback.refuse(fault)
