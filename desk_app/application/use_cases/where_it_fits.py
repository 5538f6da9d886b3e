"""Where the chain of a visit in hand would fit on a day, where only with a reason, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.application.bookability import AUTHORIZATION, OVERRIDABLE, authorized
from desk_app.application.chain import procedure_as_booked
from desk_app.application.coverage_look import CoverageLook
from desk_app.application.desk import Desk
from desk_app.application.read_models import VisitCard
from desk_app.application.schedule_view import ColumnFit, DayDoubt, Fit, FitMap, FitPhase, Warned
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.why_not import opening_hours, reasons_of, unfit
from desk_app.domain.authorization_match import planned_visit, units_taken
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.records import Appointment
from desk_app.domain.slots import Slot, SlotIndex, SlotQuery
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import day_span, local_date

CLOSED_DAY = timedelta(hours=8), timedelta(hours=17)
"""The hours in which a closed day can be used by override."""

NO_DOUBT = DayDoubt()
LEAD = "physician"
"""The label whose clinician a visit keeps when it is moved."""


def fit_map(desk: Desk, appointment_id: int, day: date, columns: Iterable[str], brief: bool = False) -> FitMap:
    """Where that visit's chain fits on a day with each of these resources, and why not elsewhere.

    The reasons take many times as long to find: ``brief`` leaves them out, for a first look.
    """
    desk.slots.catch_up(desk.queries)
    card = desk.queries.visit_card(appointment_id)
    query = query_for_visit(desk, card.appointment, day)
    doubt = doubt_of(desk, card, day)
    index, cell = desk.slots.index(day, day), desk.catalogue().settings.cell_minutes
    fits = {column: column_fit(desk, index, query, column, day, doubt, brief) for column in columns}
    return FitMap(appointment_id, cell, fits)


def query_for_visit(desk: Desk, visit: Appointment, day: date) -> SlotQuery:
    """The search for another place of a visit, with the minutes it was booked with and its own physician."""
    presence = desk.queries.presence(visit.patient_id, day, day + timedelta(days=1), desk.now(), visit.id)
    return SlotQuery(
        procedure_as_booked(visit, desk.catalogue()),
        visit.levels,
        visit.stay,
        wanted=_lead(visit),
        first_day=day,
        days=1,
        ignore_visit=visit.id,
        patient_busy=presence,
    )


def _lead(visit: Appointment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(a.resource for a in visit.allocations if a.label == LEAD))


def doubt_of(desk: Desk, card: VisitCard, day: date) -> DayDoubt:
    """What speaks against the whole day: a firm visit that has no authorization then, and what payers cover."""
    visit, catalogue = card.appointment, desk.catalogue()
    payer = payer_of(catalogue, card.patient.payer, card.request_payer)
    treated = tuple((each.procedure, each.level_names) for each in visit.treated)
    missing = _authorization_missing(desk, card, day)
    look = CoverageLook(catalogue, treated, payer, card.treatments)
    asked_already = day == local_date(visit.start, desk.zone())
    covered = "" if asked_already else look.doubt(day)
    return DayDoubt(f"{missing} {covered}".strip(), bool(missing))


def _authorization_missing(desk: Desk, card: VisitCard, day: date) -> str:
    visit, catalogue = card.appointment, desk.catalogue()
    firm = visit.status is not AppointmentStatus.HELD and not visit.authorized_elsewhere
    known_still = all(catalogue.has_procedure(each.procedure) for each in visit.treated)
    if not firm or AUTHORIZATION in visit.override_codes or not known_still:
        return ""
    payer = payer_of(catalogue, card.patient.payer, card.request_payer)
    code = payer.code if payer is not None else None
    for treated in visit.treated:
        planned = planned_visit(catalogue, treated, day, visit.phases, code, visit.request_id)
        if not authorized(card.approvals, planned, payer, units_taken(card.approvals, card.elsewhere)):
            return sentence(AUTHORIZATION)
    return ""


def column_fit(
    desk: Desk,
    index: SlotIndex,
    query: SlotQuery,
    column: str,
    day: date,
    doubt: DayDoubt = NO_DOUBT,
    brief: bool = False,
) -> ColumnFit:
    """Where a chain fits in one column; with a ``doubt`` about the whole day even what fits has a warning."""
    now = desk.now()
    anybody = replace(query, wanted=(column,))
    asked, free = (
        replace(query, wanted=tuple(dict.fromkeys((column, *query.wanted)))),
        index.slots_on(anybody, day, now),
    )
    slots = index.slots_on(asked, day, now)
    if not slots:
        slots, asked = free, anybody
    passing = _by_override(desk, index, anybody, day, {slot.start for slot in free})
    against = {} if brief else _reasons(desk, index, anybody, passing, column)
    warned = [Warned(_fit(slot), f"{against.get(slot.start, '')} {doubt.text}".strip()) for slot in passing]
    if doubt.text:
        doubted = (Warned(_fit(slot), doubt.text, doubt.needs_reason) for slot in slots)
        warned = sorted([*warned, *doubted], key=lambda each: each.fit.start)
    told = {slot.start for slot in (*slots, *passing)}
    why = () if brief else unfit(desk.catalogue(), index, asked, day, told, now, column)
    return ColumnFit(() if doubt.text else tuple(_fit(slot) for slot in slots), why, tuple(warned))


def _reasons(
    desk: Desk, index: SlotIndex, query: SlotQuery, passing: Iterable[Slot], column: str
) -> dict[datetime, str]:
    return reasons_of(desk.catalogue(), index, query, {slot.start for slot in passing}, desk.now(), column)


def _by_override(
    desk: Desk, index: SlotIndex, query: SlotQuery, day: date, fitting: Collection[datetime]
) -> list[Slot]:
    """Further starts that a manager's reason would let pass, within the hours that are shown."""
    first, last = opening_hours(index, desk.catalogue(), day)
    if first == last:  # nothing is open: the hours of an ordinary day
        begin = day_span(day, desk.zone())[0]
        first, last = begin + CLOSED_DAY[0], begin + CLOSED_DAY[1]
    slots = index.slots_on(replace(query, overriding=OVERRIDABLE), day, desk.now())
    return [slot for slot in slots if first <= slot.start < last and slot.start not in fitting]


def _fit(slot: Slot) -> Fit:
    phases = tuple(FitPhase(p.kind.value, p.start, p.end, tuple(p.resources.values())) for p in slot.phases)
    return Fit(slot.start, slot.end, phases)
