"""What a day of the month says: at most four short rows, and one sentence for who hears it. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.application.span_view import DayLoad, MonthView
from desk_app.application.wording import MONTHS, count, weekday_date
from desk_app.ui.screens.schedule.visit_words import tr

FULL = ("January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December")  # fmt: skip


class Row(NamedTuple):
    """One row of a cell: an icon's name or none, its words, and the colour role of both."""

    icon: str
    text: str
    role: str = "text2"


def duration(minutes: int) -> str:
    """``45 min``, ``6 h``, ``6 h 10``"""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min").format(minutes=rest)
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def rows_of(load: DayLoad) -> tuple[Row, ...]:
    """The most telling first: what has no room is left out from below."""
    rows: list[Row] = []
    if load.is_closed and not load.visits:
        return (Row("closed", load.closed or tr("closed"), "text3"), *_night_rows(load))
    visits = count(load.visits, tr("visit"), tr("visits"))
    held = tr(", {count} held").format(count=load.held) if load.held else ""
    rows.append(Row("", visits + held, "text" if load.visits else "text3"))
    if load.is_closed:
        rows.append(Row("closed", load.closed or tr("closed"), "warn"))
    elif not load.free_minutes:
        rows.append(Row("room", tr("rooms full"), "warn"))
    else:
        rows.append(Row("room", tr("{time} free").format(time=duration(load.free_minutes))))
    if load.bays_peak:
        over = load.bays_peak >= load.bays
        rows.append(Row("bay", tr("bays {peak} of {bays}").format(peak=load.bays_peak, bays=load.bays),
                        "warn" if over else "text2"))  # fmt: skip
    return tuple(rows) + _night_rows(load)


def _night_rows(load: DayLoad) -> tuple[Row, ...]:
    if not (load.planned or load.kept):
        return ()
    short = load.planned + load.kept > load.staffed
    words = tr("night {planned}+{kept} of {staffed}")
    text = words.format(planned=load.planned, kept=load.kept, staffed=load.staffed)
    return (Row("moon", text, "warn" if short else "text2"),)


def spoken(load: DayLoad) -> str:
    """A whole sentence of the day for a screen reader and for the pointer."""
    parts = [weekday_date(load.day)]
    if load.holiday:
        parts.append(load.holiday)
    parts.append(count(load.visits, tr("visit"), tr("visits")))
    if load.held:
        parts.append(tr("{count} held").format(count=load.held))
    if load.is_closed:
        parts.append(load.closed or tr("closed"))
    else:
        parts.append(tr("rooms booked {time}").format(time=duration(load.booked_minutes)))
        parts.append(tr("free {time}").format(time=duration(load.free_minutes)))
    if load.bays_peak:
        parts.append(tr("at most {peak} of {bays} bays at a time").format(peak=load.bays_peak, bays=load.bays))
    if load.planned or load.kept or load.staffed:
        words = tr("beds tonight: {planned} planned, {kept} kept, {staffed} staffed")
        parts.append(words.format(planned=load.planned, kept=load.kept, staffed=load.staffed))
    return ", ".join(parts)


def month_title(view: MonthView) -> str:
    """``November 2026``"""
    return f"{tr(FULL[view.month.month - 1])} {view.month.year}"


def day_number(load: DayLoad, month: int) -> str:
    """The number alone within the month, with its month's name outside and on the first."""
    if load.day.month == month and load.day.day != 1:
        return str(load.day.day)
    return f"{load.day.day} {tr(MONTHS[load.day.month - 1])}"
