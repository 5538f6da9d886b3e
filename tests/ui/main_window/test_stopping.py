"""Pages that are made while the window is used: told at the bottom, stopped by a key, and stopped when it closes."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk_app.printing.progress import Progress
from desk_app.ui.main_window.work import Work
from desk_app.ui.operations import long_work
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.task_runner import TaskRunner

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


class Pages:
    """A paper of nine pages that waits at its fifth."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def make(self, _: object, progress: Progress) -> None:
        progress.reached(4, 9)
        assert self.gate.wait(10)
        progress.settle()

    def work(self) -> LongWork[None]:
        return LongWork("Reports", lambda desk: None, self.make, lambda _: "Saved reports.pdf.")


@pytest.fixture
def papers(closed_work: Work, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """The real thread for paper; the window is there already."""
    made, runner = Pages(), TaskRunner("paper")
    monkeypatch.setattr(closed_work._services.operations.long_works, "_papers", runner)
    monkeypatch.setattr(long_work, "QUIET_S", 0.0)
    yield made
    made.gate.set()
    runner.close()


def stop_button(work: Work) -> QPushButton:
    buttons = work.frame.status.findChildren(QPushButton)
    return next(each for each in buttons if each.accessibleName() == "Stop printing or saving")


def test_the_bar_tells_the_page_and_alt_x_stops_it(work: Work, papers: Pages, qtbot: QtBot) -> None:
    works, status = work._services.operations.long_works, work.frame.status
    works.run(papers.work())
    qtbot.waitUntil(lambda: status.running == "Reports: page 5 of 9")
    assert stop_button(work).isVisible()
    assert stop_button(work).focusPolicy() is Qt.FocusPolicy.TabFocus
    qtbot.keyClick(work.frame.window(), Key.Key_X, ALT)
    assert status.running == "Reports: stopping …"
    papers.gate.set()
    qtbot.waitUntil(lambda: status.message == "Reports: stopped, nothing went out")
    assert status.running == ""
    assert not stop_button(work).isVisible()


def test_the_bar_s_button_stops_it_too_and_what_is_done_is_said(work: Work, papers: Pages, qtbot: QtBot) -> None:
    works, status = work._services.operations.long_works, work.frame.status
    works.run(papers.work())
    works.run(papers.work())
    qtbot.waitUntil(lambda: status.running == "Reports: page 5 of 9")
    stop_button(work).click()
    papers.gate.set()
    qtbot.waitUntil(lambda: status.message == "Saved reports.pdf.")
    assert not works.is_running


def test_a_closed_window_waits_for_the_page_under_way_and_saves_nothing(
    work: Work, papers: Pages, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = work.frame.window()
    work._services.operations.long_works.run(papers.work())
    qtbot.waitUntil(lambda: work.frame.status.running == "Reports: page 5 of 9")
    stopped: list[int] = []
    monkeypatch.setattr(work, "stop", lambda: stopped.append(1))
    assert not window.close()
    assert not window.close(), "somebody is impatient"
    assert window.isVisible()
    papers.gate.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert work.frame.status.message == "Reports: stopped, nothing went out"
    assert stopped == [1]
    monkeypatch.undo()
