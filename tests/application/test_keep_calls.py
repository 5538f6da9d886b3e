"""The pass over all calls: what is missing is made, what is settled is closed, and it may run anywhere at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases import calls, keep_calls, patients, practice, requests, visit_status
from desk_app.domain.practice_rules import CallEvent, CallRule, CallUnit
from desk_app.domain.records import Callback
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus, RequestStatus
from tests.application.calls_made import asked_of_payer, lines, open_calls, the_call
from tests.application.steps import a_patient, a_request, book, calls_of_request
from tests.db.plain import plain
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock, at


def keep(desk: Desk, last: keep_calls.Kept = keep_calls.NOT_YET) -> keep_calls.Kept:
    return keep_calls.keep_calls(desk, last).value


def write(desk: Desk, change: Callable[[UnitOfWork], Any]) -> None:
    """As another program might leave it, without the calls that belong to it."""
    with desk.open_work(desk.actor) as work:
        change(work)
        desk.slots.did(work.commit("written_elsewhere"))


def drop_all(desk: Desk) -> None:
    """Every call taken back, as an undo of its making would."""
    found = [line.id for line in lines(desk)]

    def gone(work: UnitOfWork) -> None:
        for number in found:
            work.callbacks.save(replace(work.callbacks.get(number), status=CallbackStatus.DROPPED))

    write(desk, gone)


def test_where_nothing_is_to_do_nothing_is_written(desk: Desk) -> None:
    a_request(desk)
    book(desk, "2026-12-01T09:00")
    seq = desk.queries.last_seq()
    first = keep(desk)
    assert (first.made, first.settled, first.released) == (0, 0, 0)
    assert keep(desk, first) == first
    assert desk.queries.last_seq() == seq


def test_an_open_request_without_its_next_action_gets_one(desk: Desk) -> None:
    number = a_request(desk)
    drop_all(desk)
    assert {breach.rule for breach in desk.queries.breaches(desk.now())} == {"next_action"}
    assert keep(desk).made == 1
    assert calls_of_request(desk, number) == {"call_patient": "Wed 25 17:00"}
    assert keep(desk).made == 0
    assert desk.queries.breaches(desk.now()) == ()


def test_a_request_that_waits_for_its_payer_has_a_call_to_the_payer_every_business_day(desk: Desk) -> None:
    number = a_request(desk, a_patient(desk, "Ortiz"), "KYPHO")
    asked_of_payer(desk, number)
    write(desk, lambda work: work.callbacks.add(Callback(CallbackKind.NURSE, desk.now(), "", number)))
    call = the_call(desk, "call_payer")
    write(desk, lambda work: work.callbacks.save(replace(work.callbacks.get(call.id), status=CallbackStatus.DROPPED)))
    keep(desk)
    assert the_call(desk, "call_payer").due == at("2026-11-24T17:00")


def test_a_booked_visit_gets_the_calls_it_never_had(desks: Desks) -> None:
    desk = desks()
    off = (
        CallRule(CallEvent.PREPARATION, 7, CallUnit.DAYS, active=False),
        CallRule(CallEvent.CONFIRMATION, 2, CallUnit.BUSINESS_DAYS, active=False),
    )
    practice.load(desk, replace(CATALOGUE, call_rules=off))
    book(desk, "2026-12-09T09:00")
    confirmed = book(desk, "2026-12-09T11:00")
    visit_status.set_status(desk, confirmed.id, AppointmentStatus.CONFIRMED)
    assert lines(desk) == ()
    assert keep(desk).made == 0
    write(desk, lambda work: work.practice.store(replace(CATALOGUE, call_rules=())))
    desk.slots.forget()
    assert keep(desk).made == 3
    assert sorted(line.kind for line in lines(desk)) == ["confirmation", "preparation", "preparation"]
    assert keep(desk).made == 0


def test_calls_about_what_is_settled_are_closed(desk: Desk) -> None:
    number = a_request(desk)
    visit = book(desk, "2026-12-01T09:00")
    write(desk, lambda work: work.requests.save(replace(work.requests.get(number), status=RequestStatus.WITHDRAWN)))
    confirmed = replace(desk.queries.visit_card(visit.id).appointment, status=AppointmentStatus.CONFIRMED)
    write(desk, lambda work: work.appointments.save(confirmed))
    found = {breach.record for breach in desk.queries.breaches(desk.now()) if breach.rule == "settled_call"}
    assert len(found) == 2
    assert keep(desk).settled == 2
    assert set(open_calls(desk)) == {"preparation"}
    assert desk.queries.breaches(desk.now()) == ()


def test_a_call_about_a_visit_that_was_taken_back_ends_and_stops_no_other(desk: Desk, address: str) -> None:
    visit, number = book(desk, "2026-12-01T09:00"), a_request(desk)
    write(desk, lambda work: work.requests.save(replace(work.requests.get(number), status=RequestStatus.WITHDRAWN)))
    with plain(address) as program:
        program.run(f"UPDATE allocation SET active = 0 WHERE appointment_id = {visit.id}")
        program.run(f"UPDATE appointment SET active = 0, void = 1 WHERE id = {visit.id}")
    assert keep(desk).settled == 3
    assert lines(desk) == ()
    assert keep(desk).settled == 0


def test_time_alone_ends_the_calls_before_a_visit(desk: Desk, clock: StandingClock) -> None:
    visit = book(desk, "2026-11-25T09:00")
    clock.instant = visit.end
    assert desk.queries.breaches(desk.now()) == ()
    assert keep(desk).settled == 2
    assert lines(desk) == ()


def test_claims_that_ran_out_end(desk: Desk, clock: StandingClock) -> None:
    a_request(desk)
    calls.claim(desk, the_call(desk, "call_patient").id)
    first = keep(desk)
    assert first.released == 0
    clock.instant += timedelta(minutes=10)
    assert keep(desk, first).released == 1
    assert desk.queries.call_card(the_call(desk, "call_patient").id, desk.now()).callback.claimed_by is None


def test_calls_of_a_merged_chart_go_to_the_one_that_replaced_it(desk: Desk) -> None:
    old, new = a_patient(desk, "Ortiz"), a_patient(desk, "Ortiz-Diaz")
    number = a_request(desk, old)
    book(desk, "2026-12-01T09:00", patient_id=old)
    write(desk, lambda work: work.patients.save(replace(work.patients.get(old), merged_into=new)))
    assert {line.patient_id for line in lines(desk)} == {new}
    assert keep(desk).settled == 3
    cards = [calls.call_card(desk, line.id) for line in lines(desk)]
    assert {card.callback.patient_id for card in cards} == {new}
    assert {card.patient.id for card in cards if card.patient is not None} == {new}
    assert calls_of_request(desk, number) == {"book": "Tue 24 17:00"}
    assert keep(desk).settled == 0


def test_whoever_wishes_no_calls_by_their_chart_is_written_to(desk: Desk) -> None:
    patient = a_patient(desk, "Ortiz")
    number = a_request(desk, patient)
    book(desk, "2026-12-01T09:00", patient_id=patient)
    chart = desk.queries.patient_card(patient, desk.now()).patient
    patients.edit(desk, replace(chart, do_not_contact=True))
    for _ in range(2):
        keep(desk)
        assert {(line.kind, line.request_id) for line in lines(desk) if line.request_id} == {("letter", number)}
        assert {line.kind for line in lines(desk)} == {"letter"}
    assert desk.queries.breaches(desk.now()) == ()


def test_two_desks_that_pass_over_the_calls_make_each_once(desk: Desk, desks: Desks) -> None:
    for _ in range(3):
        a_request(desk)
    drop_all(desk)
    other = desks()
    other.queries.call_gaps(other.now(), (), 10)
    assert (keep(desk).made, keep(other).made) == (3, 0)
    assert len(lines(desk)) == 3


def test_the_pass_is_nobodys_step(desk: Desk) -> None:
    number = a_request(desk)
    requests.set_status(desk, number, RequestStatus.IN_REVIEW)
    step = desk.history.next_undo()
    drop_all(desk)
    keep(desk)
    assert desk.history.next_undo() == step


@pytest.mark.parametrize("kind", list(CallbackKind))
def test_a_rule_for_one_call_and_the_look_at_all_say_the_same(desk: Desk, kind: CallbackKind) -> None:
    """The pure rule and the select of the pass, for a visit in every status and every status of a request."""
    from desk_app.domain.call_matters import fate
    from desk_app.domain.statuses import GONE_VISITS

    number = a_request(desk)
    visit = book(desk, "2026-12-01T09:00")
    for status in AppointmentStatus:
        gone = status in GONE_VISITS
        stored = replace(visit, status=status, hold_until=at("2026-11-30T09:00") if status == "held" else None)

        def put(work: UnitOfWork, stored: Any = stored) -> None:
            work.appointments.save(replace(stored, version=work.appointments.get(visit.id).version))
            work.callbacks.add(Callback(kind, desk.now(), "", appointment_id=visit.id, patient_id=visit.patient_id))

        write(desk, put)
        _agree(desk, kind, lambda call, stored=stored: fate(call, desk.now(), visit=stored))  # type: ignore[misc]
        assert gone == (status in ("cancelled", "no_show"))
    for asked in RequestStatus:
        request = replace(desk.queries.request_card(number, desk.now()).request, status=asked)

        def ask(work: UnitOfWork, request: Any = request) -> None:
            work.requests.save(replace(request, version=work.requests.get(number).version))
            work.callbacks.add(Callback(kind, desk.now(), "", request_id=number))

        write(desk, ask)
        _agree(desk, kind, lambda call, request=request: fate(call, desk.now(), request=request))  # type: ignore[misc]


def _agree(desk: Desk, kind: CallbackKind, rule: Callable[[Callback], CallbackStatus | None]) -> None:
    settled = set(desk.queries.call_gaps(desk.now(), (), 100).settled)
    newest = max(line.id for line in lines(desk))
    call = calls.call_card(desk, newest).callback
    assert call.kind is kind
    assert (newest in settled) == (rule(call) is not None)
    write(desk, lambda work: work.callbacks.save(replace(work.callbacks.get(newest), status=CallbackStatus.DROPPED)))
