"""Keeps the downtime copy: on the worker, sheet by sheet, at most once a minute and only when something changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk_app.application.use_cases.sheets import record_copy
from desk_app.application.wording import clock
from desk_app.domain.faults import FrontDeskFault
from desk_app.ui.feedback import fault_text
from desk_app.ui.main_window.kept_password import has_keyring, keep_password, kept_password
from desk_app.ui.panels.downtime_form import DowntimeForm
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services

if TYPE_CHECKING:
    from desk_app.printing.downtime import Copied, DowntimeCopy

FOLDER, LOCKED = "downtime/folder", "downtime/locked"
MINUTE_MS, FIRST_MS = 60_000, 4000
LOOKS_ANYWAY = 15
"""Minutes after which the copy is looked at though nothing was changed: holds lapse and days end by themselves."""


class DowntimeDesk(QObject):
    """``trouble`` with why the copy is not what it should be, the empty text where it is."""

    trouble = Signal(str)

    def __init__(self, services: Services, show_form: Callable[[Form], None]) -> None:
        super().__init__()
        self._services, self._show_form = services, show_form
        self._copy: DowntimeCopy | None = None
        self._is_changed, self._is_busy, self._minutes = True, False, 0
        self._told: date | None = None
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._on_minute)
        services.bus.changed.connect(self._on_changed)

    def follow(self) -> None:
        """A database is open; a copy that is locked waits for its password, which is asked for once a start."""
        folder, is_locked = self._services.memory.value(FOLDER), self._services.memory.value(LOCKED) == "yes"
        if folder and is_locked:
            self._services.tasks.submit(
                kept_password, lambda kept: self._on_password(folder, kept), lambda _: self._on_password(folder, "")
            )
        elif folder:
            self._begin(folder, "")
            QTimer.singleShot(FIRST_MS, self, self.refresh)

    def _on_password(self, folder: str, password: str) -> None:
        if password:
            self._begin(folder, password)
            QTimer.singleShot(FIRST_MS, self, self.refresh)
        else:
            self.trouble.emit("waits for its password")
            self.show()

    def stop(self) -> None:
        self._copy = None
        self._minute.stop()
        self.trouble.emit("")

    def show(self) -> None:
        """The form with the folder and the password."""
        memory = self._services.memory
        form = DowntimeForm(memory.value(FOLDER), memory.value(LOCKED) == "yes", has_keyring())
        form.chosen.connect(lambda folder, password: self._on_chosen(form, folder, password))
        self._show_form(form)

    def refresh(self) -> None:
        """Looks at every sheet of the copy, one job of the worker each: nobody waits for all of them."""
        copy, office = self._copy, self._services.office
        if copy is None or self._is_busy or not office.is_open:
            return
        self._is_changed, self._is_busy, self._minutes = False, True, 0
        self._services.tasks.submit(
            lambda: copy.wanted(office.desk), lambda sheets: self._write(copy, sheets, 0), self._on_failed
        )

    def _begin(self, folder: str, password: str) -> None:
        """Whoever keeps no copy loads nothing of paper for it."""
        from desk_app.printing.downtime import DowntimeCopy
        from desk_app.ui.print_preview.sheet_choice import paper_remembered

        self._copy = DowntimeCopy(Path(folder), password, paper_remembered(self._services.memory))
        self._is_changed, self._told = True, None
        self._minute.start()

    def _on_chosen(self, form: Form, folder: str, password: str) -> None:
        memory = self._services.memory
        memory.set_value(FOLDER, folder)
        memory.set_value(LOCKED, "yes" if password else "")
        self._services.tasks.submit(
            lambda: keep_password(password), lambda _: None, lambda _: self.trouble.emit("the keyring keeps nothing")
        )
        self.stop()
        self._is_busy = False
        if folder:
            self._begin(folder, password)
            self.refresh()
        said = f"The downtime copy is kept in {folder}" if folder else "No downtime copy is kept any more"
        self._services.feedback.say(said)
        form.left.emit()

    def _write(self, copy: DowntimeCopy, sheets: tuple[Copied, ...], at: int) -> None:
        """One sheet after the other; a copy that was given up meanwhile is left as it is."""
        desk = self._services.office
        if copy is not self._copy or not desk.is_open:
            self._is_busy = False
        elif at == len(sheets):
            is_told = self._told == desk.today
            self._services.tasks.submit(
                lambda: self._finish(copy, sheets, is_told), lambda _: self._on_finished(), self._on_failed
            )
        else:
            self._services.tasks.submit(
                lambda: copy.write(desk.desk, sheets[at]), lambda _: self._write(copy, sheets, at + 1), self._on_failed
            )

    def _finish(self, copy: DowntimeCopy, sheets: tuple[Copied, ...], is_told: bool) -> None:
        """On the worker; the audit trail is told once a day and start, not of every minute."""
        desk = self._services.office.desk
        copy.finish(desk, sheets)
        if not is_told:
            record_copy(desk, str(copy.folder), [sheet.name for sheet in sheets])

    def _on_finished(self) -> None:
        self._is_busy, self._told = False, self._services.office.today
        self.trouble.emit("")

    def _on_failed(self, fault: Exception) -> None:
        """It is tried again the next minute."""
        self._is_busy, self._is_changed = False, True
        if not isinstance(fault, FrontDeskFault):
            raise fault
        office = self._services.office
        at = clock(office.clock.now(), office.zone)
        self.trouble.emit(f"failed {at}: {fault_text(fault, office.catalogue)}")

    def _on_changed(self, *_: object) -> None:
        self._is_changed = True

    def _on_minute(self) -> None:
        self._minutes += 1
        if self._is_changed or self._minutes >= LOOKS_ANYWAY:
            self.refresh()
