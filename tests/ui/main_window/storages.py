"""A storage for the window that opens the desk a test prepared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes
from desk_app.application.ports import ChangeFeed
from desk_app.application.schedule_view import DayView
from desk_app.application.use_cases import practice
from tests.helpers.small_practice import CATALOGUE


class OpenStorage:
    """Opens the desk that a test prepared, or raises what a test wants raised."""

    is_shared = False
    was_named = False

    def __init__(self, make: Callable[[], Desk]) -> None:
        self._make = make
        self.fault: Exception | None = None
        self.heard: list[Changes] = []
        self.demos = self.looks = 0

    def glance(self, now: datetime, demo: bool) -> DayView | None:
        return None

    def open(self) -> Desk:
        if self.fault is not None:
            raise self.fault
        return self._make()

    def look(self) -> Desk:
        self.looks += 1
        return replace(self._make(), only_looks=True)

    def set_up(self, file: Path) -> Desk:
        from desk_app.interop import practice_file

        loaded = practice_file.load(file)
        desk = self._make()
        practice.load(desk, loaded.catalogue, loaded.visits)
        return desk

    def open_demo(self, fresh: bool) -> Desk:
        self.demos += 1
        desk = self._make()
        practice.load(desk, CATALOGUE)
        return desk

    def feed(self, desk: Desk) -> ChangeFeed:
        return _Heard(self.heard)


class _Heard:
    def __init__(self, heard: list[Changes]) -> None:
        self._heard = heard

    def poll(self) -> Changes | None:
        return self._heard.pop(0) if self._heard else None
