"""Find slot: what is wanted, the starts that fit over the coming year, and why not on some other day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.holds import hold_until
from desk_app.application.read_models import PatientCard
from desk_app.application.start_runs import StartRun, room_and_clinicians, without_present
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.application.use_cases.find_starts import find_starts
from desk_app.application.use_cases.moving import MoveAppointment
from desk_app.application.use_cases.why_not import why_not
from desk_app.application.use_cases.why_not_then import why_not_then
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.domain.slots import Slot
from desk_app.domain.zone import wall_instant
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.operations.visits import booking, moving
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.panels.search_fields import SHOWN, SearchFields
from desk_app.ui.panels.search_summary import summary
from desk_app.ui.panels.slot_list import SlotHead, SlotList
from desk_app.ui.panels.subject import Subject
from desk_app.ui.panels.why_not_box import WhyNotBox
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton

__all__ = ["FindSlotPanel", "room_and_clinicians"]
WIDTH = 424
SEARCHING = "The starts are being searched; once more, please."
SAME_DAY = frozenset({"same_day"})
"""Who asks for the day of another visit need not be told that there is one."""


class FindSlotPanel(Form):
    """Enter books the chosen start, H holds it, S repeats it, W asks why not, D lists the first start of each day.

    Without anybody to book for it only answers.
    """

    width_wanted = WIDTH
    slot_shown = Signal(object)
    """The start that is chosen in the list, for the schedule to show it on its day; None where there is none."""

    visit_made = Signal(int)
    slot_wanted = Signal(object, object)
    """A start for nobody yet: the slot and the search that found it."""

    series_wanted = Signal(object)
    """The first visit of a series: what booking it alone would be."""

    def __init__(self, services: Services, subject: Subject) -> None:
        super().__init__("Find slot", "Book", "Enter", "check")
        self._services, self._subject = services, subject
        office = services.office
        self.fields = SearchFields(office.catalogue, office.today, subject)
        self.list = SlotList()
        self.why_not = WhyNotBox(office.today)
        self._summary = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._summary.setContentsMargins(16, 0, 16, 10)
        self._found = SlotHead()
        self._hold = KeyButton("Hold", "H", "held")
        self._tray = KeyButton("To the tray", "T", "tray")
        self._series = KeyButton("Repeat", "S", "schedule")
        self._one_a_day = False
        self._search_number = 0
        self._asked: FindSlots | None = None
        self._is_searching = self._is_booking = False
        self._arrange()
        self._connect()
        self.say_title(self._heading(), " · ".join(part for part in (subject.name, subject.more) if part))
        self.search()
        self._read_other_visits()

    def focus_first(self) -> None:
        """The procedure while none is chosen, else the starts."""
        target = self.list if self.fields.chosen() is not None else self.fields.procedure
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def search(self) -> None:
        """Asks anew; only the newest search is answered."""
        self.forgive()
        self.fields.forgive()
        self._say_summary()
        self._asked = wish = self.fields.wish()
        self._search_number += 1
        if wish is None:
            self._is_searching = False
            self._found.say("" if self.fields.troubles() else "Choose a procedure")
            self._show(())
            return
        office, number, one_a_day = self._services.office, self._search_number, self._one_a_day
        other = self.fields.beside()
        beside = (other.start, other.end) if other is not None else None
        self._is_searching = True
        self._services.tasks.submit(
            lambda: find_starts(office.desk, wish, one_a_day, beside),
            while_alive(self, lambda runs: self._on_found(number, runs)),
            while_alive(self, lambda fault: self._on_failed(number, fault)),
            "find_slot",
        )

    def submit(self) -> None:
        slot = self.list.current_slot()
        if self._is_searching:
            self.complain(SEARCHING)
        elif slot is None:
            self.complain("No start is chosen.")
        elif self._subject.move is not None:
            self._move(slot)
        elif self._is_for_nobody():
            self.slot_wanted.emit(slot, self.fields.wish())
        else:
            self._book(slot, hold=False)

    def take_back_keyboard(self) -> None:
        self._is_booking = False
        super().take_back_keyboard()

    def hold(self) -> None:
        """Keeps the start until the payer's clock has run out."""
        slot = self.list.current_slot()
        if self._is_searching:
            self.complain(SEARCHING)
        elif slot is not None and self._can_hold():
            self._book(slot, hold=True)

    def repeat(self) -> None:
        """The chosen start as the first of a series."""
        slot = self.list.current_slot()
        if self._is_searching:
            self.complain(SEARCHING)
        elif slot is not None and self._can_repeat():
            self.series_wanted.emit(self._booking(slot))

    def switch_list(self) -> None:
        """Every start, or the first of each of the next days."""
        self._one_a_day = not self._one_a_day
        self._found.say_mode(self._one_a_day)
        self.search()

    def to_tray(self) -> None:
        """Whoever a slot is sought for is carried along instead, and the panel is left."""
        subject, put = self._subject, self._services.operations.put_in_tray
        if subject.move is not None:
            put("visit", subject.move)
        elif subject.request is not None:
            put("request", subject.request.id)
        else:
            return
        self.left.emit()

    def ask_why_not(self) -> None:
        """Leads to the day that is asked about; at first the day before the first start."""
        if self.why_not.when.day() is None:
            self._explain(self._day_in_question())
        self.why_not.when.setFocus(Qt.FocusReason.TabFocusReason)

    def apply_changes(self) -> None:
        """Somebody booked, moved or cancelled: the list is found anew."""
        self.search()
        self._read_other_visits()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in ENTER and plain:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif plain and (does := self._keys().get(Qt.Key(event.key()))) is not None:
            does()
        elif event.text() and event.text() in "123456789" and plain:
            self.list.keyPressEvent(event)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Back from under another form, the chosen start is shown again."""
        super().showEvent(event)
        if not event.spontaneous():
            self.slot_shown.emit(self.list.current_slot())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.slot_shown.emit(None)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_H: self.hold,
            Qt.Key.Key_W: self.ask_why_not,
            Qt.Key.Key_D: self.switch_list,
            Qt.Key.Key_S: self.repeat,
            Qt.Key.Key_T: self.to_tray,
        }

    # What is asked of the desk

    def _read_other_visits(self) -> None:
        """A second visit may be wanted on the day of one that the patient has already."""
        office, patient = self._services.office, self._subject.patient_id
        if patient is None:
            return
        self._services.tasks.submit(
            lambda: office.desk.queries.patient_card(patient, office.clock.now()),
            while_alive(self, self._on_patient_read),
            while_alive(self, lambda fault: self._on_failed(self._search_number, fault)),
            "other_visits",
        )

    def _on_patient_read(self, card: PatientCard) -> None:
        self.fields.offer_beside(card.upcoming)

    def _booking(self, slot: Slot) -> BookAppointment:
        subject = self._subject
        return BookAppointment(
            slot.start,
            self.fields.procedure.value(),
            self.fields.level_count(),
            request_id=subject.request.id if subject.request else None,
            patient_id=subject.patient_id,
            stay=self.fields.planned(),
            wanted=room_and_clinicians(slot, self._services.office.catalogue),
            level_names=self.fields.level_names() or None,
            side=self.fields.side.value() or "",
            acknowledged=SAME_DAY if self.fields.beside() is not None else None,
            further=self.fields.further(),
        )

    def _book(self, slot: Slot, hold: bool) -> None:
        if self._is_booking:
            return
        self._is_booking = True
        services = self._services
        until = self._hold_until(slot.start)
        wish = replace(self._booking(slot), hold_until=until if hold else None)
        run = services.operations.run
        run(booking(run, services.office, wish, until, while_alive(self, self._on_made), self._on_refused))

    def _move(self, slot: Slot) -> None:
        services, subject = self._services, self._subject
        if self._is_booking or subject.move is None:
            return
        self._is_booking = True
        wanted = room_and_clinicians(slot, services.office.catalogue)
        wish = MoveAppointment(subject.move, slot.start, wanted, subject.version)
        run = services.operations.run
        run(moving(run, services.office, wish, while_alive(self, self._on_made), self._on_refused))

    def _hold_until(self, start: datetime) -> datetime:
        office = self._services.office
        asked, paper = self._subject.request, self._subject.authorization
        return hold_until(office.catalogue, office.clock.now(), asked, start, paper)

    def finish(self, visit: int) -> None:
        """What was sought for is booked."""
        self.left.emit()
        self.visit_made.emit(visit)

    def _on_made(self, visit: object) -> None:
        self.finish(visit.id)  # type: ignore[attr-defined]

    def _on_refused(self, fault: Exception) -> bool:
        """Beside the field it is about; whatever else is told by the window."""
        if not isValid(self):
            return False
        self._is_booking = False
        if not isinstance(fault, WrongInput):
            return False
        return self.fields.refuse(str(fault.params.get("field", "")), fault_text(fault, self.catalogue()))

    def _explain(self, day: date | None, at: time | None = None) -> None:
        """A day stretch by stretch, or one start; a time alone is meant for the day of the chosen start."""
        wish, office = self.fields.wish(), self._services.office
        if wish is None:
            return
        if day is None:
            slot = self.list.current_slot()
            day = office.context().day_of(slot.start) if slot else office.today
        self.why_not.when.show_when(day, at, office.today)
        if at is not None:
            self._explain_start(wish, wall_instant(day, at, office.zone))
            return
        self._services.tasks.submit(
            lambda: why_not(office.desk, wish, day),
            while_alive(self, lambda pieces: self.why_not.show_reasons(pieces, office.context())),
            while_alive(self, lambda fault: self._on_failed(self._search_number, fault)),
            "why_not",
        )

    def _explain_start(self, wish: FindSlots, start: datetime) -> None:
        office = self._services.office
        self._services.tasks.submit(
            lambda: why_not_then(office.desk, wish, start),
            while_alive(self, lambda found: self.why_not.show_answer(found, office.context())),
            while_alive(self, lambda fault: self._on_failed(self._search_number, fault)),
            "why_not",
        )

    def _day_in_question(self) -> date:
        slot = self.list.slots.slot_at(0)
        office = self._services.office
        first = office.context().day_of(slot.start) if slot else office.today
        day = first - timedelta(days=1)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        return max(day, office.today)

    # What is shown

    def _on_found(self, number: int, runs: tuple[StartRun, ...]) -> None:
        if number != self._search_number:
            return
        self._is_searching = False
        is_cut = sum(len(run.slots) for run in runs) == SHOWN
        runs = self._other_than_now(runs)
        count = sum(len(run.slots) for run in runs)
        starts = f"{count}+ starts" if is_cut else wording.count(count, "start", "starts")
        if self._one_a_day:
            starts = wording.count(len(runs), "day", "days")
        self._found.say(starts if runs else self._nothing_found())
        before = self.list.current_slot()
        self._show(runs)
        self.list.choose_start(before.start if before else None)

    def _other_than_now(self, runs: tuple[StartRun, ...]) -> tuple[StartRun, ...]:
        """Where another time is sought, the present one is no answer; the first of each day are listed as they are."""
        subject = self._subject
        if subject.start is None or self._one_a_day:
            return runs
        return without_present(runs, subject.start, subject.named, self.catalogue())

    def _nothing_found(self) -> str:
        if self.fields.beside() is not None:
            return "No start fits on that day"
        return "No start fits by then" if self.fields.latest.day() is not None else "No start fits within a year"

    def _show(self, runs: tuple[StartRun, ...]) -> None:
        self.list.slots.show(runs, self._services.office.context())
        self._say_buttons()
        if not runs:
            self.slot_shown.emit(None)

    def _on_failed(self, number: int, fault: Exception) -> None:
        if number != self._search_number:
            return
        self._is_searching = False
        self._found.say("")
        self._show(())
        if not self._on_refused(fault):
            self._services.feedback.refuse(fault, self.catalogue())

    def _on_fields_changed(self) -> None:
        """Leaving a field without another wish asks nothing."""
        if self.fields.wish() != self._asked or self.fields.troubles():
            self.search()

    def _on_slot_chosen(self, slot: Slot | None) -> None:
        self._say_buttons()
        self.slot_shown.emit(slot)

    def _say_buttons(self) -> None:
        office, slot = self._services.office, self.list.current_slot()
        self.primary.setEnabled(slot is not None)
        self._hold.setEnabled(slot is not None)
        self._series.setEnabled(slot is not None)
        if slot is None:
            self.primary.say("Book")
            self._hold.say("Hold")
            return
        when = wording.moment(slot.start, office.zone, office.today)
        verbs: list[tuple[bool, Callable[[], str]]] = [
            (self._subject.move is not None, lambda: f"Move to {when}"),
            (self._is_for_nobody(), lambda: f"New request for {when}"),
            (True, lambda: f"Book {when}"),
        ]
        self.primary.say(next(words() for holds, words in verbs if holds))
        until = self._hold_until(slot.start)
        self._hold.say(f"Hold until {wording.moment(until, office.zone, office.today)}")

    def _say_summary(self) -> None:
        procedure = self.fields.sitting()
        words = summary(procedure, self.fields.wish(), self.catalogue(), self._subject.payer)
        self._summary.setText(words)
        self._summary.setVisible(bool(words))

    def _heading(self) -> str:
        return "Other time" if self._subject.move is not None else "Find slot"

    def _is_for_nobody(self) -> bool:
        subject = self._subject
        return subject.request is None and subject.patient_id is None

    def _can_hold(self) -> bool:
        return self._subject.move is None and not self._is_for_nobody()

    def _can_repeat(self) -> bool:
        """A series is for somebody with a chart."""
        return self._subject.move is None and self._subject.patient_id is not None

    # Building

    def _arrange(self) -> None:
        self.area.hide()
        self.column.insertWidget(2, self.fields)
        self.column.insertWidget(3, self._summary)
        self.column.insertWidget(4, self._found)
        self.column.insertWidget(5, self.list, 1)
        self.column.insertWidget(6, self.why_not)
        if self._subject.move is not None or self._subject.request is not None:
            self._tray.clicked.connect(self.to_tray)
            self.foot.addWidget(self._tray)
        if self._can_hold():
            row = QHBoxLayout()
            row.addWidget(self._hold, 1)
            if self._can_repeat():
                row.addWidget(self._series)
            self.foot.addLayout(row)

    def _connect(self) -> None:
        self.fields.changed.connect(self._on_fields_changed)
        self.list.slot_chosen.connect(self._on_slot_chosen)
        self.list.slot_taken.connect(lambda _: self.submit())
        self.why_not.asked.connect(self._explain)
        self._hold.clicked.connect(self.hold)
        self._series.clicked.connect(self.repeat)
        self._found.switched.connect(self.switch_list)
