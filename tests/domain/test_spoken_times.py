"""Dates and times as a letter says them, in both languages."""

from __future__ import annotations

from datetime import date, time

import pytest

from desk_app.domain.languages import LetterLanguage
from desk_app.domain.practice import BusinessHours
from desk_app.domain.spoken_times import clock_words, day_words, hours_words, length_words, moment_words
from tests.helpers.small_practice import ZONE, at

EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
TODAY = date(2026, 11, 24)


def test_a_moment_is_said_as_people_say_it() -> None:
    assert moment_words(at("2026-12-04T10:30"), ZONE, EN, TODAY) == "Friday, December 4, 10:30 AM"
    assert moment_words(at("2026-12-04T10:30"), ZONE, ES, TODAY) == "viernes 4 de diciembre, 10:30"


def test_another_year_is_said() -> None:
    assert moment_words(at("2027-01-06T15:05"), ZONE, EN, TODAY) == "Wednesday, January 6, 2027, 3:05 PM"
    assert moment_words(at("2027-01-06T15:05"), ZONE, ES, TODAY) == "miércoles 6 de enero de 2027, 15:05"
    assert day_words(TODAY, ES) == "martes 24 de noviembre de 2026"


@pytest.mark.parametrize(
    ("clock", "english", "spanish"),
    [
        (time(0, 0), "12:00 midnight", "00:00"),
        (time(0, 30), "12:30 AM", "00:30"),
        (time(4, 5), "4:05 AM", "04:05"),
        (time(12, 0), "12:00 noon", "12:00"),
        (time(12, 45), "12:45 PM", "12:45"),
        (time(16, 30), "4:30 PM", "16:30"),
    ],
)
def test_no_clock_time_can_be_taken_for_another(clock: time, english: str, spanish: str) -> None:
    assert (clock_words(clock, EN), clock_words(clock, ES)) == (english, spanish)


def test_a_fast_over_a_clock_change_is_told_by_the_clock_on_the_wall() -> None:
    """On 1 November 2026 the hour from one to two comes twice."""
    from datetime import timedelta

    start = at("2026-11-01T07:00")
    assert moment_words(start - timedelta(hours=6), ZONE, EN, TODAY) == "Sunday, November 1, 1:00 AM"
    assert moment_words(start - timedelta(hours=7), ZONE, EN, TODAY) == "Sunday, November 1, 1:00 AM"
    assert moment_words(start - timedelta(hours=8), ZONE, EN, TODAY) == "Sunday, November 1, 12:00 midnight"


def test_a_length_has_its_hours_and_minutes() -> None:
    assert [length_words(minutes, EN) for minutes in (1, 60, 90, 125)] == [
        "1 minute",
        "1 hour",
        "1 hour 30 minutes",
        "2 hours 5 minutes",
    ]
    assert [length_words(minutes, ES) for minutes in (1, 90)] == ["1 minuto", "1 hora y 30 minutos"]


def test_business_hours_are_told_by_runs_of_days() -> None:
    week = [BusinessHours(day, time(8), time(17)) for day in range(5)]
    assert hours_words(week, EN) == "Monday to Friday, 8:00 AM to 5:00 PM"
    assert hours_words(week, ES) == "de lunes a viernes, de 08:00 a 17:00"
    assert hours_words((), EN) == "Monday to Friday, 8:00 AM to 5:00 PM"
    some = [
        BusinessHours(0, time(8), time(12)),
        BusinessHours(0, time(13), time(17)),
        BusinessHours(2, time(9), time(12)),
        BusinessHours(3, time(9), time(12)),
    ]
    assert hours_words(some, EN) == (
        "Monday, 8:00 AM to 12:00 noon and 1:00 PM to 5:00 PM; Wednesday and Thursday, 9:00 AM to 12:00 noon"
    )
    assert hours_words(some, ES) == "lunes, de 08:00 a 12:00 y de 13:00 a 17:00; miércoles y jueves, de 09:00 a 12:00"
