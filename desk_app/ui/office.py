"""The desk at work, once its database is open. Its use cases and queries run on the database worker only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.zone import local_date, zone_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from desk_app.application.day_plan import DayPlan
    from desk_app.application.desk import Desk
    from desk_app.application.ports import Clock
    from desk_app.application.read_models import TrayLine
    from desk_app.application.schedule_view import DayView, FitMap, LengthMap
    from desk_app.application.span_view import MonthView, WeekView
    from desk_app.domain.practice import Catalogue
    from desk_app.domain.slots import Slot
    from desk_app.ui.models.request_cells import RowContext


class Office:
    """Opened once; the catalogue is a frozen value that the window may read at any time."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._catalogue: Catalogue | None = None
        self._desk: Desk | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The practice; an empty one before a database is open."""
        if self._catalogue is None:
            from desk_app.domain.practice import Catalogue, Settings

            self._catalogue = Catalogue(Settings("", "UTC"))
        return self._catalogue

    @catalogue.setter
    def catalogue(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def open(self, desk: Desk) -> Catalogue:
        """Takes over a desk and reads its practice; on the worker. Raises StorageUnavailable ``no_practice``."""
        self._desk = desk
        return desk.catalogue()

    @property
    def is_open(self) -> bool:
        return self._desk is not None

    @property
    def only_looks(self) -> bool:
        """Whether what is open is a copy in which nothing can be changed."""
        return self._desk is not None and self._desk.only_looks

    @property
    def desk(self) -> Desk:
        """The desk, for the worker. Raises StorageUnavailable before a database is open."""
        if self._desk is None:
            raise StorageUnavailable("no_practice")
        return self._desk

    def close(self) -> None:
        """Leaves the database; on the worker."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.catalogue.settings)

    @property
    def today(self) -> date:
        return local_date(self.clock.now(), self.zone)

    def context(self, slots: Mapping[int, Slot] | None = None) -> RowContext:
        """What words about records need beside the records."""
        from desk_app.ui.models.request_cells import RowContext

        return RowContext(self.clock.now(), self.zone, self.catalogue, slots or {})

    # The schedule's read side, on the worker

    def day(self, day: date, with_gone: bool = False) -> DayView:
        from desk_app.application.use_cases import look_at_day

        return look_at_day.day_view(self.desk, day, with_gone)

    def week(self, day: date, with_gone: bool = False) -> WeekView:
        from desk_app.application.use_cases import look_at_week

        return look_at_week.week_view(self.desk, day, with_gone)

    def month(self, day: date) -> MonthView:
        from desk_app.application.use_cases import look_at_month

        return look_at_month.month_view(self.desk, day)

    def fit_map(self, appointment_id: int, day: date, columns: tuple[str, ...], brief: bool = False) -> FitMap:
        """Of a visit; of a request by its number with a minus."""
        if appointment_id < 0:
            from desk_app.application.use_cases.carrying import request_fits

            return request_fits(self.desk, -appointment_id, day, columns, brief)
        from desk_app.application.use_cases.where_it_fits import fit_map

        return fit_map(self.desk, appointment_id, day, columns, brief)

    def lengths(self, appointment_id: int) -> LengthMap:
        from desk_app.application.use_cases.how_long import lengths_of

        return lengths_of(self.desk, appointment_id)

    def carried(self, number: int) -> DayPlan:
        from desk_app.application.use_cases import carrying

        return carrying.carried(self.desk, number)

    def tray(self) -> tuple[TrayLine, ...]:
        """What whoever is at the desk carries along; nothing before a database is open."""
        if self._desk is None:
            return ()
        from desk_app.application.use_cases.tray import in_tray

        return in_tray(self._desk)

    def moment(self, instant: datetime) -> str:
        """An instant as the desk says it: ``Wed 25 Nov 13:25``."""
        from desk_app.application.wording import moment

        return moment(instant, self.zone, self.today)
