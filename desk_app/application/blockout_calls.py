"""The calls that a blockout makes: to everybody whose visit cannot take place as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import ConcernedVisit
from desk_app.domain import callbacks as due
from desk_app.domain.practice import EVERY_RESOURCE, Blockout, Catalogue
from desk_app.domain.practice_rules import call_rules
from desk_app.domain.records import Callback
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus

AHEAD = frozenset({AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED})
"""Visits that can still be moved; whoever has come already is only told of."""


def resource_name(catalogue: Catalogue, code: str) -> str:
    return "All resources" if code == EVERY_RESOURCE else catalogue.resource(code).name


def call_reason(catalogue: Catalogue, blockout: Blockout) -> str:
    """``M. Algendy, MD blocked: vacation``: what the call is about, as the list of calls shows it."""
    name = resource_name(catalogue, blockout.resource)
    return f"{name} blocked: {blockout.told}" if blockout.told else f"{name} blocked"


def can_move(visit: ConcernedVisit) -> bool:
    return visit.status in AHEAD


def add_calls(desk: Desk, work: UnitOfWork, blockouts: Iterable[Blockout], visits: Iterable[ConcernedVisit]) -> int:
    """A call for each visit still ahead that is not to be called about another place already; answers how many."""
    made, each = 0, tuple(blockouts)
    for visit in visits:
        calls = work.callbacks.open_for_appointment(visit.appointment_id)
        if not can_move(visit) or any(call.kind is CallbackKind.REBOOK for call in calls):
            continue
        reason = next((call_reason(desk.catalogue(), b) for b in each if _is_about(b, visit)), "")
        work.callbacks.add(
            Callback(
                CallbackKind.REBOOK,
                due_for_rebook(desk, visit.start),
                reason,
                appointment_id=visit.appointment_id,
                patient_id=visit.patient_id,
                phone=visit.phone,
            )
        )
        made += 1
    return made


def drop_calls(desk: Desk, work: UnitOfWork, before: Blockout, visits: Iterable[ConcernedVisit]) -> None:
    """A stretch is open again: its calls are settled where nothing else closes the visit's resources."""
    still = {v.appointment_id for v in work.concerned(stretches(_others(desk, before)), desk.now())}
    reason = call_reason(desk.catalogue(), before)
    for visit in visits:
        if visit.appointment_id in still:
            continue
        for call in work.callbacks.open_for_appointment(visit.appointment_id):
            if call.kind is CallbackKind.REBOOK and call.reason == reason:
                work.callbacks.save(replace(call, status=CallbackStatus.DROPPED))


def stretches(blockouts: Iterable[Blockout]) -> tuple[tuple[str, datetime, datetime], ...]:
    return tuple((blockout.resource, blockout.start, blockout.end) for blockout in blockouts)


def _others(desk: Desk, blockout: Blockout) -> Iterable[Blockout]:
    """Other blockouts about the same time."""
    return [
        other
        for other in desk.catalogue().blockouts
        if other.id != blockout.id and other.start < blockout.end and blockout.start < other.end
    ]


def _is_about(blockout: Blockout, visit: ConcernedVisit) -> bool:
    return blockout.resource == EVERY_RESOURCE or blockout.resource in visit.resources


def due_for_rebook(desk: Desk, start: datetime) -> datetime:
    """The next business day, as after a cancellation; where the visit is sooner, today."""
    now, calendar = desk.now(), desk.calendar()
    usual = due.due_after_cancel(now, calendar, call_rules(desk.catalogue()))
    return usual if usual < start else due.due_same_day(now, calendar)
