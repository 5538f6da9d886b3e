"""What the schedule needs from outside, and no more: days to show, a way to change them, a memory and a clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desk_app.application.day_plan import DayPlan
    from desk_app.application.read_models import TrayLine
    from desk_app.application.schedule_view import DayView, FitMap, LengthMap
    from desk_app.application.span_view import MonthView, WeekView
    from desk_app.ui.tasks import Tasks


class Days(Protocol):
    """The read side, called on the database worker only."""

    def day(self, day: date, with_gone: bool = False) -> DayView:
        """The day as of now; with visits that are cancelled or did not come where asked for."""

    def week(self, day: date, with_gone: bool = False) -> WeekView:
        """The week a day lies in, as of now."""

    def month(self, day: date) -> MonthView:
        """The load of the month a day lies in, as of now."""

    def fit_map(self, appointment_id: int, day: date, columns: tuple[str, ...], brief: bool = False) -> FitMap:
        """Where that visit's chain would fit on a day, for each of these resources."""

    def lengths(self, appointment_id: int) -> LengthMap:
        """How long that visit's procedure may be made where it stands."""

    def carried(self, number: int) -> DayPlan:
        """A visit, or a request by its number with a minus, alone on its day: what is taken out of the tray."""

    def tray(self) -> tuple[TrayLine, ...]:
        """What whoever is at the desk carries along."""


class Operations(Protocol):
    """Changes with their questions, refusals and undo. They return at once; the bus tells what came of them."""

    def move_appointment(self, appointment_id: int, start: datetime, wanted: tuple[str, ...] = ()) -> object: ...
    def lengthen_appointment(self, appointment_id: int, minutes: int) -> object: ...
    def put_in_tray(self, kind: str, number: int) -> object: ...
    def put_back(self, item_ids: tuple[int, ...] | None = None) -> object: ...
    def drop_request(self, request_id: int, start: datetime, column: str) -> object: ...
    def cancel_appointment(self, appointment_id: int) -> object: ...


class Memory(Protocol):
    """What is remembered for the next morning, per user."""

    def value(self, key: str, default: str = "") -> str: ...
    def set_value(self, key: str, value: str) -> None: ...


class Clock(Protocol):
    """The present instant (aware UTC)."""

    def now(self) -> datetime: ...


class Services(Protocol):
    """Everything above under one roof, handed in by whoever builds the window."""

    @property
    def days(self) -> Days: ...
    @property
    def tasks(self) -> Tasks: ...
    @property
    def operations(self) -> Operations: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def clock(self) -> Clock: ...
