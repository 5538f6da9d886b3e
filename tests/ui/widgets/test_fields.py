from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.domain.records import Phone
from desk_app.ui.panels.contact_fields import BirthEdit, PhoneEdit
from desk_app.ui.widgets.fields import DateEdit, DayButtons, Field, TextEdit
from desk_app.ui.widgets.filter_edit import FilterEdit
from desk_app.ui.widgets.pick import Pick
from tests.ui.panels.fixtures import CONTROL, Key, Keyboard

TODAY = date(2026, 11, 24)
PROCEDURES = (
    (None, "not chosen"),
    ("KYPHO", "Kyphoplasty"),
    ("VERT", "Vertebroplasty"),
    ("JOINT", "Large joint injection"),
)


@pytest.fixture
def window(dressed: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def put(window: QWidget, *widgets: QWidget) -> None:
    for widget in widgets:
        window.layout().addWidget(widget)  # type: ignore[union-attr]
        widget.show()
    widgets[0].setFocus(Qt.FocusReason.TabFocusReason)


@pytest.fixture
def pick(window: QWidget) -> Pick:
    made = Pick("not chosen")
    made.offer(PROCEDURES)
    made.choose(None)
    put(window, made, TextEdit())
    return made


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("ky", "KYPHO"), ("kypho", "KYPHO"), ("VERT", "VERT"), ("injection", "JOINT"), ("plasty", "KYPHO"),
        ("arge", "JOINT"), ("  large   joint ", "JOINT"),
    ],
)  # fmt: skip
def test_any_part_of_a_name_or_the_code_chooses(pick: Pick, keys: Keyboard, typed: str, value: str) -> None:
    keys.write(typed)
    keys.press(Key.Key_Tab)
    assert (pick.value(), pick.unknown()) == (value, "")


def test_what_is_in_no_choice_stays_as_it_was_typed(pick: Pick, keys: Keyboard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pick.picked):
        keys.write("hair <b>cut</b>")
        keys.press(Key.Key_Tab)
    assert (pick.value(), pick.unknown(), pick.currentText()) == (None, "hair <b>cut</b>", "hair <b>cut</b>")


def test_emptying_a_choice_is_choosing_nothing(pick: Pick, keys: Keyboard) -> None:
    pick.choose("KYPHO")
    pick.lineEdit().clear()
    keys.press(Key.Key_Tab)
    assert (pick.value(), pick.currentText()) == (None, "")
    assert pick.lineEdit().placeholderText() == "not chosen"


def test_leaving_unchanged_tells_nobody(pick: Pick, keys: Keyboard, qtbot: QtBot) -> None:
    pick.choose("KYPHO")
    with qtbot.assertNotEmitted(pick.picked):
        keys.press(Key.Key_Tab)


