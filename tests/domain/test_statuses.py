"""Every step of a visit, a request and a callback is the one the practice's words list, and no other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import (
    CALLBACK_STEPS,
    GONE_VISITS,
    OPEN_REQUESTS,
    PRESENT_VISITS,
    REQUEST_STEPS,
    AppointmentStatus,
    CallbackStatus,
    RequestStatus,
    check_appointment_step,
    check_request_step,
)

WRITTEN = """held: booked cancelled
booked: confirmed arrived no_show cancelled
confirmed: arrived no_show cancelled
arrived: ready cancelled
ready: in_procedure cancelled
in_procedure: in_recovery
in_recovery: ambulating overnight discharged
ambulating: in_recovery overnight discharged
overnight: discharged
no_show: arrived
discharged:
cancelled:"""
"""The practice's list of appointment steps, word for word."""

ALLOWED = {before: set(after.split()) for before, _, after in (line.partition(":") for line in WRITTEN.splitlines())}


class Visit(RuleBasedStateMachine):
    """A visit that is asked for any step at any time goes only where the list lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.status = AppointmentStatus.HELD
        self.passed = {self.status}

    @rule(after=st.sampled_from(AppointmentStatus), same_day=st.booleans())
    def ask(self, after: AppointmentStatus, same_day: bool) -> None:
        allowed = after.value in ALLOWED[self.status.value]
        if self.status is AppointmentStatus.NO_SHOW and not same_day:
            allowed = False
        if not allowed:
            with pytest.raises(RuleViolation) as refused:
                check_appointment_step(self.status, after, same_day=same_day)
            assert refused.value.params == {"before": self.status.value, "after": after.value}
            return
        check_appointment_step(self.status, after, same_day=same_day)
        self.status = after
        self.passed.add(after)

    @invariant()
    def nobody_is_treated_who_never_arrived(self) -> None:
        if AppointmentStatus.IN_PROCEDURE in self.passed:
            assert {AppointmentStatus.ARRIVED, AppointmentStatus.READY} <= self.passed

    @invariant()
    def a_treated_patient_is_never_cancelled_or_missing(self) -> None:
        if AppointmentStatus.IN_PROCEDURE in self.passed:
            assert self.status not in GONE_VISITS


TestVisit = Visit.TestCase
TestVisit.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("before", RequestStatus)
def test_an_open_request_can_always_be_booked_declined_withdrawn_or_found_double(before: RequestStatus) -> None:
    ends = {RequestStatus.BOOKED, RequestStatus.DECLINED, RequestStatus.WITHDRAWN, RequestStatus.DUPLICATE}
    if before in OPEN_REQUESTS:
        assert ends <= REQUEST_STEPS[before]
    else:
        assert before is RequestStatus.BOOKED or ends.isdisjoint(REQUEST_STEPS[before])


@pytest.mark.parametrize("before", RequestStatus)
@pytest.mark.parametrize("after", RequestStatus)
def test_a_request_step_outside_the_table_is_refused_by_its_words(before: RequestStatus, after: RequestStatus) -> None:
    if after in REQUEST_STEPS[before]:
        check_request_step(before, after)
    else:
        with pytest.raises(RuleViolation, match="request_step"):
            check_request_step(before, after)


def test_a_request_moves_forward_as_the_words_say_and_nothing_returns_to_received() -> None:
    path = ("received", "in_review", "awaiting_authorization", "ready_to_book", "booked", "closed")
    for before, after in pairwise(path):
        check_request_step(RequestStatus(before), RequestStatus(after))
    assert all(RequestStatus.RECEIVED not in steps for steps in REQUEST_STEPS.values())


def test_a_callback_that_is_done_or_dropped_stays_so() -> None:
    assert CALLBACK_STEPS[CallbackStatus.DONE] == CALLBACK_STEPS[CallbackStatus.DROPPED] == frozenset()
    assert set(CALLBACK_STEPS) == set(CallbackStatus)


def test_a_visit_is_gone_or_present_but_never_both() -> None:
    assert GONE_VISITS.isdisjoint(PRESENT_VISITS)
