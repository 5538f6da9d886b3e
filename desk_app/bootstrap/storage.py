"""The databases a window can open: the practice's own, and the demo practice beside it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desk_app.bootstrap.places import Places
from desk_app.bootstrap.program import LocalProgram
from desk_app.domain.faults import StorageUnavailable

if TYPE_CHECKING:
    from desk_app.application.desk import Desk
    from desk_app.application.ports import ChangeFeed
    from desk_app.application.schedule_view import DayView


class LocalStorage:
    """Implements ``ui.storage.Storage``; the database room is imported when something is first opened."""

    def __init__(self, places: Places, address: str | None, user: str | None, view_only: bool = False) -> None:
        self._places, self._address, self._user, self._view_only = places, address, user, view_only

    @property
    def is_shared(self) -> bool:
        return (self._address or "").startswith("postgresql")

    @property
    def was_named(self) -> bool:
        return self._address is not None or self._view_only

    def glance(self, now: datetime, demo: bool) -> DayView | None:
        path = self._file(demo)
        if path is None:
            return None
        from db.glance import glance
        from desk_app.application.use_cases.look_at_day import glanced

        found = glance(path, now)
        return glanced(*found, now) if found is not None else None

    def open(self) -> Desk:
        if self._view_only:
            return self.look()
        from db.reserve import keep

        desk = self._program(self._address).desk()
        keep(self._address or str(self._places.database))
        return desk

    def look(self) -> Desk:
        return self._program(self._address).look()

    def set_up(self, file: Path) -> Desk:
        from desk_app.application.use_cases import practice
        from desk_app.interop import practice_file

        loaded = practice_file.load(file)  # a wrong file is refused before anything is created
        desk = self._program(self._address).create()
        try:
            practice.load(desk, loaded.catalogue, loaded.visits)
        except BaseException:
            desk.close()
            raise
        return desk

    def open_demo(self, fresh: bool) -> Desk:
        demo = self._program(str(self._places.demo))
        if self._is_kept(fresh):
            with suppress(StorageUnavailable):
                return demo.desk()
        desk = demo.create()
        demo.fill_demo(desk)
        return desk

    def feed(self, desk: Desk) -> ChangeFeed:
        from desk_app.bootstrap.graph import feed_of

        return feed_of(desk)

    def _file(self, demo: bool) -> Path | None:
        """Where the database lies; None for one on a server."""
        from db.location import sqlite_path

        return self._places.demo if demo else sqlite_path(self._address or str(self._places.database))

    def _program(self, address: str | None) -> LocalProgram:
        return LocalProgram(self._places, address, self._user)

    def _is_kept(self, fresh: bool) -> bool:
        """Whether the demo that is there stays: if it is asked for, or another window is open on it."""
        from db.locks import FileLock

        path = self._places.demo
        if not fresh or not path.exists():
            return path.exists()
        try:
            with FileLock(path, alone=True):
                for file in path.parent.glob(f"{path.name}*"):
                    if not file.name.endswith(".lock"):
                        file.unlink()
        except StorageUnavailable:
            return True
        return False
