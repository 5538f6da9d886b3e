"""What a slot is, said once more and slowly: cell by cell, start by start, from the practice file's rules alone.

Nothing here shares a line with the slot engine. Instants are whole minutes since the epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations, product
from math import prod
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from desk_app.domain.practice import Catalogue, Need, PhaseKind, Resource, ResourceKind, Session, Stay
from desk_app.domain.slots import SlotQuery, VisitLoad

REACH = 9
"""Days to either side of the days asked for in which sessions are looked up."""


def minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60


def instant(minutes: int) -> datetime:
    return datetime.fromtimestamp(minutes * 60, UTC)


@dataclass(frozen=True)
class Opening:
    """One day's stretch of a session."""

    session: Session
    day: date
    start: int
    end: int


@dataclass(frozen=True)
class Leg:
    """One phase of one start."""

    kind: PhaseKind
    start: int
    end: int
    beside: bool
    needs: tuple[Need, ...]


class SlowSlots:
    """Answers for starts on the local days ``[first_day, first_day + days)``."""

    def __init__(self, catalogue: Catalogue, first_day: date, days: int, loads: Iterable[VisitLoad]) -> None:
        self.catalogue, self.loads = catalogue, tuple(loads)
        self.zone = ZoneInfo(catalogue.settings.time_zone)
        self.cell = catalogue.settings.cell_minutes
        near = [first_day + timedelta(days=n) for n in range(-REACH, days + REACH)]
        self.openings = {r.code: list(self._openings(r.code, near)) for r in catalogue.resources}
        self._known: dict[tuple[object, ...], bool] = {}

    def wall(self, day: date, clock: time) -> int:
        """An ambiguous wall time is the first one, a missing one is shifted by the gap: both are fold 0."""
        return minute(datetime.combine(day, clock, self.zone))

    def local(self, minutes: int) -> datetime:
        return instant(minutes).astimezone(self.zone)

    def _openings(self, code: str, near: list[date]) -> Iterator[Opening]:
        for session in self.catalogue.sessions:
            if session.resource != code:
                continue
            rule = rrulestr(session.rrule, dtstart=datetime.combine(session.first_day, time()))
            ends = datetime.combine(near[-1], time())
            days = {found.date() for found in rule.between(datetime(1990, 1, 1), ends, inc=True)}
            for day in sorted(days & set(near)):
                last = day + timedelta(days=session.end <= session.start)
                yield Opening(session, day, self.wall(day, session.start), self.wall(last, session.end))

    # a cell of a resource

    def _reserved_for_others(self, opening: Opening, procedure: str, today: date) -> bool:
        session = opening.session
        if not session.reserved_for or procedure in session.reserved_for:
            return False
        return session.release_days is None or today < opening.day - timedelta(days=session.release_days)

    def is_closed(self, code: str, at: int) -> bool:
        """Whether some minute of the cell lies in no session at all."""
        return self._once(
            ("closed", code, at),
            lambda: not all(any(o.start <= m < o.end for o in self.openings[code]) for m in range(at, at + self.cell)),
        )

    def is_reserved(self, code: str, at: int, procedure: str, today: date) -> bool:
        """Whether some minute of the cell belongs to other procedures' unreleased block."""
        return self._once(
            ("reserved", code, at, procedure, today),
            lambda: any(
                o.start <= m < o.end and self._reserved_for_others(o, procedure, today)
                for o in self.openings[code]
                for m in range(at, at + self.cell)
            ),
        )

    def is_blocked(self, code: str, at: int) -> bool:
        return self._once(
            ("blocked", code, at),
            lambda: any(
                b.resource in (code, "*") and minute(b.start) <= m < minute(b.end)
                for b in self.catalogue.blockouts
                for m in range(at, at + self.cell)
            ),
        )

    def is_taken(self, code: str, at: int, ignore: int | None) -> bool:
        return self._once(
            ("taken", code, at, ignore),
            lambda: any(
                use.resource == code and minute(use.start) <= m < minute(use.blocked_until)
                for load in self.loads
                if load.visit != ignore
                for use in load.uses
                for m in range(at, at + self.cell)
            ),
        )

    def _once(self, key: tuple[object, ...], work: object) -> bool:
        if key not in self._known:
            self._known[key] = work()  # type: ignore[operator]
        return self._known[key]

    # a start

    def legs(self, query: SlotQuery, start: int) -> list[Leg]:
        day = self.local(start).date()
        closing = self.wall(day + timedelta(days=1), time())
        planned = query.effective_stay() is Stay.PLANNED
        legs, at = [], start
        for phase in query.procedure.phases:
            if phase.kind is PhaseKind.OVERNIGHT and not planned:
                continue
            end = at + phase.minutes + phase.minutes_per_extra_level * (query.levels - 1)
            if phase.kind is PhaseKind.OVERNIGHT:
                assert phase.until is not None
                tries = (self.wall(day + timedelta(days=n), phase.until) for n in range(1, 60))
                end = next(end for end in tries if end > closing and end > at)
            legs.append(Leg(phase.kind, at, end, phase.beside, phase.needs))
            if not phase.beside:
                at = end
        return legs

    def cells(self, origin: int, start: int, end: int) -> range:
        """Cells of the grid through ``origin`` that ``[start, end)`` touches."""
        first = start - (start - origin) % self.cell
        return range(first, end, self.cell)

    def against(
        self, query: SlotQuery, able: Resource, mine: list[Leg], origin: int, today: date
    ) -> tuple[str, int] | None:
        """The first of closed, reserved, blocked, taken that a candidate meets, with its first cell at fault."""
        needed = sorted({at for leg in mine for at in self.cells(origin, leg.start, leg.end)})
        kept = sorted({at for leg in mine for at in self.cells(origin, leg.start, leg.end + able.turnover_minutes)})
        procedure = query.procedure.code
        for code, cells in (("closed", needed), ("reserved", needed), ("blocked", needed), ("taken", kept)):
            if code in query.overriding:
                continue
            for at in cells:
                wrong = {
                    "closed": lambda at=at: self.is_closed(able.code, at),
                    "reserved": lambda at=at: self.is_reserved(able.code, at, procedure, today),
                    "blocked": lambda at=at: self.is_blocked(able.code, at),
                    "taken": lambda at=at: self.is_taken(able.code, at, query.ignore_visit),
                }[code]
                if wrong():
                    return code, at
        return None

    def labels(self, legs: list[Leg]) -> dict[str, list[Leg]]:
        """Labels in order of first appearance, each with its phases."""
        found: dict[str, list[Leg]] = {}
        for leg in legs:
            for need in leg.needs:
                found.setdefault(need.label, []).append(leg)
        return found

    def candidates(self, label: str, mine: list[Leg]) -> list[Resource]:
        """Right kind and capabilities; fewest capabilities beyond those asked first, then the file's order."""
        needs = [need for leg in mine for need in leg.needs if need.label == label]
        asked = {capability for need in needs for capability in need.capabilities}
        kind = needs[0].kind
        able = [r for r in self.catalogue.resources if r.kind is kind and asked <= set(r.capabilities)]
        return sorted(able, key=lambda r: len(set(r.capabilities) - asked))

    def choice(self, query: SlotQuery, start: int, now: int) -> dict[str, str] | None:
        """Label to resource for a start where everything fits, by the rule for ties; None where it does not."""
        legs = self.legs(query, start)
        labels = self.labels(legs)
        today, origin = self.local(now).date(), self.wall(self.local(start).date(), time())
        served = [
            [r.code for r in self.candidates(label, mine) if self.against(query, r, mine, origin, today) is None]
            for label, mine in labels.items()
        ]
        if not all(served) or not self.patient_free(query, legs) or not self.night_holds(query, legs, start):
            return None
        names = list(labels)
        for codes in product(*served):
            chosen = dict(zip(names, codes, strict=True))
            if self.told_apart(labels, chosen) and set(query.wanted) <= set(codes):
                return chosen
        return None

    def told_apart(self, labels: dict[str, list[Leg]], chosen: dict[str, str]) -> bool:
        """Labels whose phases overlap in time are different resources."""
        return not any(
            chosen[one] == chosen[two] and a.start < b.end and b.start < a.end
            for one, two in combinations(labels, 2)
            for a in labels[one]
            for b in labels[two]
        )

    def patient_free(self, query: SlotQuery, legs: list[Leg]) -> bool:
        ends = [leg.end for leg in legs if not leg.beside]
        end = ends[-1] if ends else legs[0].start
        present = range(legs[0].start, end)
        return not any(minute(a) < present.stop and present.start < minute(b) for a, b in query.patient_busy if present)

    # the night

    def night_holds(self, query: SlotQuery, legs: list[Leg], start: int) -> bool:
        stay = query.effective_stay()
        if stay is Stay.NEVER or "night" in query.overriding:
            return True
        chances, beds = self.night(self.local(start).date(), query.ignore_visit)
        midnight = self.wall(self.local(start).date() + timedelta(days=1), time())
        if stay is Stay.POSSIBLE:
            chances.append(query.procedure.unplanned_stay)
        own = any(
            need.kind is ResourceKind.OVERNIGHT_BED and leg.start <= midnight < leg.end
            for leg in legs
            for need in leg.needs
        )
        return more_than(chances, beds - own) <= self.catalogue.settings.overflow_risk + 1e-12

    def night(self, day: date, ignore: int | None = None) -> tuple[list[float], int]:
        """The chances of the day's visits that may stay, and the beds open and not allocated at its last midnight."""
        midnight = self.wall(day + timedelta(days=1), time())
        others = [load for load in self.loads if load.visit != ignore]
        taken = {u.resource for o in others for u in o.uses if minute(u.start) <= midnight < minute(u.end)}
        free = [bed for bed in self.staffed(midnight) if bed not in taken]
        return [o.possible_stay for o in others if o.day == day and o.possible_stay is not None], len(free)

    def staffed(self, midnight: int) -> list[str]:
        return [
            r.code
            for r in self.catalogue.resources
            if r.kind is ResourceKind.OVERNIGHT_BED
            and any(o.start <= midnight < o.end for o in self.openings[r.code])
            and not any(
                b.resource in (r.code, "*") and minute(b.start) <= midnight < minute(b.end)
                for b in self.catalogue.blockouts
            )
        ]

    # a search

    def starts(self, query: SlotQuery, now: int) -> Iterator[int]:
        """Every start that may be given at all, earliest first."""
        for number in range(query.days):
            day = query.first_day + timedelta(days=number)
            if query.weekdays is not None and day.weekday() not in query.weekdays:
                continue
            for at in range(self.wall(day, time()), self.wall(day + timedelta(days=1), time()), self.cell):
                clock = self.local(at).time()
                early = query.after is not None and clock < query.after
                late = query.before is not None and clock >= query.before
                if at >= now and not early and not late:
                    yield at

    def find(self, query: SlotQuery, now: int) -> list[tuple[int, dict[str, str]]]:
        found = ((at, self.choice(query, at, now)) for at in self.starts(query, now))
        return [(at, chosen) for at, chosen in found if chosen is not None]

    def obstacles(self, query: SlotQuery, start: int, now: int) -> list[tuple[str, str | None, int | None]]:
        """(code, resource, first cell at fault) as ``slots explain`` lists them, the patient's own visits left out."""
        legs = self.legs(query, start)
        labels = self.labels(legs)
        today, origin = self.local(now).date(), self.wall(self.local(start).date(), time())
        found: list[tuple[str, str | None, int | None]] = [("past", None, None)] if start < now else []
        found += [("off_grid", None, None)] if (start - origin) % self.cell else []
        before = len(found)
        served = []
        for label, mine in labels.items():
            against = [(r.code, self.against(query, r, mine, origin, today)) for r in self.candidates(label, mine)]
            served.append([code for code, fault in against if fault is None])
            if not against:
                found.append(("no_resource", None, None))
            elif not served[-1]:
                found += [(fault[0], code, fault[1]) for code, fault in against if fault is not None]
        names = list(labels)
        told = any(self.told_apart(labels, dict(zip(names, codes, strict=True))) for codes in product(*served))
        if len(found) == before and not told:
            found.append(("same_resource", None, None))
        if not self.night_holds(query, legs, start):
            found.append(("night", None, None))
        return found


def more_than(chances: list[float], beds: int) -> float:
    """The chance that more than ``beds`` stay: the sum over every set of visits that would be too many."""
    everybody = range(len(chances))
    too_many = (who for size in range(max(beds + 1, 0), len(chances) + 1) for who in combinations(everybody, size))
    if beds < 0:
        return 1.0
    return sum(prod(chances[n] if n in who else 1 - chances[n] for n in everybody) for who in too_many)
