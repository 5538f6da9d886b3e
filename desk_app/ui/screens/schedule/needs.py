"""What the schedule needs from outside, no more: days to show, a way to move and cancel, and who else listens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol, TypeVar

from desk_app.application.outcome import Changes
from desk_app.application.schedule_view import DayView, FitMap

T = TypeVar("T")


class DeskReader(Protocol):
    """The desk as the worker sees it: called there, never on the window's own thread."""

    def day(self, day: date, with_gone: bool = False) -> DayView: ...
    def fit_map(self, appointment_id: int, day: date, columns: tuple[str, ...]) -> FitMap: ...


class Operations(Protocol):
    """Changes with their questions, refusals and undo. Each returns at once; the bus tells what came of it."""

    def move_appointment(self, appointment_id: int, start: datetime, wanted: tuple[str, ...] = ()) -> None: ...
    def cancel_appointment(self, appointment_id: int) -> None: ...


class Memory(Protocol):
    """What is remembered for the next morning, per user."""

    def value(self, key: str, default: str = "") -> str: ...
    def set_value(self, key: str, value: str) -> None: ...


__all__ = ["Changes", "DeskReader", "Memory", "Operations", "T", "Callable"]
