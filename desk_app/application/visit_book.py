"""Visits that come along in one file, held against one another before any is stored."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from desk_app.application.wording import clock, full_date
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment
from desk_app.domain.zone import local_date, zone_of


class _Stretch(NamedTuple):
    start: datetime
    end: datetime
    where: str


class VisitBook:
    """One resource serves one visit at a time, and nobody is in two places; the line is told where a file says so."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._zone = zone_of(catalogue.settings)
        self._taken: dict[tuple[str, str], list[_Stretch]] = {}

    def enter(self, patient: str, where: str, visit: Appointment) -> None:
        """Raises WrongInput ``visit_overlap``."""
        fresh = [(("resource", a.resource), _Stretch(a.start, a.blocked_until, where)) for a in visit.allocations]
        fresh.append((("patient", patient), _Stretch(visit.start, visit.end, where)))
        for key, stretch in fresh:
            for other in self._taken.get(key, ()):
                if stretch.start < other.end and other.start < stretch.end:
                    raise self._overlap(key, where, other)
        for key, stretch in fresh:
            self._taken.setdefault(key, []).append(stretch)

    def _overlap(self, key: tuple[str, str], where: str, other: _Stretch) -> WrongInput:
        kind, code = key
        what = self._catalogue.resource(code).name if kind == "resource" else "the patient"
        day = full_date(local_date(other.start, self._zone))
        since = f"{other.where}, {day} {clock(other.start, self._zone)}"
        return WrongInput("visit_overlap", where=where, what=what, other=since)
