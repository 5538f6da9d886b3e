"""Keys that are pressed before what they are meant for is there: they wait for it, in their order.

Nobody sees on a slow computer whether the answer has come yet; the same keys mean the same as on a quick one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from desk_app.ui.tasks import Tasks

T = TypeVar("T")
MOST = 12
"""More than that is something lying on the keyboard."""


class KeysAhead(QObject):
    """Keeps keys while something is under way, and presses them again by :meth:`go_on`, to whatever is there then.

    Two kinds of waiting: :meth:`keep` is given the keys that nobody else wanted, while ``is_waiting``; while an
    answer of :meth:`ask` is under way that brings a form or puts something in hand, every key of the widget waits.
    """

    def __init__(self, widget: QWidget, is_waiting: Callable[[], bool] = lambda: False) -> None:
        super().__init__(widget)
        self._widget, self._is_waiting = widget, is_waiting
        self._asked = 0
        self._keys: list[QKeyEvent] = []

    @property
    def is_held(self) -> bool:
        """Whether keys have to wait just now."""
        return self._asked > 0 or self._is_waiting()

    def ask(
        self,
        tasks: Tasks,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Asks the worker for what opens a form; after a fault the keys that were meant for it are forgotten."""
        self._hold()

        def answered(receive: Callable[[], object]) -> None:
            try:
                receive()
            finally:
                self._let_go()

        def refused(fault: Exception) -> None:
            self.forget()
            failed(fault)

        tasks.submit(work, lambda value: answered(lambda: done(value)), lambda fault: answered(lambda: refused(fault)))

    def keep(self, event: QKeyEvent) -> bool:
        """Keeps a key that came too early; False where nothing is waited for."""
        if not self.is_held:
            return False
        if not event.isAutoRepeat() and len(self._keys) < MOST:
            self._keys.append(event.clone())
        return True

    def forget(self) -> None:
        """What they were meant for does not come, or is another thing now."""
        self._keys.clear()

    def go_on(self) -> None:
        """Presses them, until something has to be waited for again."""
        while self._keys and not self.is_held:
            key = self._keys.pop(0)
            QCoreApplication.sendEvent(QApplication.focusWidget() or self._widget, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_ours = isinstance(watched, QWidget) and (watched is self._widget or self._widget.isAncestorOf(watched))
        return is_ours and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.keep(event)

    def _hold(self) -> None:
        self._asked += 1
        if self._asked == 1 and (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self)

    def _let_go(self) -> None:
        self._asked -= 1
        if not self._asked and (application := QCoreApplication.instance()) is not None:
            application.removeEventFilter(self)
            self.go_on()
