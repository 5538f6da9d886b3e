"""Reports in words: figures with their units, periods, and what stands beside them."""

from __future__ import annotations

from datetime import date

from desk_app.application import wording
from desk_app.application.reports.report import Cell, Figure, Period, Unit

NOTHING = "–"
UNIT_WORDS = {Unit.DAYS: "days", Unit.HOURS: "h", Unit.MINUTES: "min", Unit.SHARE: "%"}
WEEK = 7


def told(cell: Cell, unit: Unit) -> str:
    """The figure alone: ``8.5``, ``78``, ``–`` where there is none; a share in hundredths."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if unit is Unit.SHARE:
        return f"{cell * 100:.0f}"
    if unit is Unit.MINUTES:
        return f"{cell:.0f}"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def with_unit(cell: Cell, unit: Unit) -> str:
    """``8.5 days``, ``78 %``"""
    word = UNIT_WORDS.get(unit, "")
    return f"{told(cell, unit)} {word}" if word and cell is not None else told(cell, unit)


def beside(figure: Figure) -> str:
    """What follows the number: its unit, or ``of 41``."""
    if figure.value is None:
        return ""
    return f"of {figure.of}" if figure.of is not None else UNIT_WORDS.get(figure.unit, "")


def was(before: Figure | None) -> str:
    """``was 10.2``, ``was 5 of 44``; nothing where there was nothing."""
    if before is None or before.value is None:
        return ""
    among = f" of {before.of}" if before.of is not None else ""
    share = " %" if before.unit is Unit.SHARE else ""
    return f"was {told(before.value, before.unit)}{share}{among}"


def figure_told(figure: Figure) -> str:
    """The whole figure: ``First visit on time 89 %``"""
    behind = beside(figure)
    return " ".join(part for part in (figure.title, told(figure.value, figure.unit), behind) if part)


def period_words(period: Period) -> str:
    """``Thu 26 Nov 2026``, ``26 Oct to 20 Nov 2026``, ``1 Dec 2025 to 29 Nov 2026``"""
    first, last = period.first, period.last
    if first == last:
        return wording.full_date(first)
    begin = wording.day_month(first) if first.year == last.year else _dated(first)
    return f"{begin} to {_dated(last)}"


def beside_words(period: Period) -> str:
    """``beside the 4 weeks before``, ``beside Thu 19 Nov``"""
    if period.days == 1:
        return f"beside {wording.weekday_date(period.before.first)}"
    if period.days % WEEK == 0:
        weeks = period.days // WEEK
        return "beside the week before" if weeks == 1 else f"beside the {weeks} weeks before"
    return f"beside the {period.days} days before"


def _dated(day: date) -> str:
    return f"{wording.day_month(day)} {day.year}"
