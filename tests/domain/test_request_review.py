"""What a request lacks for its next step, and where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from desk_app.domain.authorization_need import AuthorizationNeed
from desk_app.domain.next_action import next_action
from desk_app.domain.practice import Payer
from desk_app.domain.records import Authorization, Callback, Contact, Patient, Phone, Request
from desk_app.domain.request_review import MISSING_WORDS, blocking, is_granted, missing, need_of, where_it_belongs
from desk_app.domain.statuses import AuthorizationStatus, CallbackKind, CallbackStatus, RequestSource, RequestStatus
from tests.helpers.small_practice import CATALOGUE

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
WITH_MEDICARE = replace(CATALOGUE, payers=(*CATALOGUE.payers, Payer("MCARE", "Medicare", needs_authorization=False)))
ORTIZ = Patient(
    "200001",
    "Ortiz",
    "Marisol",
    date(1951, 3, 12),
    phones=(Phone("1", "+15085550101"),),
    payer="OLDCOL",
    member_id="X1",
)
FULL = Request(
    RequestSource.PHONE,
    NOW,
    patient_id=1,
    procedure="KYPHO",
    level_names="T12",
    diagnoses=("M80.08XA",),
    payer="OLDCOL",
)


def lacking(request: Request = FULL, patient: Patient | None = ORTIZ) -> tuple[str, ...]:
    return missing(WITH_MEDICARE, request, patient)


def test_nothing_is_missing_where_all_is_known() -> None:
    assert lacking() == ()


@pytest.mark.parametrize(
    ("request_change", "chart_change", "fields"),
    [
        ({"procedure": None}, {}, ("procedure",)),
        ({"diagnoses": ()}, {}, ("diagnoses",)),
        ({"level_names": ""}, {}, ("levels",)),
        ({"payer": None}, {"payer": None}, ("payer",)),
        ({}, {"birth_date": None, "member_id": ""}, ("birth_date", "member_id")),
        ({}, {"phones": ()}, ("phone",)),
        ({"procedure": "JOINT", "diagnoses": (), "level_names": ""}, {"birth_date": None, "payer": None}, ()),
        ({"diagnoses": ()}, {"payer": "MCARE", "member_id": ""}, ()),
    ],
)
def test_what_is_missing_is_told_by_its_field_in_the_forms_order(
    request_change: dict[str, Any], chart_change: dict[str, Any], fields: tuple[str, ...]
) -> None:
    found = lacking(replace(FULL, **request_change), replace(ORTIZ, **chart_change))
    assert found == fields
    assert all(MISSING_WORDS[field] for field in found)


def test_a_caller_without_a_chart_needs_one_and_what_they_wrote_counts() -> None:
    caller = replace(FULL, patient_id=None, contact=Contact("Asante", member_id="M1", phones=ORTIZ.phones))
    assert lacking(caller, None) == ("person",)


def test_a_missing_phone_is_said_and_keeps_nothing_back() -> None:
    assert blocking(("phone",)) == ()
    assert (
        where_it_belongs(CATALOGUE, FULL, replace(ORTIZ, phones=()), False, True)
        is RequestStatus.AWAITING_AUTHORIZATION
    )


@pytest.mark.parametrize(
    ("request_change", "granted", "looked_at", "status"),
    [
        ({}, False, False, RequestStatus.AWAITING_AUTHORIZATION),
        ({}, True, False, RequestStatus.READY_TO_BOOK),
        ({"procedure": "JOINT"}, False, False, RequestStatus.READY_TO_BOOK),
        ({"diagnoses": ()}, False, False, RequestStatus.RECEIVED),
        ({"diagnoses": ()}, True, True, RequestStatus.IN_REVIEW),
        ({"procedure": None}, False, True, RequestStatus.IN_REVIEW),
    ],
)
def test_a_request_stands_where_what_is_known_puts_it(
    request_change: dict[str, Any], granted: bool, looked_at: bool, status: RequestStatus
) -> None:
    assert where_it_belongs(CATALOGUE, replace(FULL, **request_change), ORTIZ, granted, looked_at) is status


def test_without_a_procedure_nobody_knows_whether_the_payer_is_asked() -> None:
    assert need_of(CATALOGUE, replace(FULL, procedure=None), ORTIZ) is AuthorizationNeed.UNKNOWN
    assert need_of(CATALOGUE, replace(FULL, procedure="GONE"), ORTIZ) is AuthorizationNeed.NOT_NEEDED


def test_an_approval_counts_while_it_is_good_for_what_is_asked() -> None:
    approval = Authorization(
        1, 1, "OLDCOL", "KYPHO", AuthorizationStatus.APPROVED, valid_to=date(2026, 12, 31), levels=1
    )
    today = NOW.date()
    assert is_granted(CATALOGUE, FULL, ORTIZ, (approval,), today)
    assert is_granted(CATALOGUE, FULL, ORTIZ, (replace(approval, valid_from=date(2026, 12, 1)),), today)
    assert not is_granted(CATALOGUE, replace(FULL, levels=2), ORTIZ, (approval,), today)
    assert not is_granted(CATALOGUE, FULL, ORTIZ, (replace(approval, valid_to=date(2026, 11, 1)),), today)
    assert not is_granted(CATALOGUE, FULL, ORTIZ, (replace(approval, status=AuthorizationStatus.DENIED),), today)


def test_of_two_calls_due_at_once_the_one_that_arose_first_is_next() -> None:
    def call(number: int, minute: int, status: CallbackStatus = CallbackStatus.DUE) -> Callback:
        return Callback(CallbackKind.BOOK, NOW.replace(minute=minute), "", request_id=1, status=status, id=number)

    calls = [call(1, 5, CallbackStatus.DONE), call(2, 30), call(4, 20), call(3, 20, CallbackStatus.CLAIMED)]
    found = next_action(calls)
    assert found is not None
    assert found.id == 3
    assert next_action(calls[:1]) is None
