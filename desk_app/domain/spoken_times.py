"""Dates and clock times as a letter says them: ``Friday, December 4, 10:30 AM``, ``viernes 4 de diciembre, 10:30``.

By the Unicode CLDR's long forms for en-US and es-US; Spanish hours run to 23, as a fast must not be taken for evening.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from desk_app.domain.business_time import USUAL_HOURS
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.practice import BusinessHours

EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
WEEKDAYS: Mapping[LetterLanguage, tuple[str, ...]] = {
    EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    ES: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
MONTHS: Mapping[LetterLanguage, tuple[str, ...]] = {
    EN: (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    ES: (
        *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
        *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
}


def day_words(day: date, language: LetterLanguage, year: bool = True) -> str:
    """``Friday, December 4, 2026`` or ``viernes 4 de diciembre de 2026``; the year where it is wanted."""
    weekday, month = WEEKDAYS[language][day.weekday()], MONTHS[language][day.month - 1]
    if language is ES:
        return f"{weekday} {day.day} de {month}" + (f" de {day.year}" if year else "")
    return f"{weekday}, {month} {day.day}" + (f", {day.year}" if year else "")


def clock_words(clock: time, language: LetterLanguage) -> str:
    """``10:30 AM``, ``12:00 noon``, ``12:00 midnight``; ``10:30``, ``00:00``"""
    if language is ES:
        return f"{clock.hour:02}:{clock.minute:02}"
    half = "AM" if clock.hour < 12 else "PM"
    if clock.minute == 0 and clock.hour in (0, 12):
        half = "midnight" if clock.hour == 0 else "noon"
    return f"{clock.hour % 12 or 12}:{clock.minute:02} {half}"


def moment_words(instant: datetime, zone: ZoneInfo, language: LetterLanguage, today: date) -> str:
    """The day and the clock time; the year only where it is not this one."""
    local = instant.astimezone(zone)
    day = day_words(local.date(), language, local.year != today.year)
    return f"{day}, {clock_words(local.time(), language)}"


def length_words(minutes: int, language: LetterLanguage) -> str:
    """``1 hour 30 minutes``, ``1 hora y 30 minutos``"""
    hours, rest = divmod(minutes, 60)
    hour, minute, join = ("hora", "minuto", " y ") if language is ES else ("hour", "minute", " ")
    parts = [f"{number} {word}{'' if number == 1 else 's'}" for number, word in ((hours, hour), (rest, minute))]
    return join.join(part for part, number in zip(parts, (hours, rest), strict=True) if number)


def hours_words(hours: Iterable[BusinessHours], language: LetterLanguage) -> str:
    """``Monday to Friday, 8:00 AM to 5:00 PM``; days with other hours follow after a semicolon."""
    by_day: dict[int, tuple[tuple[time, time], ...]] = {}
    for each in sorted(tuple(hours) or USUAL_HOURS, key=lambda each: (each.weekday, each.start)):
        by_day[each.weekday] = (*by_day.get(each.weekday, ()), (each.start, each.end))
    told = []
    for stretches, group in groupby(sorted(by_day), key=lambda day: by_day[day]):
        days = list(group)
        told += [f"{_days(run, language)}, {_clocks(stretches, language)}" for run in _runs(days)]
    return "; ".join(told)


def _runs(days: list[int]) -> list[list[int]]:
    """Days that follow one another."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _days(run: list[int], language: LetterLanguage) -> str:
    first, last = WEEKDAYS[language][run[0]], WEEKDAYS[language][run[-1]]
    if len(run) == 1:
        return first
    if len(run) == 2:
        return f"{first} y {last}" if language is ES else f"{first} and {last}"
    return f"de {first} a {last}" if language is ES else f"{first} to {last}"


def _clocks(stretches: tuple[tuple[time, time], ...], language: LetterLanguage) -> str:
    told = []
    for start, end in stretches:
        first, last = clock_words(start, language), clock_words(end, language)
        told.append(f"de {first} a {last}" if language is ES else f"{first} to {last}")
    return (" y " if language is ES else " and ").join(told)
