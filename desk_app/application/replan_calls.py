"""The calls that a re-plan makes: whose time or physician changes is told, who has no place is asked for another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from desk_app.application.blockout_calls import due_for_rebook, resource_name
from desk_app.application.call_settling import instead
from desk_app.application.desk import Desk
from desk_app.application.replan import Move, Proposal
from desk_app.domain import callbacks as due
from desk_app.domain.call_phones import number_of, phone_to_call
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import Callback
from desk_app.domain.statuses import CallbackKind


def calls_for(desk: Desk, proposal: Proposal, chosen: Collection[int] | None = None) -> tuple[Callback, ...]:
    """The calls, in the proposal's order."""
    catalogue = desk.catalogue()
    lost = ", ".join(resource_name(catalogue, code) for code in proposal.lost.resources)
    made = (
        _call(move, CallbackKind.MOVED, _due_to_tell(desk, move), f"{lost} out: {move.told}")
        if moves
        else _call(move, CallbackKind.REBOOK, due_for_rebook(desk, move.case.visit.start), f"{lost} out")
        for move, moves in to_call(catalogue, proposal, chosen)
    )
    return tuple(call for call in made if call is not None)


def to_call(
    catalogue: Catalogue, proposal: Proposal, chosen: Collection[int] | None = None
) -> tuple[tuple[Move, bool], ...]:
    """Whom somebody has to call, and whether the visit moves; a change of room, C-arm or bay alone concerns nobody."""
    taken = {move.appointment_id for move in proposal.chosen(chosen)}
    waiting = (move for move in proposal.moves if not move.begun)
    return tuple(
        (move, move.appointment_id in taken)
        for move in waiting
        if move.appointment_id not in taken or _is_told(catalogue, move)
    )


def _is_told(catalogue: Catalogue, move: Move) -> bool:
    """Another start, or another clinician."""
    assert move.slot is not None
    used = {code for phase in move.slot.phases for code in phase.resources.values()}
    had = {allocation.resource for allocation in move.case.visit.allocations}
    new = (catalogue.resource(code).kind for code in used - had)
    return not move.keeps_start or ResourceKind.CLINICIAN in new


def _due_to_tell(desk: Desk, move: Move) -> datetime:
    """The same business day; where the patient would come before that, at once."""
    assert move.slot is not None
    sooner = min(move.case.visit.start, move.slot.start)
    usual = due.due_same_day(desk.now(), desk.calendar())
    return usual if usual < sooner else desk.now()


def _call(move: Move, kind: CallbackKind, when: datetime, reason: str) -> Callback | None:
    """What takes its place, if anything does, for whoever wishes no calls."""
    patient = move.case.patient
    phone = phone_to_call(patient.phones, "")
    dialled = number_of(phone) if phone is not None else ""
    call = Callback(kind, when, reason, appointment_id=move.appointment_id, patient_id=patient.id, phone=dialled)
    return instead(call, patient)
