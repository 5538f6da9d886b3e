"""The side of the preview: set up by keyboard, remembered for each kind, put back by a key."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desk_app.printing.content.setup import SheetSetup, usual_setup
from desk_app.ui.print_preview import PrintPreview
from desk_app.ui.print_preview.setup_panel import NO_TIME, TOO_SOON
from tests.ui.print_preview.conftest import Front
from tests.ui.print_preview.test_print_preview import opened, segment, words

Key = Qt.Key


def set_hours(shown: PrintPreview, first: str, last: str) -> None:
    for edit, typed in ((shown.panel.first, first), (shown.panel.last, last)):
        edit.setFocus()
        edit.selectAll()
        QTest.keyClicks(edit, typed) if typed else edit.clear()
        edit.editingFinished.emit()


def test_what_is_set_up_is_shown_at_once_and_remembered_for_that_kind_alone(front: Front) -> None:
    shown = opened(front)
    set_hours(shown, "10", "12")
    segment(shown, "Printed: Birth date and chart").click()
    segment(shown, "Size of the letters: Larger").click()
    assert not any("ORTIZ" in text for text in words(shown))
    assert any("NAKAMURA" in text for text in words(shown))
    assert "only from 10:00 until 12:00" in " ".join(words(shown))
    wanted = SheetSetup(time(10), time(12), hidden=frozenset({"born"}), size="larger")
    assert shown.choice().setup == wanted
    segment(shown, "Sheet: By clinician").click()
    assert shown.choice().setup == usual_setup("clinicians")
    shown.reject()
    again = opened(front)
    segment(again, "Sheet: By room").click()
    assert again.choice().setup == wanted


def test_one_key_puts_back_the_usual(front: Front) -> None:
    shown = opened(front)
    segment(shown, "Paper lies: Across").click()
    set_hours(shown, "10", "")
    assert shown.view.pages is not None
    assert shown.view.pages.paper.is_turned
    QTest.keyClick(shown, Key.Key_U, Qt.KeyboardModifier.AltModifier)
    assert shown.choice().setup == usual_setup("rooms")
    assert shown.panel.first.text() == ""
    assert "ORTIZ, Marisol" in words(shown)


def test_a_time_that_is_none_is_refused_beside_its_field_and_what_held_stays(front: Front) -> None:
    shown = opened(front)
    set_hours(shown, "rainbow", "")
    assert shown.panel.first.accessibleDescription() == NO_TIME
    assert shown.choice().setup == usual_setup("rooms")
    set_hours(shown, "12", "10")
    assert shown.panel.last.accessibleDescription() == TOO_SOON
    set_hours(shown, "8", "24:00")
    assert (shown.choice().setup.first, shown.choice().setup.last) == (time(8), None)


def test_the_last_clinician_cannot_be_left_out(front: Front, qtbot: QtBot) -> None:
    shown = opened(front)
    segment(shown, "Sheet: By clinician").click()
    boxes = list(shown.panel._heads.values())
    assert len(boxes) > 1
    qtbot.waitUntil(boxes[0].isVisible)
    boxes[0].setFocus()
    for box in boxes:
        QTest.keyClick(box, Key.Key_Space)
    assert shown.focusWidget() is boxes[0], shown.focusWidget()
    assert [box.isChecked() for box in boxes] == [False] * (len(boxes) - 1) + [True]
    assert len(shown.choice().setup.only) == 1


def test_the_week_lies_across_the_paper_and_slips_cannot_be_set_up(front: Front) -> None:
    shown = opened(front)
    segment(shown, "Sheet: Week by room").click()
    assert shown.view.pages is not None
    assert shown.view.pages.paper.is_turned
    assert shown.choice().file_name() == "week-desk-2026-11-25.pdf"
    segment(shown, "Sheet: Patient slips").click()
    assert shown.view.count == 2
    assert not shown.panel.usual.isVisible()


def test_f6_goes_to_the_side_and_back_and_the_arrows_choose_the_sheet(front: Front) -> None:
    shown = opened(front)
    QTest.keyClick(shown, Key.Key_F6)
    at = shown.focusWidget()
    assert shown.panel.isAncestorOf(at)
    QTest.keyClick(at, Key.Key_Down)
    assert shown.choice().kind == "clinicians"
    QTest.keyClick(shown, Key.Key_F6)
    assert shown.view.hasFocus()
