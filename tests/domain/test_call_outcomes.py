"""What comes next after a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.call_answers import alarming, checked_answers
from desk_app.domain.call_choices import FITTING, REACHED_NOBODY, REST, outcomes_of, rule_of
from desk_app.domain.call_outcomes import Act, Ask, Next, Said, Situation, what_next
from desk_app.domain.call_phones import marked_wrong, other_phone, phone_to_call
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import BusinessHours, Payer
from desk_app.domain.practice_rules import USUAL_CALL_RULES, USUAL_QUESTIONS
from desk_app.domain.records import Phone
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome, Urgency
from tests.helpers.small_practice import ZONE, at

K, W, S = CallbackKind, CallOutcome, CallbackStatus
HOURS = tuple(
    BusinessHours(day, start, end) for day in range(5) for start, end in ((time(8), time(12)), (time(13), time(17)))
)
CALENDAR = BusinessCalendar(HOURS, {date(2026, 11, 26): "Thanksgiving"}, ZONE)
TEN = at("2026-11-24T10:00")
HOME, CELL = Phone("508 555 0101", "+15085550101"), Phone("508 555 0102", "+15085550102", label="cell")


def a_call(kind: K = K.CALL_PATIENT, **more: object) -> Situation:
    rule = rule_of(kind, Urgency.ROUTINE, USUAL_CALL_RULES)
    return replace(Situation(kind, rule, phones=(HOME,), phone=HOME, goes_on=K.CALL_PATIENT), **more)


def after(call: Situation, outcome: W, now: datetime = TEN, **said: object) -> Next:
    return what_next(call, outcome, now, CALENDAR, Said(**said))  # type: ignore[arg-type]


def in_hours(instant: datetime) -> bool:
    return any(start <= instant <= end for start, end in CALENDAR.stretches(CALENDAR.date_of(instant)))


def test_every_kind_has_seven_keys_at_most_and_no_outcome_twice() -> None:
    for kind in K:
        assert 1 <= len(FITTING[kind]) <= 7
        assert len(set(outcomes_of(kind))) == len(FITTING[kind]) + len(REST[kind])


def test_an_outcome_that_does_not_fit_the_call_is_refused() -> None:
    with pytest.raises(RuleViolation, match="call_outcome"):
        after(a_call(K.CONFIRMATION), W.PAYER_DECIDED)


def test_nobody_reached_means_again_by_the_back_off_and_then_a_letter() -> None:
    first = after(a_call(), W.NO_ANSWER)
    assert (first.status, first.due, first.then) == (S.DUE, at("2026-11-24T12:00"), at("2026-11-25T14:00"))
    second = after(a_call(tries=1), W.NO_ANSWER, at("2026-11-24T12:00"))
    assert second.due == at("2026-11-25T14:00")
    third = after(a_call(tries=2), W.NO_ANSWER)
    assert third.due is not None
    assert third.then is None
    last = after(a_call(tries=3), W.NO_ANSWER)
    assert (last.status, last.told, last.tries) == (S.DROPPED, "letter_unreached", 4)
    assert [(each.kind, each.due) for each in last.arises] == [(K.LETTER, at("2026-11-24T17:00"))]


def test_a_busy_line_is_tried_again_sooner() -> None:
    assert after(a_call(), W.BUSY).due == at("2026-11-24T10:30")
    assert after(a_call(), W.BUSY, at("2026-11-24T11:45")).due == at("2026-11-24T13:15")


def test_a_payer_is_never_written_to() -> None:
    payer = a_call(K.CALL_PAYER, tries=40, phones=(), phone=None)
    assert after(payer, W.NO_ANSWER).status is S.DUE


def test_before_a_visit_the_next_try_lies_before_it_or_there_is_none() -> None:
    call = a_call(K.CONFIRMATION, visit_start=at("2026-11-24T11:00"), visit_stands=True, goes_on=None)
    assert after(call, W.NO_ANSWER).due == at("2026-11-24T10:59")
    none = after(call, W.NO_ANSWER, at("2026-11-24T10:59"))
    assert (none.status, none.told, none.due) == (S.DROPPED, "no_time", None)


def test_a_wished_time_outside_the_hours_moves_to_when_they_begin_and_says_so() -> None:
    inside = after(a_call(), W.CALL_AGAIN, again_at=at("2026-11-24T14:20"))
    assert (inside.due, inside.moved) == (at("2026-11-24T14:20"), False)
    for wished, when in (
        ("2026-11-24T12:30", "2026-11-24T13:00"),
        ("2026-11-24T19:00", "2026-11-25T08:00"),
        ("2026-11-26T10:00", "2026-11-27T08:00"),
        ("2026-11-28T10:00", "2026-11-30T08:00"),
    ):
        moved = after(a_call(), W.CALL_AGAIN, again_at=at(wished))
        assert (moved.due, moved.moved) == (at(when), True)


def test_a_payers_own_hours_bound_its_calls() -> None:
    payer = Payer("EARLY", "Early Health", opens=time(9), closes=time(15))
    call = a_call(K.CALL_PAYER, payer=payer)
    assert after(call, W.CALL_AGAIN, again_at=at("2026-11-24T15:30")).due == at("2026-11-25T09:00")
    assert after(call, W.PAYER_PENDING).due == at("2026-11-25T15:00")
    assert after(a_call(K.CALL_PAYER), W.PAYER_PENDING, at("2026-11-25T10:00")).due == at("2026-11-27T17:00")


def test_a_time_is_asked_for_and_one_that_has_passed_is_refused() -> None:
    asked = after(a_call(), W.CALL_AGAIN)
    assert (asked.asks, asked.due, asked.refused) == ((Ask.TIME,), None, "")
    assert after(a_call(), W.CALL_AGAIN, again_at=at("2026-11-24T09:00")).refused == "call_again_past"


def test_a_message_is_left_only_where_it_may_be() -> None:
    for consent, refused in (("no", "call_no_messages"), ("yes", ""), ("", "")):
        phone = replace(HOME, messages=consent)
        assert after(a_call(phones=(phone,), phone=phone), W.VOICEMAIL).refused == refused


def test_without_a_number_nothing_can_be_tried_but_a_letter_goes() -> None:
    call = a_call(phones=(), phone=None)
    for outcome in (*REACHED_NOBODY, W.WRONG_NUMBER):
        if outcome in outcomes_of(call.kind):
            assert after(call, outcome).refused == "call_no_phone"
    assert [each.kind for each in after(call, W.UNREACHABLE).arises] == [K.LETTER]


def test_a_wrong_number_leads_to_the_other_one_at_once_or_to_a_letter() -> None:
    other = after(a_call(phones=(HOME, CELL)), W.WRONG_NUMBER)
    assert (other.status, other.due, other.phone, other.act) == (S.DUE, TEN, "+15085550102", Act.MARK_WRONG)
    given = after(a_call(), W.WRONG_NUMBER, phone=CELL)
    assert given.phone == "+15085550102"
    none = after(a_call(referrer="Dr. Peabody"), W.WRONG_NUMBER)
    assert (none.status, none.told, none.referrer, none.act) == (
        S.DROPPED,
        "letter_no_number",
        "Dr. Peabody",
        Act.MARK_WRONG,
    )


def test_declining_ends_what_the_call_was_about() -> None:
    visit = {"visit_start": at("2026-12-01T09:00"), "visit_stands": True}
    assert after(a_call(K.CONFIRMATION, **visit), W.DECLINED).act is Act.CANCEL_VISIT
    assert after(a_call(K.BOOK, goes_on=K.BOOK), W.DECLINED).act is Act.WITHDRAW_REQUEST
    assert after(a_call(K.SHORT_NOTICE, is_offer=True, **visit), W.DECLINED).act is Act.DECLINE_OFFER
    assert after(a_call(K.FOLLOW_UP, goes_on=None), W.DECLINED).act is Act.NONE


def test_whoever_wishes_no_calls_is_written_to_while_a_request_is_open() -> None:
    stopped = after(a_call(), W.DO_NOT_CONTACT)
    assert (stopped.status, stopped.act, [each.kind for each in stopped.arises]) == (
        S.DROPPED,
        Act.STOP_CALLS,
        [K.LETTER],
    )
    assert after(a_call(K.HOW_ARE_YOU, goes_on=None), W.DO_NOT_CONTACT).arises == ()
    sent = after(a_call(K.LETTER, goes_on=K.BOOK, no_calls=True), W.DONE)
    assert [each.kind for each in sent.arises] == [K.LETTER]


def test_a_letter_that_was_sent_is_waited_for() -> None:
    (waits,) = after(a_call(K.LETTER, goes_on=K.BOOK), W.DONE).arises
    assert (waits.kind, waits.due) == (K.BOOK, at("2026-12-09T17:00"))


def test_alarming_answers_go_to_the_nurse_at_once() -> None:
    call = a_call(K.HOW_ARE_YOU, goes_on=None)
    calm = after(call, W.DONE, answers=(("pain", "3"), ("fever", "no")))
    assert (calm.arises, calm.asks) == ((), (Ask.ANSWERS,))
    for answers in ((("pain", "8"),), (("fever", "yes"),), (("numbness", "yes"),), (("bladder", "yes"),)):
        (nurse,) = after(call, W.DONE, answers=answers).arises
        assert (nurse.kind, nurse.due) == (K.NURSE, TEN)
    (evening,) = after(call, W.ESCALATED, at("2026-11-25T18:00")).arises
    assert evening.due == at("2026-11-27T08:00")


def test_answers_are_of_their_kind_and_asked_for() -> None:
    assert checked_answers(USUAL_QUESTIONS, (("fever", "no"), ("pain", " 10 "))) == (("pain", "10"), ("fever", "no"))
    for wrong in (("pain", "11"), ("pain", "-1"), ("pain", "much"), ("fever", "maybe"), ("shoe_size", "44")):
        with pytest.raises(RuleViolation, match="call_question"):
            checked_answers(USUAL_QUESTIONS, (wrong,))
    assert alarming(USUAL_QUESTIONS, (("other", "yes"), ("pain", "7"))) == ()


def test_a_call_dials_the_persons_first_number_that_is_right() -> None:
    assert phone_to_call((HOME, CELL), "+15085550102") == CELL
    assert phone_to_call((HOME, CELL), "+15085559999") == HOME
    assert phone_to_call((replace(HOME, wrong=True), CELL), "+15085550101") == CELL
    assert phone_to_call((), "+15085550101") == Phone("+15085550101")
    assert phone_to_call((replace(HOME, wrong=True),), "+15085550101") is None
    assert other_phone((HOME, CELL), HOME.e164) == CELL
    assert [phone.wrong for phone in marked_wrong((HOME, CELL), CELL.raw)] == [False, True]


moments = st.integers(0, 60 * 24 * 20).map(lambda minutes: at("2026-11-20T00:00") + timedelta(minutes=minutes))


@given(
    kind=st.sampled_from(K),
    number=st.integers(0, 20),
    tries=st.integers(0, 6),
    now=moments,
    ahead=st.integers(1, 60 * 24 * 9),
    wished=moments,
    stands=st.booleans(),
    is_open=st.booleans(),
    phones=st.lists(st.sampled_from([HOME, CELL]), max_size=2, unique=True).map(tuple),
)
def test_whatever_is_said_a_call_is_due_in_business_hours_or_settled(
    kind: K,
    number: int,
    tries: int,
    now: datetime,
    ahead: int,
    wished: datetime,
    stands: bool,
    is_open: bool,
    phones: tuple[Phone, ...],
) -> None:
    outcome = outcomes_of(kind)[number % len(outcomes_of(kind))]
    call = a_call(
        kind,
        tries=tries,
        phones=phones,
        phone=phones[0] if phones else None,
        visit_start=now + timedelta(minutes=ahead),
        visit_stands=stands,
        goes_on=K.BOOK if is_open else None,
    )
    step = after(call, outcome, now, again_at=wished)
    if step.refused:
        return
    assert step.status is not S.CLAIMED
    assert (step.due is not None) == (step.status is S.DUE)
    for due in (*([step.due] if step.due else []), *(each.due for each in step.arises)):
        assert due >= now
        assert in_hours(due)
    if step.due is not None and stands and kind in (K.CONFIRMATION, K.PREPARATION):
        assert call.visit_start is not None
        assert step.due < call.visit_start
