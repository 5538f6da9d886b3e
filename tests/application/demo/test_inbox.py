"""The demo's requests, authorizations and calls: every status, and each with exactly what its stage makes due."""

from __future__ import annotations

from collections import Counter

import pytest

from desk_app.domain import callbacks as due
from desk_app.domain.authorization_match import planned_visit, standing
from desk_app.domain.likeness import NEAR_MATCH, likeness, person
from desk_app.domain.records import Authorization, Callback, Request
from desk_app.domain.statuses import (
    FIRM_VISITS,
    OPEN_REQUESTS,
    AppointmentStatus,
    AuthorizationStatus,
    CallbackKind,
    CallbackStatus,
    RequestSource,
    RequestStatus,
    Urgency,
)
from desk_app.domain.zone import local_date
from tests.application.demo.conftest import Demo, DemoAt

K, C, R, Z = CallbackKind, CallbackStatus, RequestStatus, AuthorizationStatus
OPEN_CALLS = (C.DUE, C.CLAIMED)


@pytest.fixture
def demo(demo_at: DemoAt) -> Demo:
    return demo_at("2026-11-24T10:00")


@pytest.fixture
def requests(demo: Demo) -> list[Request]:
    return [request for request, _ in demo.records.requests]


@pytest.fixture
def opened(requests: list[Request]) -> list[Request]:
    return [request for request in requests if request.status in OPEN_REQUESTS]


def open_calls(demo: Demo, request: Request) -> list[Callback]:
    return [call for call in demo.records.callbacks if call.request_id == request.id and call.status in OPEN_CALLS]


def test_every_status_source_and_urgency_of_a_request_occurs(requests: list[Request], opened: list[Request]) -> None:
    assert {request.status for request in requests} == set(RequestStatus)
    assert {request.source for request in opened} == set(RequestSource)
    assert {request.urgency for request in opened} == set(Urgency)
    assert 25 <= len(opened) <= 60


def test_every_status_of_an_authorization_occurs(demo: Demo) -> None:
    assert {paper.status for paper in demo.records.authorizations} == set(AuthorizationStatus)


def test_every_kind_and_status_of_a_call_occurs(demo: Demo) -> None:
    """Claimed ones only while the desk is open: at night nobody has a call in hand."""
    assert {call.kind for call in demo.records.callbacks} == set(CallbackKind)
    assert {call.status for call in demo.records.callbacks} == set(CallbackStatus)


def test_nobody_has_a_call_in_hand_while_the_desk_is_closed(demo_at: DemoAt) -> None:
    night = demo_at("2026-11-28T11:00").records.callbacks
    assert not any(call.status is C.CLAIMED for call in night)
    assert any(call.status is C.DUE for call in night)


def test_an_open_request_has_the_call_of_its_stage(demo: Demo, opened: list[Request]) -> None:
    allowed = {
        R.RECEIVED: {K.CALL_PATIENT},
        R.IN_REVIEW: {K.CALL_PATIENT},
        R.AWAITING_AUTHORIZATION: {K.CALL_PAYER, K.DENIED, K.SEND_RECORDS, K.PEER_TO_PEER},
        R.READY_TO_BOOK: {K.BOOK, K.REBOOK},
    }
    waits = R.AWAITING_AUTHORIZATION
    for request in opened:
        calls = open_calls(demo, request)
        assert len({call.kind for call in calls}) == len(calls) in ((1, 2) if request.status is waits else (1,))
        assert {call.kind for call in calls} <= allowed[request.status]


def test_a_new_requests_call_is_due_by_the_practices_rule(demo: Demo, requests: list[Request]) -> None:
    for request in (request for request in requests if request.status is R.RECEIVED):
        when = due.due_for_request(request.urgency, request.received_at, demo.present.calendar)
        assert [call.due for call in open_calls(demo, request)] == [when]


def test_a_settled_request_has_no_open_call(demo: Demo, requests: list[Request]) -> None:
    for request in requests:
        if request.status not in OPEN_REQUESTS:
            assert not open_calls(demo, request)


def test_some_calls_are_late_and_most_are_not(demo: Demo) -> None:
    waiting = [call for call in demo.records.callbacks if call.status in OPEN_CALLS]
    late = [call for call in waiting if call.due < demo.present.now]
    assert 2 <= len(late) <= 25
    assert any(call.attempts for call in late)
    assert len(waiting) > 20 * len(late)


