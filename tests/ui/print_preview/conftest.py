"""A window's services over a real desk of the small practice, with two visits tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, practice
from desk_app.domain.records import Patient
from desk_app.resources import resources
from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.services import Services
from desk_app.ui.task_runner import ImmediateTaskRunner
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

DAY = date(2026, 11, 25)


@dataclass
class Front:
    """Services, the desk behind them, and what the status bar was told."""

    desk: Desk
    services: Services
    window: QWidget
    said: list[str] = field(default_factory=list)

    def printed(self) -> int:
        last = self.desk.queries.last_printed(DAY, "rooms")
        return last.version if last else 0


@pytest.fixture
def front(
    qapp: QApplication, qtbot: QtBot, sqlite_address: str, clock: StandingClock, tmp_path: Path
) -> Iterator[Front]:
    from desk_app.bootstrap.graph import build_desk

    fonts.load(resources() / "fonts")
    icons.use_folder(resources() / "icons")
    theme.apply_theme(qapp, theme.LIGHT, resources())
    desk = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(desk, CATALOGUE)
    for family, start in (("Ortiz", "2026-11-25T09:00"), ("Nakamura", "2026-11-25T11:00")):
        patient = patients.add(desk, Patient("", family, "Marisol", birth_date=date(1951, 3, 12)), True).value
        booking.book(desk, booking.BookAppointment(at(start), "JOINT", patient_id=patient.id))
    office, tasks, bus, feedback = Office(clock), ImmediateTaskRunner(), ChangeBus(), Feedback()
    office.catalogue = office.open(desk)
    memory = SettingsMemory(tmp_path / "memory.ini")
    memory.set_value("print/folder", str(tmp_path))
    window = QWidget()
    qtbot.addWidget(window)
    operations = Operations(office, tasks, bus, feedback)
    made = Front(desk, Services(office, tasks, bus, feedback, operations, memory), window)
    feedback.said.connect(lambda text, _: made.said.append(text))
    yield made
    desk.close()
