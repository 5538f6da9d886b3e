from __future__ import annotations

from datetime import date

from desk_app.ui.screens.schedule.day_words import Notice, notice_for
from tests.ui.schedule.days import at, line, view

SATURDAY = date(2026, 11, 28)
NOW = at("09:00")


def test_a_closed_day_says_so_and_offers_the_next() -> None:
    closed = view(day=SATURDAY, opens="00:00", closes="00:00")
    assert notice_for(closed, NOW) == Notice("No visits on Sat 28 Nov. The practice is closed.", "next_day")


def test_an_open_day_ahead_offers_to_find_a_slot() -> None:
    assert notice_for(view(), NOW) == Notice("No visits on Mon 23 Nov yet.", "find_slot")


def test_an_empty_day_in_the_past_offers_nothing() -> None:
    assert notice_for(view(day=date(2026, 11, 20)), NOW) == Notice("There were no visits on Fri 20 Nov.")


def test_cancelled_visits_leave_a_day_empty_and_others_do_not() -> None:
    assert notice_for(view(line(1, status="cancelled")), NOW) is not None
    assert notice_for(view(line(1)), NOW) is None
