"""A day of forty visits at the flow board, late and full, with a C-arm that fails: by keys and mouse on the program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.use_cases import booking, find_slots
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from desk_app.domain.statuses import AppointmentStatus as S
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.e2e.day_as_it_comes import EXPECTED
from tests.e2e.day_played import PlayedDay
from tests.e2e.receptionist import Receptionist
from tests.helpers.small_practice import StandingClock, at

DAY = "2026-12-09"
"""A Wednesday, on which augmentations are done."""

VISITS = 40
ADDED = "TPI"
"""What a day that is nearly full has room for still."""


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(at(f"{DAY}T06:50"))


@pytest.fixture
def reception(programs: Programs, places: Places, clock: StandingClock, qtbot: QtBot) -> Iterator[Receptionist]:
    program = programs()
    program.window.resize(1440, 900)
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    program.work.opening.open_demo()
    work = working(program, qtbot)
    qtbot.waitUntil(lambda: work.frame.screens.schedule.hasFocus(), timeout=PATIENCE_MS)
    desk = build_desk(str(places.demo), "looker", clock)
    yield Receptionist(work, desk, qtbot)
    desk.close()


def test_a_day(reception: Receptionist, clock: StandingClock, capsys: pytest.CaptureFixture[str]) -> None:
    fill(reception)
    assert len(expected(reception)) == VISITS
    day = PlayedDay(reception, clock)
    day.plays()
    with capsys.disabled():
        print("", *day.check(), sep="\n")


def fill(desk: Receptionist) -> None:
    """What is held becomes firm, and shots are booked into gaps, until forty are expected."""
    today = desk.desk.today()
    for number, line in desk.plan(today).items():
        if line.status == S.HELD:
            booking.make_firm(desk.desk, number, "approved by phone")
    while len(expected(desk)) < VISITS:
        desk.desk.slots.catch_up(desk.desk.queries)
        slot = find_slots.find(desk.desk, FindSlots(ADDED, first_day=today, days=1, limit=1))[0]
        booking.book(desk.desk, BookAppointment(slot.start, ADDED, patient_id=desk.caller().patient_id))


def expected(desk: Receptionist) -> list[int]:
    return [number for number, line in desk.plan(desk.desk.today()).items() if S(line.status) in EXPECTED]
