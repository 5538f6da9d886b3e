"""From a web form to a printed sheet: the main job, done in the program as a receptionist does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.find_slot import FindSlotPanel
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.print_preview import PrintPreview
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.helpers.keyboard import CTRL, NONE, SHIFT, Key, Keyboard
from tests.helpers.small_practice import StandingClock

FILES = Path(__file__).resolve().parents[1] / "data" / "requests"


def drop(work: Work, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, how, left, none = QPoint(10, 10), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, NONE
    for event in (QDragEnterEvent(place, how, data, left, none), QDropEvent(place, how, data, left, none)):
        QApplication.sendEvent(work.frame.window(), event)


def desk_on(places: Places, clock: StandingClock) -> Desk:
    """A second program on the demo, to look at what the window has stored."""
    return build_desk(str(places.demo), "looker", clock)


def test_from_dropped_mails_to_a_printed_sheet(
    programs: Programs, places: Places, clock: StandingClock, tmp_path: Path, qtbot: QtBot
) -> None:
    program, keys = programs(), Keyboard(qtbot)
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    keys.press(Key.Key_D)
    work = working(program, qtbot)
    status = work.frame.status
    drop(work, FILES)
    qtbot.waitUntil(lambda: "new requests" in status.message, timeout=PATIENCE_MS)
    # fourteen honest people, and one who is perhaps one of them: that is for a person to say
    assert status.message == "15 new requests, 2 joined to one that was there, 4 set aside"

    desk = desk_on(places, clock)
    try:
        _book_by_keyboard(work, keys, desk, qtbot)
        _print_next_day(work, keys, desk, tmp_path, qtbot)
        assert desk.queries.breaches(desk.now()) == ()
    finally:
        desk.close()


def _book_by_keyboard(work: Work, keys: Keyboard, desk: Desk, qtbot: QtBot) -> None:
    """A request that names its procedure goes into the first start that fits; without authorization it is held."""
    keys.press(Key.Key_2, with_=CTRL)
    qtbot.waitUntil(lambda: work.frame.screens.requests.tree.current_line() is not None, timeout=PATIENCE_MS)
    keys.press(Key.Key_Slash)
    keys.write("lowell")
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: work.frame.inspector.card.content.name == "Lowell, Harriet", timeout=PATIENCE_MS)
    keys.press(Key.Key_F)
    panel = work.frame.inspector.form
    assert isinstance(panel, FindSlotPanel)
    qtbot.waitUntil(lambda: panel.list.current_slot() is not None, timeout=PATIENCE_MS)
    first = panel.list.current_slot()
    assert first is not None
    keys.press(Key.Key_Return)
    qtbot.waitUntil(lambda: work.frame.inspector.form is not panel, timeout=PATIENCE_MS)
    if isinstance(work.frame.inspector.form, QuestionPanel):
        keys.press(Key.Key_H)
    qtbot.waitUntil(lambda: "Lowell" in work.frame.status.message, timeout=PATIENCE_MS)
    found = [line for line in desk.queries.requests("all", desk.now()) if line.name == "Lowell, Harriet"]
    assert len(found) == 1
    assert first.start in (found[0].held_start, found[0].visit_start)


def _print_next_day(work: Work, keys: Keyboard, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    keys.press(Key.Key_P, with_=CTRL | SHIFT)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview), timeout=PATIENCE_MS)
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    day = preview.choice().day
    assert day == date(2026, 11, 25)
    sheet = tmp_path / "sheet.pdf"
    preview.save_to(sheet)
    qtbot.waitUntil(sheet.exists, timeout=PATIENCE_MS)
    text = "".join(page.extract_text() for page in PdfReader(sheet).pages)
    for line in desk.queries.day_plan(day, desk.now()).lines:
        assert line.family.upper() in text


def test_the_demo_is_open_again_the_next_morning_on_the_screen_it_was_left_on(programs: Programs, qtbot: QtBot) -> None:
    program, keys = programs(), Keyboard(qtbot)
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    keys.press(Key.Key_D)
    work = working(program, qtbot)
    keys.press(Key.Key_2, with_=CTRL)
    qtbot.waitUntil(lambda: work.frame.screens.code == "requests")
    program.window.close()
    again = working(programs(), qtbot)
    qtbot.waitUntil(lambda: again.frame.screens.code == "requests", timeout=PATIENCE_MS)
    assert "demo" in again.frame.rail.about


def test_two_windows_on_one_database_see_each_others_bookings(programs: Programs, places: Places, qtbot: QtBot) -> None:
    """The second desk follows by itself, within a moment."""
    first, keys = programs(), Keyboard(qtbot)
    assert first.work is not None
    qtbot.waitUntil(first.work.frame.start.isVisible, timeout=PATIENCE_MS)
    keys.press(Key.Key_D)
    work = working(first, qtbot)
    other = working(programs(), qtbot)
    qtbot.waitUntil(lambda: other.frame.rail.count("requests") > 0, timeout=PATIENCE_MS)
    before = other.frame.rail.count("requests")
    drop(work, FILES / "001.eml")
    qtbot.waitUntil(lambda: other.frame.rail.count("requests") == before + 1, timeout=PATIENCE_MS)
