"""What an approval is not good for shows on the day, on the request's row and in the check, by one rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desk_app.application.desk import Desk
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from tests.application.steps import a_patient, approve, book
from tests.helpers.small_practice import at

DAY = date(2026, 12, 9)
START = "2026-12-09T09:00"
CHANGES: tuple[tuple[dict[str, Any], str], ...] = (
    ({"valid_to": date(2026, 12, 8)}, "authorization_ends"),
    ({"valid_from": date(2026, 12, 10)}, "authorization_begins"),
    ({"levels": 1}, "authorization_levels"),
    ({"units": 1}, "authorization_units"),
    ({"side": "left"}, "authorization_side"),
    ({"clinician": "NOBODY"}, "authorization_clinician"),
    ({"place": "Mercy Hospital"}, "authorization_place"),
    ({"payer": "OLDCOL"}, ""),
    ({"status": AuthorizationStatus.MODIFIED}, ""),
    ({"status": AuthorizationStatus.EXPIRED}, ""),
)


def change(desk: Desk, patient: int, **more: Any) -> None:
    """As another program, or an import, may leave it: past every rule of the desk's."""
    with desk.open_work(desk.actor) as work:
        (approval,) = work.authorizations.for_patient(patient)
        work.authorizations.save(replace(approval, **more))
        work.commit("authorization_edited")


@pytest.mark.parametrize(("more", "code"), CHANGES)
def test_day_and_check_say_the_same(desk: Desk, more: dict[str, Any], code: str) -> None:
    patient = a_patient(desk, payer="OLDCOL")
    approve(desk, None, patient)
    book(desk, START, "KYPHO", patient_id=patient, levels=2, side="right")
    (line,) = desk.queries.day_plan(DAY, desk.now()).lines
    assert (line.lack, desk.queries.breaches(desk.now())) == (None, ())
    change(desk, patient, **more)
    (line,) = desk.queries.day_plan(DAY, desk.now()).lines
    assert (line.lack.code if line.lack is not None else "") == code
    told = [breach.text for breach in desk.queries.breaches(desk.now()) if breach.rule == "authorization"]
    assert len(told) == bool(code)
    assert all(text.startswith("It is firm, and its approval is not good for it: the ") for text in told)


def test_units_are_shared_by_all_visits_on_one_approval(desk: Desk) -> None:
    patient = a_patient(desk, payer="OLDCOL")
    approve(desk, None, patient, units=2)
    for day in ("2026-12-09", "2026-12-10"):
        book(desk, f"{day}T09:00", "KYPHO", patient_id=patient)
    assert desk.queries.breaches(desk.now()) == ()
    change(desk, patient, units=1)
    found = [desk.queries.day_plan(day, desk.now()).lines[0].lack for day in (DAY, date(2026, 12, 10))]
    assert [lack.code for lack in found if lack is not None] == ["authorization_units"] * 2


def test_an_approval_of_another_payer_is_none(desk: Desk) -> None:
    patient = a_patient(desk, payer="OLDCOL")
    with desk.open_work(desk.actor) as work:
        work.authorizations.add(Authorization(None, patient, "OLDCOL", "KYPHO", AuthorizationStatus.APPROVED))
        work.commit("authorization_approved")
    book(desk, START, "KYPHO", patient_id=patient)
    assert desk.queries.breaches(at(START)) == ()
