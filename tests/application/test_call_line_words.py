"""Words of a line of the list of calls: what is done, what it is about, how far the payer's clock has run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.call_line_words import (
    KINDS,
    about_words,
    codes_words,
    minutes_left,
    payer_words,
)
from desk_app.domain.call_choices import FITTING, REST
from desk_app.domain.statuses import CallbackKind
from tests.helpers.call_lines import call_line, payer_line
from tests.helpers.small_practice import CATALOGUE, KYPHO, ZONE, at

NOW = at("2026-11-24T10:00")
CODED = replace(CATALOGUE, procedures=(replace(KYPHO, cpt=("22513", "22514"), cpt_extra_level=("22515",)),))


@pytest.mark.parametrize("kind", list(CallbackKind))
def test_every_kind_of_call_has_its_word_and_its_outcomes(kind: CallbackKind) -> None:
    assert KINDS[kind]
    assert 1 <= len(FITTING[kind]) <= 7
    assert len(REST[kind]) <= 7


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"authorization": ""}, "to submit"),
        ({"authorization": "submitted"}, "submitted, day 5 of 7"),
        (
            {
                "authorization": "pended",
                "submitted_at": at("2026-11-21T12:00"),
                "decide_by": at("2026-11-24T12:00"),
            },
            "pended, 70 of 72 h",
        ),
        ({"authorization": "pended", "decide_by": at("2026-11-24T09:00"), "clock_days": 4}, "pended, over 4 days"),
        ({"authorization": "denied"}, "denied"),
        ({"authorization": "submitted", "submitted_at": None, "decide_by": None}, "submitted"),
        ({"kind": "send_records"}, "send records"),
        ({"kind": "send_records", "assigned_to": "nurse"}, "send records, for nurse"),
    ],
)
def test_where_a_payer_s_decision_stands(fields: dict[str, object], told: str) -> None:
    assert payer_words(payer_line(1, "Yilmaz, Emine", **fields), NOW) == told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"urgency": "urgent"}, "urgent, Large joint injection"),
        ({"urgency": "urgent", "visit_start": at("2026-11-24T13:20")}, "today 13:20, Large joint injection"),
        ({"visit_start": at("2026-12-04T09:00"), "why": ""}, "Fri 4 Dec 09:00"),
        ({"why": "shooting pain\ndown  the leg", "assigned_to": "manager"}, "shooting pain down the leg, for manager"),
    ],
)
def test_what_a_call_to_a_person_is_about(fields: dict[str, object], told: str) -> None:
    assert about_words(call_line(1, **fields), NOW, ZONE) == told


def test_codes_are_those_of_the_levels_region_and_further_ones_stand_behind_a_plus() -> None:
    whole = payer_line(1, "A", cpt=("22513", "22514", "22515"), levels=2, level_names="T12 T11")
    assert codes_words(whole, CODED) == "22513, +22515"
    assert codes_words(whole._replace(level_names="L1 L2"), CODED) == "22514, +22515"


def test_an_authorization_s_own_codes_stay_as_they_are() -> None:
    assert codes_words(payer_line(1, "A", cpt=("22514",)), CODED) == "22514"
    assert codes_words(payer_line(1, "A", cpt=("99999", "22515"), procedure="GONE"), CODED) == "99999, 22515"


@pytest.mark.parametrize(("until", "minutes"), [("10:04", 4), ("10:00", 0), ("09:50", 0), (None, 0)])
def test_a_claim_is_counted_in_minutes_that_have_begun(until: str | None, minutes: int) -> None:
    instant = at(f"2026-11-24T{until}") if until else None
    assert minutes_left(call_line(1, claimed_by="A. Reyes", claimed_until=instant), NOW) == minutes
    if until == "10:04":
        assert minutes_left(call_line(1, claimed_until=instant), at("2026-11-24T10:00:30")) == minutes
