"""The inbox on a real desk: walking, filtering, folding, and what happens while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases import requests
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.domain.records import Request
from desk_app.domain.statuses import RequestStatus
from desk_app.interop.worker import read_requests
from desk_app.ui import fonts, theme
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.request_cells import DUE, NAME, NEXT_ACTION, PROCEDURE
from desk_app.ui.screens.requests.request_delegate import RequestDelegate, shown_text
from desk_app.ui.screens.requests.requests_screen import RequestsScreen
from desk_app.ui.services import Services
from tests.helpers.small_practice import StandingClock
from tests.ui.panels.fixtures import Key, Keyboard, focused


@pytest.fixture
def screen(services: Services, qtbot: QtBot) -> RequestsScreen:
    made = RequestsScreen(services)
    qtbot.addWidget(made)
    made.resize(935, 600)
    services.bus.changed.connect(made.apply_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def names(screen: RequestsScreen) -> list[str]:
    model = screen.tree.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.index(row, NAME, group).data() for group in groups for row in range(model.rowCount(group))]


def current(screen: RequestsScreen) -> str:
    line = screen.tree.current_line()
    return line.name if line else ""


def changed() -> Changes:
    return Changes(records=frozenset({(Record.REQUEST, 1)}), seq=1)


def ready(desk: Desk, request: Request) -> Request:
    return requests.set_status(desk, request.id, RequestStatus.READY_TO_BOOK).value


@pytest.fixture
def three(take_down: Callable[..., Request], desk: Desk, clock: StandingClock) -> list[Request]:
    made = []
    for family, given in (("Haddad", "Youssef"), ("Lindgren", "Astrid"), ("Park", "Ji-woo")):
        made.append(take_down(family, given))
        clock.instant += timedelta(minutes=5)
    requests.set_status(desk, made[1].id, RequestStatus.IN_REVIEW)
    ready(desk, made[2])
    return made


def test_arrows_walk_from_request_to_request_over_the_headings(
    three: list[Request], screen: RequestsScreen, keys: Keyboard
) -> None:
    screen.focus_content()
    walked = [current(screen)]
    for _ in range(3):
        keys.press(Key.Key_Down)
        walked.append(current(screen))
    assert walked == ["Haddad, Youssef", "Lindgren, Astrid", "Park, Ji-woo", "Park, Ji-woo"]
    keys.press(Key.Key_Up)
    assert current(screen) == "Lindgren, Astrid"
    keys.press(Key.Key_Home, Key.Key_Up)
    assert current(screen) == "Haddad, Youssef"


def test_selecting_and_opening_are_told_by_number(
    three: list[Request], screen: RequestsScreen, keys: Keyboard, qtbot: QtBot
) -> None:
    screen.focus_content()
    with qtbot.waitSignal(screen.request_selected) as selected:
        keys.press(Key.Key_Down)
    assert selected.args == [three[1].id]
    with qtbot.waitSignal(screen.request_opened) as opened:
        keys.press(Key.Key_Return)
    assert opened.args == [three[1].id]


def test_b_takes_the_first_slot_of_a_ready_request_only(
    three: list[Request], screen: RequestsScreen, keys: Keyboard, qtbot: QtBot, heard: list[str]
) -> None:
    screen.focus_content()
    keys.press(Key.Key_B)
    assert heard == ["No first slot is known: the request is not ready to book."]
    keys.press(Key.Key_End)
    with qtbot.waitSignal(screen.first_slot_taken) as taken:
        keys.press(Key.Key_B)
    assert taken.args[0].request_id == three[2].id
    assert taken.args[1] == screen.first_slot(three[2].id)


def test_v_and_a_click_on_a_head_order_the_list_and_the_order_is_remembered(
    three: list[Request], screen: RequestsScreen, keys: Keyboard, services: Services, qtbot: QtBot, heard: list[str]
) -> None:
    screen.focus_content()
    keys.press(Key.Key_Down)
    keys.press(Key.Key_V)
    assert (len(names(screen)), screen.tree.model().rowCount()) == (3, 1)
    assert current(screen) == "Lindgren, Astrid"
    assert heard[-1] == "Requests: one list by due time"
    again = RequestsScreen(services)
    qtbot.addWidget(again)
    again.show()
    assert again.tree.model().rowCount() == 1
    header = screen.tree.header()
    place = QPoint(header.sectionViewportPosition(NEXT_ACTION) + 20, header.height() // 2)
    for groups in (2, 3):  # by next action; once more: by status
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert screen.tree.model().rowCount() == groups
    screen.show_segment("closed")
    keys.press(Key.Key_V)
    screen.show_segment("open")
    assert screen.tree.model().rowCount() == 3


def test_after_a_row_has_gone_the_keyboard_is_on_its_neighbour(
    three: list[Request], screen: RequestsScreen, desk: Desk, keys: Keyboard
) -> None:
    screen.focus_content()
    keys.press(Key.Key_Down)
    requests.set_status(desk, three[1].id, RequestStatus.DECLINED)
    screen.apply_changes(changed(), by_this_desk=True)
    assert (names(screen), current(screen)) == (["Haddad, Youssef", "Park, Ji-woo"], "Park, Ji-woo")


def test_coming_back_to_the_list_goes_on_where_it_was_left(
    three: list[Request], screen: RequestsScreen, desk: Desk, keys: Keyboard
) -> None:
    screen.focus_content()
    keys.press(Key.Key_Down, Key.Key_Slash)
    requests.set_status(desk, three[1].id, RequestStatus.DECLINED)
    screen.apply_changes(changed(), by_this_desk=True)
    assert current(screen) == ""
    screen.focus_content()
    assert current(screen) == "Park, Ji-woo"


def test_a_change_elsewhere_keeps_the_selection_the_place_and_folded_groups(
    take_down: Callable[..., Request], three: list[Request], screen: RequestsScreen, desk: Desk
) -> None:
    for number in range(40):
        take_down(f"Family {number:02}", "Given")
    screen.reload()
    screen.select(three[2].id)
    model = screen.tree.model()
    screen.tree.collapse(model.index(1, 0))
    bar = screen.tree.verticalScrollBar()
    bar.setValue(200)
    at = bar.value()
    take_down("Zeller", "Anna")
    screen.apply_changes(changed(), by_this_desk=False)
    assert current(screen) == "Park, Ji-woo"
    assert not screen.tree.isExpanded(model.index(1, 0))
    assert screen.tree.isExpanded(model.index(0, 0))
    assert at > 0
    assert bar.value() == at


def test_a_click_on_a_heading_folds_it(three: list[Request], screen: RequestsScreen, qtbot: QtBot) -> None:
    group = screen.tree.model().index(0, 0)
    place = screen.tree.visualRect(group).center()
    qtbot.mouseClick(screen.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, place.y()))
    assert not screen.tree.isExpanded(group)


def test_slash_filters_enter_returns_and_esc_clears(
    three: list[Request], screen: RequestsScreen, keys: Keyboard
) -> None:
    screen.focus_content()
    keys.press(Key.Key_Slash)
    assert focused() is screen.toolbar.filter
    keys.write("park")
    assert names(screen) == ["Park, Ji-woo"]
    keys.press(Key.Key_Return)
    assert focused() is screen.tree
    keys.press(Key.Key_Slash, Key.Key_Escape)
    assert len(names(screen)) == 3


def test_a_filter_that_finds_nothing_says_so_and_an_empty_inbox_offers_the_first_step(
    take_down: Callable[..., Request], screen: RequestsScreen, qtbot: QtBot
) -> None:
    assert screen._empty._title.text() == "No open request"
    with qtbot.waitSignal(screen.new_request_wanted):
        screen._empty._step.click()
    take_down()
    screen.reload()
    screen.toolbar.filter.setText("nobody")
    assert screen._empty._title.text() == "Nothing matches"
    assert not screen._empty._step.isVisible()


def test_another_desks_change_does_not_disturb_whoever_types_into_the_payers(
    three: list[Request], screen: RequestsScreen, keys: Keyboard
) -> None:
    screen.toolbar.payer.setFocus(Qt.FocusReason.TabFocusReason)
    keys.write("ol")
    screen.apply_changes(changed(), by_this_desk=False)
    assert screen.toolbar.payer.currentText() == "ol"
    keys.press(Key.Key_Return)
    assert screen.toolbar.payer.value() == "Old Colony"
    assert names(screen) == []


def test_a_hidden_inbox_reads_when_it_is_looked_at(
    take_down: Callable[..., Request], screen: RequestsScreen, desk: Desk
) -> None:
    screen.hide()
    take_down()
    screen.apply_changes(changed(), by_this_desk=True)
    assert names(screen) == []
    screen.show()
    assert names(screen) == ["Haddad, Youssef"]


def test_a_request_of_another_segment_is_found_there(three: list[Request], screen: RequestsScreen, desk: Desk) -> None:
    requests.set_status(desk, three[0].id, RequestStatus.WITHDRAWN)
    screen.reload()
    screen.select(three[0].id)
    screen.reload()
    assert current(screen) == "Haddad, Youssef"
    assert screen.toolbar._segments["closed"].isChecked()


def test_what_cannot_be_read_waits_under_set_aside_with_its_reason(
    screen: RequestsScreen, desk: Desk, tmp_path: Path, qtbot: QtBot, keys: Keyboard
) -> None:
    file = tmp_path / "empty.eml"
    file.write_bytes(b"From: a@mail.example\r\nSubject: Request\r\n\r\n")
    list(import_requests(desk, read_requests((file,), desk.catalogue(), desk.now())))
    screen.show_segment("set_aside")
    assert screen.set_aside.items.rowCount() == 1
    with qtbot.waitSignal(screen.set_aside_selected) as selected:
        screen.set_aside.setFocus(Qt.FocusReason.OtherFocusReason)
    assert screen.set_aside.selectionModel().hasSelection()
    assert selected.args[0].source == "empty.eml"


@pytest.mark.parametrize(
    ("cell", "column", "width", "shown"),
    [
        (Cell("Wróblewska, Agnieszka", bold=True), NAME, 400, "Wróblewska, Agnieszka"),
        (Cell("Wróblewska, Agnieszka", bold=True), NAME, 100, "Wróblewska, A."),
        (Cell("Wróblewska, Agnieszka", bold=True), NAME, 84, "Wróblewska"),
        (Cell("Interlaminar epidural L4–5", tail="L4–5"), PROCEDURE, 110, "Interlamin… L4–5"),
        (Cell("Interlaminar epidural"), PROCEDURE, 80, "Interlamina…"),
    ],
)
def test_a_surname_and_the_levels_are_cut_last(
    dressed: object, cell: Cell, column: int, width: int, shown: str
) -> None:
    metrics = QFontMetrics(fonts.font(fonts.Type.BASE))
    assert shown_text(cell, column, width, metrics) == shown


@pytest.mark.parametrize("size", [(1, 1), (40, 8), (400, 32), (4000, 400)])
@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK])
def test_rows_paint_at_any_size_without_a_warning(
    three: list[Request],
    screen: RequestsScreen,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    colors: theme.Theme,
) -> None:
    monkeypatch.setattr(theme, "_now", colors)
    delegate = screen.tree.itemDelegate()
    assert isinstance(delegate, RequestDelegate)
    picture = QImage(*size, QImage.Format.Format_ARGB32)
    model = screen.tree.model()
    for index in (model.index(0, 0), *(model.index(0, column, model.index(0, 0)) for column in (NAME, DUE))):
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, *size)
        option.state = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_Open
        painter = QPainter(picture)
        delegate.paint(painter, option, index)
        painter.end()
    assert picture.pixelColor(0, size[1] - 1) == colors.color("line")


def test_two_hundred_requests_fill_their_columns_without_cutting_a_date(
    take_down: Callable[..., Request], screen: RequestsScreen, desk: Desk
) -> None:
    for number in range(200):
        take_down(
            f"Featherstonehaugh-{number:03}", "Maximiliana", procedure="KYPHO", levels=3, level_names="T11 T12 L1"
        )
    screen.reload()
    widths = [screen.tree.header().sectionSize(column) for column in range(8)]
    assert sum(widths) <= screen.tree.viewport().width()
    cell = screen.tree.model().index(0, DUE, screen.tree.model().index(0, 0)).data()
    assert widths[DUE] > QFontMetrics(fonts.font(fonts.Type.BASE)).horizontalAdvance(cell) + 16


def test_a_long_reason_under_closed_takes_nothing_from_the_open_requests_columns(
    three: list[Request], screen: RequestsScreen, desk: Desk
) -> None:
    requests.set_status(desk, three[0].id, RequestStatus.WITHDRAWN, "wants to wait for the spring " * 4)
    screen.reload()
    before = [screen.tree.header().sectionSize(column) for column in range(8)]
    screen.show_segment("closed")
    assert screen.tree.header().sectionSize(NEXT_ACTION) > before[NEXT_ACTION]
    screen.show_segment("open")
    assert [screen.tree.header().sectionSize(column) for column in range(8)] == before
