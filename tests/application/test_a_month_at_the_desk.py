"""A month at the demo practice's desk, random and seeded: at its end nobody has fallen through."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from desk_app.application.demo.store import store_demo
from desk_app.application.use_cases.calls import look_at_calls
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.call_matters import fate
from desk_app.domain.statuses import OPEN_REQUESTS
from desk_app.interop.practice_file import load
from tests.application.month_desk import Month
from tests.helpers.small_practice import StandingClock, at

PRACTICE = Path(__file__).parents[2] / "resources" / "demo" / "bay_state_pain.toml"
SEED = 20261123
DAYS = 30
OFTEN = (
    "request by phone", "form created", "review", "submitted", "call payer_decided", "call voicemail", "booked", "held",
    "moved", "cancelled", "discharged", "no_show", "undo",
)  # fmt: skip
"""What a month without these would prove little about."""


def test_after_a_month_nobody_has_fallen_through(sqlite_address: str) -> None:
    clock = StandingClock(at("2026-11-23T07:30"))
    desk = build_desk(sqlite_address, "A. Reyes", clock)
    store_demo(desk, load(PRACTICE).catalogue)
    desk.actor = replace(desk.actor, rights=frozenset({"override"}))
    assert desk.queries.breaches(desk.now()) == ()
    month = Month(desk, clock, Random(SEED))
    month.live(DAYS)

    assert {what: month.did[what] for what in OFTEN if month.did[what] < 3} == {}
    queries, now = desk.queries, desk.now()
    lines = queries.requests("open", now)
    assert len(lines) > 20
    for line in lines:
        call = queries.request_card(line.request_id, now).next_action
        assert line.status in OPEN_REQUESTS
        assert call is not None, line
        assert (line.next_kind, line.next_due) == (call.kind, call.due)
    with desk.open_work(desk.actor) as work:
        for each in look_at_calls(desk).lines:
            call = work.callbacks.get(each.id)
            request = work.requests.get(call.request_id) if call.request_id is not None else None
            visit = work.appointments.get(call.appointment_id) if call.appointment_id is not None else None
            patient = work.patients.get(call.patient_id) if call.patient_id is not None else None
            assert fate(call, now, request, visit, patient) is None, each
    assert [breach for breach in queries.breaches(now) if breach.rule == "authorization"] == []
    assert queries.breaches(now) == ()
    desk.close()
