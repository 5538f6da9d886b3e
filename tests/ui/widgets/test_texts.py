"""Whatever somebody typed is shown to the letter, in every theme and at every size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk_app.ui import fonts, theme
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, KeyCap, flat_button
from desk_app.ui.widgets.chip import Chip
from desk_app.ui.widgets.empty_page import EmptyPage
from tests.ui.panels.fixtures import CONTROL, RESOURCES, Key

HOSTILE = ["<b>x</b>", "Johnson & Sons", "&mnemonic", "a\nb", "X" * 10_000, "\u202eevil\u202c", "<img src='http://x'>"]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_shows_its_text_to_the_letter(dressed: QApplication, qtbot: QtBot, words: str) -> None:
    for wrap in (False, True):
        label = texts.label(words, wrap=wrap)
        qtbot.addWidget(label)
        assert label.text() == words
        assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("words", HOSTILE)
def test_a_long_word_breaks_inside_a_line(dressed: QApplication, qtbot: QtBot, words: str) -> None:
    label = texts.label(words, wrap=True)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 120


def test_what_is_copied_has_no_hidden_letters(dressed: QApplication, qtbot: QtBot) -> None:
    address = "siobhan.obrien-fitzgerald@hospital.example"
    label = texts.label(address, wrap=True)
    qtbot.addWidget(label)
    texts.selectable(label)
    label.show()
    label.setSelection(0, len(texts.breakable(address)))
    qtbot.keyClick(label, Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == address


def test_a_tool_tip_is_no_markup(dressed: QApplication, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    texts.set_tool_tip(widget, "<b>x</b> & <img src='y'>")
    assert "&lt;b&gt;x&lt;/b&gt; &amp; &lt;img" in widget.toolTip()
    texts.set_tool_tip(widget, "")
    assert widget.toolTip() == ""


def test_a_menu_takes_no_ampersand_for_a_mnemonic() -> None:
    assert texts.for_menu("Johnson & Sons") == "Johnson && Sons"


def test_a_question_in_a_box_calls_back_only_for_its_verb(dressed: QApplication, qtbot: QtBot) -> None:
    window, answers = QWidget(), []
    qtbot.addWidget(window)
    for number in (0, 1):
        box = texts.ask(window, "Leave", "<b>Leave?</b>", "Leave", lambda: answers.append("left"), "Stay")
        assert box.textFormat() is Qt.TextFormat.PlainText
        box.buttons()[number].click()
    assert answers == ["left"]


def test_labels_pictures_and_buttons_follow_the_theme(dressed: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    label, picture, button = texts.label("x", role="warn"), texts.picture("check"), flat_button("close", "Leave")
    for widget in (label, picture, button):
        column.addWidget(widget)
    window.show()
    before = picture.pixmap().toImage(), button.icon().pixmap(16).toImage()
    theme.apply_theme(dressed, theme.DARK, RESOURCES)
    try:
        assert label.palette().color(QPalette.ColorRole.WindowText) == theme.DARK.color("warn")
        assert picture.pixmap().toImage() != before[0]
        assert button.icon().pixmap(16).toImage() != before[1]
    finally:
        theme.apply_theme(dressed, theme.LIGHT, RESOURCES)


@pytest.mark.parametrize("base", [12, 13, 20])
def test_buttons_keys_and_chips_have_room_for_their_words(dressed: QApplication, qtbot: QtBot, base: int) -> None:
    fonts.load(RESOURCES / "fonts", base)
    try:
        button, cap = KeyButton("Book Wed 2 Dec, 09:30", "Enter", "check", primary=True), KeyCap("Ctrl+Enter")
        chip = Chip("penicillin, iodine contrast, shellfish, latex and much more", "allergy", "bad")
        for widget in (button, cap, chip):
            qtbot.addWidget(widget)
        button.resize(button.sizeHint())
        assert button._shown_word(button._room()) == "Book Wed 2 Dec, 09:30"
        button.resize(button.minimumSizeHint())
        assert button._shown_word(button._room()).endswith("…")
        assert button.sizeHint().height() >= fonts.line_height(fonts.Type.BASE)
        assert cap.height() >= fonts.pixels(fonts.Type.CAPTION)
        assert chip.width() <= 246
        assert chip.height() > fonts.scaled(22)
        for widget in (button, cap, chip):
            picture = QPixmap(widget.size())
            widget.render(picture)
    finally:
        fonts.load(RESOURCES / "fonts")


def test_a_button_is_named_by_its_word_and_key(dressed: QApplication, qtbot: QtBot) -> None:
    button = KeyButton("Same & alike\nperson", "L", "link")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.accessibleDescription()) == ("Same & alike person", "Key L")
    button.say("Other")
    assert (button.word(), button.accessibleName(), button.text()) == ("Other", "Other", "")


def test_an_empty_page_says_what_belongs_there_and_offers_the_step(dressed: QApplication, qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.show()
    page.say("No open request", "Requests wait here.", "New request")
    with qtbot.waitSignal(page.step_taken):
        page._step.click()
    page.say("Nothing matches", "None.")
    assert not page._step.isVisible()
