"""What the flow board says: cards, heads, foot, what is missing, and whom somebody's typing means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desk_app.application.flow_day import BedTonight, BedUse, FlowColumn, MissingKind, Night
from desk_app.domain.practice import PhaseKind
from desk_app.domain.visit_parts import Alert, AlertKind, BookedPhase
from desk_app.ui.models.flow_cards import FlowCard, span_words
from desk_app.ui.models.flow_missing import missing_groups
from desk_app.ui.models.flow_wall import wall_columns
from desk_app.ui.models.flow_words import flow_words, matching
from tests.helpers.small_practice import at
from tests.ui.models.flow import day_of, visit, when

C = FlowColumn


def picture(card: FlowCard) -> list[str]:
    """A card's lines as they stand on it."""
    lines = [card.name, " · ".join(part for part in (card.time, card.what) if part), card.where]
    return [line for line in (*lines, *(sign.text for sign in card.signs), card.timer, card.here) if line]


def only(day: object, column: FlowColumn, wall: str) -> FlowCard:
    (card,) = flow_words(day, when(wall)).cards[column]  # type: ignore[arg-type]
    return card


def test_who_is_expected_says_when_for_what_and_what_is_missing() -> None:
    line = visit(1, "Abernathy", "13:20", "booked", authorization="submitted", escort="", gates_text="fasting=told")
    card = only(day_of(line), C.EXPECTED, "10:00")
    assert picture(card) == [
        "Abernathy, M.", "13:20 · Kyphoplasty", "no authorization", "not confirmed", "no escort",
    ]  # fmt: skip
    assert {sign.role for sign in card.signs} == {"warn"}


def test_of_much_that_is_missing_the_last_line_says_how_much_more_there_is() -> None:
    alerts = (Alert(AlertKind.ANTICOAGULANT, "apixaban"),)
    line = visit(1, "Lee", "13:20", "booked", authorization="", escort="", gates_text="", alerts=alerts)
    assert [sign.text for sign in only(day_of(line), C.EXPECTED, "10:00").signs] == [
        "no authorization", "not confirmed", "and 3 more",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wall", "told"),
    [
        ("09:04", []),
        ("09:05", ["5 min late"]),
        ("09:20", ["20 min late", "call them?"]),
        ("10:05", ["1 h 05 late", "no-show?"]),
    ],
)
def test_who_has_not_come_is_late_and_asked_about(wall: str, told: list[str]) -> None:
    card = only(day_of(visit(1, "Park", "09:00")), C.EXPECTED, wall)
    assert [sign.text for sign in card.signs] == told


def test_a_timer_runs_against_the_limit_and_is_amber_with_a_word_and_a_sign_past_it() -> None:
    day = day_of(visit(1, "Haddad", "11:00", "arrived", since="10:00", came="10:00"))
    before, at_limit, over = (only(day, C.ARRIVED, wall) for wall in ("10:12", "10:30", "10:31"))
    assert [card.timer for card in (before, at_limit, over)] == ["12 of 30 min", "30 of 30 min", "31 of 30 min"]
    assert [card.over for card in (before, at_limit, over)] == [False, False, True]
    assert "over the limit" in over.spoken
    head = flow_words(day, when("10:31")).heads[C.ARRIVED]
    assert (head.more, head.warns) == ("1 over 30 min", True)
    assert flow_words(day, when("10:12")).heads[C.ARRIVED].more == "limit 30 min"


def test_in_the_room_the_card_says_where_next_how_late_and_how_long_in_the_building() -> None:
    line = visit(1, "Ortiz", "09:00", "in_procedure", since="09:14", came="08:31")
    assert picture(only(day_of(line), C.IN_PROCEDURE, "09:37")) == [
        "Ortiz, M.", "09:14 · Kyphoplasty", "Room 1 → Bay 1", "14 min late", "23 of 40 min", "1 h 06",
    ]  # fmt: skip


def test_in_recovery_the_card_says_which_bay_and_until_when() -> None:
    line = visit(1, "Nakamura", "08:00", "in_recovery", since="08:40", came="07:30")
    assert picture(only(day_of(line), C.IN_RECOVERY, "09:42"))[2:4] == ["Bay 1, until 10:10", "62 of 90 min"]
    assert flow_words(day_of(line), when("09:42")).heads[C.IN_RECOVERY].more == "bays 1/2"


