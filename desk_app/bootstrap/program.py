"""The program around the command line: one database at one address."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.bootstrap.places import Places, resources

if TYPE_CHECKING:
    from desk_app.application.desk import Desk


class LocalProgram:
    """Implements ``cli.program.Program``; the database room is imported when it is first needed."""

    def __init__(self, places: Places, address: str | None, user: str | None) -> None:
        self._address, self._places = address or str(places.database), places
        self._user = user
        self._desks: list[Desk] = []

    def desk(self) -> Desk:
        return self._opened

    def create(self) -> Desk:
        from db.migrate import prepare

        prepare(self._address, create=True)
        return self._build()

    def migrate(self) -> str:
        from db.migrate import current_revision, prepare

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

        restore(self._address, source)

    @cached_property
    def _opened(self) -> Desk:
        from db.migrate import prepare

        prepare(self._address, create=False)
        return self._build()

    def _build(self) -> Desk:
        from desk_app.bootstrap.graph import build_desk
        from desk_app.interop.holiday_calendar import LibraryHolidays
        from desk_app.interop.kept_holidays import KeptHolidays

        holidays = KeptHolidays(self._places.holidays, LibraryHolidays())
        desk = build_desk(self._address, self._user, holidays=holidays)
        self._desks.append(desk)
        return desk
