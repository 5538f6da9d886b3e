"""An index changed a visit at a time answers as one built from the rows there now; holds lapse by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk_app.domain.slots import SlotIndex, VisitLoad
from desk_app.domain.slots.index import VisitRow
from desk_app.domain.slots.loaded import UseRow
from tests.helpers.random_practices import DAYS, Question, questions
from tests.helpers.slot_brute_force import SlowSlots, instant, minute, more_than

thorough = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def rows_of(loads: list[VisitLoad]) -> tuple[list[UseRow], list[VisitRow]]:
    def s(minutes: int) -> int:
        return minutes * 60

    uses = [
        (v.visit, u.resource, s(minute(u.start)), s(minute(u.end)), s(minute(u.blocked_until)), u.overnight, u.lane)
        for v in loads
        for u in v.uses
    ]
    return uses, [
        (v.visit, v.day, v.possible_stay, int(v.hold_until.timestamp()) if v.hold_until else None) for v in loads
    ]


def answers(index: SlotIndex, asked: Question) -> tuple[object, ...]:
    days = [asked.first_day + timedelta(days=n) for n in range(DAYS)]
    begin = minute(asked.now) // 60 * 60
    return (
        index.find(asked.query, asked.now),
        [index.night(day) for day in days],
        [
            index.explain(asked.query, instant(begin + 60 * n), asked.now)
            for n in range(0, 30, 7)
            if _covered(index, begin, n)
        ],
    )


def _covered(index: SlotIndex, begin: int, hours: int) -> bool:
    return index.covers((instant(begin + 60 * hours) - timedelta(hours=12)).date()) and index.covers(
        (instant(begin + 60 * hours) + timedelta(hours=14)).date()
    )


@thorough
@given(questions(), st.data())
def test_after_any_puts_and_removes_the_index_equals_one_rebuilt_from_rows(
    asked: Question, data: st.DataObject
) -> None:
    index = SlotIndex(asked.catalogue, asked.first_day, DAYS)
    index.find(asked.query, asked.now)  # bitmaps are there from now on
    there: dict[int, VisitLoad] = {}
    for load in data.draw(st.lists(st.sampled_from(asked.loads), max_size=12)) if asked.loads else ():
        if load.visit in there and data.draw(st.booleans()):
            index.remove(load.visit)
            del there[load.visit]
        else:
            moved = replace(load, uses=load.uses[: data.draw(st.integers(0, len(load.uses)))])
            index.put(moved)
            there[load.visit] = moved
    rebuilt = SlotIndex(asked.catalogue, asked.first_day, DAYS)
    rebuilt.load_rows(*rows_of(list(there.values())))
    assert answers(index, asked) == answers(rebuilt, asked)


@thorough
@given(questions(), st.data())
def test_what_was_loaded_at_once_can_be_changed_a_visit_at_a_time(asked: Question, data: st.DataObject) -> None:
    loaded = data.draw(st.lists(st.sampled_from(asked.loads), unique_by=lambda load: load.visit)) if asked.loads else []
    index = SlotIndex(asked.catalogue, asked.first_day, DAYS)
    index.load_rows(*rows_of(loaded))
    if data.draw(st.booleans()):
        index.find(asked.query, asked.now)  # with bitmaps and without
    there = {load.visit: load for load in loaded}
    for load in data.draw(st.lists(st.sampled_from(asked.loads), max_size=12)) if asked.loads else ():
        if load.visit in there and data.draw(st.booleans()):
            index.remove(load.visit)
            del there[load.visit]
        else:
            index.put(load)
            there[load.visit] = load
    rebuilt = SlotIndex(asked.catalogue, asked.first_day, DAYS, there.values())
    assert answers(index, asked) == answers(rebuilt, asked)


@thorough
@given(questions())
def test_a_hold_past_its_time_is_free_and_one_before_it_is_taken(asked: Question) -> None:
    index = SlotIndex(asked.catalogue, asked.first_day, DAYS, asked.loads)
    standing = [load for load in asked.loads if load.hold_until is None or load.hold_until > asked.now]
    index.expire_holds(asked.now)
    assert answers(index, asked) == answers(SlotIndex(asked.catalogue, asked.first_day, DAYS, standing), asked)


@thorough
@given(questions())
def test_a_night_counts_staffed_planned_and_kept_beds_as_the_slow_reading_does(asked: Question) -> None:
    index = SlotIndex(asked.catalogue, asked.first_day, DAYS, asked.loads)
    slow = SlowSlots(asked.catalogue, asked.first_day, DAYS, asked.loads)
    risk = asked.catalogue.settings.overflow_risk
    for day in (asked.first_day + timedelta(days=n) for n in range(DAYS)):
        told = index.night(day)
        midnight = slow.wall(day + timedelta(days=1), slow.local(0).time().min)
        beds = [r.code for r in asked.catalogue.resources if r.code.startswith("O")]
        uses = [use for load in asked.loads for use in load.uses]
        planned = {u.resource for u in uses if u.resource in beds and minute(u.start) <= midnight < minute(u.end)}
        chances, _ = slow.night(day)
        kept = next(n for n in range(len(chances) + 1) if more_than(chances, n) <= risk + 1e-12)
        assert (told.staffed, told.planned, told.kept) == (len(slow.staffed(midnight)), len(planned), kept)
        assert told.free == max(0, told.staffed - told.planned - told.kept)
        assert abs(told.overflow_chance - more_than(chances, told.staffed - told.planned)) < 1e-9


@thorough
@given(questions())
def test_closings_and_openings_of_a_day_tell_every_minute_once_and_rightly(asked: Question) -> None:
    index = SlotIndex(asked.catalogue, asked.first_day, DAYS, asked.loads)
    slow = SlowSlots(asked.catalogue, asked.first_day, DAYS, asked.loads)
    today, day = slow.local(minute(asked.now)).date(), asked.first_day
    begin = slow.wall(day, slow.local(0).time().min)
    end = slow.wall(day + timedelta(days=1), slow.local(0).time().min)
    for resource in asked.catalogue.resources:
        told = [(o.code, minute(o.start), minute(o.end)) for o in index.closings(resource.code, day, asked.now)]  # type: ignore[arg-type]
        assert all(begin <= start < stop <= end for _, start, stop in told)
        for at in range(begin, end, 7):
            codes = {code for code, start, stop in told if start <= at < stop}
            openings = [o for o in slow.openings[resource.code] if o.start <= at < o.end]
            kept = any(slow._reserved_for_others(o, "", today) for o in openings)
            blocked = any(
                b.resource in (resource.code, "*") and minute(b.start) <= at < minute(b.end)
                for b in asked.catalogue.blockouts
            )
            expected = {"closed"} if not openings else set()
            assert codes == expected | ({"reserved"} if kept else set()) | ({"blocked"} if blocked else set())
