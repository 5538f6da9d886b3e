"""Several procedures as one sitting: minutes, needs, sedation and nights of the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue, Need, Phase, PhaseKind, ProcedureType, ResourceKind, Sedation, Stay
from desk_app.domain.several import can_be_served, can_join, compose
from desk_app.domain.slots import SlotIndex, SlotQuery
from tests.helpers.small_practice import BAY, CATALOGUE, JOINT, KYPHO, ROOM, STAFF, at

K = PhaseKind
ESI = ProcedureType(
    "ESI",
    "Epidural",
    (
        Phase(K.SETUP, (ROOM,), 5),
        Phase(K.PROCEDURE, (ROOM, Need("physician", ResourceKind.CLINICIAN, ("injection",)), STAFF[2]), 20, 10),
        Phase(K.TURNOVER, (ROOM,), 10, beside=True),
        Phase(K.RECOVERY, (BAY,), 30),
    ),
    cpt=("62323",),
    max_levels=2,
    needs_authorization=True,
    follow_up_days=(1, 14),
)
PLAIN_ROOM = replace(ROOM, capabilities=("ultrasound",))
INJ = replace(
    JOINT,
    phases=(Phase(K.PROCEDURE, (PLAIN_ROOM, STAFF[0]), 15), Phase(K.RECOVERY, (BAY,), 10)),
    cpt=("20611",),
    follow_up_days=(1, 7),
)


def picture(procedure: ProcedureType) -> list[str]:
    """A line a phase: its minutes and its needs."""
    return [
        f"{phase.kind} {phase.until or phase.minutes}{' beside' if phase.beside else ''}: "
        + ", ".join(f"{n.label}={n.kind.value}:{'+'.join(n.capabilities)}" for n in phase.needs)
        for phase in procedure.phases
    ]


def test_one_alone_is_as_it_was() -> None:
    assert compose(((ESI, 2),)) is ESI


def test_procedures_add_up_and_of_everything_else_the_longest_counts() -> None:
    both = compose(((ESI, 2), (INJ, 1)))
    assert picture(both) == [
        "setup 5: room=procedure_room:fluoroscopy",
        "procedure 45: room=procedure_room:fluoroscopy+ultrasound, physician=clinician:injection+physician, "
        "c_arm=c_arm:",
        "turnover 10 beside: room=procedure_room:fluoroscopy",
        "recovery 30: bay=recovery_bay:",
    ]
    assert (both.code, both.name) == ("ESI", "Epidural + Large joint injection")
    assert (both.cpt, both.needs_authorization, both.follow_up_days) == (("62323", "20611"), True, (1, 7, 14))


def test_whichever_comes_first_the_sitting_takes_as_long() -> None:
    lengths = [
        {p.kind: p.minutes for p in compose(each).phases} for each in (((ESI, 1), (INJ, 1)), ((INJ, 1), (ESI, 1)))
    ]
    assert lengths[0] == lengths[1] == {K.SETUP: 5, K.PROCEDURE: 35, K.TURNOVER: 10, K.RECOVERY: 30}


def test_the_deepest_sedation_the_longest_stay_and_the_latest_morning_hold() -> None:
    late = replace(KYPHO, code="LATE", phases=(*KYPHO.phases[:4], replace(KYPHO.phases[4], until=time(11))))
    both = compose(((replace(KYPHO, sedation=Sedation.LIGHT), 1), (replace(late, sedation=Sedation.MAC), 1)))
    assert (both.sedation, both.unplanned_stay, both.overnight) == (Sedation.MAC, 0.04, Stay.POSSIBLE)
    assert both.phases[-1].until == time(11)
    assert compose(((INJ, 1), (KYPHO, 1))).overnight is Stay.POSSIBLE
    assert compose(((INJ, 1), (KYPHO, 1))).has_overnight_phase()


def test_three_are_one_sitting_too() -> None:
    third = replace(INJ, code="TPI", name="Trigger points")
    three = compose(((ESI, 1), (INJ, 1), (third, 1)))
    assert three.name == "Epidural + Large joint injection + Trigger points"
    assert sum(phase.minutes for phase in three.phases if phase.kind is K.PROCEDURE) == 50


def test_a_sitting_has_one_room_whatever_two_procedures_call_it() -> None:
    theatre = replace(INJ, phases=(Phase(K.PROCEDURE, (replace(ROOM, label="theatre"), STAFF[0]), 15),))
    both = compose(((ESI, 1), (theatre, 1)))
    assert [need.label for need in both.phases[1].needs] == ["room", "physician", "c_arm"]


def test_what_cannot_be_one_sitting_is_refused_in_words() -> None:
    twice = replace(INJ, code="TWO", phases=(INJ.phases[0], INJ.phases[0]))
    odd = replace(INJ, code="ODD", phases=(INJ.phases[1], INJ.phases[0]))
    other_sense = Need("physician", ResourceKind.C_ARM)
    unclear = replace(INJ, code="UNC", phases=(Phase(K.PROCEDURE, (other_sense,), 15),))
    lead = replace(ESI, phases=(Phase(K.PROCEDURE, (ROOM, STAFF[0]), 15),))
    for one, other in ((ESI, ESI), (ESI, twice), (ESI, odd), (lead, unclear)):
        assert not can_join(one, other)
        with pytest.raises(RuleViolation, match="not_together"):
            compose(((one, 1), (other, 1)))
    assert can_join(ESI, INJ)


def test_a_practice_may_have_nobody_for_both() -> None:
    assert can_be_served(CATALOGUE, compose(((KYPHO, 1), (JOINT, 1))))
    assert not can_be_served(CATALOGUE, compose(((ESI, 1), (INJ, 1))))
    assert not can_be_served(Catalogue(CATALOGUE.settings), JOINT)


def test_the_search_finds_room_for_the_whole_sitting() -> None:
    both = compose(((KYPHO, 2), (JOINT, 1)))
    index = SlotIndex(CATALOGUE, date(2026, 11, 25), 1)
    slot = index.slot_at(
        SlotQuery(both, 2, first_day=date(2026, 11, 25), days=1), at("2026-11-25T09:00"), at("2026-11-24T10:00")
    )
    assert slot is not None
    told = [(p.kind.value, int((p.end - p.start).total_seconds()) // 60) for p in slot.phases]
    assert told == [("setup", 10), ("procedure", 75), ("turnover", 15), ("recovery", 90)]
