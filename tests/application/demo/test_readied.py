"""The demo's coming visits are prepared as far as somebody would have come by now."""

from __future__ import annotations

from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import STATES, standings
from desk_app.domain.statuses import GONE_VISITS
from desk_app.domain.zone import local_date, zone_of
from tests.application.demo.conftest import DemoAt

WHEN = "2026-12-08T10:12"


def test_only_gates_that_are_asked_are_noted_of_visits_that_take_place(demo_at: DemoAt) -> None:
    demo = demo_at(WHEN)
    visits = {visit.id: visit for visit in demo.records.appointments}
    charts = {patient.id: patient for patient in demo.records.patients}
    zone = zone_of(demo.catalogue.settings)
    assert len(demo.records.readiness) > 50
    for each in demo.records.readiness:
        visit = visits[each.appointment_id]
        procedure = demo.catalogue.procedure(visit.procedure)
        asked = {g.gate.code: g.gate for g in standings(demo.catalogue, visit, procedure, charts[visit.patient_id])}
        assert each.state in STATES[asked[each.gate].kind]
        assert asked[each.gate].kind is not GateKind.ESCORT
        assert local_date(visit.start, zone) >= demo.present.today
        assert visit.status not in GONE_VISITS


def test_whoever_was_called_about_the_visit_knows_about_the_fast(demo_at: DemoAt) -> None:
    demo = demo_at(WHEN)
    prepared = {c.appointment_id for c in demo.records.callbacks if c.kind == "preparation" and c.status != "due"}
    told = {each.appointment_id for each in demo.records.readiness if each.gate == "fasting"}
    assert told
    assert told <= prepared
