from __future__ import annotations

from datetime import date, timedelta

from desk_app.application.outcome import Changes, Record
from desk_app.application.schedule_view import DayView
from desk_app.ui.screens.schedule.day_cache import DayCache, changed_visits
from tests.ui.schedule.days import MONDAY, at, line, view

TUESDAY = MONDAY + timedelta(days=1)


def read(cache: DayCache[DayView], day: date) -> DayView:
    ticket = cache.begin(day)
    assert ticket is not None
    made = view(day=day)
    assert cache.answer(day, ticket, made)
    return made


def test_a_day_is_kept_until_a_change_touches_it() -> None:
    cache: DayCache[DayView] = DayCache()
    monday, tuesday = read(cache, MONDAY), read(cache, TUESDAY)
    assert (cache.view(MONDAY), cache.view(TUESDAY)) == (monday, tuesday)
    cache.apply(Changes(days=frozenset({MONDAY})))
    assert (cache.view(MONDAY), cache.view(TUESDAY)) == (None, tuesday)


def test_a_change_of_the_practice_forgets_every_day() -> None:
    cache: DayCache[DayView] = DayCache()
    read(cache, MONDAY)
    cache.apply(Changes(records=frozenset({(Record.PRACTICE, 1)})))
    assert cache.view(MONDAY) is None


def test_a_day_being_read_is_not_read_twice() -> None:
    cache: DayCache[DayView] = DayCache()
    assert cache.begin(MONDAY) is not None
    assert cache.begin(MONDAY) is None


def test_an_answer_that_a_change_has_overtaken_is_not_kept() -> None:
    cache: DayCache[DayView] = DayCache()
    ticket = cache.begin(MONDAY)
    assert ticket is not None
    cache.apply(Changes(days=frozenset({MONDAY})))
    assert not cache.answer(MONDAY, ticket, view())
    assert cache.view(MONDAY) is None
    assert cache.begin(MONDAY) is not None


def test_after_a_failed_read_the_next_may_begin() -> None:
    cache: DayCache[DayView] = DayCache()
    ticket = cache.begin(MONDAY)
    assert ticket is not None
    cache.failed(MONDAY, ticket)
    assert cache.begin(MONDAY) is not None


def test_only_the_neighbours_of_the_day_shown_are_kept() -> None:
    cache: DayCache[DayView] = DayCache()
    for offset in range(4):
        read(cache, MONDAY + timedelta(days=offset))
    cache.keep_around(TUESDAY)
    kept = [offset for offset in range(4) if cache.view(MONDAY + timedelta(days=offset)) is not None]
    assert kept == [0, 1, 2]


def test_new_and_different_visits_are_the_changed_ones() -> None:
    before = view(line(1), line(2, start=at("11:00")))
    after = view(line(1), line(2, start=at("11:30")), line(3, start=at("14:00")))
    assert changed_visits(before, after) == {2, 3}
    assert changed_visits(None, after) == frozenset()
    assert changed_visits(view(day=TUESDAY), after) == frozenset()
