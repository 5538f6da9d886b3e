"""A series of visits: what fits is booked or held in one transaction, what does not is listed with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from desk_app.application.asked import check_levels, check_resources, check_stay, procedure_of, sitting_of
from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.lost_race import Bid, told_who_was_faster
from desk_app.application.objections import Kind, Objection
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.sentences import sentence
from desk_app.application.start_runs import room_and_clinicians
from desk_app.application.use_cases.booking import BookAppointment, enter
from desk_app.application.use_cases.visit_changes import free_lapsed, lock
from desk_app.application.wording import weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment, Request
from desk_app.domain.series import series_days
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery
from desk_app.domain.zone import local_date, wall_instant

NEAR = timedelta(hours=1)
"""So far from its time of day a visit of a series may lie."""

NEARBY_DAYS = 3
FAR = timedelta(days=730)
TOO_FAR = "This is more than two years ahead."
REASONS = 2


Seen = tuple[date, str]
"""A doubt that somebody has seen: the day of its visit, and its code."""


@dataclass(frozen=True, slots=True)
class BookSeries:
    """``visit`` is the first, for a known patient; its room and people serve the others, its people at least.

    With ``hold`` each lapses by the payer's clock. A request belongs to the first that is booked. ``acknowledged`` is
    what was seen to be doubted, each by its day; None where nobody can be asked: doubts are warnings then.
    """

    visit: BookAppointment
    rrule: str
    hold: bool = False
    write_id: UUID | None = None
    acknowledged: frozenset[Seen] | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day on which nothing fits near that time, why, and the nearest start beside it."""

    day: date
    reason: str
    instead: datetime | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """What was booked, and what was not; ``doubts`` are what is doubted about the visit of a day."""

    visits: tuple[Appointment, ...]
    left_out: tuple[LeftOut, ...] = ()
    doubts: Mapping[date, tuple[Objection, ...]] = field(default_factory=dict)

    def doubted(self) -> frozenset[Seen]:
        """All of them, to be acknowledged at once."""
        return frozenset((day, each.code) for day, found in self.doubts.items() for each in found)


@repeated
def book_series(desk: Desk, wish: BookSeries) -> Outcome[Series]:
    """Books what fits. Where nothing does, nothing is written.

    Raises WrongInput for an unknown code or rule, and NeedsConfirmation with the ``series`` as it would be booked where
    something about it is doubted that was not seen: it is asked once for all of it, and nothing is written.
    """
    days = series_days(wish.rrule, local_date(wish.visit.start, desk.zone()))
    with told_who_was_faster(desk) as bid, desk.open_work(desk.actor, wish.write_id) as work:
        near = [day for day in days if day - desk.today() <= FAR]
        lock(desk, work, *(_wished(desk, wish, day) for day in near))
        free_lapsed(desk, work, *(_wished(desk, wish, day) for day in near))
        series = _Booking(desk, work, wish, days, bid).all()
        if not series.visits:
            return Outcome(series)
        _ask_about(wish, days[0], series)
        changes = work.commit("series_booked", _told(wish, series))
    return Outcome(series, desk.committed(work, changes), changes.seq, _codes(series))


def _ask_about(wish: BookSeries, first: date, series: Series) -> None:
    """Raises NeedsConfirmation for what nobody has seen; what the first visit's search has told was seen there."""
    if wish.acknowledged is None:
        return
    told = {(first, code) for code in wish.visit.acknowledged or ()}
    if series.doubted() - wish.acknowledged - told:
        found = tuple(each for doubts in series.doubts.values() for each in doubts)
        raise NeedsConfirmation(_codes(series), series=series, objections=found)


def _codes(series: Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.code for doubts in series.doubts.values() for each in doubts))