def test_calls_about_a_visit_are_those_its_status_makes_due(demo: Demo) -> None:
    """A firm visit has one of each call before it; whoever came has none of those open; a hold has none at all."""
    calls: dict[int, list[Callback]] = {}
    for call in demo.records.callbacks:
        if call.appointment_id is not None:
            calls.setdefault(call.appointment_id, []).append(call)
    for visit in demo.records.appointments:
        mine = [call for call in calls.get(visit.id, []) if call.kind is not K.SHORT_NOTICE]
        before = Counter(call.kind for call in mine if call.kind in (K.PREPARATION, K.CONFIRMATION))
        if visit.status in FIRM_VISITS:
            assert before == {K.PREPARATION: 1, K.CONFIRMATION: 1}
        elif visit.status is AppointmentStatus.HELD:
            assert not mine
        else:
            assert not any(call.status in OPEN_CALLS for call in mine if call.kind in before)
        confirmed = [call for call in mine if call.kind is K.CONFIRMATION and call.status is C.DONE]
        if visit.status in FIRM_VISITS:
            assert bool(confirmed) == (visit.status is AppointmentStatus.CONFIRMED)


def test_a_firm_visit_stands_on_an_approval_of_its_request_or_patient(demo: Demo) -> None:
    approvals: dict[int | None, list[Authorization]] = {}
    for paper in demo.records.authorizations:
        approvals.setdefault(paper.patient_id, []).append(paper)
    for visit in (v for v in demo.records.appointments if v.status in FIRM_VISITS):
        asks = demo.catalogue.procedure(visit.procedure).needs_authorization
        if asks and "authorization" not in visit.override_codes:
            day = local_date(visit.start, demo.present.zone)
            planned = planned_visit(demo.catalogue, visit.treated[0], day, visit.phases, None, visit.request_id)
            assert standing(approvals.get(visit.patient_id, []), planned).is_good


def test_papers_were_asked_for_decided_and_used_in_that_order(demo: Demo) -> None:
    for paper in demo.records.authorizations:
        if paper.decided_at is not None:
            assert paper.submitted_at is not None
            assert paper.submitted_at <= paper.decided_at <= demo.present.now
        assert bool(paper.number) == (paper.valid_to is not None)


def test_web_requests_have_their_message_as_a_person_wrote_it(demo: Demo) -> None:
    web = [messages for request, messages in demo.records.requests if request.source is RequestSource.WEB]
    assert all(messages for messages in web)
    assert any(len(messages) == 2 for messages in web)
    marks = [message.fingerprint for messages in web for message in messages]
    assert len(marks) == len(set(marks))


def test_one_request_resembles_a_chart_and_one_another_request(demo: Demo, opened: list[Request]) -> None:
    suggested = [request for request in opened if request.suggested_patient_id is not None]
    assert suggested
    for request in suggested:
        chart = demo.records.patients[(request.suggested_patient_id or 0) - 1]
        assert request.patient_id is None
        assert likeness(person(request.contact), person(chart)) >= NEAR_MATCH
    twice = [request for request, _ in demo.records.requests if request.possible_duplicate_of is not None]
    assert {R.RECEIVED, R.DUPLICATE} <= {request.status for request in twice}
    for request in twice:
        known = demo.records.requests[(request.possible_duplicate_of or 0) - 1][0]
        assert NEAR_MATCH <= likeness(person(request.contact), person(known.contact)) < 100


def test_some_ask_in_their_own_words_and_some_are_held(demo: Demo, opened: list[Request]) -> None:
    assert any(request.procedure is None and request.procedure_text for request in opened)
    held = {v.request_id for v in demo.records.appointments if v.status is AppointmentStatus.HELD}
    assert held <= {request.id for request in opened if request.status is R.AWAITING_AUTHORIZATION}


def test_some_would_come_earlier_each_with_what_could_come_forward(demo: Demo) -> None:
    listed = [entry for entry in demo.records.short_notice if entry.active]
    visits = {visit.id: visit for visit in demo.records.appointments}
    assert len({entry.patient_id for entry in listed}) == len(listed) >= 12
    for entry in (each for each in listed if each.appointment_id is not None):
        visit = visits[entry.appointment_id or 0]
        assert (visit.status in FIRM_VISITS, visit.patient_id) == (True, entry.patient_id)
        assert visit.start > demo.present.now
    asked = {request.id: request for request, _ in demo.records.requests}
    waiting = [asked[entry.request_id] for entry in listed if entry.request_id is not None]
    assert [request.status for request in waiting] == [R.READY_TO_BOOK] * 3
    assert any(entry.wishes.weekdays for entry in listed)
    assert any(entry.notice_hours for entry in listed)
