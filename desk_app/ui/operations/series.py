"""Booking a series of visits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases.series import BookSeries, Series, book_series
from desk_app.ui.operations.change import Change, Refused
from desk_app.ui.operations.words import short_name


def booking_series(wish: BookSeries, then: Callable[[Series], object], refused: Refused) -> Change:
    """``then`` is told what was booked and what was left out, also where nothing was booked."""
    wish = wish if wish.write_id else replace(wish, write_id=uuid4())
    return Change(lambda desk: book_series(desk, wish), _said, then, refused=refused)


def _said(desk: Desk, outcome: Outcome[Series]) -> str:
    """``Booked 5 visits for M. Ortiz, 1 left out``; nothing where nothing was written."""
    series = outcome.value
    if not series.visits:
        return ""
    name = short_name(desk.queries.visit_card(series.visits[0].id).patient)
    verb = "Held" if series.visits[0].hold_until is not None else "Booked"
    left = f", {len(series.left_out)} left out" if series.left_out else ""
    return f"{verb} {wording.count(len(series.visits), 'visit', 'visits')} for {name}{left}"
