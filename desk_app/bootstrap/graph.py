"""From an address to a desk at work: engine, read side, slot index, use cases' context."""

from __future__ import annotations

import getpass
import socket
from pathlib import Path
from uuid import UUID

from db.engine import Database, open_database
from db.queries import SqlQueries
from db.spare_memory import give_back
from db.unit_of_work import Known, SqlUnitOfWork
from desk_app.application.audit_watch import AuditEnds, AuditWatch
from desk_app.application.bookability import OVERRIDE_RIGHT
from desk_app.application.desk import Desk
from desk_app.application.ports import Actor, ChangeFeed, Clock, HolidayCalendar
from desk_app.application.slot_service import SlotService
from desk_app.bootstrap.clock import SystemClock
from desk_app.interop.holiday_calendar import LibraryHolidays


def build_desk(
    address: str,
    user: str | None = None,
    clock: Clock | None = None,
    holidays: HolidayCalendar | None = None,
    ends: AuditEnds | None = None,
) -> Desk:
    """A desk on an existing database of the present revision. Raises StorageUnavailable.

    ``ends`` is where the end of its audit trail is kept, if anywhere.
    """
    return _desk_on(open_database(address), user, clock, holidays, ends)


def build_view(address: str, user: str | None = None, holidays: HolidayCalendar | None = None) -> Desk:
    """A desk that only looks: at a file as it is now, or at a server. Raises StorageUnavailable."""
    from db.view import open_view

    return _desk_on(open_view(address), user, None, holidays, None)


def _desk_on(
    database: Database,
    user: str | None,
    clock: Clock | None,
    holidays: HolidayCalendar | None,
    ends: AuditEnds | None,
) -> Desk:
    clock = clock or SystemClock()
    queries = SqlQueries(database.reader, path_of(database))
    watch = AuditWatch(ends, queries, clock, _place_of(database)) if ends is not None else None

    def close() -> None:
        if watch is not None:
            watch.close()
        database.close()

    return Desk(
        open_work=_Opener(database, clock, watch),
        queries=queries,
        close=close,
        give_back_memory=lambda: give_back(database.reader, database.writer),
        slots=SlotService(queries, clock),
        clock=clock,
        holidays=holidays or LibraryHolidays(),
        actor=_actor(user),
        only_looks=database.only_looks,
        audit_watch=watch,
    )


def feed_of(desk: Desk) -> ChangeFeed:
    """What other programs commit on the desk's database from now on; it is closed with the desk."""
    assert isinstance(desk.open_work, _Opener)
    return desk.open_work.feed()


class _Opener:
    """Begins units of work on one database."""

    def __init__(self, database: Database, clock: Clock, watch: AuditWatch | None) -> None:
        self._database = database
        self._clock = clock
        self._known = Known()
        self._known.told = watch.did if watch is not None else None
        self._path = path_of(database)

    def __call__(self, actor: Actor, write_id: UUID | None = None) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._database.writer, self._known, actor, self._clock, write_id, self._path)

    def feed(self) -> ChangeFeed:
        from db.change_feed import open_feed

        self._known.own = set()
        return open_feed(self._database, self._known.own, self._path)


def path_of(database: Database) -> str:
    """What messages call this database: its path, or a server without its password."""
    is_file = database.reader.dialect.name == "sqlite"
    return database.address if is_file else database.reader.url.render_as_string(hide_password=True)


def _place_of(database: Database) -> str:
    """The same for a file however it was named."""
    is_file = database.reader.dialect.name == "sqlite"
    return str(Path(database.address).resolve()) if is_file else path_of(database)


def _actor(user: str | None) -> Actor:
    """While sign-in is off, whoever sits at this computer may do everything and is named in the audit trail."""
    return Actor(None, user or getpass.getuser(), socket.gethostname(), frozenset({OVERRIDE_RIGHT}))
