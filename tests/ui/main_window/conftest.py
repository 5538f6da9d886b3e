"""A window on a real desk of the small practice; work runs on the spot unless a test wants the real worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, requests
from desk_app.domain.records import Authorization, Contact, Patient, Phone, Request
from desk_app.domain.statuses import AuthorizationStatus, RequestSource, RequestStatus
from desk_app.ui import fonts, icons, theme
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.main_window import MainWindow
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.main_window.work import Work
from desk_app.ui.memory import SettingsMemory
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations
from desk_app.ui.screens.calls.calls_screen import CallsScreen
from desk_app.ui.services import Services
from desk_app.ui.task_runner import ImmediateTaskRunner
from tests.helpers.keyboard import Keyboard
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.calls_seen import FAMILIES, PHONES
from tests.ui.main_window.storages import OpenStorage

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@pytest.fixture
def address(sqlite_address: str) -> str:
    """The window knows nothing of the kind of database: one is enough here."""
    return sqlite_address


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    fonts.load(RESOURCES / "fonts")
    icons.use_folder(RESOURCES / "icons")
    theme.apply_theme(qapp, theme.LIGHT, RESOURCES)
    return qapp


@pytest.fixture
def storage(desks: Callable[[], Desk]) -> OpenStorage:
    return OpenStorage(desks)


@pytest.fixture
def services(clock: StandingClock, tmp_path: Path, dressed: QApplication) -> Services:
    office, bus, feedback, tasks = Office(clock), ChangeBus(), Feedback(), ImmediateTaskRunner()
    memory = SettingsMemory(tmp_path / "window.ini")
    return Services(office, tasks, bus, feedback, Operations(office, tasks, bus, feedback), memory)


@pytest.fixture
def closed_work(services: Services, storage: OpenStorage, qtbot: QtBot) -> Iterator[Work]:
    """A window that has not opened anything yet."""
    window = MainWindow(services.memory, "#EEF0F0")
    window.furnish(Frame(services, "A. Reyes", "1.0"))
    qtbot.addWidget(window)
    work = Work(window, services, storage, lambda scheme: None)
    window.begin(work)
    window.resize(1440, 900)
    window.show()
    yield work
    window.frame.inspector.drop_forms()
    window.close()


@pytest.fixture
def work(desk: Desk, closed_work: Work, qtbot: QtBot) -> Work:
    """A window on the small practice."""
    closed_work.start()
    window = closed_work.frame.window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return closed_work


@pytest.fixture
def ortiz(desk: Desk) -> Patient:
    phones = (Phone("413 555-0142", "+14135550142"),)
    return patients.add(desk, Patient("", "Ortiz", "Marisol", phones=phones)).value


@pytest.fixture
def ready_request(desk: Desk) -> Request:
    """A joint injection, which needs no authorization, ready to book for a caller without a chart."""
    contact = Contact("Haddad", "Youssef", phones=(Phone("413 555-0102", "+14135550102"),))
    wish = requests.NewRequest(RequestSource.PHONE, contact=contact, procedure="JOINT")
    taken = requests.take_down(desk, wish).value
    requests.set_status(desk, taken.id, RequestStatus.IN_REVIEW)
    return requests.set_status(desk, taken.id, RequestStatus.READY_TO_BOOK).value


@pytest.fixture
def visit(desk: Desk, ortiz: Patient) -> int:
    """Marisol Ortiz, a joint injection tomorrow at nine."""
    wish = booking.BookAppointment(at("2026-11-25T09:00"), "JOINT", patient_id=ortiz.id)
    return booking.book(desk, wish).value.id


# Calls


@pytest.fixture
def keys(qtbot: QtBot) -> Keyboard:
    return Keyboard(qtbot)


@pytest.fixture
def callers(desk: Desk) -> list[Request]:
    """Three requests that came in just now, each with its call to the patient."""
    made = []
    for number, family in enumerate(FAMILIES):
        contact = Contact(family, "Y.", phones=(Phone(f"413 555-010{number}", f"+1413555010{number}"),))
        wish = requests.NewRequest(RequestSource.PHONE, contact=contact, procedure="JOINT")
        made.append(requests.take_down(desk, wish).value)
    return made


@pytest.fixture
def shown_calls(work: Work, clock: StandingClock) -> Callable[[], CallsScreen]:
    """The calls, with the keyboard in the list; it is Wednesday, so that they are due."""

    def show() -> CallsScreen:
        clock.instant = at("2026-11-25T10:00")
        work.show_screen("calls")
        return work.frame.screens.calls

    return show


@pytest.fixture
def visit_soon(desk: Desk) -> int:
    """Marisol Ortiz, on Friday: a confirmation call is due on Wednesday."""
    who = patients.add(desk, Patient("", "Ortiz", "Marisol", phones=PHONES)).value
    return booking.book(desk, booking.BookAppointment(at("2026-11-27T09:00"), "JOINT", patient_id=who.id)).value.id


@pytest.fixture
def asked(desk: Desk) -> Request:
    """Somebody whose payer was asked, so that it is called."""
    who = patients.add(desk, Patient("", "Yilmaz", "Emine", phones=PHONES, payer="OLDCOL", member_id="BH 220")).value
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=who.id, procedure="KYPHO", payer="OLDCOL")
    taken = requests.take_down(desk, wish).value
    taken = requests.set_status(desk, taken.id, RequestStatus.AWAITING_AUTHORIZATION).value
    with desk.open_work(desk.actor) as work:
        work.authorizations.add(
            Authorization(
                taken.id, who.id, "OLDCOL", "KYPHO", AuthorizationStatus.SUBMITTED, "S-1", submitted_at=desk.now()
            )
        )
        desk.committed(work, work.commit("authorization_submitted"))
    return taken
