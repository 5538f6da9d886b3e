"""The inbox screen: segments, filter, the tree of requests, and what was set aside."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desk_app.application.outcome import Record
from desk_app.domain.slots import Slot
from desk_app.ui.models.request_model import RequestModel
from desk_app.ui.models.request_order import ORDER_WORDS, ORDERS, STATUS
from desk_app.ui.screens.requests.inbox import Inbox, filtered, read_inbox, waiting_words
from desk_app.ui.screens.requests.request_toolbar import RequestToolbar
from desk_app.ui.screens.requests.request_tree import RequestTree
from desk_app.ui.screens.requests.set_aside_list import SetAsideList
from desk_app.ui.services import Services
from desk_app.ui.widgets.empty_page import EmptyPage
from desk_app.ui.widgets.read_when_seen import ReadWhenSeen

REMEMBERED = "requests/order"
CONCERNED = (
    Record.REQUEST,
    Record.APPOINTMENT,
    Record.AUTHORIZATION,
    Record.CALLBACK,
    Record.IMPORT_ITEM,
    Record.PATIENT,
)
EMPTY = {
    "open": ("No open request", "Requests from the web form, by phone or by referral wait here.", "New request"),
    "booked": ("No booked request", "A request whose visit is booked stands here until the patient has gone home.", ""),
    "closed": ("No closed request", "Closed, declined and withdrawn requests stay here; nothing is deleted.", ""),
    "set_aside": ("Nothing set aside", "Mails and rows that cannot be read wait here, with the reason.", ""),
}


class RequestsScreen(ReadWhenSeen):
    """Requests are told by number, set-aside items by their line."""

    concerned = CONCERNED

    request_selected = Signal(int)
    request_opened = Signal(int)
    first_slot_taken = Signal(object, object)
    """The request's line and its first slot."""

    set_aside_selected = Signal(object)
    new_request_wanted = Signal()
    import_requested = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(lambda: services.office.is_open, parent)
        self._services = services
        self._inbox = Inbox("open")
        self._number = 0
        self._wanted: int | None = None
        self._order = services.memory.value(REMEMBERED, STATUS)
        self._model = RequestModel(self)
        self.toolbar = RequestToolbar()
        self.tree = RequestTree(self._model)
        self.set_aside = SetAsideList()
        self._empty = EmptyPage()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    def select(self, request_id: int) -> None:
        """Selects a request; one that is in another segment is looked for there once this one is read."""
        self._wanted = None if self.tree.select(request_id) else request_id

    def show_segment(self, segment: str) -> None:
        self.toolbar.show_segment(segment)
        self._read(segment)

    def focus_content(self) -> None:
        """The keyboard goes to the rows; where there are none, to the page that says so."""
        page = self._pages.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tree.choose_one()

    def first_slot(self, request_id: int) -> Slot | None:
        return self._inbox.slots.get(request_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.toolbar.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and self.toolbar.filter.hasFocus():
            self.focus_content()
        elif event.key() == Qt.Key.Key_Escape and self.toolbar.filter.hasFocus():
            self.toolbar.filter.clear()
            self.focus_content()
        else:
            super().keyPressEvent(event)

    # Reading

    def _read_anew(self) -> None:
        self._read(self._inbox.segment)

    def _read(self, segment: str) -> None:
        office, self._number = self._services.office, self._number + 1
        number = self._number
        self._services.tasks.submit(
            lambda: read_inbox(office.desk, segment),
            lambda inbox: self._on_read(number, inbox),
            self._services.feedback.refuse,
            "inbox",
        )

    def _on_read(self, number: int, inbox: Inbox) -> None:
        if number != self._number:
            return
        self._inbox = inbox
        self.toolbar.offer_payers(self._services.office.catalogue)
        self.toolbar.show_counts(inbox.counts)
        self._show()
        if self._wanted is not None:
            self._look_elsewhere(self._wanted)
        elif self._pages.isAncestorOf(QApplication.focusWidget() or self):
            self.focus_content()

    def _look_elsewhere(self, request_id: int) -> None:
        if self.tree.select(request_id):
            self._wanted = None
            return
        later = {"open": "booked", "booked": "closed"}.get(self._inbox.segment)
        if later is None:
            self._wanted = None
        else:
            self.show_segment(later)

    def _show(self) -> None:
        inbox, context = self._inbox, self._services.office.context(self._inbox.slots)
        if inbox.segment == "set_aside":
            self.set_aside.items.show(inbox.set_aside, context)
            self._show_page(self.set_aside, bool(inbox.set_aside))
            self.toolbar.words.setText("")
            return
        lines = filtered(inbox.lines, self.toolbar.filter.text(), self.toolbar.payer.value())
        segment = inbox.segment
        self._model.show(lines, context, self._order if segment == "open" else STATUS, ended=segment == "closed")
        self._show_page(self.tree, bool(lines))
        self.toolbar.words.setText(waiting_words(lines, context.now) if inbox.segment == "open" else "")

    def _show_page(self, page: QWidget, has_rows: bool) -> None:
        """Another page takes the keyboard over from the one that goes: no field gets it by chance."""
        had_keyboard = self._pages.isAncestorOf(QApplication.focusWidget() or self)
        shown = page if has_rows else self._empty
        if not has_rows:
            self._say_empty()
        if shown is self._pages.currentWidget():
            return
        self._pages.setCurrentWidget(shown)
        if had_keyboard:
            self.focus_content()

    def _say_empty(self) -> None:
        title, text, step = EMPTY[self._inbox.segment]
        if self._inbox.lines:
            title, text, step = "Nothing matches", "No request of these matches the filter.", ""
        self._empty.say(title, text, step)

    # Building

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        for page in (self.tree, self.set_aside, self._empty):
            self._pages.addWidget(page)
        self._pages.setObjectName("ground")
        column.addWidget(self._pages, 1)
        self.toolbar.show_segment("open")
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.toolbar.segment_chosen.connect(self._read)
        self.toolbar.filter_changed.connect(self._show)
        self.toolbar.import_requested.connect(self.import_requested)
        self.tree.line_selected.connect(self.request_selected)
        self.tree.line_opened.connect(self.request_opened)
        self.tree.first_slot_taken.connect(self._on_first_slot_taken)
        self.tree.order_wanted.connect(self._on_order_wanted)
        self.set_aside.item_selected.connect(self.set_aside_selected)
        self._empty.step_taken.connect(self.new_request_wanted)

    def _on_order_wanted(self, order: str) -> None:
        """Another order, remembered; the same once more, or the key, turns on to the next or back."""
        if self._inbox.segment != "open":
            return
        known = self._order if self._order in ORDERS else STATUS
        following = ORDERS[(ORDERS.index(known) + 1) % len(ORDERS)]
        self._order = following if not order else (STATUS if order == known else order)
        self._services.memory.set_value(REMEMBERED, self._order)
        self._show()
        self._services.feedback.say(f"Requests: {ORDER_WORDS[self._order]}", False)

    def _on_first_slot_taken(self, request_id: int) -> None:
        line, slot = self.tree.current_line(), self.first_slot(request_id)
        if line is not None and slot is not None:
            self.first_slot_taken.emit(line, slot)
        elif line is not None:
            self._services.feedback.refused.emit("No first slot is known: the request is not ready to book.")
