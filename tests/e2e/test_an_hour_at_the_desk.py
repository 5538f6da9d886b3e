"""An hour of calls at the reception of the demo practice, by keys and mouse on the whole program.

After each step the screen shows what came of it, and another program on the same file reads the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desk_app.bootstrap.graph import build_desk
from desk_app.bootstrap.places import Places
from tests.e2e import hour_of_bookings as bookings
from tests.e2e import hour_of_changes as changes
from tests.e2e import hour_of_moves as moves
from tests.e2e.conftest import PATIENCE_MS, Programs, working
from tests.e2e.receptionist import Receptionist
from tests.helpers.small_practice import StandingClock

SIZE = (1440, 900)
PROCEDURES = ("sacro", "joint", "trigger", "joint", "sacro", "trigger", "joint")


@pytest.fixture
def reception(programs: Programs, places: Places, clock: StandingClock, qtbot: QtBot) -> Iterator[Receptionist]:
    program = programs()
    program.window.resize(*SIZE)
    assert program.work is not None
    qtbot.waitUntil(program.work.frame.start.isVisible, timeout=PATIENCE_MS)
    program.work.opening.open_demo()
    work = working(program, qtbot)
    qtbot.waitUntil(lambda: work.frame.screens.schedule.hasFocus(), timeout=PATIENCE_MS)
    desk = build_desk(str(places.demo), "looker", clock)
    yield Receptionist(work, desk, qtbot)
    desk.close()


def test_an_hour(reception: Receptionist) -> None:
    visits = book_for_twenty_callers(reception)
    move_and_lengthen(reception, visits)
    cancel_and_refill(reception, visits)
    changes.blocks_by_drawing(reception, date(2026, 12, 8))
    changes.enters_a_vacation(reception)
    changes.looks_at_the_paper(reception)
    changes.has_second_thoughts(reception, 4)
    assert not reception.has_news
    assert reception.desk.queries.breaches(reception.desk.now()) == ()


def book_for_twenty_callers(desk: Receptionist) -> list[int]:
    """Answers the visits of those callers who are heard of again, the last a series' last one."""
    known = [bookings.known_caller(desk, procedure) for procedure in PROCEDURES]
    for who in (
        bookings.NewCaller("Quintavalle", "Ottilie", "3/14/1961", "413 555 0177"),
        bookings.NewCaller("Zwetschgenbaum", "Ignaz", "11/02/1948", "413 555 0178"),
    ):
        known.append(bookings.new_caller(desk, who, "trigger"))
    bookings.waiting_request_by_its_first_slot(desk)
    bookings.waiting_request_by_find_slot(desk)
    bookings.without_authorization_it_is_a_hold(desk)
    bookings.held_on_purpose(desk, "joint")
    bookings.who_asks_what_is_free_first(desk, "sacro")
    known += bookings.series(desk, "trigger", 3)
    bookings.into_a_gap_by_its_menu(desk)
    bookings.a_gap_for_who_would_come_earlier(desk)
    return [visit.appointment_id for visit in known]


def move_and_lengthen(desk: Receptionist, visits: list[int]) -> None:
    moves.drags_within_the_day(desk, visits[-1])
    moves.moves_by_keys(desk, visits[-2])
    moves.cuts_and_pastes_into_another_week(desk, visits[2])
    moves.carries_by_mouse_to_another_day(desk, visits[3], date(2026, 12, 4))
    moves.finds_another_time(desk, visits[4])
    moves.carries_a_request(desk, date(2026, 12, 9))
    moves.lengthens_by_mouse(desk, visits[-1])
    moves.lengthens_by_keys(desk, visits[-1])


def cancel_and_refill(desk: Receptionist, visits: list[int]) -> None:
    changes.cancels_by_key(desk, visits[0])
    changes.cancels_with_a_note(desk, visits[1], "fever")
    changes.cancels_by_menu(desk, visits[-2])
    changes.cancels_and_refills(desk)