def test_enter_and_the_forms_keys_pass_an_open_list(window: QWidget, keys: Keyboard) -> None:
    passed: list[int] = []

    class Form(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            if event.key() != Key.Key_Control:
                passed.append(event.key())

    form, pick = Form(), Pick()
    pick.offer(PROCEDURES)
    QVBoxLayout(form).addWidget(pick)
    put(window, form)
    pick.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("ver")
    assert QApplication.activePopupWidget() is not None
    keys.press(Key.Key_S, modifier=CONTROL)
    assert (passed, pick.value(), QApplication.activePopupWidget()) == ([Key.Key_S], "VERT", None)
    keys.press(Key.Key_A, modifier=CONTROL)
    keys.write("kyp")
    keys.press(Key.Key_Return)
    assert (passed[1:], pick.value()) == ([Key.Key_Return], "KYPHO")


@pytest.mark.parametrize("leaving", [Key.Key_Tab, Key.Key_Return])
def test_a_list_that_is_shut_at_once_does_not_fetch_the_keyboard_back(
    window: QWidget, qtbot: QtBot, keys: Keyboard, leaving: Qt.Key
) -> None:
    """It becomes the active window late, when Enter or Tab has led the keyboard on already."""
    first, second = Pick(), TextEdit()

    class Form(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            second.setFocus()

    form = Form()
    first.offer(PROCEDURES)
    for field in (first, second):
        field.setParent(form)
    put(window, form)
    first.setFocus()
    keys.write("kypho")
    shown = QApplication.activePopupWidget()
    assert shown is not None
    keys.press(leaving)
    assert QApplication.focusWidget() is second
    assert shown.focusProxy() is None
    later = QTimer(window, singleShot=True)
    with qtbot.waitSignal(later.timeout):  # behind what the desktop has to tell about the list
        later.start(0)
    assert window.isActiveWindow()
    assert QApplication.focusWidget() is second
    assert first.value() == "KYPHO"


def test_the_wheel_over_a_form_changes_no_choice(pick: Pick) -> None:
    pick.choose("KYPHO")
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pick, event)
    assert pick.value() == "KYPHO"


def test_other_choices_keep_the_one_that_is_still_there(pick: Pick) -> None:
    pick.choose("VERT")
    pick.offer(PROCEDURES[::-1])
    assert pick.value() == "VERT"
    pick.offer(PROCEDURES[:2])
    assert pick.value() is None


@pytest.mark.parametrize(
    ("typed", "day", "understood"),
    [("fri", date(2026, 11, 27), True), ("+2w", date(2026, 12, 8), True), ("", None, True), ("soon", None, False)],
)
def test_a_date_is_typed_as_people_say_it(
    window: QWidget, keys: Keyboard, typed: str, day: date | None, understood: bool
) -> None:
    edit = DateEdit()
    edit.show_date(None, TODAY)
    put(window, edit, TextEdit())
    keys.write(typed)
    keys.press(Key.Key_Tab)
    assert (edit.date(), edit.is_understood()) == (day, understood)


def test_days_on_and_off(dressed: QApplication, qtbot: QtBot) -> None:
    days = DayButtons()
    qtbot.addWidget(days)
    assert days.value() is None
    days.choose((1, 3))
    assert days.value() == {1, 3}
    days.choose(())
    assert days.value() is None


def test_a_refusal_is_seen_and_read_out_and_taken_back(dressed: QApplication, qtbot: QtBot) -> None:
    field = Field("Born", TextEdit())
    qtbot.addWidget(field)
    field.show()
    assert field.editor.accessibleName() == "Born"
    field.refuse("This is no birth date.")
    assert field._refusal.isVisible()
    assert (field.editor.property("wrong"), field.editor.accessibleDescription()) == ("true", "This is no birth date.")
    field.refuse("")
    assert not field._refusal.isVisible()
    assert field.editor.property("wrong") == "false"


def test_a_text_that_was_not_touched_comes_back_with_its_lines(dressed: QApplication, qtbot: QtBot) -> None:
    edit = TextEdit()
    qtbot.addWidget(edit)
    edit.show_text("first\nsecond")
    assert (edit.text(), edit.value()) == ("first second", "first\nsecond")
    edit.setText("first  second third ")
    assert edit.value() == "first second third"


def test_a_birth_date_and_a_phone_keep_what_was_stored(dressed: QApplication, qtbot: QtBot) -> None:
    born, phone = BirthEdit(TODAY), PhoneEdit("US")
    qtbot.addWidget(born)
    qtbot.addWidget(phone)
    born.show_birth(None, "02/29/1957")
    assert (born.born(), born.is_understood()) == (None, True)
    born.setText("2/30/1957")
    assert (born.born(), born.is_understood()) == (None, False)
    born.setText("2/28/57")
    assert (born.born(), born.is_understood()) == (date(1957, 2, 28), True)
    there = Phone("(413) 555-0142 daughter", "+14135550142", label="mobile")
    phone.show_phone(there)
    assert (phone.text(), phone.phone()) == ("413 555-0142", there)
    phone.setText("413 555 0143")
    assert phone.phone() == Phone("413 555 0143", "+14135550143", label="mobile")
    phone.setText("555-0143")
    assert not phone.is_understood()
    phone.clear()
    assert phone.is_understood()


def test_a_filter_shows_its_key_until_something_is_typed(window: QWidget, qtbot: QtBot) -> None:
    edit = FilterEdit("Filter these", "filter", "/")
    put(window, edit)
    empty = edit.grab().toImage()
    edit.setText("x")
    assert edit.grab().toImage() != empty
    assert (edit.accessibleName(), edit.accessibleDescription()) == ("Filter these", "Key /")
