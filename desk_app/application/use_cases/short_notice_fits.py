"""Who on the short-notice list can truly come to a gap, best first with the reason, and who nearly can.

Somebody can come if the whole chain fits at its length, the booking's rules have nothing against it (authorization,
lead times, blood thinner, escort), and it meets their own wishes. Whoever comes before the gap anyway is no matter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_texts
from desk_app.application.objections import objections
from desk_app.application.read_models import ShortNoticePerson
from desk_app.application.request_callbacks import is_open
from desk_app.application.sentences import sentence
from desk_app.application.short_notice_case import as_visit, case_for, procedure_for, query_for, same_people
from desk_app.application.short_notice_text import against_words, reason_words
from desk_app.application.use_cases.why_not import reasons_of, serves
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import ProcedureType
from desk_app.domain.short_notice import Claim, rank, wishes_against
from desk_app.domain.slots import Slot, SlotQuery
from desk_app.domain.statuses import FIRM_VISITS, OfferStatus, RequestStatus, Urgency
from desk_app.domain.zone import local_date

MOST_NEARLY = 6
"""How many who nearly can are named with what stands against; the rest are counted."""


@dataclass(frozen=True, slots=True)
class ShortFit:
    """Somebody who can come, with their chain; ``spare`` minutes of the column stay empty after it."""

    person: ShortNoticePerson
    slot: Slot
    spare: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Somebody who would come sooner by it and cannot, with every sentence that stands against."""

    person: ShortNoticePerson
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShortFits:
    """``nearly`` are the ones named, ``further`` counts those not named; ``requests`` are those of all on the list."""

    able: tuple[ShortFit, ...] = ()
    nearly: tuple[NearMiss, ...] = ()
    further: int = 0
    requests: frozenset[int] = frozenset()


NOBODY = ShortFits()


