"""Esc stops what is under way before it leaves the preview, and says what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desk_app.printing import sheets
from desk_app.printing.painting import printer as painting_printer
from desk_app.printing.progress import Progress
from desk_app.ui.operations import long_work
from desk_app.ui.print_preview import PrintPreview, asking, changes, paper_dialog
from desk_app.ui.task_runner import TaskRunner
from tests.ui.print_preview.conftest import DAY, Front


class Press:
    """A print that waits: two hundred pages, of which the first is begun; ``settles`` before it waits if told so."""

    def __init__(self) -> None:
        self.begun, self.gate, self.settles = threading.Event(), threading.Event(), False

    def send(self, content: object, printer: QPrinter, progress: Progress) -> None:
        if self.settles:
            progress.settle()
        progress.reached(0, 200)
        self.begun.set()
        assert self.gate.wait(10)
        if not self.settles:
            progress.reached(1, 200)
            progress.settle()


@pytest.fixture
def press(front: Front, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    """The real thread for paper, and a printer that waits for the test."""
    made, papers = Press(), TaskRunner("paper")
    front.services.operations.papers = papers
    monkeypatch.setattr(long_work, "QUIET_S", 0.0)
    monkeypatch.setattr(paper_dialog, "printer_names", lambda: ("Front desk",))
    monkeypatch.setattr(painting_printer, "send", made.send)
    monkeypatch.setattr(asking, "ask_printer", lambda *given: given[-1](QPrinter()))
    yield made
    made.gate.set()
    papers.close()


@pytest.fixture
def shown(front: Front, press: Press, qtbot: QtBot) -> PrintPreview:
    made = PrintPreview(front.services, DAY, front.window)
    front.window.show()
    made.open()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.view.count == 1)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_esc_stops_the_print_and_the_preview_stays(
    front: Front, shown: PrintPreview, press: Press, qtbot: QtBot
) -> None:
    QTest.keyClick(shown, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.told() == "Sheet for Wed 25 Nov: page 1 of 200")
    assert (shown.stop.isVisible(), shown.print.isVisible(), shown.save.isVisible()) == (True, False, False)
    assert (shown.stop.accessibleName(), shown.stop.accessibleDescription()) == ("Stop", "Key Esc")
    QTest.keyClick(shown, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.told() == "Sheet for Wed 25 Nov: stopping …"
    press.gate.set()
    qtbot.waitUntil(lambda: shown.told() == "Stopped. Nothing went out.")
    assert shown.isVisible()
    assert (shown.stop.isVisible(), shown.print.isVisible(), shown.save.isVisible()) == (False, True, True)
    assert (front.printed(), front.said) == (0, [])
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()


def test_the_button_does_the_same_and_gives_the_keyboard_back(shown: PrintPreview, press: Press, qtbot: QtBot) -> None:
    shown.print_sheet()
    qtbot.waitUntil(press.begun.is_set)
    shown.stop.setFocus()
    QTest.keyClick(shown.stop, Qt.Key.Key_Space)
    press.gate.set()
    qtbot.waitUntil(lambda: shown.told() == "Stopped. Nothing went out.")
    assert shown.focusWidget() is shown.view


def test_what_is_on_its_way_is_not_stopped_and_is_recorded(
    front: Front, shown: PrintPreview, press: Press, qtbot: QtBot
) -> None:
    press.settles = True
    shown.print_sheet()
    qtbot.waitUntil(press.begun.is_set)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.told() == "Too late to stop: it is on its way."
    press.gate.set()
    qtbot.waitUntil(lambda: front.printed() == 1)
    qtbot.waitUntil(lambda: not isValid(shown))


def test_a_stopped_pdf_leaves_the_old_one_and_no_record(
    front: Front, shown: PrintPreview, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, begun, gate = tmp_path / "sheet.pdf", threading.Event(), threading.Event()
    target.write_bytes(b"the old one")
    write: Callable[..., int] = sheets.save_pdf

    def waiting(content: object, path: Path, paper: str, progress: Progress) -> int:
        begun.set()
        assert gate.wait(10)
        return write(content, path, paper, progress)

    monkeypatch.setattr(changes, "save_pdf", waiting)
    shown.save_to(target)
    qtbot.waitUntil(begun.is_set)
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    gate.set()
    qtbot.waitUntil(lambda: shown.told() == "Stopped. Nothing went out.")
    assert target.read_bytes() == b"the old one"
    assert front.printed() == 0