def test_a_sedated_patient_who_goes_home_needs_somebody_who_drives() -> None:
    named, nobody = (
        visit(1, "Brandt", "08:00", "ambulating", since="09:00"),
        visit(2, "Eze", "08:30", "ambulating", since="09:10", escort=""),
    )
    cards = flow_words(day_of(named, nobody), when("09:12")).cards[C.GOING_HOME]
    assert [card.signs[0].text for card in cards] == ["Luis, brother", "no escort named"]
    assert [card.signs[0].role for card in cards] == ["text2", "warn"]


def test_the_night_has_who_lies_there_who_comes_what_is_kept_and_what_is_free() -> None:
    night = (BookedPhase(PhaseKind.OVERNIGHT, when("11:10"), at("2026-11-26T09:00"), False, (("bed", "N1"),)),)
    here = visit(1, "Park", "09:00", "overnight", since="11:10", came="08:10", night=night)
    coming = visit(2, "Castellanos", "12:00", night=night)
    beds = (
        BedTonight(BedUse.HERE, "N1", 1),
        BedTonight(BedUse.PLANNED, "N1", 2),
        BedTonight(BedUse.KEPT, "N1"),
        BedTonight(BedUse.FREE, "N1"),
    )
    day = day_of(here, coming, night=Night(beds, 4, 2, 1, 0.02))
    words = flow_words(day, when("13:10"))
    assert [picture(card) for card in words.cards[C.OVERNIGHT]] == [
        ["Park, M.", "Bed 1, until 09:00", "5 of 23 h", "5 h 00"][:3],
        ["Castellanos, M.", "tonight · Bed 1", "from 11:10"],
        ["Bed 1", "kept", "chance of running\nout 2%"],
        ["Bed 1", "free"],
    ]
    assert [card.dashed for card in words.cards[C.OVERNIGHT]] == [False, True, True, True]
    assert (words.heads[C.OVERNIGHT].more, words.heads[C.OVERNIGHT].count) == ("2+1 of 4 beds", 2)
    assert [sign.text for sign in words.cards[C.EXPECTED][0].signs] == ["1 h 10 late", "no-show?"]


def test_the_foot_tells_who_has_gone_home_the_newest_first() -> None:
    day = day_of(
        visit(1, "Lee", "08:00", "discharged", since="09:44"),
        visit(2, "Park", "08:30", "discharged", since="10:10"),
        visit(3, "Diaz", "09:00", "no_show", since="09:50"),
        visit(4, "Cohen", "09:30", "cancelled", since="08:00"),
    )
    foot = flow_words(day, when("11:00")).foot
    assert foot.told() == "home today 2: Park 10:10, Lee 09:44 · no-show 1 · cancelled 1"
    assert foot.told(1) == "home today 2: Park 10:10, 1 more · no-show 1 · cancelled 1"
    assert foot.told(0) == "home today 2 · no-show 1 · cancelled 1"


def test_typing_means_who_is_expected_and_a_no_show_who_comes_after_all() -> None:
    day = day_of(
        visit(1, "O’Brien", "09:00"), visit(2, "Núñez", "09:30"), visit(3, "Diaz", "08:00", "no_show", since="08:50")
    )
    words = flow_words(day, when("09:00"))
    everybody = (*words.cards[C.EXPECTED], *words.late_arrivals)
    for typed, names in (
        ("nun", ["Núñez, M."]),
        ("mari", ["O’Brien, M.", "Núñez, M.", "Diaz, M."]),
        ("dia", ["Diaz, M."]),
        ("x", []),
        ("200002", ["Núñez, M."]),
    ):
        assert [card.name for card in matching(everybody, typed)] == names


def test_a_minute_that_passes_changes_only_cards_whose_words_do() -> None:
    day = day_of(visit(1, "Ortiz", "09:00", "in_procedure", since="09:00", came="08:31"), visit(2, "Lee", "13:00"))
    before, after = (flow_words(day, when("09:10") + timedelta(seconds=s)) for s in (0, 59))
    assert before == after
    later = flow_words(day, when("09:11"))
    assert later.cards[C.EXPECTED] == before.cards[C.EXPECTED]
    assert later.cards[C.IN_PROCEDURE] != before.cards[C.IN_PROCEDURE]


