"""The tries behind the demo's calls, and what payers said: as many as the calls say, none of them still to come."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from desk_app.application.demo.store import made
from desk_app.domain.call_choices import REACHED_NOBODY, outcomes_of
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome
from tests.application.demo.conftest import Demo, DemoAt

K, C, W = CallbackKind, CallbackStatus, CallOutcome


@pytest.fixture
def demo(demo_at: DemoAt) -> Demo:
    return demo_at("2026-11-24T10:00")


def test_a_call_of_the_last_weeks_has_as_many_tries_as_it_says(demo: Demo) -> None:
    calls = {call.id: call for call in demo.records.callbacks}
    tries = Counter(attempt.callback_id for attempt in demo.records.attempts)
    for number, call in calls.items():
        if call.due > demo.present.now - timedelta(days=30) and call.kind not in (K.NURSE, K.LETTER):
            assert tries[number] == call.attempts, call
    assert len(tries) > 200


def test_tries_fit_their_call_and_lie_in_the_past(demo: Demo) -> None:
    calls = {call.id: call for call in demo.records.callbacks}
    last: dict[int, W] = {}
    for attempt in demo.records.attempts:
        call = calls[attempt.callback_id]
        assert attempt.at <= demo.present.now
        assert attempt.outcome in outcomes_of(call.kind), call
        last[call.id] = attempt.outcome
    for number, outcome in last.items():
        if calls[number].status is C.DONE:
            assert outcome not in REACHED_NOBODY


def test_each_new_kind_is_there_to_be_done_done_and_dropped(demo: Demo) -> None:
    found = {kind: {call.status for call in demo.records.callbacks if call.kind is kind} for kind in K}
    for kind in (K.NURSE, K.LETTER, K.SEND_RECORDS, K.PEER_TO_PEER):
        assert C.DUE in found[kind] or C.CLAIMED in found[kind], kind
        assert C.DONE in found[kind], kind
    assert C.DROPPED in set().union(*(found[kind] for kind in (K.NURSE, K.LETTER, K.SEND_RECORDS, K.PEER_TO_PEER)))


def test_an_alarming_answer_has_its_nurse(demo: Demo) -> None:
    alarmed = [each for each in demo.records.attempts if int(dict(each.answers).get("pain", "0")) >= 8]
    nurses = [call for call in demo.records.callbacks if call.kind is K.NURSE]
    assert len(alarmed) == len(nurses) > 0
    assert all(nurse.note.startswith("Pain now") and nurse.assigned_to == "nurse" for nurse in nurses)


def test_a_claim_is_fresh_and_has_its_end(demo: Demo) -> None:
    claimed = [call for call in demo.records.callbacks if call.status is C.CLAIMED]
    assert claimed
    for call in claimed:
        assert call.claimed_by is not None
        assert call.claimed_until is not None
        assert demo.present.now < call.claimed_until < demo.present.now + timedelta(minutes=10)


def test_calls_arose_before_now_and_settled_ones_ended(demo: Demo) -> None:
    for call in demo.records.callbacks:
        assert call.arisen_at is not None
        assert call.arisen_at <= demo.present.now
        assert (call.settled_at is not None) == (call.status in (C.DONE, C.DROPPED))


def test_payers_were_talked_to_about_what_they_had_to_decide(demo: Demo) -> None:
    papers = {paper.id: paper for paper in demo.records.authorizations}
    assert len(demo.records.contacts) > 30
    for contact in demo.records.contacts:
        paper = papers[contact.authorization_id]
        assert paper.submitted_at is not None
        assert paper.submitted_at <= contact.at <= demo.present.now
        assert (contact.outcome is W.PAYER_DECIDED) == (contact.at == paper.decided_at)


def test_the_same_seed_gives_the_same_tries(demo: Demo) -> None:
    again = made(demo.present, demo.catalogue, (2, 3))
    assert (again.attempts, again.contacts, again.callbacks) == (
        demo.records.attempts,
        demo.records.contacts,
        demo.records.callbacks,
    )
