"""Today on the board before the database is open, and what becomes of it then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.schedule_view import DayView
from desk_app.application.use_cases import booking, patients
from desk_app.application.use_cases.look_at_day import day_view
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.records import Patient
from desk_app.ui.main_window.first_look import FirstLook
from desk_app.ui.main_window.frame import BARE_MS
from desk_app.ui.main_window.screens import REQUESTS, SCREEN
from desk_app.ui.main_window.work import Work
from desk_app.ui.screens.schedule.day_loader import Prepared, Size, prepared
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.schedule_screen import ScheduleScreen
from desk_app.ui.services import Services
from desk_app.ui.task_runner import Failed, ImmediateTaskRunner, T
from tests.db.work import keep_rules
from tests.helpers.small_practice import StandingClock, at
from tests.ui.main_window.storages import OpenStorage


@pytest.fixture
def visit(desk: Desk) -> int:
    """Somebody comes today."""
    who = patients.add(desk, Patient("", "Ortiz", "Marisol"), True).value
    return booking.book(desk, booking.BookAppointment(at("2026-11-24T13:00"), "JOINT", patient_id=who.id)).value.id


class Glancing(OpenStorage):
    """A storage that can be glanced at, as a file can."""

    def __init__(self, make: Callable[[], Desk], desk: Desk) -> None:
        super().__init__(make)
        self._desk = desk
        self.trouble: Exception | None = None
        self.glances = 0

    def glance(self, now: datetime, demo: bool) -> DayView | None:
        self.glances += 1
        if self.trouble is not None:
            raise self.trouble
        seen = day_view(self._desk, self._desk.today(), with_gone=True)
        return replace(seen, catalogue=seen.catalogue.without_rules())


@pytest.fixture
def storage(desks: Callable[[], Desk], desk: Desk) -> Glancing:
    return Glancing(desks, desk)


def looked(work: Work, services: Services, storage: Glancing) -> bool:
    """Looks, and answers whether the rest would be loaded now."""
    look, done = FirstLook(services, work.frame, storage), []
    look.done.connect(lambda: done.append(True))
    look.start()
    return done == [True]


def shown(work: Work) -> set[int]:
    return {block.id for block in work.frame.screens.schedule._board.state.scene.blocks}


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every scene that came onto the board, by how many visits are in it."""
    scenes: list[int] = []
    show = ScheduleScreen._show

    def noted(self: ScheduleScreen, known, now, changed=frozenset()) -> None:  # type: ignore[no-untyped-def]
        scenes.append(len(known.view.plan.lines))
        show(self, known, now, changed)

    monkeypatch.setattr(ScheduleScreen, "_show", noted)
    return scenes


def test_today_is_on_the_board_before_anything_is_open(
    visit: int, closed_work: Work, services: Services, storage: Glancing
) -> None:
    assert looked(closed_work, services, storage)
    assert not services.office.is_open
    assert shown(closed_work) == {visit}
    assert "24 Nov" in closed_work.frame.top.date_text


def test_today_is_laid_out_for_the_width_that_it_is_shown_in(
    visit: int, closed_work: Work, services: Services, storage: Glancing, monkeypatch: pytest.MonkeyPatch
) -> None:
    rooms = []

    def noted(view: DayView, choice: ColumnChoice, now: datetime, size: Size) -> Prepared:
        rooms.append(size.room)
        return prepared(view, choice, now, size)

    monkeypatch.setattr("desk_app.ui.screens.schedule.schedule_screen.prepared", noted)
    looked(closed_work, services, storage)
    QCoreApplication.processEvents()
    assert rooms == [closed_work.frame.screens.schedule._board.room]


def test_what_was_seen_stays_where_nothing_has_changed_since(
    visit: int, desk: Desk, closed_work: Work, services: Services, storage: Glancing, painted: list[int]
) -> None:
    keep_rules(desk)
    looked(closed_work, services, storage)
    closed_work.start()
    assert services.office.is_open
    assert painted == [1]
    closed_work.frame.screens.reload()
    assert painted == [1, 1]


