"""Open calls follow what they were made from: whose they are, which number to dial, whom to ask, and what for."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.authorization_rule import looked_at_patient
from desk_app.application.authorization_steps import NOTHING_SAID
from desk_app.application.bookability import Said
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.request_callbacks import callback_for, chart_of, first_number, stepped
from desk_app.application.request_place import authorized_by_rule, placed
from desk_app.domain.records import Patient, Request
from desk_app.domain.statuses import CallbackKind


def follow_request(work: UnitOfWork, before: Request, request: Request) -> None:
    """A request was edited or linked. A number that somebody chose for a call stays while the person is the same."""
    if _copied(before) == _copied(request):
        return
    chart = chart_of(work, request)
    for call in work.callbacks.open_for_request(request.id):
        told = callback_for(request, call.kind, call.due, chart)
        same_person = before.patient_id == request.patient_id
        chosen = same_person and call.phone not in ("", first_number(before.contact.phones))
        fresh = replace(
            call,
            reason=told.reason,
            patient_id=told.patient_id,
            payer=told.payer,
            phone=call.phone if chosen else told.phone,
        )
        if fresh != call:
            work.callbacks.save(fresh)


def follow_chart(
    desk: Desk, work: UnitOfWork, before: Patient, chart: Patient, said: Said = NOTHING_SAID
) -> tuple[str, ...]:
    """A chart was edited: its open requests ask whoever pays now, each stands where it belongs by what is known,
    and its calls dial the new number. Answers and raises as ``authorization_rule.looked_at_patient``.
    """
    if _told(before) == _told(chart):
        return ()
    warnings: list[str] = []
    for request in work.requests.open_of_patient(chart.id):
        asked = replace(request, payer=chart.payer or request.payer) if chart.payer != before.payer else request
        moved = placed(desk, work, asked, before=request, chart=chart)
        if moved != request:
            stepped(desk, work, request, work.requests.save(moved))
            warnings += authorized_by_rule(desk, work, work.requests.get(request.id), said)
    if before.payer != chart.payer:
        warnings += looked_at_patient(desk, work, chart, said)
    for call in work.callbacks.open_for_patient(chart.id):
        asks = call.kind is CallbackKind.CALL_PAYER or call.payer is not None
        fresh = replace(call, payer=chart.payer) if asks and chart.payer and chart.payer != before.payer else call
        if call.phone in ("", first_number(before.phones)):
            fresh = replace(fresh, phone=first_number(chart.phones))
        if fresh != call:
            work.callbacks.save(fresh)
    return tuple(dict.fromkeys(warnings))


def _copied(request: Request) -> tuple[object, ...]:
    return (request.patient_id, request.payer, request.procedure, request.procedure_text, request.contact.phones)


def _told(chart: Patient) -> tuple[object, ...]:
    return (chart.payer, chart.member_id, chart.birth_date, chart.phones)
