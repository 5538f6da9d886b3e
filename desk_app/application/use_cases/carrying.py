"""What is carried from the tray onto the board: its chain as a line of the day's plan, and where that fits.

A request has no place yet: its line bears the request's number with a minus, and the catalogue's minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.application.asked import procedure_of
from desk_app.application.bookability import AUTHORIZATION, authorized
from desk_app.application.coverage_look import look_at_coverage
from desk_app.application.day_plan import DayPlan, DayPlanLine, encode_phases
from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestCard
from desk_app.application.schedule_view import DayDoubt, FitMap
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.where_it_fits import column_fit
from desk_app.domain.authorization_match import planned_request, units_taken
from desk_app.domain.authorization_need import payer_of
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice import Need, ProcedureType
from desk_app.domain.slots import SlotQuery
from desk_app.domain.slots.chain import phase_times
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import BookedPhase, Treated
from desk_app.domain.zone import day_span, local_date

MORNING = timedelta(hours=8)


def carried(desk: Desk, number: int) -> DayPlan:
    """The visit, or the request of that number with a minus, alone on its day. Raises RuleViolation without a chain."""
    if number < 0:
        return _request_alone(desk, -number)
    visit = desk.queries.visit_card(number).appointment
    day = local_date(visit.start, desk.zone())
    lines = desk.queries.day_plan(day, desk.now(), with_gone=True).lines
    alone = tuple(line for line in lines if line.appointment_id == number)
    if not alone:
        raise WrongInput("unknown_record", record="appointment", record_id=number)
    return DayPlan(day, alone)


def request_fits(desk: Desk, request_id: int, day: date, columns: Iterable[str], brief: bool = False) -> FitMap:
    """Where a request's chain would fit on a day, as :func:`where_it_fits.fit_map` says it of a visit."""
    desk.slots.catch_up(desk.queries)
    card = desk.queries.request_card(request_id, desk.now())
    procedure = _procedure(desk, card)
    query = SlotQuery(procedure, _levels(card, procedure), first_day=day, days=1, patient_busy=_busy(desk, card, day))
    index, cell = desk.slots.index(day, day), desk.catalogue().settings.cell_minutes
    doubt = _doubt(desk, card, procedure, day)
    fits = {column: column_fit(desk, index, query, column, day, doubt, brief) for column in columns}
    return FitMap(-request_id, cell, fits)


def _busy(desk: Desk, card: RequestCard, day: date) -> tuple[tuple[datetime, datetime], ...]:
    patient = card.request.patient_id
    return desk.queries.presence(patient, day, day + timedelta(days=1), desk.now()) if patient is not None else ()


def _doubt(desk: Desk, card: RequestCard, procedure: ProcedureType, day: date) -> DayDoubt:
    payer = payer_of(desk.catalogue(), card.patient.payer if card.patient else None, card.request.payer)
    wanted = Treated(procedure.code, procedure.name, card.request.levels, card.request.level_names, card.request.side)
    planned = planned_request(desk.catalogue(), wanted, payer.code if payer is not None else None, card.request.id)
    good = authorized(card.approvals, replace(planned, day=day), payer, units_taken(card.approvals, card.elsewhere))
    names, patient = card.request.level_names, card.request.patient_id
    look = look_at_coverage(desk, ((procedure.code, names),), payer, patient, (day, day))
    told = "" if good else sentence(AUTHORIZATION)
    return DayDoubt(f"{told} {look.doubt(day)}".strip(), not good)


def _procedure(desk: Desk, card: RequestCard) -> ProcedureType:
    if card.request.procedure is None:
        raise RuleViolation("request_without_procedure", field="procedure")
    return procedure_of(desk.catalogue(), card.request.procedure)


def _levels(card: RequestCard, procedure: ProcedureType) -> int:
    return max(1, min(card.request.levels, procedure.max_levels))


def _request_alone(desk: Desk, request_id: int) -> DayPlan:
    card, today = desk.queries.request_card(request_id, desk.now()), desk.today()
    procedure, request, who = _procedure(desk, card), card.request, card.patient or card.request.contact
    levels = _levels(card, procedure)
    start = day_span(today, desk.zone())[0] + MORNING
    times = phase_times(procedure, levels, procedure.overnight, start, desk.zone())
    phases = tuple(
        BookedPhase(phase.kind, begin, end, phase.beside, tuple(_someone(desk, need) for need in phase.needs))
        for phase, begin, end in times
    )
    line = DayPlanLine(
        appointment_id=-request_id,
        version=request.version,
        patient_id=request.patient_id or 0,
        family=who.family,
        given=who.given,
        birth_date=who.birth_date,
        mrn=card.patient.mrn if card.patient else "",
        sex=card.patient.sex if card.patient else "",
        procedure=procedure.code,
        procedure_name=procedure.name,
        levels=levels,
        level_names=request.level_names,
        side=request.side,
        sedation=procedure.sedation.value,
        status=AppointmentStatus.BOOKED.value,
        stay=procedure.overnight.value,
        start=start,
        end=max(phase.end for phase in phases if not phase.beside),
        status_since=None,
        hold_until=None,
        needs_authorization=procedure.needs_authorization,
        authorization=card.authorization.status.value if card.authorization else "",
        authorized_to=card.authorization.valid_to if card.authorization else None,
        escort="",
        note="",
        override_reason="",
        alerts_text="",
        phases_text=encode_phases(phases),
    )
    return DayPlan(today, (line,))


def _someone(desk: Desk, need: Need) -> tuple[str, str]:
    """The first who could serve: where nothing fits, the chain is drawn with these."""
    able = (r.code for r in desk.catalogue().of_kind(need.kind) if set(need.capabilities) <= set(r.capabilities))
    return need.label, next(able, "")
