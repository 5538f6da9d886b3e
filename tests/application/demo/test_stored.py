"""The demo in a real database: stored whole, no rule broken at any hour, and loaded once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk_app.application.demo import store_demo
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice as practice_cases
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue
from desk_app.interop import practice_export, practice_file
from tests.helpers.desks import Desks
from tests.helpers.small_practice import StandingClock, at

HOURS = (
    "2026-11-24T05:30",
    "2026-11-23T16:30",
    "2026-12-02T23:50",
    "2026-11-28T11:00",  # a Saturday, two days after a holiday
    "2026-11-01T01:30",  # the night in which the clocks go back
    "2027-03-15T08:30",  # the morning after they went forward
)


@pytest.fixture
def lone_desk(sqlite_address: str, clock: StandingClock) -> Iterator[Desk]:
    from desk_app.bootstrap.graph import build_desk

    desk = build_desk(sqlite_address, "user 1", clock)
    yield desk
    desk.close()


def test_it_is_stored_whole_once_and_no_rule_is_broken(
    desks: Desks, bay_state: Catalogue, clock: StandingClock
) -> None:
    desk = desks()
    visits = store_demo(desk, bay_state)
    assert visits > 2000
    assert desk.queries.breaches(clock.now()) == ()
    assert desk.catalogue() == bay_state
    seq = desk.queries.last_seq()
    assert store_demo(desk, bay_state) == 0
    assert desk.queries.last_seq() == seq
    with pytest.raises(RuleViolation, match="other_practice"):
        store_demo(desk, replace(bay_state, payers=()))
    counts = desk.queries.counts(clock.now())
    assert counts.open_requests > 25
    assert counts.calls_due > counts.calls_late > 0
    assert counts.set_aside == 3
    with desk.open_work(desk.actor) as work:  # the next numbers follow what is stored
        last = work.patients.by_mrn(str(int(work.patients.next_mrn()) - 1))
        assert last is not None
        assert work.patients.add(replace(last, mrn=work.patients.next_mrn())).id > last.id


@pytest.mark.parametrize("hour", HOURS)
def test_no_rule_is_broken_at_any_hour_nor_in_the_days_after(
    lone_desk: Desk, bay_state: Catalogue, clock: StandingClock, hour: str
) -> None:
    clock.instant = at(hour)
    store_demo(lone_desk, bay_state)
    assert lone_desk.queries.breaches(clock.now()) == ()
    for days in (1, 2):
        assert lone_desk.queries.breaches(clock.now() + timedelta(days=days)) == ()


def test_slots_are_found_in_it(lone_desk: Desk, bay_state: Catalogue, clock: StandingClock) -> None:
    store_demo(lone_desk, bay_state)
    for procedure in bay_state.procedures:
        slots = find(lone_desk, FindSlots(procedure.code, days=15, limit=3))
        assert len(slots) == 3, procedure.code
        assert slots[0].start >= clock.now()


def test_another_practice_is_refused_and_nothing_is_stored(lone_desk: Desk, bay_state: Catalogue) -> None:
    other = replace(bay_state, settings=replace(bay_state.settings, name="Elsewhere"))
    practice_cases.load(lone_desk, other)
    with pytest.raises(RuleViolation, match="other_practice"):
        store_demo(lone_desk, bay_state)
    assert lone_desk.queries.requests("all", lone_desk.now()) == ()


def test_the_practice_file_exported_and_loaded_again_is_the_same(bay_state: Catalogue, tmp_path: Path) -> None:
    copy = tmp_path / "copy.toml"
    copy.write_text(practice_export.export(bay_state), encoding="utf-8")
    assert practice_file.load(copy).catalogue == bay_state
