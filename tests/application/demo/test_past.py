"""The demo's past in the audit trail: who did what at two desks, and days that stood otherwise before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from desk_app.application.demo import store_demo
from desk_app.application.demo.past import AS_IT_WAS, CLERKS, shifted
from desk_app.application.demo.tried import KEPT
from desk_app.application.desk import Desk
from desk_app.application.reports.spans import MONTH, QUARTER, span_period
from desk_app.application.use_cases import reporting
from desk_app.domain.practice import Catalogue
from desk_app.domain.statuses import AppointmentStatus
from tests.application.demo.conftest import DemoAt, make
from tests.helpers.small_practice import StandingClock, at

NOW = "2026-11-24T10:00"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: object) -> Iterator[Desk]:
    """The demo stored once for all that is only looked at."""
    import shutil

    from desk_app.bootstrap.graph import build_desk
    from tests.application.demo.conftest import practice

    address = str(shutil.copyfile(str(migrated_sqlite), tmp_path_factory.mktemp("lived") / "desk.db"))
    desk = build_desk(address, "A. Reyes", StandingClock(at(NOW)))
    store_demo(desk, practice())
    yield desk
    desk.close()


def test_the_same_seed_makes_the_same_past(demo_at: DemoAt) -> None:
    once, again = demo_at(NOW).records, make(NOW).records
    assert once.past == again.past
    assert once.offers == again.offers


def test_events_are_of_the_last_weeks_and_never_to_come(demo_at: DemoAt) -> None:
    demo = demo_at(NOW)
    assert all(demo.present.now - KEPT <= event.at <= demo.present.now for event in demo.records.past)
    actions = Counter(event.action for event in demo.records.past)
    assert actions.keys() == {
        *("appointment_booked", "appointment_held", "appointment_moved", "appointment_cancelled"),
        *("appointment_status", "call_recorded"),
    }
    assert min(actions.values()) >= 5
    names = Counter(event.actor.user_name for event in demo.records.past)
    assert [name for name, _ in names.most_common()] == [clerk.name for clerk in CLERKS]


def test_a_visit_is_booked_before_it_is_moved_and_moved_before_it_is_cancelled(demo_at: DemoAt) -> None:
    order = ("held", "booked", "moved", "status", "cancelled")
    by_visit: dict[int, list[tuple[datetime, int]]] = {}
    for event in demo_at(NOW).records.past:
        kind = event.action.removeprefix("appointment_")
        if kind in order:
            by_visit.setdefault(event.touches[0][1], []).append((event.at, order.index(kind)))
    assert len(by_visit) > 500
    for events in by_visit.values():
        steps = [step for _, step in sorted(events)]
        assert all(before <= after for before, after in pairwise(steps))


def test_steps_of_the_last_days_keep_what_the_visit_was(demo_at: DemoAt) -> None:
    demo = demo_at(NOW)
    steps = [event for event in demo.records.past if event.action == "appointment_status"]
    assert {bool(event.images) for event in steps} == {True, False}
    for event in steps:
        assert bool(event.images) == (event.at > demo.present.now - AS_IT_WAS)
        assert all(before is not None and before.status.value != event.facts["status"] for _, before in event.images)


def test_a_visit_is_shifted_with_everything_it_takes(demo_at: DemoAt) -> None:
    visit = next(each for each in demo_at(NOW).records.appointments if each.status is AppointmentStatus.DISCHARGED)
    week = timedelta(days=7)
    moved = shifted(visit, week)
    assert shifted(moved, -week) == visit
    assert moved.start - visit.start == moved.phases[0].start - visit.phases[0].start == week
    pairs = zip(visit.allocations, moved.allocations, strict=True)
    assert all(after.blocked_until - before.blocked_until == week for before, after in pairs)


def test_the_manager_sees_work_and_refills_and_yesterday_s_plan_of_today(lived: Desk, bay_state: Catalogue) -> None:
    period, quarter = span_period(MONTH, lived.today()), span_period(QUARTER, lived.today())
    work = {row.cells[0]: row.cells[1:] for row in reporting.make(lived, "workload", period).rows}
    assert set(work) == {"A. Reyes", "J. Moreau"}
    assert all(min(int(cell or 0) for cell in cells) > 10 for cells in work.values())
    refills = {row.cells[0]: int(row.cells[1] or 0) for row in reporting.make(lived, "refills", quarter).rows}
    assert refills["Accepted"] > 0
    assert refills.keys() - {"Accepted"}
    assert reporting.as_it_stood(lived, lived.today(), lived.now() - timedelta(days=1))
    assert lived.queries.breaches(lived.now()) == ()
