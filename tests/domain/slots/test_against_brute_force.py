"""The slot engine gives what a slow reading of the practice file's rules gives: starts, resources and obstacles."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from desk_app.domain.slots import Slot, SlotIndex
from tests.helpers.random_practices import DAYS, Question, questions
from tests.helpers.slot_brute_force import SlowSlots, instant, minute

thorough = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def both(asked: Question) -> tuple[SlotIndex, SlowSlots]:
    return (
        SlotIndex(asked.catalogue, asked.first_day, DAYS, asked.loads),
        SlowSlots(asked.catalogue, asked.first_day, DAYS, asked.loads),
    )


def resources_of(slot: Slot) -> dict[str, str]:
    return {label: code for phase in slot.phases for label, code in phase.resources.items()}


@thorough
@given(questions())
def test_every_start_and_its_resources_are_those_of_the_slow_reading(asked: Question) -> None:
    index, slow = both(asked)
    found = [(minute(slot.start), resources_of(slot)) for slot in index.find(asked.query, asked.now)]
    expected = slow.find(asked.query, minute(asked.now))
    event("some start fits" if expected else "nothing fits")
    assert found == expected


@thorough
@given(questions())
def test_a_slot_holds_its_phases_as_they_lie_in_time(asked: Question) -> None:
    index, slow = both(asked)
    for slot in index.find(asked.query, asked.now)[:20]:
        legs = slow.legs(asked.query, minute(slot.start))
        assert [(minute(p.start), minute(p.end), p.kind, p.beside) for p in slot.phases] == [
            (leg.start, leg.end, leg.kind, leg.beside) for leg in legs
        ]
        stays = [leg.end for leg in legs if not leg.beside]
        assert minute(slot.end) == (stays[-1] if stays else legs[-1].end)


@thorough
@given(questions(), st.data())
def test_obstacles_are_those_of_the_slow_reading_and_none_means_that_the_start_is_found(
    asked: Question, data: st.DataObject
) -> None:
    index, slow = both(asked)
    query, now = asked.query, minute(asked.now)
    every = list(slow.starts(query, 0))
    for start in data.draw(st.lists(st.sampled_from(every), max_size=6)) if every else []:
        start += data.draw(st.sampled_from([0, 0, 0, 1]))
        told = [o for o in index.explain(query, instant(start), asked.now) if o.code != "patient"]
        fits = not index.explain(query, instant(start), asked.now)
        assert fits == (index.slot_at(query, instant(start), asked.now) is not None)
        if (start - slow.wall(slow.local(start).date(), slow.local(0).time().min)) % slow.cell == 0 and start >= now:
            assert fits == (slow.choice(query, start, now) is not None)
        if not query.wanted:
            expected = slow.obstacles(query, start, now)
            assert [(o.code, o.resource) for o in told] == [(code, resource) for code, resource, _ in expected]
            for obstacle, (_, _, cell) in zip(told, expected, strict=True):
                if cell is not None:
                    assert obstacle.start is not None
                    assert obstacle.end is not None
                    assert minute(obstacle.start) < cell + slow.cell
                    assert cell < minute(obstacle.end)
        event(f"obstacles: {sorted({o.code for o in told})}")


@thorough
@given(questions())
def test_stretches_at_fault_are_told_as_they_were_entered(asked: Question) -> None:
    index, slow = both(asked)
    for start in list(slow.starts(asked.query, 0))[::17]:
        for told in index.explain(asked.query, instant(start), asked.now):
            stretch = (told.start, told.end)
            if told.code == "blocked":
                assert stretch in {(b.start, b.end) for b in asked.catalogue.blockouts}
            elif told.code == "taken":
                uses = [use for load in asked.loads for use in load.uses if use.resource == told.resource]
                assert stretch in {(use.start, use.blocked_until) for use in uses}
            elif told.code == "reserved":
                assert told.resource is not None
                assert stretch in {(instant(o.start), instant(o.end)) for o in slow.openings[told.resource]}
            elif told.code == "night":
                midnight = slow.wall(slow.local(start).date() + timedelta(days=1), slow.local(0).time().min)
                assert stretch == (instant(midnight), instant(midnight))
