"""The reports on a real desk: periods, figures, what is counted when, and what stays still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.reports.report import Period
from desk_app.application.use_cases import reporting
from desk_app.ui import theme
from desk_app.ui.screens.reports.report_card import EMPTY, ReportCard
from desk_app.ui.screens.reports.report_run import CODES, ReportRun
from desk_app.ui.screens.reports.reports_screen import SPAN, Behind, ReportsScreen
from desk_app.ui.services import Services
from desk_app.ui.task_runner import TaskRunner
from tests.application.steps import a_patient, book
from tests.application.test_reports import week
from tests.helpers.small_practice import StandingClock, at
from tests.ui.panels.fixtures import RESOURCES, Key, Keyboard, focused

__all__ = ["week"]


@pytest.fixture
def retheme(dressed: QApplication) -> Iterator[Callable[[theme.Theme], None]]:
    """Puts another theme on, and the light one at the end."""
    yield lambda which: theme.apply_theme(dressed, which, RESOURCES)
    theme.apply_theme(dressed, theme.LIGHT, RESOURCES)


@pytest.fixture
def screen(services: Services, qtbot: QtBot) -> ReportsScreen:
    made = ReportsScreen(services)
    qtbot.addWidget(made)
    made.resize(915, 700)
    services.bus.changed.connect(made.apply_changes)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def changed() -> Changes:
    return Changes(records=frozenset({(Record.APPOINTMENT, 1)}), seq=1)


def titles(screen: ReportsScreen) -> list[str]:
    return [tile.content.figure.title for tile in screen.tiles.tiles]


def test_the_last_four_whole_weeks_are_counted_first(desk: Desk, screen: ReportsScreen) -> None:
    assert screen.period == Period(date(2026, 10, 26), date(2026, 11, 22))
    assert screen.toolbar.period.text() == "26 Oct to 22 Nov 2026"
    assert screen.toolbar.words.text() == "beside the 4 weeks before"
    assert screen.toolbar.segment("month").isChecked()
    assert titles(screen) == [
        "Request to visit, median",
        "Authorization decided",
        "Room time used",
        "First visit on time",
        "Unplanned stays",
    ]


def test_a_day_shows_its_ten_figures(
    week: object, desk: Desk, clock: StandingClock, services: Services, screen: ReportsScreen
) -> None:
    screen.toolbar.segment("day").click()
    assert screen.period == Period(date(2026, 11, 25), date(2026, 11, 25))
    assert titles(screen) == [
        "Rooms used", "First starts on time", "Between two visits", "Minutes late", "Bays, peak",
        "Beds tonight", "Cancelled", "No-shows", "Authorization missing", "Calls late",
    ]  # fmt: skip
    assert services.memory.value(SPAN) == "day"


def test_each_figure_of_the_day_leads_to_its_rows_by_one_key(
    week: object, screen: ReportsScreen, keys: Keyboard, qtbot: QtBot
) -> None:
    screen.toolbar.segment("day").click()
    screen.tiles.tiles[0].setFocus()
    asked: list[Behind] = []
    screen.behind_wanted.connect(asked.append)
    for _ in range(4):
        keys.press(Key.Key_Return, Key.Key_Right)
    keys.press(Key.Key_Return, Key.Key_Down)
    for _ in range(4):
        keys.press(Key.Key_Return, Key.Key_Left)
    keys.press(Key.Key_Return)
    assert {each.title for each in asked} == set(titles(screen))
    assert all(each.definition for each in asked)


def test_a_line_of_a_report_leads_to_its_records(week: object, screen: ReportsScreen, keys: Keyboard) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    asked: list[Behind] = []
    screen.behind_wanted.connect(asked.append)
    screen.cards["lost_visits"].table.enter()
    keys.press(Key.Key_Down, Key.Key_Return)
    (behind,) = asked
    assert behind.title == "No-shows and cancellations: Patient is ill"
    assert behind.told == "Visits 1 · Share 25 %"
    assert behind.row.records


def test_arrows_go_on_from_report_to_report_and_up_to_the_figures(
    week: object, screen: ReportsScreen, keys: Keyboard
) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    tables = [card.table for card in screen.cards.values() if card.table.report.rowCount()]
    tables[0].enter(at_end=True)
    keys.press(Key.Key_Down)
    assert focused().accessibleName() == tables[1].accessibleName()
    assert screen.chosen is not None
    assert screen.chosen.title == tables[1].accessibleName()
    keys.press(Key.Key_Up)
    assert focused() is tables[0]
    keys.press(Key.Key_Home, Key.Key_Up)
    assert focused() is screen.tiles.tiles[0]


def test_a_typed_period_is_counted_and_what_is_none_is_said(
    screen: ReportsScreen, keys: Keyboard, heard: list[str]
) -> None:
    screen.toolbar.period.setFocus()
    screen.toolbar.period.selectAll()
    keys.write("october")
    keys.press(Key.Key_Return)
    assert screen.period == Period(date(2026, 10, 1), date(2026, 10, 31))
    assert not any(screen.toolbar.segment(code).isChecked() for code in ("day", "week", "month", "quarter", "year"))
    screen.toolbar.period.selectAll()
    keys.write("soonish")
    keys.press(Key.Key_Return)
    assert heard == ["“soonish” is no period. Type for instance 1 Oct to 15 Nov, october, 2025 or yesterday."]
    keys.write("x")
    keys.press(Key.Key_Escape)
    assert screen.period == Period(date(2026, 10, 1), date(2026, 10, 31))


def test_a_period_that_is_too_long_is_refused_in_words(screen: ReportsScreen, heard: list[str]) -> None:
    screen.show_period(Period(date(2010, 1, 1), date(2026, 1, 1)))
    assert len(heard) == 1
    assert not screen.is_running


def test_periods_turn_by_their_own_length(screen: ReportsScreen) -> None:
    screen.toolbar.segment("week").click()
    screen.toolbar.back.click()
    assert screen.period == Period(date(2026, 11, 9), date(2026, 11, 15))
    screen.toolbar.on.click()
    assert screen.toolbar.segment("week").isChecked()


def test_a_change_elsewhere_moves_nothing_and_says_from_when_the_figures_are(
    desk: Desk, clock: StandingClock, services: Services, screen: ReportsScreen, keys: Keyboard
) -> None:
    services.bus.changed.emit(Changes(records=frozenset({(Record.TRAY_ITEM, 1)}), seq=1), False)
    assert not screen.toolbar.again.isVisible(), "no figure is counted from that"
    shown = [screen.cards[code].made for code in CODES]
    clock.instant = at("2026-11-24T10:30")
    services.bus.changed.emit(changed(), False)
    assert [screen.cards[code].made for code in CODES] == shown
    assert screen.toolbar.again.text() == "from 10:00, refresh"
    assert screen.toolbar.again.isVisible()
    screen.focus_content()
    keys.press(Key.Key_F5)
    assert not screen.toolbar.again.isVisible()
    services.bus.changed.emit(changed(), True)
    assert screen.toolbar.again.text() == "from 10:30, refresh"


def test_an_empty_period_says_so_and_draws_nothing(desk: Desk, screen: ReportsScreen) -> None:
    screen.show_period(Period(date(2025, 1, 1), date(2025, 1, 31)))
    card = screen.cards["recovery"]
    assert card.chart is None
    assert not card.table.isVisible()
    assert EMPTY in [label.text() for label in card.findChildren(type(card._empty)) if label.isVisible()]


def test_counting_stops_when_it_is_asked_to_and_what_has_come_stays(
    desk: Desk, services: Services, qtbot: QtBot
) -> None:
    run = ReportRun(services)
    came: list[str] = []
    ended: list[bool] = []
    run.came.connect(lambda made: came.append(made.report.code))
    run.progressed.connect(lambda done, total: run.cancel() if done == 3 else None)
    run.ended.connect(ended.append)
    run.start(Period(date(2026, 11, 1), date(2026, 11, 7)))
    assert (came, ended, run.is_running) == (list(CODES[:3]), [False], False)


def test_another_period_ends_the_one_before(desk: Desk, services: Services) -> None:
    run = ReportRun(services)
    first, second = Period(date(2026, 11, 1), date(2026, 11, 7)), Period(date(2026, 10, 1), date(2026, 10, 7))
    ended: list[bool] = []
    run.ended.connect(ended.append)
    begun = []

    def on_progress(done: int, total: int) -> None:
        if done == 2 and not begun:
            begun.append(True)
            run.start(second)

    run.progressed.connect(on_progress)
    run.start(first)
    assert ended == [True], "only the second came to its end"


def test_other_work_of_the_desk_gets_between_two_reports(desk: Desk, services: Services, qtbot: QtBot) -> None:
    """On the real worker: what is asked for meanwhile does not wait for all twelve."""
    tasks = TaskRunner()
    mine = replace(services, tasks=tasks)
    run = ReportRun(mine)
    seen: list[str] = []
    run.came.connect(lambda made: seen.append(made.report.code))
    run.came.connect(lambda _: tasks.submit(desk.today, lambda _: seen.append("other")) if len(seen) == 1 else None)
    try:
        with qtbot.waitSignal(run.ended, timeout=30_000):
            run.start(Period(date(2026, 11, 1), date(2026, 11, 7)))
    finally:
        tasks.close()
    assert seen.index("other") < 4
    assert [code for code in seen if code != "other"] == list(CODES)


class Squeezed(QObject):
    """Reports whose table was painted over what stands under it."""

    def __init__(self, screen: ReportsScreen) -> None:
        super().__init__(screen)
        self.seen: list[str] = []
        for card in screen.cards.values():
            card.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, ReportCard):
            table, below = watched.table, watched._definition
            if table.isVisible() and table.geometry().bottom() > below.geometry().top():
                self.seen.append(table.accessibleName())
        return False


def test_no_report_is_ever_painted_over_another_while_they_come(week: object, services: Services, qtbot: QtBot) -> None:
    """On the real worker: between two reports the window is painted."""
    tasks = TaskRunner()
    screen = ReportsScreen(replace(services, tasks=tasks))
    qtbot.addWidget(screen)
    screen.resize(915, 400)
    squeezed = Squeezed(screen)
    try:
        with qtbot.waitSignal(screen._run.ended, timeout=30_000):
            screen.show()
        screen.repaint()
    finally:
        tasks.close()
    assert squeezed.seen == []


def test_the_same_figures_again_are_not_drawn_anew(week: object, screen: ReportsScreen) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    chart = screen.cards["rooms"].chart
    assert chart is not None
    screen.count_again()
    assert screen.cards["rooms"].chart is chart


def test_what_is_saved_is_the_chosen_report_and_all_that_have_come(week: object, screen: ReportsScreen) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    tables: list[tuple[Period, object]] = []
    papers: list[tuple[Period, list[object]]] = []
    screen.csv_wanted.connect(lambda *told: tables.append(told))
    screen.pdf_wanted.connect(lambda *told: papers.append(told))
    screen.cards["rooms"].table.enter()
    screen.toolbar.csv.click()
    screen.toolbar.pdf.click()
    assert tables == [(screen.period, screen.chosen)]
    assert screen.chosen is not None
    assert screen.chosen.code == "rooms"
    assert len(papers[0][1]) == len(reporting.REPORTS)


def test_nobody_waits_for_reports_that_nobody_looks_at(services: Services, qtbot: QtBot) -> None:
    made = ReportsScreen(services)
    qtbot.addWidget(made)
    made.reload()
    assert made.period is None
    made.show()
    assert made.period is not None


def test_a_chart_is_drawn_anew_in_another_theme(
    week: object, desk: Desk, screen: ReportsScreen, retheme: Callable[[theme.Theme], None]
) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    before = screen.cards["rooms"].chart
    retheme(theme.DARK)
    after = screen.cards["rooms"].chart
    assert after is not None
    assert after is not before


def test_the_keyboard_comes_to_the_first_figure_once_it_is_there(
    desk: Desk, services: Services, screen: ReportsScreen
) -> None:
    screen.focus_content()
    assert focused() is screen.tiles.tiles[0]
    assert focused().accessibleName() == "Request to visit, median –"


def test_a_visit_booked_for_today_is_in_the_days_figures_after_a_refresh(
    desk: Desk, services: Services, screen: ReportsScreen
) -> None:
    screen.toolbar.segment("day").click()
    assert screen.tiles.tiles[0].content.figure.value == 0
    book(desk, "2026-11-24T14:00", patient_id=a_patient(desk))
    screen.count_again()
    assert screen.tiles.tiles[0].content.figure.value == pytest.approx(15 / 60 / 9)


def test_no_figure_of_the_period_before_stands_under_the_name_of_another(
    week: object, desk: Desk, services: Services, screen: ReportsScreen, qtbot: QtBot
) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    card = screen.cards["rooms"]
    assert card.table.isVisible()
    high = card.height()
    stopped: list[int] = []

    def on_progress(done: int, total: int) -> None:
        if done == 1:
            stopped.append(done)
            screen.toolbar.stop.click()

    screen._run.progressed.connect(on_progress)
    screen.show_period(Period(date(2026, 11, 16), date(2026, 11, 22)))
    assert stopped == [1]
    assert (card.made, card.table.isVisible(), card.height()) == (None, False, high)
    assert screen.toolbar.words.text() == f"1 of {len(reporting.REPORTS)}"
    assert screen.toolbar.again.text() == "Count all"
    assert [tile.content.figure.value for tile in screen.tiles.tiles] == [None] * 5
    screen._run.progressed.disconnect(on_progress)
    screen.toolbar.again.click()
    assert card.table.isVisible()


def test_the_keyboard_comes_back_although_the_figure_it_was_on_is_gone(
    week: object, screen: ReportsScreen, qtbot: QtBot
) -> None:
    gone = screen.tiles.tiles[3]
    gone.click()
    screen.toolbar.segment("day").click()
    qtbot.waitUntil(lambda: not isValid(gone))
    screen.focus_content()
    assert focused() is screen.tiles.tiles[0]


def test_nothing_of_another_practice_stays(week: object, services: Services, screen: ReportsScreen) -> None:
    screen.show_period(Period(date(2026, 11, 23), date(2026, 11, 29)))
    before = services.office.catalogue
    services.office.catalogue = replace(before, settings=replace(before.settings, name="Another practice"))
    screen._run.progressed.connect(lambda done, total: screen.toolbar.stop.click() if done == 1 else None)
    screen.reload()
    assert [code for code in CODES if screen.cards[code].made is not None] == ["waiting"]
