"""A procedure that is to begin while something it needs is out: named, asked about, and done with what is free."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_texts, spare_text
from desk_app.application.out_of_use import Spare
from desk_app.application.use_cases import blockouts, undo, visit_status
from desk_app.application.visit_steps import How
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import NeedsConfirmation, RuleViolation, WrongInput
from desk_app.domain.practice import EVERY_RESOURCE, PhaseKind, Resource, ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus as S
from tests.application.test_visit_steps import go, taken, visit_at, when
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, StandingClock

MORE = (
    Resource("C2", ResourceKind.C_ARM, "C-arm B"),
    Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",)),
    Resource("ALG2", ResourceKind.CLINICIAN, "Dr. Osei", ("physician",)),
    Resource("NP2", ResourceKind.CLINICIAN, "Nurse Two", ("sedation",)),
)


@pytest.fixture
def big(desk: Desk) -> Desk:
    """A desk of the small practice with another of each."""
    alike = {"C2": "C1", "R2": "R1", "ALG2": "ALG", "NP2": "NP1"}
    sessions = [
        replace(each, resource=more)
        for more, known in alike.items()
        for each in CATALOGUE.sessions
        if each.resource == known
    ]
    with desk.open_work(desk.actor) as work:
        resources = (*CATALOGUE.resources, *MORE)
        work.practice.store(replace(CATALOGUE, resources=resources, sessions=(*CATALOGUE.sessions, *sessions)))
        work.commit("practice_edited")
    desk.slots.catch_up(desk.queries)
    return desk


def close(desk: Desk, code: str, begin: str = "08:00", end: str = "17:00", reason: str = "service") -> None:
    blockouts.enter(desk, BlockoutWish((code,), when(begin), when(end), reason=reason), _seen(desk))


def _seen(desk: Desk) -> frozenset[int]:
    """Whoever is in the way of it is left there."""
    return frozenset(line.appointment_id for line in desk.queries.day_plan(when("09:00").date(), desk.now()).lines)


def ready(desk: Desk, clock: StandingClock, wall: str = "09:00", procedure: str = "KYPHO") -> Appointment:
    return go(desk, clock, wall, visit_at(desk, wall, procedure), S.ARRIVED, S.READY)


def begin(desk: Desk, visit: Appointment, **how: object) -> Appointment:
    return visit_status.set_status(desk, visit.id, S.IN_PROCEDURE, how=How(**how)).value  # type: ignore[arg-type]


def asked(desk: Desk, visit: Appointment, **how: object) -> NeedsConfirmation:
    with pytest.raises(NeedsConfirmation) as fault:
        begin(desk, visit, **how)
    return fault.value


def served_by(visit: Appointment, kind: PhaseKind = PhaseKind.PROCEDURE) -> set[str]:
    return {code for phase in visit.phases if phase.kind is kind for _, code in phase.resources}


def test_nobody_is_taken_into_a_procedure_whose_c_arm_is_out_without_a_word(desk: Desk, clock: StandingClock) -> None:
    visit = ready(desk, clock)
    close(desk, "C1")
    fault = asked(desk, visit)
    assert (fault.codes, fault.params["may_override"], fault.params["spares"]) == (("blocked",), True, ())
    assert objection_texts(fault.params["objections"], desk.catalogue()) == (  # type: ignore[arg-type]
        "C-arm A is blocked from 08:00 to 17:00: service.",
    )
    assert desk.queries.visit_card(visit.id).appointment.status is S.READY


@pytest.mark.parametrize("code", ["R1", "ALG", "NP1", "C1", EVERY_RESOURCE])
def test_whatever_the_procedure_needs_is_named(desk: Desk, clock: StandingClock, code: str) -> None:
    visit = ready(desk, clock)
    close(desk, code)
    named = [each.obstacle.resource for each in asked(desk, visit).params["objections"]]  # type: ignore[attr-defined]
    assert named == (["R1", "ALG", "NP1", "C1"] if code == EVERY_RESOURCE else [code])


def test_a_managers_reason_lets_it_pass_and_stays_on_the_visit(desk: Desk, clock: StandingClock) -> None:
    visit = ready(desk, clock)
    close(desk, "C1")
    begun = begin(desk, visit, reason="works again, says the technician")
    assert begun.status is S.IN_PROCEDURE
    assert (begun.override_codes, begun.override_reason) == (
        ("authorization", "blocked"),
        "approved by phone; works again, says the technician",
    )


def test_in_the_window_a_reason_passes_only_what_was_seen(desk: Desk, clock: StandingClock) -> None:
    visit = ready(desk, clock)
    close(desk, "C1")
    close(desk, "ALG", "09:20", "10:00", reason="meeting")
    fault = asked(desk, visit, reason="it works", seen=frozenset({"blocked"}))
    assert fault.codes == ("blocked", "blocked_soon")
    assert begin(desk, visit, reason="it works", seen=frozenset(fault.codes)).status is S.IN_PROCEDURE


def test_what_closes_before_the_end_is_doubted_and_needs_no_reason(desk: Desk, clock: StandingClock) -> None:
    visit = ready(desk, clock)
    close(desk, "ALG", "09:20", "10:00", reason="meeting")
    assert asked(desk, visit, seen=frozenset()).codes == ("blocked_soon",)
    begun = begin(desk, visit, seen=frozenset({"blocked_soon"}))
    assert (begun.status, begun.override_codes) == (S.IN_PROCEDURE, ("authorization",))


def test_what_closes_once_it_is_over_or_has_opened_again_is_no_matter(desk: Desk, clock: StandingClock) -> None:
    visit = ready(desk, clock)
    close(desk, "C1", "09:40", "12:00")
    close(desk, "ALG", "08:00", "09:00")
    assert begin(desk, visit, seen=frozenset()).status is S.IN_PROCEDURE


def test_another_c_arm_that_is_free_is_offered_and_serves_instead(big: Desk, clock: StandingClock) -> None:
    visit = ready(big, clock)
    close(big, "C1")
    fault = asked(big, visit)
    assert fault.params["spares"] == (Spare("C1", "C2"),)
    assert spare_text(Spare("C1", "C2"), big.catalogue()) == "C-arm B is free."
    begun = begin(big, visit, use=("C2",))
    assert served_by(begun) == {"R1", "ALG", "NP1", "C2"}
    assert ("C2", "09:00", "09:40") in taken(begun, PhaseKind.PROCEDURE)
    assert begun.override_codes == ("authorization",)
    ended = go(big, clock, "09:50", begun, S.IN_RECOVERY)
    assert ("C2", "09:00", "09:50") in taken(ended, PhaseKind.PROCEDURE)
    assert big.queries.breaches(clock.now()) == ()


def test_what_was_used_instead_is_taken_back_by_undo(big: Desk, clock: StandingClock) -> None:
    visit = ready(big, clock)
    close(big, "C1")
    done = visit_status.set_status(big, visit.id, S.IN_PROCEDURE, how=How(use=("C2",)))
    undo.undo(big)
    back = big.queries.visit_card(visit.id).appointment
    assert (back.status, served_by(back), taken(back, PhaseKind.PROCEDURE)) == (
        S.READY,
        served_by(visit),
        taken(visit, PhaseKind.PROCEDURE),
    )
    assert done.value.version < back.version


def test_one_that_somebody_is_booked_with_soon_serves_until_then(big: Desk, clock: StandingClock) -> None:
    clock.instant = when("08:00")
    visit_at(big, "09:20", "KYPHO", wanted=("R2", "C2", "ALG2", "NP2"))
    visit = visit_at(big, "09:00", "JOINT")
    close(big, "R1", "08:00", "17:00")
    visit = go(big, clock, "09:00", visit, S.ARRIVED, S.READY)
    spare = Spare("R1", "R2", when("09:20"))
    assert asked(big, visit).params["spares"] == (spare,)
    assert spare_text(spare, big.catalogue()) == "Room 2 is free until 09:20."
    begun = begin(big, visit, use=("R2",))
    assert taken(begun, PhaseKind.PROCEDURE) == [("ALG", "09:00", "09:15"), ("R2", "09:00", "09:15")]
    assert big.queries.breaches(clock.now()) == ()


def test_a_room_that_is_out_takes_its_turnover_with_it(big: Desk, clock: StandingClock) -> None:
    visit = ready(big, clock)
    close(big, "R1")
    clock.instant = when("09:05")
    begun = begin(big, visit, use=("R2",))
    assert taken(begun, PhaseKind.SETUP, PhaseKind.TURNOVER) == [("R1", "09:00", "09:05"), ("R2", "09:45", "10:00")]
    assert visit_status.set_status(big, visit.id, S.IN_RECOVERY).value.status is S.IN_RECOVERY
    assert big.queries.breaches(clock.now()) == ()


def test_what_is_with_somebody_or_out_itself_is_not_offered(big: Desk, clock: StandingClock) -> None:
    other = visit_at(big, "09:00", "KYPHO", wanted=("R2", "C2", "ALG2", "NP2"))
    visit = visit_at(big, "11:00", "KYPHO")
    go(big, clock, "09:00", other, S.ARRIVED, S.READY, S.IN_PROCEDURE)
    close(big, "C1")
    visit = go(big, clock, "11:00", visit, S.ARRIVED, S.READY)
    assert asked(big, visit).params["spares"] == ()
    with pytest.raises(RuleViolation, match="spare_taken"):
        begin(big, visit, use=("C2",))
    go(big, clock, "11:01", other, S.IN_RECOVERY)
    assert asked(big, visit).params["spares"] == (Spare("C1", "C2"),)
    close(big, "C2")
    assert asked(big, visit).params["spares"] == ()


def test_nobody_is_offered_a_physician(big: Desk, clock: StandingClock) -> None:
    visit = ready(big, clock)
    close(big, "ALG")
    assert asked(big, visit).params["spares"] == ()


def test_nothing_is_used_instead_of_what_is_not_out(big: Desk, clock: StandingClock) -> None:
    visit = ready(big, clock)
    with pytest.raises(RuleViolation, match="nothing_out"):
        begin(big, visit, use=("C2",))
    with pytest.raises(WrongInput, match="unknown_resource"):
        begin(big, visit, use=("C9",))


def test_what_is_in_use_still_is_told_before_anybody_types_a_reason(desk: Desk, clock: StandingClock) -> None:
    first = ready(desk, clock)
    second = visit_at(desk, "11:00", "KYPHO")
    begin(desk, first)
    close(desk, "C1")
    go(desk, clock, "11:00", second, S.ARRIVED, S.READY)
    with pytest.raises(RuleViolation, match="in_use_still"):
        begin(desk, second)


def test_whoever_may_not_override_can_still_use_what_is_free(big: Desk, clock: StandingClock, desks: Desks) -> None:
    visit = ready(big, clock)
    close(big, "C1")
    clerk = desks()
    clerk.actor = replace(clerk.actor, rights=frozenset())
    fault = asked(clerk, visit)
    assert (fault.params["may_override"], fault.params["spares"]) == (False, (Spare("C1", "C2"),))
    close(big, "C2")
    clerk.slots.catch_up(clerk.queries)
    with pytest.raises(RuleViolation, match="override_right"):
        begin(clerk, visit)
