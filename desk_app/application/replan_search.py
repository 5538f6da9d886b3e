"""Finds the places of a re-plan: who can keep the start with other resources, then the least move for each other.

Visits are placed one after another in one index; each takes only what is free once those before it have moved, so
that the whole can be stored in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.application.chain import allocations, booked_phases, procedure_as_booked
from desk_app.application.objections import Case, Kind, codes_of, objections
from desk_app.application.replan import Lost, Move, Weights
from desk_app.application.replan_text import changed_words, unplaced_words
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ResourceKind, Stay
from desk_app.domain.records import Appointment, ShortNotice, Wishes
from desk_app.domain.short_notice import wishes_against
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery, Use, VisitLoad
from desk_app.domain.zone import local_date, zone_of

MOST_DAYS = 60
"""So many days after the visit's own a start is looked for; beyond them somebody has to talk with the patient."""

NO_WISHES = Wishes()
STAFF, ROOM = ResourceKind.CLINICIAN, ResourceKind.PROCEDURE_ROOM


@dataclass(frozen=True, slots=True)
class Concerned:
    """A visit to be placed; ``busy`` are stretches in which its patient is elsewhere."""

    case: Case
    wishes: Wishes = NO_WISHES
    busy: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    cost: int
    slot: Slot


class ReplanSearch:
    """``index`` knows the lost stretch as closed, and every visit where it stands; it is changed by the search."""

    def __init__(self, catalogue: Catalogue, index: SlotIndex, lost: Lost, now: datetime, weights: Weights) -> None:
        self._catalogue, self._index, self._lost, self._now, self._weights = catalogue, index, lost, now, weights
        self._zone = zone_of(catalogue.settings)
        self._today = local_date(now, self._zone)
        self._moved: list[Move] = []

    def run(self, concerned: Sequence[Concerned]) -> tuple[Move, ...]:
        """In the order in which they can be stored; visits without a place come last."""
        rest = []
        for each in concerned:
            if (found := self._same_start(each)) is not None:
                self._take(each, found)
            else:
                rest.append(each)
        for _ in range(2):  # what was given up by the others helps the second time
            rest = [each for each in sorted(rest, key=self._pressing) if not self._try(each)]
        return (*self._moved, *(Move(each.case, None, unplaced_words(each.case, MOST_DAYS)) for each in rest))

    def _try(self, each: Concerned) -> bool:
        found = self._least(each)
        if found is not None:
            self._take(each, found)
        return found is not None

    def _pressing(self, each: Concerned) -> tuple[date, datetime]:
        """Whose approval ends first, then who comes first."""
        ends = [approval.valid_to for approval in each.case.approvals if approval.is_granted and approval.valid_to]
        return max(ends, default=date.max), each.case.visit.start

    def _same_start(self, each: Concerned) -> _Found | None:
        visit, query = each.case.visit, self._query(each)
        if visit.start < self._now:
            return None
        for wanted in self._preferences(visit):
            slot = self._index.slot_at(replace(query, wanted=wanted), visit.start, self._now)
            if slot is not None and (cost := self._cost(each, slot)) is not None:
                return _Found(cost, slot)
        return None

    def _least(self, each: Concerned) -> _Found | None:
        """The cheapest start of the days ahead; a day is looked at only while it could still be cheaper."""
        best: _Found | None = None
        own = local_date(each.case.visit.start, self._zone)
        query, first = self._query(each), max(own, self._today)
        for ahead in range(MOST_DAYS + 1):
            day = first + timedelta(days=ahead)
            if not self._index.covers(day) or (best is not None and self._weights.day * (day - own).days >= best.cost):
                break
            for slot in self._candidates(each.case.visit, query, day):
                if best is not None and self._plain_cost(each, slot) >= best.cost:
                    continue
                cost = self._cost(each, slot)
                if cost is not None and (best is None or cost < best.cost):
                    best = _Found(cost, slot)
        return best

    def _candidates(self, visit: Appointment, query: SlotQuery, day: date) -> Iterator[Slot]:
        """The day's starts with the visit's own people and with any, nearest to the visit's own clock time first."""
        seen = set()
        for wanted in dict.fromkeys((self._staff(visit), ())):
            slots = self._index.slots_on(replace(query, wanted=wanted), day, self._now)
            for slot in sorted(slots, key=lambda slot: (self._clock_shift(visit, slot), slot.start < visit.start)):
                key = slot.start, frozenset(code for phase in slot.phases for code in phase.resources.values())
                if key not in seen:
                    seen.add(key)
                    yield slot

    def _cost(self, each: Concerned, slot: Slot) -> int | None:
        """None where a rule speaks against it that nobody has passed for this visit."""
        before = each.case.visit
        visit = replace(
            before,
            start=slot.start,
            end=slot.end,
            phases=booked_phases(slot),
            allocations=allocations(slot, self._catalogue),
        )
        found = objections(replace(each.case, visit=visit, others=()))
        if set(codes_of(found, Kind.REFUSED, Kind.OVERRIDE)) - set(before.override_codes):
            return None
        doubts = codes_of(found, Kind.DOUBTED)
        if doubts:
            known = codes_of(objections(replace(each.case, others=(), obstacles=())), Kind.DOUBTED)
            doubts = tuple(code for code in doubts if code not in known)
        return self._plain_cost(each, slot) + self._weights.doubt * len(doubts)

    def _plain_cost(self, each: Concerned, slot: Slot) -> int:
        """What changes for the patient, without what the rules say."""
        visit, weights = each.case.visit, self._weights
        days = (local_date(slot.start, self._zone) - local_date(visit.start, self._zone)).days
        halves = -(-self._clock_shift(visit, slot) // 30)
        used = {code for phase in slot.phases for code in phase.resources.values()}
        gone = [self._catalogue.resource(code).kind for code in _codes(visit) if code not in used]
        breach = self._breaches(each, slot.start) > self._breaches(each, visit.start)
        return (
            weights.day * days
            + weights.half_hour * halves
            + weights.earlier * (slot.start < visit.start)
            + weights.clinician * gone.count(STAFF)
            + weights.room * gone.count(ROOM)
            + weights.wish * breach
        )

    def _breaches(self, each: Concerned, start: datetime) -> int:
        """How many of the person's wishes a start does not meet."""
        entry = ShortNotice(each.case.visit.patient_id, wishes=each.wishes)
        return len(wishes_against(entry, start, min(start, self._now), self._zone))

    def _clock_shift(self, visit: Appointment, slot: Slot) -> int:
        """Minutes between the two starts on the clock, whatever the day."""
        old, new = visit.start.astimezone(self._zone), slot.start.astimezone(self._zone)
        return abs((new.hour - old.hour) * 60 + new.minute - old.minute)

    def _take(self, each: Concerned, found: _Found) -> None:
        visit, slot = each.case.visit, found.slot
        uses = slot.uses(self._catalogue)
        share = visit.unplanned_stay if visit.stay is Stay.POSSIBLE else None
        self._index.put(VisitLoad(visit.id, local_date(slot.start, self._zone), uses, share, visit.hold_until))
        told = changed_words(self._catalogue, visit, slot, self._today)
        self._moved.append(Move(each.case, slot, told, found.cost, tuple(self._made_room(uses))))

    def _made_room(self, uses: Iterable[Use]) -> Iterator[int]:
        """Visits moved before this one whose former place it takes."""
        mine = tuple(uses)
        for move in self._moved:
            old = move.case.visit
            if any(_meet(use, old) for use in mine):
                yield old.id

    def _query(self, each: Concerned) -> SlotQuery:
        visit = each.case.visit
        procedure = procedure_as_booked(visit, self._catalogue)
        return SlotQuery(procedure, visit.levels, visit.stay, ignore_visit=visit.id, patient_busy=each.busy)

    def _staff(self, visit: Appointment) -> tuple[str, ...]:
        return self._of_kind(visit, STAFF)

    def _preferences(self, visit: Appointment) -> tuple[tuple[str, ...], ...]:
        staff, rooms = self._of_kind(visit, STAFF), self._of_kind(visit, ROOM)
        return tuple(dict.fromkeys((staff + rooms, staff, rooms, ())))

    def _of_kind(self, visit: Appointment, kind: ResourceKind) -> tuple[str, ...]:
        """The visit's own that are not lost."""
        return tuple(
            code
            for code in _codes(visit)
            if code not in self._lost.resources and self._catalogue.resource(code).kind is kind
        )


def _codes(visit: Appointment) -> Mapping[str, None]:
    return dict.fromkeys(allocation.resource for allocation in visit.allocations)


def _meet(use: Use, old: Appointment) -> bool:
    return any(
        use.resource == was.resource and use.start < was.blocked_until and was.start < use.blocked_until
        for was in old.allocations
    )
