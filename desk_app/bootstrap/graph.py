"""From an address to a desk at work: engine, read side, slot index, use cases' context."""

from __future__ import annotations

import getpass
import socket
from uuid import UUID

from db.engine import Database, open_database
from db.queries import SqlQueries
from db.unit_of_work import SqlUnitOfWork
from desk_app.application.bookability import OVERRIDE_RIGHT
from desk_app.application.desk import Desk
from desk_app.application.ports import Actor, Clock
from desk_app.application.slot_service import SlotService
from desk_app.bootstrap.clock import SystemClock
from desk_app.interop.holiday_calendar import LibraryHolidays


def build_desk(address: str, user: str | None = None, clock: Clock | None = None) -> Desk:
    """A desk on an existing database of the present revision. Raises StorageUnavailable."""
    clock = clock or SystemClock()
    database = open_database(address)
    queries = SqlQueries(database.reader)
    return Desk(
        open_work=_opener(database, clock),
        queries=queries,
        slots=SlotService(queries, clock),
        clock=clock,
        holidays=LibraryHolidays(),
        actor=_actor(user),
    )


class _Opener:
    """Begins units of work on one database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def __call__(self, actor: Actor, write_id: UUID | None = None) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._database.writer, actor, self._clock, write_id)


def _opener(database: Database, clock: Clock) -> _Opener:
    return _Opener(database, clock)


def _actor(user: str | None) -> Actor:
    """While sign-in is off, whoever sits at this computer may do everything and is named in the audit trail."""
    return Actor(None, user or getpass.getuser(), socket.gethostname(), frozenset({OVERRIDE_RIGHT}))
