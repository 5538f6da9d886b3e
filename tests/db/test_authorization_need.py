"""The rule whether a visit needs an authorization, as the program and as the database say it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from desk_app.application.desk import Desk
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need, is_needed, payer_of
from desk_app.domain.practice import Payer
from tests.application.steps import a_patient, a_request, book
from tests.helpers.small_practice import CATALOGUE, at

PAYERS = (
    *CATALOGUE.payers,
    Payer("MEDICARE", "Medicare", needs_authorization=False),
    Payer("ASKS", "Asks", needs_authorization=True),
)


@pytest.fixture
def payers(desk: Desk) -> Desk:
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(desk.catalogue(), payers=PAYERS))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    return desk


@pytest.mark.parametrize(
    ("procedure_needs", "payer", "need"),
    [
        (False, None, "not_needed"),
        (False, Payer("A", "A", needs_authorization=True), "not_needed"),
        (True, None, "unknown"),
        (True, Payer("A", "A"), "needed"),
        (True, Payer("A", "A", needs_authorization=True), "needed"),
        (True, Payer("A", "A", needs_authorization=False), "not_needed"),
    ],
)
def test_procedure_and_payer_decide_together(procedure_needs: bool, payer: Payer | None, need: str) -> None:
    assert authorization_need(procedure_needs, payer) is AuthorizationNeed(need)


def test_a_procedure_that_is_no_longer_in_the_catalogue_is_asked_for_nothing() -> None:
    assert not is_needed(CATALOGUE, "GONE", None)
    assert not is_needed(CATALOGUE, None, None)


DAYS = ("2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02")


@pytest.mark.parametrize("chart", [None, "OLDCOL", "MEDICARE", "ASKS"])
def test_the_database_says_the_same(payers: Desk, chart: str | None) -> None:
    desk = payers
    wishes = product((None, "OLDCOL", "MEDICARE"), ("JOINT", "KYPHO"))
    for day, (asked, procedure) in zip(DAYS, wishes, strict=True):
        patient = a_patient(desk, f"P{day}", payer=chart)
        request = a_request(desk, patient, procedure, payer=asked)
        book(desk, f"{day}T09:00", procedure, request_id=request, override_reason="as agreed")
        said = payer_of(desk.catalogue(), chart, asked)
        line = desk.queries.day_plan(at(f"{day}T09:00").date(), desk.now()).lines[0]
        assert line.needs_authorization == is_needed(desk.catalogue(), procedure, said)
        row = next(row for row in desk.queries.requests("all", desk.now()) if row.request_id == request)
        assert row.payer_asks == ((chart or asked) != "MEDICARE")


def test_a_patient_of_medicare_is_booked_without_an_authorization_and_check_finds_nothing(payers: Desk) -> None:
    visit = book(payers, procedure="KYPHO", patient_id=a_patient(payers, payer="MEDICARE"))
    assert visit.override_codes == ()
    assert payers.queries.breaches(payers.now()) == ()


def test_who_left_medicare_needs_one_after_all_and_check_says_so(payers: Desk) -> None:
    patient = a_patient(payers, payer="MEDICARE")
    book(payers, procedure="KYPHO", patient_id=patient)
    with payers.open_work(payers.actor) as work:
        work.patients.save(replace(work.patients.get(patient), payer="OLDCOL"))
        work.commit("patient_edited")
    assert [breach.rule for breach in payers.queries.breaches(payers.now())] == ["authorization"]
