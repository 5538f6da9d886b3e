"""The calls screen: the toolbar, the tree of calls, and what is said where none is due."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desk_app.application.call_rows import CallLine
from desk_app.application.outcome import Record
from desk_app.application.use_cases.calls import CallList
from desk_app.ui.models.call_groups import BEST, Grouping
from desk_app.ui.models.call_model import CallModel
from desk_app.ui.screens.calls.call_list import Asked, people, read_calls
from desk_app.ui.screens.calls.call_toolbar import ORDERS, CallToolbar
from desk_app.ui.screens.calls.call_tree import CallTree
from desk_app.ui.services import Services
from desk_app.ui.widgets.empty_page import EmptyPage
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen

CONCERNED = (
    Record.CALLBACK,
    Record.ATTEMPT,
    Record.REQUEST,
    Record.APPOINTMENT,
    Record.AUTHORIZATION,
    Record.PATIENT,
    Record.PRACTICE,
)
ORDER = "calls/order"
"""Where the order looked at last is remembered."""

MINUTE = 60_000
NONE_DUE = ("Nobody to call", "No call is due until this evening. New ones come as requests, visits and payers go on.")
NONE_MATCH = ("Nothing matches", "No call is of this kind, of this person or due by then.")


class CallsScreen(ReadWhenSeen):
    """Calls are told by number."""

    concerned = CONCERNED

    call_selected = Signal(int)
    call_opened = Signal(int)
    outcome_typed = Signal(int, str)
    print_requested = Signal()
    shown = Signal()
    """The list was read anew."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(lambda: services.office.is_open, parent)
        self._services = services
        self._found, self._user = CallList(), ""
        self._headings: tuple[str, ...] = ()
        self._number = 0
        self._model = CallModel(self)
        self.toolbar = CallToolbar()
        self.tree = CallTree(self._model)
        self._empty = EmptyPage()
        self._pages = QStackedWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._lay_out()
        self._connect()
        self.toolbar.order.choose(services.memory.value(ORDER, BEST))

    def select(self, number: int) -> None:
        self.tree.select(number)

    def show_order(self, order: str) -> None:
        """Best first, by payer or by patient; the next morning too."""
        if order in dict(ORDERS):
            self._headings = ()
            self.toolbar.order.choose(order)
            self._services.memory.set_value(ORDER, order)
            self._show()

    @property
    def order(self) -> str:
        return self.toolbar.order.value()

    def lines_after(self, number: int) -> list[CallLine]:
        """The calls in the order in which they stand, those behind this one first."""
        return self._model.around(number)

    def focus_content(self) -> None:
        """The keyboard goes to the rows; where there are none, to the page that says so."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tree.choose_one()

    def showEvent(self, event: QShowEvent) -> None:
        """What is late, and how long a claim lasts, goes on with the clock."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self._is_stale, self._headings = True, ()

    # Reading

    def _read_anew(self) -> None:
        office, self._number = self._services.office, self._number + 1
        number = self._number
        asked = Asked(self.toolbar.kind.value(), self.toolbar.whose.value(), self.toolbar.due.value())
        self._services.tasks.submit(
            lambda: (read_calls(office.desk, asked), office.desk.actor.user_name),
            lambda found: self._on_read(number, *found),
            self._services.feedback.refuse,
            "calls",
        )

    def _on_read(self, number: int, found: CallList, user: str) -> None:
        if number != self._number:
            return
        self._found, self._user = found, user
        self.toolbar.offer_people(people(found.lines))
        self._show()
        if self._pages.isAncestorOf(QApplication.focusWidget() or self):
            self.focus_content()
        self.shown.emit()

    def _show(self) -> None:
        found, context = self._found, self._services.office.context()
        grouping = Grouping(self.order, context, self._user, found.hold_minutes, self._headings)
        groups = grouping.groups(found.lines)
        self._model.show_groups(groups)
        self._headings = (*self._headings, *(group.key for group in groups if group.key not in self._headings))
        counts = found.counts
        self.toolbar.show_counts(counts.due, counts.late, counts.done)
        self._show_page(bool(found.lines))

    def _show_page(self, has_rows: bool) -> None:
        """Another page takes the keyboard over from the one that goes: no field gets it by chance."""
        had_keyboard = self._pages.isAncestorOf(QApplication.focusWidget() or self)
        if not has_rows:
            self._empty.say(*(NONE_MATCH if self._found.counts.due else NONE_DUE))
        page = self.tree if has_rows else self._empty
        if page is self._pages.currentWidget():
            return
        self._pages.setCurrentWidget(page)
        if had_keyboard:
            self.focus_content()

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        for page in (self.tree, self._empty):
            self._pages.addWidget(page)
        self._pages.setObjectName("ground")
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.toolbar.order_chosen.connect(self._on_order_chosen)
        self.toolbar.filter_changed.connect(self._read_anew)
        self.toolbar.print_requested.connect(self.print_requested)
        self.tree.line_selected.connect(self.call_selected)
        self.tree.line_opened.connect(self.call_opened)
        self.tree.outcome_typed.connect(self.outcome_typed)
        self._clock.timeout.connect(self.reload)

    def _on_order_chosen(self, order: str) -> None:
        self.show_order(order)
        self.focus_content()
