"""Stand-ins for everything the schedule needs from outside; work runs when the test says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from desk_app.application.day_plan import DayPlan
from desk_app.application.read_models import TrayLine
from desk_app.application.schedule_view import ColumnFit, DayView, FitMap, LengthFit, LengthMap, Unfit
from tests.ui.schedule.days import MONDAY, at, line, view

NOW = at("09:00")


class FakeDays:
    """Counts which days were read; one of them may fail."""

    def __init__(self) -> None:
        self.read: list[date] = []
        self.measured: list[int] = []
        self.fitted: list[tuple[int, date]] = []
        self.broken: date | None = None
        self.views: dict[date, DayView] = {}
        self.lines: tuple[TrayLine, ...] = ()

    def day(self, day: date, with_gone: bool = False) -> DayView:
        assert with_gone
        self.read.append(day)
        if day == self.broken:
            raise OSError("disk")
        return self.views.get(day) or view(line(1, start=at("10:00", day)), day=day)

    def tray(self) -> tuple[TrayLine, ...]:
        return self.lines

    def carried(self, number: int) -> DayPlan:
        """A visit of some day that was given; a request has a line of its own."""
        plans = [each.plan for each in self.views.values()]
        found = [(p.day, each) for p in plans for each in p.lines if each.appointment_id == number]
        day, carried = found[0] if found else (MONDAY, line(number, "Asante, Kwame"))
        return DayPlan(day, (carried,))

    def fit_map(self, appointment_id: int, day: date, columns: tuple[str, ...], brief: bool = False) -> FitMap:
        if not brief:
            self.fitted.append((appointment_id, day))
        taken = Unfit(at("00:00", day), at("23:00", day), "The room is taken.")
        return FitMap(appointment_id, 5, {code: ColumnFit((), (taken,)) for code in columns})

    def lengths(self, appointment_id: int) -> LengthMap:
        """Up to 75 minutes it fits, up to 90 with a reason, and not beyond."""
        self.measured.append(appointment_id)
        fits = [LengthFit(minutes, True) for minutes in range(5, 80, 5)]
        warned = [LengthFit(minutes, True, "Room 1 is closed.") for minutes in range(80, 95, 5)]
        none = [LengthFit(minutes, False, "Room 1 is taken.") for minutes in range(95, 725, 5)]
        return LengthMap(appointment_id, 5, (*fits, *warned, *none))


class FakeTasks:
    """Runs work when told to, in order."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work, done, failed=None) -> None:  # type: ignore[no-untyped-def]
        def run() -> None:
            try:
                answer = work()
            except OSError as fault:
                failed(fault)
            else:
                done(answer)

        self.waiting.append(run)

    def run(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class FakeClock:
    def now(self) -> datetime:
        return NOW


class Notebook:
    """Remembers in a dictionary."""

    def __init__(self, **kept: str) -> None:
        self.kept = kept

    def value(self, key: str, default: str = "") -> str:
        return self.kept.get(key, default)

    def set_value(self, key: str, value: str) -> None:
        self.kept[key] = value


class FakeOperations:
    """Notes what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def move_appointment(self, appointment_id: int, start: datetime, wanted: tuple[str, ...] = ()) -> None:
        self.asked.append(("move", appointment_id, start, wanted))

    def lengthen_appointment(self, appointment_id: int, minutes: int) -> None:
        self.asked.append(("lengthen", appointment_id, minutes))

    def put_in_tray(self, kind: str, number: int) -> None:
        self.asked.append(("tray", kind, number))

    def put_back(self, item_ids: tuple[int, ...] | None = None) -> None:
        self.asked.append(("put back", item_ids))

    def drop_request(self, request_id: int, start: datetime, column: str) -> None:
        self.asked.append(("book", request_id, start, column))

    def cancel_appointment(self, appointment_id: int) -> None:
        self.asked.append(("cancel", appointment_id))


class FakeServices:
    """All of them under one roof."""

    def __init__(self) -> None:
        self.days, self.tasks, self.operations = FakeDays(), FakeTasks(), FakeOperations()
        self.memory, self.clock = Notebook(), FakeClock()