def spare_minutes(slot: Slot, column: str, end: datetime) -> int:
    """How much of a gap stays empty in its column after the visit."""
    last = max((phase.end for phase in slot.phases if column in phase.resources.values()), default=slot.end)
    return max(0, int((end - last).total_seconds() // 60))


def who_can_come(desk: Desk, column: str, start: datetime, end: datetime) -> ShortFits:
    """For the gap of a column that begins at ``start``."""
    people = desk.queries.short_notice(local_date(start, desk.zone()), desk.now())
    look = _Look(desk, column, start, end)
    seen = [look.at(person) for person in people if _comes_sooner(person, start)]
    able = sorted((each for each in seen if not each.against and each.slot is not None), key=_Seen.order)
    rest = sorted((each for each in seen if each.against or each.slot is None), key=_Seen.nearness)
    return ShortFits(
        tuple(look.fit(each) for each in able),
        tuple(look.near_miss(each) for each in rest[:MOST_NEARLY]),
        max(0, len(rest) - MOST_NEARLY),
        frozenset(person.entry.request_id for person in people if person.entry.request_id is not None),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    person: ShortNoticePerson
    procedure: ProcedureType | None
    slot: Slot | None
    spare: int
    against: tuple[str, ...]
    claim: Claim
    unanswered: bool

    def order(self) -> tuple[bool, tuple[int, int, float, int, int]]:
        """Whoever did not answer in time is asked again only after the others."""
        return self.unanswered, rank(self.claim)

    def nearness(self) -> tuple[bool, int, tuple[int, int, float, int, int]]:
        return self.slot is None, len(self.against), rank(self.claim)


class _Look:
    """One gap, held against one person after another."""

    def __init__(self, desk: Desk, column: str, start: datetime, end: datetime) -> None:
        self._desk, self._column, self._start, self._end = desk, column, start, end
        self._catalogue, self._now = desk.catalogue(), desk.now()
        desk.slots.catch_up(desk.queries)
        day = local_date(start, desk.zone())
        self._index = desk.slots.index(day, day)
        self._found: dict[SlotQuery, Slot | None] = {}

    def at(self, person: ShortNoticePerson) -> _Seen:
        procedure = procedure_for(person, self._catalogue)
        slot = self._slot(person, procedure) if procedure is not None else None
        spare = spare_minutes(slot, self._column, self._end) if slot is not None else 0
        against = [*self._offered(person), *self._request(person), *self._wishes(person)]
        if slot is not None and procedure is not None:
            visit = as_visit(person, procedure, slot, self._catalogue)
            found = objections(case_for(person, visit, procedure, self._catalogue, self._now))
            against += objection_texts(found, self._catalogue)
        states = {offer.status for offer in person.offers if self._is_here(offer.column, offer.start)}
        return _Seen(
            person, procedure, slot, spare, tuple(against), self._claim(person, spare), OfferStatus.LAPSED in states
        )

    def fit(self, seen: _Seen) -> ShortFit:
        assert seen.slot is not None
        told = reason_words(seen.person, seen.claim, seen.slot, self._desk, seen.unanswered)
        return ShortFit(seen.person, seen.slot, seen.spare, told)

    def near_miss(self, seen: _Seen) -> NearMiss:
        """Only of whoever is named the whole chain is held against the board anew."""
        against = list(seen.against)
        if seen.procedure is None:
            against.append(against_words("short_notice_procedure"))
        elif seen.slot is None:
            against.append(self._in_the_way(seen.person, seen.procedure))
        return NearMiss(seen.person, tuple(against))

    def _in_the_way(self, person: ShortNoticePerson, procedure: ProcedureType) -> str:
        """Why the chain does not fit in the gap's own column, as the schedule says it of a visit in hand."""
        column = self._catalogue.resource(self._column)
        if not serves(column, procedure):
            return sentence("unsuitable", {"resource": column.name, "procedure": procedure.name})
        query = query_for(person, procedure, self._column, self._start, self._catalogue)
        starts = (self._start,)
        return reasons_of(self._catalogue, self._index, query, starts, self._now, self._column)[self._start]

    def _slot(self, person: ShortNoticePerson, procedure: ProcedureType) -> Slot | None:
        """With the clinicians the visit is booked with where they can, else with whoever can."""
        query = query_for(person, procedure, self._column, self._start, self._catalogue)
        slot = None
        if person.visit is not None:
            same = tuple(dict.fromkeys((self._column, *same_people(person.visit, self._catalogue))))
            slot = self._free(replace(query, wanted=same, patient_busy=()))
        slot = slot or self._free(replace(query, patient_busy=()))
        if slot is None or any(begin < slot.end and slot.start < end for begin, end in query.patient_busy):
            return None
        return slot

    def _free(self, query: SlotQuery) -> Slot | None:
        """Whoever it is for: many on a list wait for the same."""
        if query not in self._found:
            self._found[query] = self._index.slot_at(query, self._start, self._now)
        return self._found[query]

    def _claim(self, person: ShortNoticePerson, spare: int) -> Claim:
        request, visit = person.request, person.visit
        return Claim(
            request.urgency if request is not None else Urgency.ROUTINE,
            request.received_at if visit is None and request is not None else None,
            visit.start - self._start if visit is not None else self._start - self._start,
            spare,
            person.entry.id,
        )

    def _offered(self, person: ShortNoticePerson) -> list[str]:
        """An offer still open, or a no to this very start."""
        here = {offer.status for offer in person.offers if self._is_here(offer.column, offer.start)}
        if any(offer.status is OfferStatus.OPEN for offer in person.offers):
            return [against_words("short_notice_offered")]
        return [against_words("short_notice_declined")] if OfferStatus.DECLINED in here else []

    def _request(self, person: ShortNoticePerson) -> list[str]:
        request = person.request
        if person.visit is not None or request is None or request.status is RequestStatus.READY_TO_BOOK:
            return []
        return [against_words("short_notice_not_ready", status=request.status.value)]

    def _wishes(self, person: ShortNoticePerson) -> list[str]:
        codes = wishes_against(person.entry, self._start, self._now, self._desk.zone())
        return [against_words(code, entry=person.entry) for code in codes]

    def _is_here(self, column: str, start: datetime) -> bool:
        return (column, start) == (self._column, self._start)


def _comes_sooner(person: ShortNoticePerson, start: datetime) -> bool:
    """A booked visit that is later, or an open request."""
    if person.visit is not None:
        return person.visit.status in FIRM_VISITS and start < person.visit.start
    return person.request is not None and is_open(person.request)
