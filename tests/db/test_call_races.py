"""Desks that open the same call, or pass over all calls, at the same instant: exactly one has it, each is made once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from desk_app.application.desk import Desk
from desk_app.application.tried import Tried
from desk_app.application.use_cases import call_recording, calls, keep_calls
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.faults import Conflict
from desk_app.domain.statuses import CallbackStatus, CallOutcome
from tests.application.steps import a_request
from tests.helpers.desks import Desks

DESKS, ROUNDS = 3, 8


@pytest.fixture
def crowd(desk: Desk, desks: Desks) -> list[Desk]:
    """Several desks whose people are known already."""
    found = [desk, *(desks() for _ in range(DESKS - 1))]
    for each in found:
        user_of(each)
    return found


def claimed(desk: Desk, numbers: list[int], gate: threading.Barrier) -> list[str]:
    told = []
    for number in numbers:
        gate.wait(60)
        try:
            told.append(calls.claim(desk, number).value.line.claimed_by)
        except Conflict as fault:
            told.append(fault.code)
    return told


def test_of_desks_that_open_the_same_call_exactly_one_has_it(crowd: list[Desk]) -> None:
    for _ in range(ROUNDS):
        a_request(crowd[0])
    numbers = [line.id for line in calls.look_at_calls(crowd[0]).lines]
    gate = threading.Barrier(DESKS)
    with ThreadPoolExecutor(DESKS) as pool:
        answers = list(pool.map(lambda desk: claimed(desk, numbers, gate), crowd))
    for told in zip(*answers, strict=True):
        winners = [each for each in told if each.startswith("user")]
        assert len(winners) == 1, told
        assert {each for each in told if each not in winners} == {"call_claimed"}, told
    assert all(line.claimed_by for line in calls.look_at_calls(crowd[0]).lines)
    assert crowd[0].queries.breaches(crowd[0].now()) == ()


def settled(desk: Desk, number: int, gate: threading.Barrier) -> str:
    gate.wait(60)
    try:
        call_recording.record(desk, number, Tried(CallOutcome.DECLINED, note=desk.actor.user_name))
    except Conflict as fault:
        return fault.code
    return "recorded"


def test_of_desks_that_record_the_same_call_one_decides_and_no_note_is_lost(crowd: list[Desk]) -> None:
    number = a_request(crowd[0])
    (line,) = calls.look_at_calls(crowd[0]).lines
    gate = threading.Barrier(DESKS)
    with ThreadPoolExecutor(DESKS) as pool:
        told = list(pool.map(lambda desk: settled(desk, line.id, gate), crowd))
    assert sorted(told) == ["call_settled_meanwhile"] * (DESKS - 1) + ["recorded"]
    tried = calls.call_card(crowd[0], line.id).attempts
    assert {each.note for each in tried} == {desk.actor.user_name for desk in crowd}
    assert crowd[0].queries.request_card(number, crowd[0].now()).request.status == "withdrawn"


def test_the_same_try_at_the_same_instant_is_kept_once(crowd: list[Desk]) -> None:
    a_request(crowd[0])
    (line,) = calls.look_at_calls(crowd[0]).lines
    gate, write_id = threading.Barrier(DESKS), uuid4()

    def tried(desk: Desk) -> str:
        gate.wait(60)
        try:
            call_recording.record(desk, line.id, Tried(CallOutcome.NO_ANSWER), write_id)
        except Conflict as fault:
            return fault.code
        return "recorded"

    with ThreadPoolExecutor(DESKS) as pool:
        told = list(pool.map(tried, crowd))
    assert sorted(told) == ["already_done"] * (DESKS - 1) + ["recorded"]
    assert len(calls.call_card(crowd[0], line.id).attempts) == 1


def test_passes_at_the_same_instant_make_each_missing_call_once(crowd: list[Desk]) -> None:
    for _ in range(ROUNDS):
        a_request(crowd[0])
    with crowd[0].open_work(crowd[0].actor) as work:
        for line in calls.look_at_calls(crowd[0]).lines:
            work.callbacks.save(replace(work.callbacks.get(line.id), status=CallbackStatus.DROPPED))
        work.commit("written_elsewhere")
    gate = threading.Barrier(DESKS)

    def keep(desk: Desk) -> int:
        gate.wait(60)
        return keep_calls.keep_calls(desk).value.made

    with ThreadPoolExecutor(DESKS) as pool:
        assert sum(pool.map(keep, crowd)) == ROUNDS
    assert len(calls.look_at_calls(crowd[0]).lines) == ROUNDS