def test_what_has_changed_since_is_shown_as_soon_as_the_database_is_open(
    visit: int, desk: Desk, closed_work: Work, services: Services, storage: Glancing, painted: list[int]
) -> None:
    looked(closed_work, services, storage)
    who = patients.add(desk, Patient("", "Haddad", "Yusuf"), True).value
    booking.book(desk, booking.BookAppointment(at("2026-11-24T15:00"), "JOINT", patient_id=who.id))
    closed_work.start()
    assert painted == [1, 2]
    assert len(shown(closed_work)) == 2


def test_a_minute_later_today_is_laid_out_anew(
    visit: int,
    closed_work: Work,
    services: Services,
    storage: Glancing,
    clock: StandingClock,
    painted: list[int],
) -> None:
    looked(closed_work, services, storage)
    clock.instant = at("2026-11-24T10:01")
    closed_work.start()
    assert painted == [1, 1]


@pytest.mark.parametrize("code", ["missing", "in_use", "damaged"])
def test_a_file_that_cannot_be_seen_keeps_nobody_from_opening_it(
    code: str, visit: int, closed_work: Work, services: Services, storage: Glancing
) -> None:
    storage.trouble = StorageUnavailable(code, path="desk.db")
    assert looked(closed_work, services, storage)
    assert shown(closed_work) == set()
    closed_work.start()
    assert shown(closed_work) == {visit}


def test_a_mistake_of_ours_is_not_hidden_and_the_rest_is_loaded_all_the_same(
    closed_work: Work, services: Services, storage: Glancing
) -> None:
    storage.trouble = KeyError("zone")
    look, done = FirstLook(services, closed_work.frame, storage), []
    look.done.connect(lambda: done.append(True))
    with pytest.raises(KeyError):
        look.start()
    assert done == [True]


class Waiting(ImmediateTaskRunner):
    """What is asked of it is done when the test says so."""

    def __init__(self) -> None:
        self.pieces: list[Callable[[], None]] = []

    def submit(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None, key: str = ""
    ) -> None:
        self.pieces.append(lambda: super(Waiting, self).submit(work, done, failed, key))


def test_frame_and_day_are_painted_together_where_the_day_is_soon_there(
    visit: int, closed_work: Work, services: Services, storage: Glancing
) -> None:
    frame, tasks = closed_work.frame, Waiting()
    FirstLook(replace(services, tasks=tasks), frame, storage).start()
    covered = []
    while tasks.pieces:
        covered.append(not frame.updatesEnabled())
        tasks.pieces.pop(0)()
    assert covered == [True, True]
    assert frame.updatesEnabled()
    assert shown(closed_work) == {visit}


def test_a_day_that_takes_long_comes_into_a_frame_that_is_there(closed_work: Work, qtbot: QtBot) -> None:
    frame = closed_work.frame
    assert not frame.updatesEnabled()
    qtbot.waitUntil(frame.updatesEnabled, timeout=BARE_MS * 10)


def test_without_a_day_to_show_nothing_is_painted_before_there_is_work_or_the_start_page(
    closed_work: Work, services: Services, storage: Glancing
) -> None:
    services.memory.set_value(SCREEN, REQUESTS)
    frame = closed_work.frame
    assert looked(closed_work, services, storage)
    assert not frame.updatesEnabled()
    frame.show_start()
    assert frame.updatesEnabled()


@pytest.mark.parametrize(("key", "value"), [(SCREEN, REQUESTS), ("schedule/view", "week")])
def test_who_looked_at_the_inbox_or_at_a_week_last_begins_there(
    key: str, value: str, services: Services, storage: Glancing, request: pytest.FixtureRequest
) -> None:
    services.memory.set_value(key, value)
    work: Work = request.getfixturevalue("closed_work")
    assert looked(work, services, storage)
    assert storage.glances == 0


def test_the_day_that_was_seen_is_the_one_that_is_open_then(
    visit: int, closed_work: Work, services: Services, storage: Glancing
) -> None:
    looked(closed_work, services, storage)
    closed_work.start()
    schedule = closed_work.frame.screens.schedule
    schedule.select_visit(visit)
    assert (schedule.day, schedule.selected_visit) == (services.office.today, visit)
