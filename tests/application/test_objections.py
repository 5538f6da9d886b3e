"""What speaks against a visit: one list by weight, each with its kind, its code and its sentence. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desk_app.application.objection_text import objection_text, objection_texts, override_words
from desk_app.application.objections import ORDER, Case, Kind, Objection, codes_of, objections, refusals
from desk_app.domain.practice import Payer, Sedation, Stay
from desk_app.domain.records import Appointment, Authorization, Patient
from desk_app.domain.slots import Obstacle
from desk_app.domain.statuses import AppointmentStatus, AuthorizationStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.helpers.small_practice import CATALOGUE, JOINT, KYPHO, at

NOW, START = at("2026-11-24T10:00"), at("2026-12-09T09:00")
COLONY = CATALOGUE.payers[0]
ORTIZ = Patient("204118", "Ortiz", "Marisol", id=1)
VISIT = Appointment(
    1, "KYPHO", "Kyphoplasty", 1, AppointmentStatus.BOOKED, Stay.POSSIBLE, 0.04, Sedation.MODERATE,
    START, START + timedelta(hours=2), (), (), escort="Luis",
)  # fmt: skip
GOOD = Authorization(None, 1, None, "KYPHO", AuthorizationStatus.APPROVED)
THINNER = replace(ORTIZ, alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))


def case(visit: Appointment = VISIT, **more: Any) -> Case:
    known = {"patient": ORTIZ, "procedure": KYPHO, "payer": COLONY, "approvals": (GOOD,), **more}
    return Case(CATALOGUE, NOW, visit, **known)


def told(a_case: Case) -> list[str]:
    return [f"{each.kind} {each.code}: {objection_text(each, CATALOGUE)}" for each in objections(a_case)]


def on(start: str, **more: Any) -> Appointment:
    return replace(VISIT, start=at(start), end=at(start) + timedelta(hours=2), **more)


def test_nothing_speaks_against_a_visit_that_is_approved_and_far_enough() -> None:
    assert objections(case()) == ()


@pytest.mark.parametrize(
    ("approvals", "payer", "sentence"),
    [
        ((), COLONY, "Kyphoplasty needs the payer's authorization, and none is approved for Wed 9 Dec."),
        ((), None,
         "Kyphoplasty needs the payer's authorization, and none is approved for Wed 9 Dec; who pays is not known."),
        ((replace(GOOD, valid_to=date(2026, 12, 8)),), COLONY, "The authorization ends 8 Dec, before this visit."),
        ((replace(GOOD, valid_from=date(2026, 12, 10)),), COLONY, "The authorization is valid only from 10 Dec on."),
        ((replace(GOOD, procedure="JOINT"),), COLONY,
         "The authorization is for another procedure, Large joint injection."),
        ((replace(GOOD, status=AuthorizationStatus.DENIED),), COLONY, "The payer has denied the authorization."),
        ((replace(GOOD, status=AuthorizationStatus.PENDED),), COLONY, "The authorization is not decided yet: pended."),
    ],
)  # fmt: skip
def test_a_missing_authorization_says_what_is_missing(
    approvals: tuple[Authorization, ...], payer: Payer | None, sentence: str
) -> None:
    assert told(case(approvals=approvals, payer=payer)) == [f"override authorization: {sentence}"]


def test_an_approval_for_fewer_levels_says_how_many() -> None:
    two = replace(VISIT, levels=2)
    assert told(case(two, approvals=(replace(GOOD, levels=1),))) == [
        "override authorization: The authorization is good for 1 of the 2 levels."
    ]


def test_the_other_side_needs_a_reason_and_one_that_is_not_said_does_not() -> None:
    left = replace(GOOD, side="left")
    assert told(case(replace(VISIT, side="right"), approvals=(left,))) == [
        "override authorization: The authorization is for the left side, the visit for the right one."
    ]
    assert told(case(replace(VISIT, side="right"), approvals=(left, GOOD))) == []
    assert told(case(approvals=(left,))) == told(case(replace(VISIT, side="L"), approvals=(left,))) == []


def test_all_that_an_approval_lacks_is_said() -> None:
    poor = replace(GOOD, levels=1, valid_to=date(2026, 12, 8), place="Mercy Hospital", payer="OTHER")
    assert told(case(replace(VISIT, levels=2), approvals=(poor,))) == [
        "override authorization: The authorization is OTHER's, and somebody else pays now.",
        "override authorization: The authorization ends 8 Dec, before this visit.",
        "override authorization: The authorization is good for 1 of the 2 levels.",
        "override authorization: The authorization is for another place, Mercy Hospital.",
    ]


@pytest.mark.parametrize("payer", [replace(COLONY, needs_authorization=False)])
def test_a_payer_that_never_asks_is_not_asked_for(payer: Payer) -> None:
    assert told(case(approvals=(), payer=payer)) == []


def test_a_hold_needs_no_authorization_but_hears_of_one_that_ends_too_early() -> None:
    held = replace(VISIT, status=AppointmentStatus.HELD, hold_until=START)
    assert told(case(held, approvals=())) == []
    assert told(case(held, approvals=(replace(GOOD, valid_to=date(2026, 12, 8)),))) == [
        "doubted authorization_dates: The authorization ends 8 Dec, before this visit."
    ]


def test_sedation_asks_for_a_day_and_an_escort() -> None:
    soon = on("2026-11-24T14:30", escort="")
    assert told(case(soon)) == [
        "doubted lead_time: Sedation asks for 24 h of preparation, and 4 h are left.",
        "doubted escort: No escort is named, and without one there is no sedation.",
    ]
    assert told(case(replace(soon, sedation=Sedation.NONE))) == []
    assert told(case(replace(soon, status=AppointmentStatus.HELD, hold_until=soon.start))) == []
    assert told(case(on("2026-11-25T10:00", escort=""))) == []


def test_a_blood_thinner_is_asked_about_where_days_are_few_and_the_needle_is_guided() -> None:
    soon = on("2026-11-28T09:00")
    assert told(case(soon, patient=THINNER)) == [
        "doubted thinner: The patient takes apixaban. Less than 5 days may be too short to pause it: ask the physician."
    ]
    assert told(case(replace(soon, procedure="JOINT"), patient=THINNER, procedure=JOINT)) == []
    assert told(case(patient=THINNER)) == []


def test_a_second_visit_that_day_is_asked_about_and_one_of_another_day_is_not() -> None:
    other = replace(VISIT, id=2, procedure="JOINT", start=at("2026-12-09T14:00"), end=at("2026-12-09T14:25"))
    late = replace(other, start=at("2026-12-10T00:30"))
    assert told(case(others=(other, late))) == [
        "doubted same_day: The patient has another visit that day: Large joint injection at 14:00."
    ]


def test_a_stay_over_the_practices_limit_is_asked_about() -> None:
    long = replace(VISIT, end=START + timedelta(hours=24))
    assert told(case(long)) == ["doubted stay_limit: The stay would last 24 h; the practice's limit is 23 h."]


def test_a_hold_that_lapses_within_the_hour_is_asked_about() -> None:
    held = replace(VISIT, status=AppointmentStatus.HELD, hold_until=at("2026-11-24T10:45"))
    assert told(case(held)) == ["doubted hold_soon: The hold lapses at 10:45 on Tue 24 Nov."]
    assert told(case(replace(held, hold_until=at("2026-11-24T11:00")))) == []


def test_the_list_is_in_order_of_weight_and_bays_come_after_rooms() -> None:
    where = (
        Obstacle("night", None, START, START, {"chance": 0.2, "limit": 0.05}),
        Obstacle("closed", "B1", START, START),
        Obstacle("closed", "R1", START, START),
    )
    other = replace(VISIT, id=2, start=at("2026-11-24T18:00"))
    found = objections(case(on("2026-11-24T16:00", escort=""), approvals=(), obstacles=where, others=(other,)))
    assert codes_of(found) == ("closed", "night", "authorization", "lead_time", "escort", "same_day")
    assert codes_of(found, Kind.DOUBTED) == ("lead_time", "escort", "same_day")
    assert [each.obstacle.resource for each in found[:2] if each.obstacle] == ["R1", "B1"]
    assert [each.weight for each in found] == sorted(each.weight for each in found)


def test_what_nothing_passes_is_refused_the_weightiest_first() -> None:
    found = refusals([Obstacle("taken", "R1", START, START), Obstacle("past", None, START, START)])
    assert [(each.code, each.kind) for each in found] == [("past", Kind.REFUSED), ("taken", Kind.REFUSED)]


def test_a_payers_coverage_rule_takes_its_place_without_a_change_here() -> None:
    def four_a_year(case: Case) -> list[Objection]:
        return [Objection("epidural_sessions", Kind.DOUBTED, "the fifth session of this region in 12 months")]

    found = objections(case(approvals=(), others=(replace(VISIT, id=2),)), (four_a_year,))
    assert codes_of(found) == ("authorization", "epidural_sessions", "same_day")
    assert "fifth session" in objection_texts(found, CATALOGUE)[1]


def test_every_code_is_weighed_and_each_override_has_its_words() -> None:
    assert len(set(ORDER)) == len(ORDER)
    assert override_words(("authorization", "night")) == "no authorization, beds of the night"
