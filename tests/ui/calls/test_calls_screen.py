"""The list of calls on a real desk: orders, filters, what is empty, the clock, and news while somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.use_cases import call_changes, calls
from desk_app.domain.records import Request
from desk_app.domain.statuses import Urgency
from desk_app.ui import theme
from desk_app.ui.models.call_cells import BORN, CODES, MEMBER, NAME, REFERENCE, TRIES, WHY
from desk_app.ui.models.call_groups import BEST, BY_PATIENT, BY_PAYER, Grouping
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.grouped_model import CellRole, Index
from desk_app.ui.screens.calls.call_delegate import shown_text, wanted_width
from desk_app.ui.screens.calls.calls_screen import CallsScreen
from desk_app.ui.services import Services
from tests.helpers.call_lines import call_line, payer_line
from tests.helpers.small_practice import StandingClock, at
from tests.ui.models.test_call_model import CONTEXT
from tests.ui.panels.fixtures import Key, Keyboard

NEWS = Changes(records=frozenset({(Record.CALLBACK, 1)}), seq=1)


@pytest.fixture
def screen(services: Services, qtbot: QtBot) -> CallsScreen:
    made = CallsScreen(services)
    qtbot.addWidget(made)
    made.resize(912, 600)
    services.bus.changed.connect(made.apply_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def three(take_down: Callable[..., Request]) -> list[Request]:
    """One to be called within two hours, one today, one tomorrow."""
    wanted = (("Haddad", Urgency.URGENT), ("Lindgren", Urgency.SOON), ("Park", Urgency.ROUTINE))
    return [take_down(family, urgency=urgency) for family, urgency in wanted]


def names(screen: CallsScreen) -> list[str]:
    model = screen.tree.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    return [str(model.index(row, NAME, group).data()) for group in groups for row in range(model.rowCount(group))]


def headings(screen: CallsScreen) -> list[str]:
    model = screen.tree.model()
    return [str(model.index(row, 0).data()).split(",")[0] for row in range(model.rowCount())]


def test_what_is_due_by_tonight_is_shown_until_more_is_asked_for(three: list[Request], screen: CallsScreen) -> None:
    assert names(screen) == ["Haddad, Youssef", "Lindgren, Youssef"]
    screen.toolbar.due.choose("week")
    screen.toolbar.filter_changed.emit()
    assert names(screen) == ["Haddad, Youssef", "Lindgren, Youssef", "Park, Youssef"]
    assert headings(screen) == ["Today", "Later"]


def test_kinds_and_whose_calls_they_are_filter(three: list[Request], screen: CallsScreen, desk: Desk) -> None:
    number = screen._found.lines[1].id
    call_changes.assign(desk, number, "nurse")
    screen.reload()
    screen.toolbar.whose.choose("nurse")
    screen.toolbar.filter_changed.emit()
    assert names(screen) == ["Lindgren, Youssef"]
    screen.toolbar.whose.choose("/nobody")
    screen.toolbar.filter_changed.emit()
    assert names(screen) == ["Haddad, Youssef"]
    screen.toolbar.kind.choose("book")
    screen.toolbar.filter_changed.emit()
    assert (names(screen), screen._empty.accessibleName()) == ([], "Nothing matches")


def test_mine_are_those_i_have_open_too(three: list[Request], screen: CallsScreen, desk: Desk) -> None:
    calls.claim(desk, screen._found.lines[0].id)
    screen.toolbar.whose.choose("/mine")
    screen.toolbar.filter_changed.emit()
    assert names(screen) == ["Haddad, Youssef"]


def test_an_empty_list_says_so_and_takes_the_keyboard(screen: CallsScreen, qtbot: QtBot) -> None:
    assert screen._empty.accessibleName() == "Nobody to call"
    screen.focus_content()
    assert screen._empty.hasFocus()


def test_the_counts_stand_over_the_list(three: list[Request], screen: CallsScreen, clock: StandingClock) -> None:
    assert screen.toolbar.words.text() == "2 due"
    clock.instant += timedelta(hours=3)
    screen._clock.timeout.emit()
    assert (screen.toolbar.words.text(), screen.toolbar.late.text()) == ("2 due,", "1 late")
    assert headings(screen) == ["Late", "Today"]


def test_the_order_is_remembered(three: list[Request], screen: CallsScreen, services: Services, qtbot: QtBot) -> None:
    screen.toolbar.order.chosen.emit(BY_PATIENT)
    again = CallsScreen(services)
    qtbot.addWidget(again)
    assert (again.order, headings(screen)) == (BY_PATIENT, ["One call each"])


def test_news_keeps_the_selection_the_place_and_folded_groups(
    three: list[Request], screen: CallsScreen, take_down: Callable[..., Request]
) -> None:
    for number in range(30):
        take_down(f"Family {number:02}", urgency=Urgency.SOON)
    screen.reload()
    chosen = screen._model.numbers()[1]
    screen.select(chosen)
    screen.tree.verticalScrollBar().setValue(120)
    at_first = screen.tree.verticalScrollBar().value()
    take_down("Zeller", urgency=Urgency.SOON)
    screen.apply_changes(NEWS, by_this_desk=False)
    assert screen.tree.current_number() == chosen
    assert screen.tree.verticalScrollBar().value() == at_first
    screen.tree.collapse(screen.tree.model().index(0, 0))
    screen.apply_changes(NEWS, by_this_desk=False)
    assert not screen.tree.isExpanded(screen.tree.model().index(0, 0))


def test_walking_and_opening_are_told_by_number(
    three: list[Request], screen: CallsScreen, keys: Keyboard, qtbot: QtBot
) -> None:
    screen.focus_content()
    numbers = screen._model.numbers()
    with qtbot.waitSignal(screen.call_selected) as selected:
        keys.press(Key.Key_Down)
    assert selected.args == [numbers[1]]
    with qtbot.waitSignal(screen.call_opened) as opened:
        keys.press(Key.Key_Return)
    assert opened.args == [numbers[1]]
    with qtbot.waitSignal(screen.outcome_typed) as typed:
        keys.press(Key.Key_4)
    assert typed.args == [numbers[1], "4"]


def test_headings_by_payer_keep_their_place_while_one_works_down_the_list(screen: CallsScreen) -> None:
    first = payer_line(1, "A", payer="AET", payer_name="Aetna", urgency="urgent")
    second = payer_line(2, "B", payer="OLDCOL")
    third = payer_line(3, "C", payer="AET", payer_name="Aetna")
    before = Grouping(BY_PAYER, CONTEXT, "", {}).groups((first, second, third))
    after = Grouping(BY_PAYER, CONTEXT, "", {}, tuple(group.key for group in before)).groups((second, third))
    assert [group.key for group in after] == [group.key for group in before]


def test_numbers_dates_and_references_are_never_cut(screen: CallsScreen) -> None:
    lines = [payer_line(1, "Featherstonehaugh, Wilhelmina"), payer_line(2, "Ng, P.", member_id="BCB510463266")]
    screen._model.show_groups(Grouping(BEST, CONTEXT, "", {}).groups(lines))
    for column, cell in screen._model.all_cells():
        if column in (BORN, MEMBER, CODES, REFERENCE):
            assert wanted_width(cell, column) <= screen.tree.columnWidth(column)
    metrics = screen.tree.fontMetrics()
    name = Cell("Featherstonehaugh, Wilhelmina", bold=True)
    assert (
        shown_text(name, NAME, metrics.horizontalAdvance("Featherstonehaugh, W."), metrics) == "Featherstonehaugh, W."
    )


def test_who_has_a_call_open_can_be_read_in_its_row(screen: CallsScreen) -> None:
    claimed = payer_line(1, "Dubois, Marcel", claimed_by="J. Moreau", claimed_until=at("2026-11-24T10:05"))
    screen._model.show_groups(Grouping(BEST, CONTEXT, "", {}).groups([claimed, payer_line(2, "Ng, P.")]))
    (whose,) = [cell for column, cell in screen._model.all_cells() if column == TRIES and cell.icon == "lock"]
    assert wanted_width(whose, TRIES) <= screen.tree.columnWidth(TRIES)


@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK, theme.CONTRAST])
def test_every_row_and_heading_is_painted_in_every_theme(
    screen: CallsScreen, look: theme.Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "_now", look)
    claimed = payer_line(3, "Dubois, Marcel", claimed_by="A. Reyes", claimed_until=at("2026-11-24T10:05"))
    lines = (claimed, payer_line(4, "Petrosyan, Anahit", authorization="denied"), call_line(5, phone=""))
    screen._model.show_groups(Grouping(BY_PAYER, CONTEXT, "A. Reyes", {"OLDCOL": 9}).groups(lines))
    model = screen.tree.model()
    heading = model.index(0, 0)
    for index in (heading, *(model.index(0, column, heading) for column in range(model.columnCount()))):
        assert painted(screen, index) != painted(screen, QModelIndex()), index.data()


def painted(screen: CallsScreen, index: QModelIndex) -> QImage:
    picture = QImage(320, 44, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 320, 44)
    option.state = QStyle.StateFlag.State_Enabled
    painter = QPainter(picture)
    screen.tree.itemDelegate().paint(painter, option, index)
    painter.end()
    return picture


def test_what_reaches_over_several_columns_is_whole_although_no_payer_is_to_be_called(
    three: list[Request], screen: CallsScreen
) -> None:
    """Where only the last column is painted anew, the words that reach into it are too; a number is never cut."""
    tree, drawn = screen.tree, set[int]()

    class Drawing(QStyledItemDelegate):
        def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
            drawn.add(index.column())

    index = tree.model().index(0, BORN, tree.model().index(0, 0))
    number = index.data(CellRole)
    assert number.span == 2
    assert tree.columnWidth(BORN) + tree.columnWidth(MEMBER) >= wanted_width(number, BORN)
    tree.setItemDelegate(Drawing(tree))
    tree.viewport().repaint()
    drawn.clear()
    left = tree.columnViewportPosition(WHY)
    tree.viewport().repaint(QRect(left, 0, tree.columnWidth(WHY), tree.viewport().height()))
    assert CODES in drawn
