"""Blockouts by hand: entered over visits with a call for each, changed, removed, undone, and raced for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, booking, moving, practice, undo
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.blockouts import BlockoutWish, blockout_at, expanded
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import Blockout, BlockoutKind, Session
from desk_app.domain.records import Appointment
from desk_app.interop import practice_export, practice_file
from tests.application.steps import a_patient, book, calls_of_visit
from tests.helpers.small_practice import CATALOGUE, JOINT, WEEK, ZONE, StandingClock, at

Desks = Callable[[], Desk]


def vacation(first: str, last: str, *codes: str, **more: object) -> BlockoutWish:
    wish = BlockoutWish(codes or ("ALG",), at(first), at(last), BlockoutKind.VACATION)
    return replace(wish, **more)  # type: ignore[arg-type]


def enter(desk: Desk, wish: BlockoutWish, *visits: Appointment) -> blockouts.Entered:
    return blockouts.enter(desk, wish, frozenset(visit.id for visit in visits)).value


def starts(desk: Desk, day: str, limit: int = 500) -> list[datetime]:
    wish = FindSlots("JOINT", first_day=date.fromisoformat(day), days=1, limit=limit)
    return [slot.start for slot in find(desk, wish)]


def index_is_true(desk: Desk, *days: str) -> None:
    """The kept index answers as one that is built anew from the database."""
    now = desk.now()
    kept = [desk.slots.index(date.fromisoformat(day)) for day in days]
    before = [
        [repr(index.closings(r.code, date.fromisoformat(d), now)) for r in CATALOGUE.resources]
        for index, d in zip(kept, days, strict=True)
    ]
    found = [starts(desk, day) for day in days]
    desk.slots.forget()
    kept = [desk.slots.index(date.fromisoformat(day)) for day in days]
    after = [
        [repr(index.closings(r.code, date.fromisoformat(d), now)) for r in CATALOGUE.resources]
        for index, d in zip(kept, days, strict=True)
    ]
    assert before == after
    assert found == [starts(desk, day) for day in days]


def test_a_vacation_closes_the_physician_for_the_search_at_once(desk: Desk) -> None:
    assert starts(desk, "2026-12-02")
    enter(desk, vacation("2026-12-02T00:00", "2026-12-05T00:00"))
    assert starts(desk, "2026-12-02") == []
    assert starts(desk, "2026-12-07")
    index_is_true(desk, "2026-12-02", "2026-12-07")


def test_visits_in_the_way_are_told_of_first_and_nothing_is_entered(desk: Desk) -> None:
    visit = book(desk, "2026-12-02T09:00")
    wish = vacation("2026-12-02T00:00", "2026-12-05T00:00")
    (there,) = blockouts.concerned(desk, wish)
    assert (there.appointment_id, there.resources) == (visit.id, ("ALG",))
    with pytest.raises(NeedsConfirmation) as asked:
        blockouts.enter(desk, wish)
    assert asked.value.codes == ("visits_concerned",)
    assert desk.queries.catalogue() == CATALOGUE


def test_a_vacation_entered_all_the_same_makes_a_call_for_each_visit_that_can_be_moved(desk: Desk) -> None:
    first, second = book(desk, "2026-12-02T09:00"), book(desk, "2026-12-03T09:00")
    after = book(desk, "2026-12-07T09:00")
    entered = enter(desk, vacation("2026-12-02T00:00", "2026-12-05T00:00"), first, second)
    assert entered.calls == 2
    for visit in (first, second):
        assert calls_of_visit(desk, visit.id)["rebook"] == "Wed 25 17:00"
        (call,) = [c for c in desk.queries.visit_card(visit.id).callbacks if c.kind == "rebook"]
        assert (call.reason, call.phone) == ("Dr. Algendy blocked: vacation", "+15085550101")
    assert "rebook" not in calls_of_visit(desk, after.id)


def test_the_call_about_a_visit_of_today_is_due_today(desk: Desk) -> None:
    visit = book(desk, "2026-11-24T14:00")
    enter(desk, vacation("2026-11-24T13:00", "2026-11-25T00:00"), visit)
    assert calls_of_visit(desk, visit.id)["rebook"] == "Tue 24 17:00"


def test_a_visit_that_came_in_meanwhile_asks_again(desks: Desks, desk: Desk) -> None:
    first = book(desk, "2026-12-02T09:00")
    wish = vacation("2026-12-02T00:00", "2026-12-03T00:00")
    seen = [visit.appointment_id for visit in blockouts.concerned(desk, wish)]
    other = desks()
    second = book(other, "2026-12-02T11:00")
    with pytest.raises(NeedsConfirmation):
        blockouts.enter(desk, wish, frozenset(seen))
    assert enter(desk, wish, first, second).calls == 2


def test_another_desk_books_no_more_into_a_blockout(desks: Desks, desk: Desk) -> None:
    other = desks()
    assert starts(other, "2026-12-02")
    enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00"))
    with pytest.raises(NeedsConfirmation):
        book(other, "2026-12-02T09:00", patient_id=a_patient(other))
    index_is_true(other, "2026-12-02")


def test_undo_opens_the_stretch_and_drops_its_calls_and_redo_brings_both_back(desk: Desk) -> None:
    visit = book(desk, "2026-12-02T09:00")
    free = starts(desk, "2026-12-02")
    enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00"), visit)
    undo.undo(desk)
    assert starts(desk, "2026-12-02") == free
    assert "rebook" not in calls_of_visit(desk, visit.id)
    assert desk.queries.catalogue() == CATALOGUE
    undo.redo(desk)
    assert starts(desk, "2026-12-02") == []
    assert "rebook" in calls_of_visit(desk, visit.id)
    index_is_true(desk, "2026-12-02")


def test_what_somebody_else_changed_meanwhile_is_not_undone_and_not_changed_unseen(desks: Desks, desk: Desk) -> None:
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00")).blockouts
    other = desks()
    blockouts.change(other, made.id, vacation("2026-12-02T00:00", "2026-12-04T00:00"))
    with pytest.raises(Conflict):
        blockouts.remove(desk, made.id, made.version)
    with pytest.raises(Conflict) as lost:
        undo.undo(desk)
    assert lost.value.params["who"] == "user 2"


def test_a_shortened_blockout_drops_the_calls_of_those_who_can_come_again(desk: Desk) -> None:
    first, second = book(desk, "2026-12-02T09:00"), book(desk, "2026-12-03T09:00")
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-04T00:00"), first, second).blockouts
    blockouts.change(desk, made.id, vacation("2026-12-02T00:00", "2026-12-03T00:00"), made.version)
    assert "rebook" in calls_of_visit(desk, first.id)
    assert "rebook" not in calls_of_visit(desk, second.id)
    assert starts(desk, "2026-12-03")
    index_is_true(desk, "2026-12-02", "2026-12-03")


def test_a_removed_blockout_leaves_the_practice_as_it_was_and_undo_brings_it_back(desk: Desk) -> None:
    visit = book(desk, "2026-12-02T09:00")
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00"), visit).blockouts
    blockouts.remove(desk, made.id, made.version)
    assert desk.queries.catalogue() == CATALOGUE
    assert "rebook" not in calls_of_visit(desk, visit.id)
    undo.undo(desk)
    known = desk.queries.catalogue()
    assert known is not None
    assert known.blockouts == (made,)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_call_stays_while_another_blockout_is_in_the_way(desk: Desk) -> None:
    visit = book(desk, "2026-12-02T09:00")
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00"), visit).blockouts
    enter(desk, vacation("2026-12-02T08:00", "2026-12-02T10:00", "R1"), visit)
    blockouts.remove(desk, made.id)
    assert "rebook" in calls_of_visit(desk, visit.id)


def test_what_was_entered_together_can_go_together(desk: Desk) -> None:
    wish = vacation("2026-12-01T12:00", "2026-12-01T13:00", "R1", "ALG", rrule="FREQ=WEEKLY", until=date(2026, 12, 15))
    made = enter(desk, replace(wish, kind=BlockoutKind.MEETING, reason="team")).blockouts
    assert len(made) == 6
    assert blockouts.card(desk, made[2].id).together == 6
    visit = book(desk, "2026-12-08T11:00")
    moved = moving.MoveAppointment(visit.id, at("2026-12-08T12:00"), override_reason="as asked")
    moving.move(desk, replace(moved, reason="as asked"))
    assert [each.appointment_id for each in blockouts.card(desk, made[0].id).visits] == [visit.id]
    blockouts.remove(desk, made[1].id)
    blockouts.remove(desk, made[2].id, whole_series=True)
    assert desk.queries.catalogue() == CATALOGUE
    undo.undo(desk)
    known = desk.queries.catalogue()
    assert known is not None
    assert len(known.blockouts) == 5


def test_a_practice_with_blockouts_is_exported_and_loaded_as_the_same(desk: Desk, desks: Desks) -> None:
    enter(desk, vacation("2026-12-02T00:00", "2026-12-05T00:00", "R1", "ALG", reason='Cape "Cod"'))
    enter(desk, BlockoutWish(("*",), at("2026-11-01T00:30"), at("2026-11-01T03:00"), BlockoutKind.HOLIDAY))
    known = desk.queries.catalogue()
    assert known is not None
    text = practice_export.export(known)
    assert practice_file.parse(text.encode(), "p.toml").catalogue == known


def test_a_whole_practice_can_be_stored_over_one_with_blockouts(desk: Desk) -> None:
    enter(desk, vacation("2026-12-02T00:00", "2026-12-05T00:00"))
    other = replace(CATALOGUE, blockouts=(Blockout("R1", at("2026-12-24T12:00"), at("2026-12-26T00:00"), "holiday"),))
    with desk.open_work(desk.actor) as work:
        work.practice.store(other)
        work.commit("practice_loaded")
    assert desk.queries.catalogue() == other


def test_a_blockout_over_midnight_closes_both_days(desk: Desk) -> None:
    enter(desk, vacation("2026-12-02T16:00", "2026-12-03T09:00"))
    assert max(starts(desk, "2026-12-02")) == at("2026-12-02T15:45")
    assert min(starts(desk, "2026-12-03")) == at("2026-12-03T09:00")


def test_a_session_that_ends_at_midnight_can_be_blocked_to_its_end(desk: Desk) -> None:
    late = replace(
        CATALOGUE,
        sessions=tuple(Session(r.code, WEEK, date(2026, 1, 5), time(8), time(0)) for r in CATALOGUE.resources),
    )
    with desk.open_work(desk.actor) as work:
        work.practice.store(late)
        work.commit("practice_loaded")
    desk.slots.forget()
    assert max(starts(desk, "2026-12-02")) == at("2026-12-02T23:35")
    enter(desk, vacation("2026-12-02T22:00", "2026-12-03T00:00"))
    assert max(starts(desk, "2026-12-02")) == at("2026-12-02T21:45")
    assert min(starts(desk, "2026-12-03")) == at("2026-12-03T08:00")


@pytest.mark.parametrize(("day", "hours"), [("2027-03-14", 1), ("2026-11-01", 3)])
def test_on_the_day_of_a_clock_change_a_blockout_has_its_true_length(day: str, hours: int) -> None:
    (made,) = expanded(BlockoutWish(("R1",), at(f"{day}T01:00"), at(f"{day}T03:00")), ZONE)
    assert (made.end - made.start).total_seconds() == hours * 3600


def test_a_repeating_blockout_keeps_the_wall_clock_over_a_clock_change() -> None:
    wish = BlockoutWish(
        ("R1",), at("2027-03-08T12:00"), at("2027-03-08T13:00"), rrule="FREQ=WEEKLY", until=date(2027, 3, 22)
    )
    made = expanded(wish, ZONE, "s")
    assert [each.start for each in made] == [at(f"2027-03-{day:02}T12:00") for day in (8, 15, 22)]
    assert {each.series for each in made} == {"s"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"resources": ()}, "blockout_of_nothing"),
        ({"end": at("2026-12-02T00:00")}, "blockout_ends_before"),
        ({"end": at("2036-12-02T00:00")}, "blockout_too_long"),
        ({"rrule": "FREQ=DAILY"}, "repeat_without_end"),
        ({"rrule": "FREQ=DAILY", "until": date(2026, 12, 1)}, "repeat_ends_before"),
        ({"rrule": "FREQ=DAILY", "until": date(2056, 12, 1)}, "repeat_too_long"),
        ({"rrule": "FREQ=DAILY", "until": date(2028, 6, 1)}, "too_many_blockouts"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=1", "until": date(2026, 12, 9)}, "repeat_never"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(changed: dict[str, object], code: str) -> None:
    wish = replace(vacation("2026-12-02T00:00", "2026-12-03T00:00"), **changed)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation) as refused:
        expanded(wish, ZONE)
    assert refused.value.code == code
    assert refused.value.params["field"]


def test_hostile_rules_are_refused() -> None:
    wish = vacation("2026-12-02T00:00", "2026-12-03T00:00", rrule="FREQ=SECONDLY", until=date(2026, 12, 9))
    with pytest.raises(WrongInput):
        expanded(wish, ZONE)


def test_an_unknown_resource_and_a_blockout_that_is_gone_are_refused(desk: Desk) -> None:
    with pytest.raises(WrongInput):
        blockouts.enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00", "XYZ"))
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00")).blockouts
    blockouts.remove(desk, made.id)
    with pytest.raises(WrongInput):
        blockouts.remove(desk, made.id)
    with pytest.raises(Conflict):
        blockouts.card(desk, made.id)


def test_a_lapsed_hold_and_who_went_home_are_not_concerned(desk: Desk, clock: StandingClock) -> None:
    hold = booking.BookAppointment(
        at("2026-12-02T09:00"), JOINT.code, patient_id=a_patient(desk), hold_until=at("2026-11-24T12:00")
    )
    booking.book(desk, hold)
    wish = vacation("2026-12-02T00:00", "2026-12-03T00:00")
    assert len(blockouts.concerned(desk, wish)) == 1
    clock.instant = at("2026-11-24T12:30")
    assert blockouts.concerned(desk, wish) == ()


def test_a_shade_names_its_own_blockout_before_one_of_all() -> None:
    every = Blockout("*", at("2026-12-24T00:00"), at("2026-12-26T00:00"), "holiday")
    own = Blockout("R1", at("2026-12-24T08:00"), at("2026-12-24T10:00"), "service")
    known = replace(CATALOGUE, blockouts=(own, every))
    assert blockout_at(known, "R1", at("2026-12-24T09:00")) is own
    assert blockout_at(known, "ALG", at("2026-12-24T09:00")) is every
    assert blockout_at(known, "R1", at("2026-12-26T00:00")) is None


def test_practice_load_still_knows_the_same_practice_again(desk: Desk) -> None:
    (made,) = enter(desk, vacation("2026-12-02T00:00", "2026-12-03T00:00")).blockouts
    blockouts.remove(desk, made.id)
    assert practice.load(desk, CATALOGUE).changes.seq == 0
