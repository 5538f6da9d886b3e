"""Day, week and month on one screen: turning from one to another, walking, opening a day, and everybody's changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desk_app.application.outcome import Changes
from desk_app.application.read_models import WeekLine
from desk_app.application.span_view import DayLoad, MonthView, WeekView
from desk_app.ui.screens.schedule.month_board import MonthBoard
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.screens.schedule.toolbar import Toolbar
from desk_app.ui.screens.schedule.view_segments import SubjectMenu
from desk_app.ui.screens.schedule.week_board import WeekBoard
from desk_app.ui.screens.schedule.week_layout import PlacedVisit
from desk_app.ui.theme import CONTRAST, DARK, Theme
from tests.ui.schedule.days import MONDAY, at
from tests.ui.schedule.fakes import FakeDays, FakeServices
from tests.ui.schedule.weeks import month, visit, week

Key = Qt.Key
TUESDAY = MONDAY + timedelta(days=1)


class Spread(FakeDays):
    """Also has weeks and months."""

    def __init__(self) -> None:
        super().__init__()
        self.visits: tuple[WeekLine, ...] = (
            visit(1, at("09:00")),
            visit(2, at("11:00"), "Lee, Hana"),
            visit(3, at("10:00", TUESDAY), "Diaz, Ramona", "R2"),
        )
        self.loads = {"d24": DayLoad(TUESDAY, visits=7, open_minutes=540, free_minutes=60, bays=6)}

    def week(self, day: date, with_gone: bool = False) -> WeekView:
        assert with_gone
        first = day.toordinal()
        return week(*(line for line in self.visits if first <= line.day < first + 7), day=day)

    def month(self, day: date) -> MonthView:
        return month(day, **self.loads)


@pytest.fixture
def services() -> FakeServices:
    made = FakeServices()
    made.days = Spread()
    return made


@pytest.fixture
def screen(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    return shown(qtbot, theme, services)


def shown(qtbot: QtBot, theme: Theme, services: FakeServices) -> ScheduleScreen:
    made = ScheduleScreen(services, theme)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_day(MONDAY)
    services.tasks.run()
    return made


def week_of(screen: ScheduleScreen, services: FakeServices) -> WeekBoard:
    screen.show_view("week")
    services.tasks.run()
    board = screen.findChild(WeekBoard)
    assert isinstance(board, WeekBoard)
    return board


def month_of(screen: ScheduleScreen, services: FakeServices) -> MonthBoard:
    screen.show_view("month")
    services.tasks.run()
    board = screen.findChild(MonthBoard)
    assert isinstance(board, MonthBoard)
    return board


def placed(board: WeekBoard, number: int) -> PlacedVisit:
    return board._layout.of_visit(number)[0]


def spot(board: WeekBoard, number: int) -> QPoint:
    box = board._camera().to_view(placed(board, number).box)
    return QPoint(box.x + 4, box.y + 4)


def test_the_week_and_the_month_of_the_day_shown_come_in_its_place(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    titles: list[str] = []
    screen.span_shown.connect(titles.append)
    board = week_of(screen, services)
    assert board.isVisible()
    assert [block.id for block in board.scene.blocks] == [1, 2, 3]
    assert month_of(screen, services).isVisible()
    assert not board.isVisible()
    assert titles == ["Mon 23 Nov – Sun 29 Nov 2026", "November 2026"]
    screen.show_view("day")
    assert screen.day == MONDAY


def test_a_page_is_a_day_a_week_or_a_month(screen: ScheduleScreen, services: FakeServices) -> None:
    assert screen.turn(1) == TUESDAY
    week_of(screen, services)
    assert screen.turn(-1) == date(2026, 11, 16)
    month_of(screen, services)
    assert screen.turn(1) == date(2026, 12, 23)


def test_a_day_asked_for_is_shown_in_the_view_in_sight(screen: ScheduleScreen, services: FakeServices) -> None:
    board = week_of(screen, services)
    screen.show_day(date(2026, 12, 4))
    services.tasks.run()
    assert (board.scene.days[0].day, board.day) == (date(2026, 11, 30), date(2026, 12, 4))


def test_arrows_walk_days_and_visits_and_enter_opens_the_day_at_the_visit(
    qtbot: QtBot, screen: ScheduleScreen, services: FakeServices
) -> None:
    board = week_of(screen, services)
    selected: list[int] = []
    screen.visit_selected.connect(selected.append)
    qtbot.keyClick(board, Key.Key_Down)
    qtbot.keyClick(board, Key.Key_Down)
    qtbot.keyClick(board, Key.Key_Right)
    assert selected == [1, 2, 3]
    assert board.accessibleName() == "Tue 24 Nov 10:10, Diaz, Ramona, Kyphoplasty T12 L1, Confirmed, Room 2"
    qtbot.keyClick(board, Key.Key_Return)
    services.tasks.run()
    assert (screen.kind, screen.day) == ("day", TUESDAY)


def test_beyond_fridays_rim_the_next_week_begins_on_its_monday(
    qtbot: QtBot, screen: ScheduleScreen, services: FakeServices
) -> None:
    board = week_of(screen, services)
    for _ in range(5):
        qtbot.keyClick(board, Key.Key_Right)
    services.tasks.run()
    assert board.day == date(2026, 11, 30)
    qtbot.keyClick(board, Key.Key_Left)
    services.tasks.run()
    assert board.day == date(2026, 11, 27)


def test_a_click_selects_a_visit_on_ground_none_and_on_a_head_opens_the_day(
    qtbot: QtBot, screen: ScheduleScreen, services: FakeServices
) -> None:
    board, left = week_of(screen, services), Qt.MouseButton.LeftButton
    with qtbot.waitSignal(screen.visit_selected) as selected:
        qtbot.mouseClick(board.viewport(), left, pos=spot(board, 2))
    assert selected.args == [2]
    assert screen.selected_visit == 2
    with qtbot.waitSignal(screen.selection_cleared):
        qtbot.mouseClick(board.viewport(), left, pos=spot(board, 2) + QPoint(0, 250))
    qtbot.mouseClick(board.viewport(), left, pos=QPoint(spot(board, 3).x(), 8))
    services.tasks.run()
    assert (screen.kind, screen.day) == ("day", TUESDAY)


def test_a_day_of_the_month_is_opened_by_enter(qtbot: QtBot, screen: ScheduleScreen, services: FakeServices) -> None:
    board = month_of(screen, services)
    qtbot.keyClick(board, Key.Key_Right)
    qtbot.keyClick(board, Key.Key_Return)
    services.tasks.run()
    assert (screen.kind, screen.day) == ("day", TUESDAY)


def test_the_day_walked_to_is_the_day_of_the_view_and_stays_when_others_change_something(
    qtbot: QtBot, screen: ScheduleScreen, services: FakeServices
) -> None:
    board = week_of(screen, services)
    qtbot.keyClick(board, Key.Key_Right)
    assert screen.day == TUESDAY
    screen.apply_changes(Changes(days=frozenset({MONDAY}), seq=1), by_this_desk=False)
    services.tasks.run()
    assert (board.day, screen.day) == (TUESDAY, TUESDAY)
    calendar = month_of(screen, services)
    assert calendar.day == TUESDAY
    qtbot.keyClick(calendar, Key.Key_Right)
    assert screen.day == TUESDAY + timedelta(days=1)
    with qtbot.waitSignal(screen.print_requested) as printed:
        screen._on_print_requested()
    assert printed.args == [TUESDAY + timedelta(days=1)]


def test_another_desks_change_is_shown_in_the_week_and_the_month(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    board, days = week_of(screen, services), services.days
    assert isinstance(days, Spread)
    days.visits = days.visits[:1]
    screen.apply_changes(Changes(days=frozenset({TUESDAY}), seq=1), by_this_desk=False)
    services.tasks.run()
    assert [block.id for block in board.scene.blocks] == [1]
    calendar = month_of(screen, services)
    days.loads = {}
    screen.apply_changes(Changes(days=frozenset({TUESDAY}), seq=2), by_this_desk=False)
    services.tasks.run()
    load = calendar.view.of(TUESDAY)
    assert load is not None
    assert load.visits == 0


def test_a_day_changed_meanwhile_is_read_anew_when_the_day_comes_back(
    screen: ScheduleScreen, services: FakeServices
) -> None:
    week_of(screen, services)
    before = services.days.read.count(MONDAY)
    screen.apply_changes(Changes(days=frozenset({MONDAY}), seq=1), by_this_desk=False)
    services.tasks.run()
    screen.show_view("day")
    services.tasks.run()
    assert services.days.read.count(MONDAY) == before + 1


def test_the_week_can_be_of_one_room_or_of_all_clinicians(screen: ScheduleScreen, services: FakeServices) -> None:
    board, toolbar = week_of(screen, services), screen.findChild(Toolbar)
    assert isinstance(toolbar, Toolbar)
    menu = toolbar.findChild(SubjectMenu)
    assert isinstance(menu, SubjectMenu)
    menu.one_chosen.emit("R2")
    services.tasks.run()
    assert ([lane.code for lane in board.scene.lanes], menu.text()) == (["R2"], "Room 2")
    menu.all_chosen.emit("clinicians")
    services.tasks.run()
    assert ([lane.code for lane in board.scene.lanes][:2], menu.text()) == (["ALG", "OSE"], "All clinicians")


def test_a_visit_shown_from_elsewhere_is_selected_in_its_week(screen: ScheduleScreen, services: FakeServices) -> None:
    board = week_of(screen, services)
    screen.show_visit(TUESDAY, 3)
    services.tasks.run()
    assert (screen.kind, board.visit, board.day) == ("week", 3, TUESDAY)


def test_from_the_month_a_visit_is_shown_on_its_day(screen: ScheduleScreen, services: FakeServices) -> None:
    month_of(screen, services)
    screen.show_visit(MONDAY, 1)
    services.tasks.run()
    assert (screen.kind, screen.selected_visit) == ("day", 1)


def test_the_view_last_looked_at_comes_back(qtbot: QtBot, theme: Theme, services: FakeServices) -> None:
    shown(qtbot, theme, services).show_view("month")
    again = shown(qtbot, theme, services)
    assert again.kind == "month"
    board = again.findChild(MonthBoard)
    assert isinstance(board, MonthBoard)
    assert board.view.month == date(2026, 11, 1)


def test_a_day_beyond_the_calendar_is_its_last_one(screen: ScheduleScreen, services: FakeServices) -> None:
    week_of(screen, services)
    screen.show_day(date.max)
    services.tasks.run()
    assert screen.day == date(9998, 12, 31)


def test_the_week_is_painted_with_its_visits_in_both_themes(screen: ScheduleScreen, services: FakeServices) -> None:
    board = week_of(screen, services)
    box = board._camera().to_view(placed(board, 1).body)
    for theme in (None, DARK):
        if theme is not None:
            screen.show_theme(theme)
        seen = board.viewport().grab().toImage().pixelColor(box.right - 3, box.bottom - 3)
        assert seen == board._inks._theme.phases["procedure"].tint


def test_in_high_contrast_every_visit_of_a_week_has_an_outline(screen: ScheduleScreen, services: FakeServices) -> None:
    board = week_of(screen, services)
    screen.show_theme(CONTRAST)
    box = board._camera().to_view(placed(board, 1).box)
    image = board.viewport().grab().toImage()
    rim = {image.pixelColor(box.right - 1, y).name() for y in range(box.y + 1, box.bottom - 1)}
    assert rim == {CONTRAST.color("text").name()}