def test_a_timer_counts_the_minutes_that_passed_when_the_clocks_were_changed() -> None:
    """On 1 November 2026 the hour from one to two comes twice."""
    since = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    line = visit(1, "Ortiz", "09:00", "arrived")
    line = line._replace(visit=line.visit._replace(status_since=since), came=since)
    (card,) = flow_words(day_of(line), since + timedelta(minutes=75)).cards[C.ARRIVED]
    assert card.timer == "75 of 30 min"
    assert span_words(timedelta(minutes=75)) == "1 h 15"


def test_a_wait_of_hours_or_days_is_told_in_hours_or_days_with_the_limit() -> None:
    line = visit(1, "Ortiz", "09:00", "arrived", since="09:00", came="09:00")
    told = [only(day_of(line), C.ARRIVED, now).timer for now in ("10:59", "11:00", "18:30")]
    assert told == ["119 of 30 min", "2 h 00, limit 30 min", "9 h 30, limit 30 min"]
    forgotten = flow_words(day_of(line), when("09:00") + timedelta(days=3, hours=2)).cards[C.ARRIVED][0]
    assert (forgotten.timer, forgotten.over) == ("3 days, limit 30 min", True)


def test_what_is_missing_stands_in_groups_that_have_rows_by_the_day_and_time_of_the_visit() -> None:
    today = visit(1, "Eriksen", "15:15", "booked", tries=1)
    tomorrow = visit(2, "Rosen", "09:00", "booked", tries=0)
    tomorrow = tomorrow._replace(visit=tomorrow.visit._replace(start=at("2026-11-26T09:00")))
    asked = visit(
        3,
        "Vasquez",
        "16:00",
        authorization="submitted",
        alerts=(Alert(AlertKind.ANTICOAGULANT, "warfarin"),),
        gates_text="fasting=told,thinner=plan_received",
    )
    groups = missing_groups(day_of(today, asked, ahead=(tomorrow,)), when("10:00"))
    assert [(group.title, [row.spoken for row in group.rows]) for group in groups] == [
        ("Not confirmed", ["15:15, Eriksen, M., 1 try", "Thu, Rosen, M., not called yet"]),
        ("No authorization", ["16:00, Vasquez, M., submitted"]),
        ("Blood thinner open", ["16:00, Vasquez, M., warfarin, plan received"]),
    ]
    assert groups[0].kind is MissingKind.CONFIRMATION


def test_who_was_never_noted_stands_first_with_the_day_it_was() -> None:
    yesterday, long_ago = visit(1, "Eriksen", "15:15", "booked"), visit(2, "Rosen", "09:00", "confirmed")
    yesterday = yesterday._replace(visit=yesterday.visit._replace(start=at("2026-11-24T15:15")))
    long_ago = long_ago._replace(visit=long_ago.visit._replace(start=at("2026-11-12T09:00")))
    groups = missing_groups(
        day_of(visit(3, "Vasquez", "16:00", "booked"), left_open=(long_ago, yesterday)), when("08:00")
    )
    assert [group.kind for group in groups] == [MissingKind.OUTCOME, MissingKind.CONFIRMATION]
    assert [(row.when, row.name) for row in groups[0].rows] == [("12 Nov", "Rosen, M."), ("Tue", "Eriksen, M.")]


def test_a_call_that_is_made_again_today_says_when() -> None:
    line = visit(1, "Eriksen", "15:15", "booked", tries=1)._replace(call_due=when("11:00"))
    (group,) = missing_groups(day_of(line), when("10:00"))
    assert group.rows[0].more == "1 try, again 11:00"


def test_the_wall_shows_initials_or_numbers_and_nothing_else_of_anybody() -> None:
    day = day_of(
        visit(7, "Ortiz", "09:00", "in_procedure", since="09:14"),
        visit(8, "Ámos", "09:30", "arrived", since="09:10", given="Éva"),
        visit(9, "Lee", "13:00"),
    )
    for by_number, told in ((False, ["É. Á.", "M. O."]), (True, ["8", "7"])):
        columns = wall_columns(day, by_number)
        assert [person for column in columns for person in column.people] == told
        assert not {"Ortiz", "Lee", "Kyphoplasty", "Room 1"} & set(str(columns).replace("'", " ").split())
