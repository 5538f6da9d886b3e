"""Who it is: typing finds known patients under the field; Enter takes the first, or says that it is somebody new."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desk_app.application.read_models import SearchHit
from desk_app.ui import fonts
from desk_app.ui.panels.form import TypedField
from desk_app.ui.panels.person_words import chart_line
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.keys_ahead import KeysAhead

MOST, ROW = 6, 26
PAUSE_MS = 40
TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
"""Tab must not lead on before it is settled who it is."""

GIVING_UP = (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
"""Who takes back what was typed does not wait for the answer."""


class PersonField(TypedField):
    """``patient_picked`` with a hit, ``nobody_picked`` with what was typed."""

    patient_picked = Signal(object)
    nobody_picked = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._hits: tuple[SearchHit, ...] = ()
        self._answered = ""
        self._enter_waits = False
        self._keys = KeysAhead(self, lambda: self._enter_waits)
        self.edit = TextEdit(placeholder="name, phone, birth date or MRN")
        self._list = QListWidget()
        self._list.setAccessibleName("Known patients")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setUniformItemSizes(True)
        self._list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self._list)
        self.setFocusProxy(self.edit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.edit.textEdited.connect(self._on_edited)
        self._list.itemClicked.connect(lambda item: self._take(self._list.row(item)))
        self.edit.installEventFilter(self)

    def typed(self) -> str:
        return self.edit.typed()

    def begin_anew(self) -> None:
        """Asks once more who it is."""
        self.edit.clear()
        self._list.hide()
        self._hits, self._answered = (), ""

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if self._enter_waits and event.key() in GIVING_UP:
            self._give_up_waiting()
        if self._keys.keep(event):
            return True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in TAKING and self.edit.value():
            if self._answered == self.edit.value():
                self._take(max(self._list.currentRow(), 0))
            else:
                self._enter_waits = True
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
            return True
        return False

    def _on_edited(self) -> None:
        self._give_up_waiting()
        self._pause.start()

    def _ask(self) -> None:
        typed, office = self.edit.value(), self._services.office
        if not typed:
            self._on_found("", ())
            return
        self._services.tasks.submit(
            lambda: office.desk.queries.find_patients(typed, office.clock.now(), MOST),
            while_alive(self, lambda hits: self._on_found(typed, hits)),
            while_alive(self, self._on_failed),
            "person",
        )

    def _on_failed(self, fault: Exception) -> None:
        self._give_up_waiting()
        self._services.feedback.refuse(fault)

    def _give_up_waiting(self) -> None:
        self._enter_waits = False
        self._keys.forget()

    def _on_found(self, typed: str, hits: tuple[SearchHit, ...]) -> None:
        if typed != self.edit.value():
            return
        self._hits, self._answered = hits, typed
        self._list.clear()
        for hit in hits:
            self._add(chart_line(hit.name, hit.birth_date, hit.mrn))
        if typed:
            self._add(f"Somebody new: {typed}")
            self._list.setCurrentRow(0)
        self._list.setFixedHeight(fonts.scaled(ROW) * self._list.count() + 4)
        self._list.setVisible(bool(typed))
        if self._enter_waits and typed:
            self._enter_waits = False
            self._take(0)
            self._keys.go_on()

    def _add(self, text: str) -> None:
        item = QListWidgetItem(texts.flat(text))
        item.setSizeHint(QSize(0, fonts.scaled(ROW)))
        self._list.addItem(item)

    def _take(self, row: int) -> None:
        self._list.hide()
        if row < len(self._hits):
            self.patient_picked.emit(self._hits[row])
        else:
            self.nobody_picked.emit(self.edit.value())
