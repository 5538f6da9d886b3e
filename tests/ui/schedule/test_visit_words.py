"""What a block says is amiss: authorization, a hold's lapse, escort, blood thinner, confirmation, an override."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

import pytest

from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.practice import BusinessHours
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.screens.schedule.expected import ON_TIME
from desk_app.ui.screens.schedule.visit import Visit, visit_of
from desk_app.ui.screens.schedule.visit_details import detail_text, spoken_text
from desk_app.ui.screens.schedule.visit_words import Words, near_day, words_of
from tests.ui.schedule.days import CATALOGUE, MONDAY, ZONE, at, line, view

KINDS = {resource.code: resource.kind for resource in CATALOGUE.resources}
NAMES = {resource.code: resource.name for resource in CATALOGUE.resources}
NOW = at("10:00")
NO_HOLIDAYS: Mapping[date, str] = {}
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)
THINNER = (Alert(AlertKind.ANTICOAGULANT, "apixaban"),)


def calendar(holidays: Mapping[date, str] = NO_HOLIDAYS) -> BusinessCalendar:
    return BusinessCalendar((), holidays, ZONE)


def visit(**fields: object) -> Visit:
    return visit_of(line(1, **fields), KINDS)  # type: ignore[arg-type]


def words(**fields: object) -> Words:
    return words_of(visit(**fields), ON_TIME, NOW, ZONE, near_day(MONDAY, calendar()))


def amiss(**fields: object) -> list[tuple[str, str, str]]:
    return [(chip.icon, chip.text, chip.tone) for chip in words(**fields).chips]


@pytest.mark.parametrize(
    ("today", "last"),
    [(MONDAY, date(2026, 11, 25)), (THURSDAY, date(2026, 11, 30)), (FRIDAY, date(2026, 12, 1))],
)
def test_two_business_days_reach_over_a_weekend(today: date, last: date) -> None:
    assert near_day(today, calendar()) == last


def test_two_business_days_reach_over_a_holiday() -> None:
    assert near_day(WEDNESDAY, calendar({THURSDAY: "Thanksgiving"})) == date(2026, 11, 30)


def test_the_practices_own_days_count() -> None:
    saturday_too = BusinessCalendar([BusinessHours(day, time(8), time(12)) for day in range(6)], {}, ZONE)
    assert near_day(FRIDAY, saturday_too) == date(2026, 11, 30)


def test_good_news_has_no_chip() -> None:
    assert amiss(start=at("14:00")) == []


def test_whoever_is_not_confirmed_two_business_days_ahead_is_amber_and_not_before() -> None:
    assert amiss(start=at("14:00", date(2026, 11, 25)), status="booked") == [("phone", "not confirmed", "warn")]
    assert amiss(start=at("14:00", THURSDAY), status="booked") == []


def test_a_sedated_patient_without_an_escort_is_amber() -> None:
    assert amiss(start=at("14:00"), escort="") == [("warning", "no escort", "warn")]
    assert amiss(start=at("14:00"), escort="", sedation="none") == []


def test_a_blood_thinner_nobody_spoke_of_is_amber_for_a_week() -> None:
    told = {"alerts": THINNER, "thinner_untold": True}
    assert amiss(start=at("14:00", date(2026, 11, 30)), **told) == [("thinner", "thinner not told", "warn")]
    assert amiss(start=at("14:00", date(2026, 12, 1)), **told) == []
    assert amiss(start=at("14:00"), alerts=THINNER) == []


def test_a_hold_shows_its_end_and_is_amber_within_the_hour() -> None:
    held = {"status": "held", "start": at("14:00"), "authorization": "pended"}
    assert words(hold_until=at("13:00"), **held).status == "held to 13:00"
    assert amiss(hold_until=at("13:00"), **held) == []
    assert amiss(hold_until=at("10:45"), **held) == [("late", "lapses 10:45", "warn")]


def test_an_override_is_signed_and_answers_only_what_it_passed() -> None:
    plain = {"start": at("14:00"), "authorization": "pended", "override_reason": "cannot walk"}
    assert words(override_codes='["authorization"]', **plain).overridden
    assert amiss(override_codes='["authorization"]', **plain) == []
    assert amiss(override_codes='["night"]', **plain) == [("auth-wait", "no authorization", "warn")]
    assert not words(start=at("14:00")).overridden


def test_the_weightiest_comes_first() -> None:
    all_of_it = {"authorization": "denied", "escort": "", "status": "booked", "thinner_untold": True}
    assert [text for _, text, _ in amiss(start=at("14:00"), **all_of_it)] == [
        "denied", "no escort", "thinner not told", "not confirmed",
    ]  # fmt: skip


def test_the_detail_says_all_of_it_in_full() -> None:
    told = {
        "start": at("14:00", date(2026, 12, 4)), "status": "held", "hold_until": at("16:00", date(2026, 12, 1)),
        "side": "left", "override_reason": "the ward has a bed", "override_codes": '["night"]', "alerts": THINNER,
    }  # fmt: skip
    text = detail_text(visit(**told), words(**told), NAMES, ZONE)
    for part in (
        "Ortiz, Marisol", "Kyphoplasty T12 L1 left, MAC", "The hold lapses Tue 1 Dec 16:00", "Procedure 14:10–15:10",
        "Authorization: approved", "Escort: Luis Ortiz", "Alerts: apixaban",
        "Override (beds of the night): the ward has a bed",
    ):  # fmt: skip
        assert part in text


def test_a_screen_reader_hears_of_the_override() -> None:
    from desk_app.ui.screens.schedule.day_scene import build_scene
    from desk_app.ui.screens.schedule.scene import ColumnChoice

    scene = build_scene(view(line(1, start=at("14:00"), override_reason="x")), ColumnChoice(), NOW, 20)
    block = scene.blocks[0]
    assert "by override" in spoken_text(block, scene.columns[block.column])
