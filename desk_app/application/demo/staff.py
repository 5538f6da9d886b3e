"""Which physician does what on which day: work is spread, and whoever alone does something is kept for it."""

from __future__ import annotations

from datetime import date
from random import Random

from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind
from desk_app.domain.slots import SlotIndex
from desk_app.domain.zone import day_span, midnight, zone_of

OTHERS_SHARE = 4
"""How much more often than a specialist somebody else does what both could."""


class Staff:
    """The physicians of a practice."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._today = today
        self._zone = zone_of(catalogue.settings)
        self._able = {procedure.code: _able(catalogue, procedure) for procedure in catalogue.procedures}
        self._special = {codes[0] for codes in self._able.values() if len(codes) == 1}
        self._in_house: dict[date, frozenset[str]] = {}

    def choose(self, procedure: ProcedureType, day: date, index: SlotIndex, chance: Random) -> str | None:
        """Somebody who can and is there that day; None where nobody is."""
        there = self._there(day, index)
        codes = [code for code in self._able[procedure.code] if code in there]
        if self._keeps_specialists(day):
            codes = [code for code in codes if code not in self._special] or codes
        weights = [1 if code in self._special else OTHERS_SHARE for code in codes]
        return chance.choices(codes, weights)[0] if codes else None

    def _keeps_specialists(self, day: date) -> bool:
        """Every other day to come they do only what nobody else does, so that something soon is always free."""
        return day > self._today and day.toordinal() % 2 == 0

    def _there(self, day: date, index: SlotIndex) -> frozenset[str]:
        if day not in self._in_house:
            everybody = {code for codes in self._able.values() for code in codes}
            self._in_house[day] = frozenset(code for code in everybody if not self._is_away(code, day, index))
        return self._in_house[day]

    def _is_away(self, code: str, day: date, index: SlotIndex) -> bool:
        start, end = day_span(day, self._zone)
        shut = index.closings(code, day, midnight(day, self._zone))
        return any(o.start is not None and o.end is not None and o.start <= start and end <= o.end for o in shut)


def _able(catalogue: Catalogue, procedure: ProcedureType) -> tuple[str, ...]:
    """Those who could be the procedure's physician."""
    needs = [need for phase in procedure.phases for need in phase.needs if need.kind is ResourceKind.CLINICIAN]
    asked = next((need.capabilities for need in needs if "physician" in need.capabilities), None)
    if asked is None:
        return ()
    staff = catalogue.of_kind(ResourceKind.CLINICIAN)
    return tuple(person.code for person in staff if set(asked) <= set(person.capabilities))
