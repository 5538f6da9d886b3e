"""Panels on a real desk of the small practice; work runs on the spot, questions come into the inspector."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients, requests
from desk_app.domain.records import Contact, Patient, Phone, Request
from desk_app.domain.statuses import RequestSource
from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.services import Services
from desk_app.ui.task_runner import ImmediateTaskRunner
from tests.helpers.small_practice import StandingClock

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def address(sqlite_address: str) -> str:
    """Panels know nothing of the kind of database: one is enough here."""
    return sqlite_address


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    fonts.load(RESOURCES / "fonts")
    icons.use_folder(RESOURCES / "icons")
    theme.apply_theme(qapp, theme.LIGHT, RESOURCES)
    return qapp


@pytest.fixture
def services(desk: Desk, clock: StandingClock, tmp_path: Path, dressed: QApplication) -> Services:
    office, bus, feedback, tasks = Office(clock), ChangeBus(), Feedback(), ImmediateTaskRunner()
    office.catalogue = office.open(desk)
    memory = SettingsMemory(tmp_path / "panels.ini")
    return Services(office, tasks, bus, feedback, Operations(office, tasks, bus, feedback), memory)


@pytest.fixture
def inspector(services: Services, qtbot: QtBot) -> Inspector:
    made = Inspector()
    qtbot.addWidget(made)
    services.operations.question_asked.connect(lambda question: made.show_form(QuestionPanel(question)))
    made.resize(424, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def ortiz(desk: Desk) -> Patient:
    phones = (Phone("413 555-0142", "+14135550142", label="mobile"),)
    return patients.add(desk, Patient("204118", "Ortiz", "Marisol", phones=phones, payer="OLDCOL")).value


@pytest.fixture
def take_down(desk: Desk) -> Callable[..., Request]:
    """A request of a caller; any field of NewRequest can be given."""

    def made(family: str = "Haddad", given: str = "Youssef", **fields: object) -> Request:
        contact = Contact(family, given, phones=(Phone("413 555-0102", "+14135550102"),))
        wish = requests.NewRequest(RequestSource.PHONE, **{"contact": contact, "procedure": "JOINT", **fields})  # type: ignore[arg-type]
        return requests.take_down(desk, wish).value

    return made


@pytest.fixture
def heard(services: Services) -> list[str]:
    """What the status bar would say, news and refusals alike."""
    said: list[str] = []
    services.feedback.said.connect(lambda text, _: said.append(text))
    services.feedback.refused.connect(said.append)
    services.feedback.storage_failed.connect(said.append)
    return said


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


class Keyboard:
    """Counts key presses beside the typed words."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.pressed = 0

    def _target(self) -> QWidget:
        """An open list of choices has the keyboard before the field that it belongs to."""
        return QApplication.activePopupWidget() or focused()

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.pressed += 1
            self._qtbot.keyClick(self._target(), key, modifier)

    def write(self, text: str) -> None:
        for letter in text:
            self._qtbot.keyClicks(self._target(), letter)


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


def names_on_the_way(count: int, keys: Keyboard) -> list[str]:
    """The accessible names that Tab leads along."""
    names = []
    for _ in range(count):
        names.append(focused().accessibleName())
        keys.press(Key.Key_Tab)
    return names