class _Booking:
    """One series within one transaction."""

    def __init__(self, desk: Desk, work: UnitOfWork, wish: BookSeries, days: tuple[date, ...], bid: Bid) -> None:
        self._desk, self._work, self._wish, self._days, self._bid = desk, work, wish, days, bid
        self._request = work.requests.get(wish.visit.request_id) if wish.visit.request_id is not None else None
        self._patient = _patient(wish, self._request)
        self._query = _query(desk, work, wish, self._request, self._patient)
        self._visits: list[Appointment] = []
        self._left_out: list[LeftOut] = []
        self._doubts: dict[date, tuple[Objection, ...]] = {}

    def all(self) -> Series:
        for day in self._days:
            if day - self._desk.today() > FAR:
                self._left_out.append(LeftOut(day, TOO_FAR))
            else:
                self._try(day)
        return Series(tuple(self._visits), tuple(self._left_out), self._doubts)

    def _try(self, day: date) -> None:
        at = _wished(self._desk, self._wish, day)
        slot = next(self._slots(day, at), None)
        if slot is None:
            self._left_out.append(LeftOut(day, self._why(day, at), self._instead(day)))
            return
        try:
            visit, found = enter(self._desk, self._work, self._for(slot), self._bid)
        except (RuleViolation, NeedsConfirmation) as fault:
            self._left_out.append(LeftOut(day, self._refusal(fault)))
            return
        self._visits.append(visit)
        doubts = tuple(each for each in found if each.kind is Kind.DOUBTED)
        if doubts:
            self._doubts[day] = doubts
        self._query = replace(self._query, patient_busy=(*self._query.patient_busy, (visit.start, visit.end)))

    def _slots(self, day: date, at: datetime) -> Iterator[Slot]:
        """The nearest start for each choice of room and people, as the first visit has them at best."""
        for wanted in self._choices():
            found = self._index(day).slots_on(self._on(day, wanted), day, self._desk.now())
            near = [slot for slot in found if abs(slot.start - at) <= NEAR]
            if near:
                yield min(near, key=lambda slot: abs(slot.start - at))

    def _choices(self) -> tuple[tuple[str, ...], ...]:
        catalogue, wanted = self._desk.catalogue(), self._wish.visit.wanted
        people = tuple(code for code in wanted if catalogue.resource(code).kind is ResourceKind.CLINICIAN)
        return (wanted, people)

    def _for(self, slot: Slot) -> BookAppointment:
        first = not self._visits
        catalogue, now = self._desk.catalogue(), self._desk.now()
        return replace(
            self._wish.visit,
            start=slot.start,
            wanted=room_and_clinicians(slot, catalogue),
            patient_id=self._patient,
            request_id=self._wish.visit.request_id if first else None,
            request_version=self._wish.visit.request_version if first else None,
            hold_until=hold_until(catalogue, now, self._request, slot.start) if self._wish.hold else None,
            acknowledged=None,
        )

    def _why(self, day: date, at: datetime) -> str:
        query, catalogue = self._on(day, self._choices()[-1]), self._desk.catalogue()
        found = self._index(day).explain(query, at, self._desk.now())
        return " ".join(list(dict.fromkeys(obstacle_text(obstacle, catalogue) for obstacle in found))[:REASONS])

    def _instead(self, day: date) -> datetime | None:
        """The nearest time of that day, else of the nearest day around it that is none of the series."""
        for distance in range(NEARBY_DAYS + 1):
            days = {day - timedelta(days=distance), day + timedelta(days=distance)}
            starts = [start for each in sorted(days) if self._is_open(each, day) for start in self._starts(each)]
            if starts:
                return min(starts, key=lambda start: abs(start - _wished(self._desk, self._wish, self._day_of(start))))
        return None

    def _is_open(self, day: date, missed: date) -> bool:
        return day >= self._desk.today() and (day == missed or day not in self._days)

    def _starts(self, day: date) -> list[datetime]:
        query = self._on(day, self._choices()[-1])
        return [slot.start for slot in self._index(day).slots_on(query, day, self._desk.now())]

    def _day_of(self, instant: datetime) -> date:
        return local_date(instant, self._desk.zone())

    def _refusal(self, fault: RuleViolation | NeedsConfirmation) -> str:
        words: dict[str, object] = dict(fault.params)
        day, code, catalogue = words.get("day"), words.get("procedure"), self._desk.catalogue()
        if isinstance(day, date):
            words["day"] = weekday_date(day)
        if isinstance(code, str) and catalogue.has_procedure(code):
            words["procedure"] = catalogue.procedure(code).name
        return sentence(fault.code, words)

    def _index(self, day: date) -> SlotIndex:
        return self._desk.slots.index(day, day)

    def _on(self, day: date, wanted: tuple[str, ...]) -> SlotQuery:
        return replace(self._query, wanted=wanted, first_day=day, days=1)


def _wished(desk: Desk, wish: BookSeries, day: date) -> datetime:
    """The same time of day on that day, by the practice's wall clock."""
    return wall_instant(day, wish.visit.start.astimezone(desk.zone()).time(), desk.zone())


def _patient(wish: BookSeries, request: Request | None) -> int:
    """Raises WrongInput where the request has no chart yet: a series is for somebody who is known."""
    patient = wish.visit.patient_id or (request.patient_id if request else None)
    if patient is None:
        raise WrongInput("series_without_patient")
    return patient


def _query(desk: Desk, work: UnitOfWork, wish: BookSeries, request: Request | None, patient: int) -> SlotQuery:
    catalogue, visit = desk.catalogue(), wish.visit
    code = visit.procedure or (request.procedure if request else None)
    if code is None:
        raise WrongInput("procedure_missing", field="procedure")
    procedure = procedure_of(catalogue, code)
    levels = visit.levels or (request.levels if request else 1)
    check_levels(procedure, levels)
    procedure = sitting_of(catalogue, procedure, levels, visit.further)
    check_stay(procedure, visit.stay)
    check_resources(catalogue, visit.wanted)
    known = work.appointments.for_patient(patient, desk.now(), desk.now() + FAR + timedelta(days=NEARBY_DAYS))
    return SlotQuery(procedure, levels, visit.stay, patient_busy=tuple((each.start, each.end) for each in known))


def _told(wish: BookSeries, series: Series) -> Mapping[str, object]:
    """What the audit event says: numbers, codes and days, no name."""
    first = series.visits[0]
    return {
        "appointments": [visit.id for visit in series.visits],
        "patient": first.patient_id,
        "procedure": first.procedure,
        "start": first.start.isoformat(),
        "rrule": wish.rrule,
        "held": wish.hold,
        "doubts": list(_codes(series)),
        "left_out": [each.day.isoformat() for each in series.left_out],
    }
