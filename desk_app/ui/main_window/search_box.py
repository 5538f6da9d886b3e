"""One box finds everything: patients, a typed date, a command. Enter takes the first, the arrows another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.wording import birth_date, full_date, moment
from desk_app.ui.main_window.commands import matching
from desk_app.ui.services import Services
from desk_app.ui.widgets.filter_edit import FilterEdit
from desk_app.ui.widgets.keys_ahead import KeysAhead

if TYPE_CHECKING:
    from desk_app.application.read_models import SearchHit
    from desk_app.ui.main_window.search_results import Results
    from desk_app.ui.models.search_model import Found, SearchModel

PAUSE_MS, MOST, WIDTH = 30, 12, 430
HINT = "Find patient, phone, date, command …"
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(FilterEdit):
    """``found_taken`` with what was chosen; the list hangs under the box inside the window."""

    found_taken = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(HINT, "search", "Ctrl+K", parent)
        self._services = services
        self._answered = ""
        self._enter_waits = False
        self._list: Results | None = None
        self._keys = KeysAhead(self, lambda: self._enter_waits)
        self.setAccessibleName("Search")
        self.setFixedHeight(32)
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(240)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._on_edited)

    @cached_property
    def _model(self) -> SearchModel:
        """Made when somebody types."""
        from desk_app.ui.models.search_model import SearchModel

        return SearchModel(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key != Qt.Key.Key_Backspace and self._keys.keep(event):
            return
        elif key in ENTER:
            self._on_enter()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list is not None and self._list.isVisible():
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _on_edited(self, typed: str) -> None:
        self._give_up_waiting()
        self._pause.start()

    def _on_enter(self) -> None:
        typed = self.text().strip()
        if not typed:
            return
        if self._answered == typed and not self._pause.isActive():
            self._take(self._list.currentIndex().row() if self._list is not None else 0)
        else:
            self._enter_waits = True

    def _ask(self) -> None:
        typed, office = self.text().strip(), self._services.office
        if not typed:
            self._answered = ""
            self._hide()
            return
        self._services.tasks.submit(
            lambda: office.desk.queries.find_patients(typed, office.clock.now(), MOST),
            lambda hits: self._on_answered(typed, hits),
            self._on_failed,
            "search",
        )

    def _on_answered(self, typed: str, hits: tuple[SearchHit, ...]) -> None:
        if typed != self.text().strip():
            return
        self._answered = typed
        self._model.show(self._found(typed, hits))
        if self.hasFocus():
            self._show()
        if self._enter_waits:
            self._enter_waits = False
            self._take(0)
            self._keys.go_on()

    def _on_failed(self, fault: Exception) -> None:
        self._give_up_waiting()
        self._services.feedback.refuse(fault)

    def _give_up_waiting(self) -> None:
        self._enter_waits = False
        self._keys.forget()

    def _found(self, typed: str, hits: Sequence[SearchHit]) -> list[Found]:
        from desk_app.domain.records import Phone
        from desk_app.domain.typed_dates import typed_date
        from desk_app.domain.typed_free import typed_free
        from desk_app.ui.main_window.free_days import asked
        from desk_app.ui.models.search_model import Found
        from desk_app.ui.panels.person_words import number, spaced

        office = self._services.office
        found = []
        day = typed_date(typed, office.today)
        if day is not None:
            found.append(Found("day", day, f"Go to {full_date(day)}", icon="schedule"))
        free = typed_free(typed)
        if free is not None:
            found.append(Found("free", free, f"Go to the {asked(free)}", icon="find-slot"))
        commands = [Found("command", c.code, c.text, more=c.key, icon=c.icon) for c in matching(typed)]
        patients = []
        for hit in hits:
            coming = f"next {moment(hit.next_visit, office.zone, office.today)}" if hit.next_visit else ""
            phone = number(Phone(hit.phone, hit.phone if hit.phone.startswith("+") else ""))
            parts = (birth_date(hit.birth_date), f"MRN {spaced(hit.mrn)}", phone)
            detail = " · ".join(part for part in parts if part)
            patients.append(Found("patient", hit.patient_id, hit.name, detail, coming, "patients"))
        exact = [each for each in commands if each.text.casefold().startswith(typed.casefold())]
        found += exact + patients + [each for each in commands if each not in exact]
        return found or [Found("nothing", typed, "Nothing found", "Enter takes down a request", icon="plus")]

    def _take(self, row: int) -> None:
        found = self._model.at(max(row, 0))
        if found is not None:
            self._clear()
            self.found_taken.emit(found)

    def _leave(self) -> None:
        self._give_up_waiting()
        self._clear()

    def _clear(self) -> None:
        self.clear()
        self._answered = ""
        self._hide()
        self.clearFocus()

    def _show(self) -> None:
        if self._list is None:
            from desk_app.ui.main_window.search_results import Results

            self._list = Results(self._model, self.window())
            self._list.clicked.connect(lambda index: self._take(index.row()))
        self._list.hang(self)

    def _hide(self) -> None:
        if self._list is not None:
            self._list.hide()
