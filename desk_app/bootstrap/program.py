"""The program around the command line: one database at one address."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.bootstrap.places import Places, resources
from desk_app.domain.faults import StorageUnavailable

if TYPE_CHECKING:
    from desk_app.application.desk import Desk
    from desk_app.application.ports import HolidayCalendar


class LocalProgram:
    """Implements ``cli.program.Program``; the database room is imported when it is first needed."""

    def __init__(self, places: Places, address: str | None, user: str | None, view_only: bool = False) -> None:
        self._address, self._places = address or str(places.database), places
        self._user, self._view_only = user, view_only
        self._desks: list[Desk] = []

    def desk(self) -> Desk:
        return self._opened

    def create(self) -> Desk:
        from db.migrate import prepare

        self._refuse_if_view_only()
        prepare(self._address, create=True)
        return self._build()

    def migrate(self) -> str:
        from db.migrate import current_revision, prepare

        self._refuse_if_view_only()
        prepare(self._address, create=False)
        return current_revision(self._address) or ""

    def fill_demo(self, desk: Desk) -> int:
        from desk_app.application.demo import store_demo
        from desk_app.interop.practice_file import load

        return store_demo(desk, load(resources() / "demo" / "bay_state_pain.toml").catalogue)

    def close(self) -> None:
        for desk in self._desks:
            desk.close()

    def backup(self, target: Path) -> None:
        from db.backup import backup

        backup(self._address, target)

    def restore(self, source: Path) -> None:
        from db.backup import restore

        self._refuse_if_view_only()
        restore(self._address, source)
        if (watch := self.desk().audit_watch) is not None:
            watch.begin_anew()

    @cached_property
    def _opened(self) -> Desk:
        if self._view_only:
            return self.look()
        from db.migrate import prepare

        prepare(self._address, create=False)
        return self._build()

    def look(self) -> Desk:
        """A desk that only looks: at the file as it is now, or at the server."""
        from desk_app.bootstrap.graph import build_view

        return self._kept(build_view(self._address, self._user, self._holidays()))

    def _build(self) -> Desk:
        from desk_app.bootstrap.graph import build_desk
        from desk_app.interop.kept_audit_ends import KeptAuditEnds

        ends = KeptAuditEnds(self._places.audit_ends)
        return self._kept(build_desk(self._address, self._user, holidays=self._holidays(), ends=ends))

    def _kept(self, desk: Desk) -> Desk:
        self._desks.append(desk)
        return desk

    def _holidays(self) -> HolidayCalendar:
        from desk_app.interop.holiday_calendar import LibraryHolidays
        from desk_app.interop.kept_holidays import KeptHolidays

        return KeptHolidays(self._places.holidays, LibraryHolidays())

    def _refuse_if_view_only(self) -> None:
        if self._view_only:
            raise StorageUnavailable("read_only", path=self._address)
