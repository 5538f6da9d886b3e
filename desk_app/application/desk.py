"""One desk at work: everything a use case needs, built by ``bootstrap`` and handed in; there is no global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application.audit_watch import AuditWatch
from desk_app.application.outcome import Changes
from desk_app.application.ports import Actor, Clock, HolidayCalendar, OpenWork, Queries, UnitOfWork
from desk_app.application.slot_service import SlotService
from desk_app.application.undo_history import UndoHistory
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date, zone_of


@dataclass
class Desk:
    """Storage, clock, slot index and whoever is at the desk.

    One that ``only_looks`` stores nothing: every change is refused as ``read_only``, and paper goes out unrecorded.
    """

    open_work: OpenWork
    queries: Queries
    slots: SlotService
    clock: Clock
    holidays: HolidayCalendar
    actor: Actor
    close: Callable[[], None]
    give_back_memory: Callable[[], None] = lambda: None
    """What storage keeps only for speed; asked for after much was read that is not needed again."""

    only_looks: bool = False
    audit_watch: AuditWatch | None = None
    """None where no end of the trail is kept."""

    history: UndoHistory = field(default_factory=UndoHistory)
    _calendar: tuple[Catalogue, date, BusinessCalendar] | None = None

    def catalogue(self) -> Catalogue:
        return self.slots.catalogue()

    def zone(self) -> ZoneInfo:
        return zone_of(self.catalogue().settings)

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return local_date(self.now(), self.zone())

    def calendar(self) -> BusinessCalendar:
        """The practice's business hours and holidays, a year back and two ahead."""
        catalogue, today = self.catalogue(), self.today()
        if self._calendar is None or self._calendar[0] is not catalogue or self._calendar[1] != today:
            region = catalogue.settings.holidays
            days = self.holidays.holidays(region, today - timedelta(days=366), today + timedelta(days=731))
            self._calendar = (catalogue, today, BusinessCalendar(catalogue.business_hours, days, self.zone()))
        return self._calendar[2]

    def committed(self, work: UnitOfWork, changes: Changes) -> Changes:
        """Tells the slot index of a commit of our own and remembers it as a step that can be undone."""
        self.slots.did(changes)
        self.history.did(changes.seq)
        return changes
