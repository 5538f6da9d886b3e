"""Changes to bays and beds, with the questions that can arise from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from desk_app.application.assigning import AssignProposal, Key, PlaceChange
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases import assigning
from desk_app.application.use_cases.going_home import GoingHome, note_check
from desk_app.application.use_cases.places import (
    PutInPlace,
    StayTonight,
    home_after_all,
    put_all_in_place,
    put_in_place,
    set_place,
    stay_tonight,
    wish_for_bed,
)
from desk_app.application.visit_steps import NO_BED
from desk_app.application.wording import count
from desk_app.domain.day_records import BedCondition, BedState, DischargeCheck
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.visit_parts import BedWish
from desk_app.domain.zone import local_date
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.objecting import NOTHING_SEEN, objection_question
from desk_app.ui.operations.words import short_name
from desk_app.ui.questions import Question

Then = Callable[[object], object]
CONDITION_WORDS = {
    BedCondition.FREE: "{place} is free",
    BedCondition.CLEANING: "{place} is being cleaned",
    BedCondition.CLOSED: "{place} is out of order",
}


def putting_in_place(run: Run, office: Office, wish: PutInPlace) -> Change:
    """Another bay or bed; a manager's reason lets a shut one pass."""
    wish = replace(wish, write_id=wish.write_id or uuid4(), acknowledged=wish.acknowledged or NOTHING_SEEN)

    def again(why: str, seen: frozenset[str]) -> None:
        run(putting_in_place(run, office, replace(wish, override_reason=why, acknowledged=seen, write_id=uuid4())))

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        return f"{_name(desk, wish.appointment_id)}: {_place(desk, wish.code)}"

    return Change(
        lambda desk: put_in_place(desk, wish),
        said,
        asking=lambda fault: objection_question("Move all the same", "M", fault, office.catalogue, again),
    )


def moving_out(moves: tuple[tuple[int, str], ...]) -> Change:
    """Everybody out of a bed that is shut, as one step."""
    return Change(
        lambda desk: put_all_in_place(desk, moves),
        lambda desk, outcome: f"{count(outcome.value, 'patient', 'patients')} moved to other beds",
    )


def assigning_change(
    proposal: AssignProposal, chosen: frozenset[Key], reason: str, then: Then, refused: Refused
) -> Change:
    """Bays and beds given anew, as one step."""
    write_id = uuid4()

    def said(desk: Desk, outcome: Outcome[tuple[PlaceChange, ...]]) -> str:
        moved = {change.key[0] for change in outcome.value}
        if len(moved) == 1:
            (number,) = moved
            return f"{_name(desk, number)}: {', '.join(_place(desk, change.to) for change in outcome.value)}"
        return f"{count(len(moved), 'patient', 'patients')} given other bays and beds"

    return Change(
        lambda desk: assigning.apply(desk, proposal, chosen, reason, write_id), said, then=then, refused=refused
    )


def staying(run: Run, office: Office, wish: StayTonight, ask_where: Callable[[], object]) -> Change:
    """A bed for the night; without a free one a manager is asked where the patient stays instead."""
    wish = replace(wish, write_id=wish.write_id or uuid4())

    def passing(why: str, seen: frozenset[str]) -> None:
        run(staying(run, office, replace(wish, reason=why, write_id=uuid4()), ask_where))

    def asking(fault: Exception) -> Question | None:
        return objection_question("Give it all the same", "G", fault, office.catalogue, passing)

    def refused(fault: Exception) -> bool:
        if not isinstance(fault, NeedsConfirmation) or NO_BED not in fault.codes:
            return False
        may = bool(fault.params.get("may_override"))
        if may:
            ask_where()
        return may

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        beds = [
            each.resource
            for each in outcome.value.allocations
            if desk.catalogue().resource(each.resource).kind is ResourceKind.OVERNIGHT_BED
        ]
        where = _place(desk, beds[-1]) if beds else wish.place
        night = "the night" if local_date(outcome.value.start, desk.zone()) > desk.today() else "tonight"
        return f"{_name(desk, wish.appointment_id)} stays {night}: {where}"

    return Change(lambda desk: stay_tonight(desk, wish), said, asking=asking, refused=refused)


def going_home_after_all(appointment_id: int, version: int | None) -> Change:
    return Change(
        lambda desk: home_after_all(desk, appointment_id, version),
        lambda desk, outcome: f"{_name(desk, appointment_id)} goes home after all",
    )


def setting_place(code: str, condition: BedCondition, note: str = "") -> Change:
    def said(desk: Desk, outcome: Outcome[BedState]) -> str:
        return CONDITION_WORDS[condition].format(place=_place(desk, code))

    return Change(lambda desk: set_place(desk, code, condition, note), said)


def checking(appointment_id: int, seen: GoingHome, then: Then, refused: Refused | None = None) -> Change:
    """What was seen before somebody goes home."""

    def said(desk: Desk, outcome: Outcome[DischargeCheck]) -> str:
        return f"{_name(desk, appointment_id)}: checked before going home"

    return Change(lambda desk: note_check(desk, appointment_id, seen), said, then, refused=refused)


def wishing_for_bed(appointment_id: int, wishes: tuple[BedWish, ...], version: int | None, then: Then) -> Change:
    return Change(
        lambda desk: wish_for_bed(desk, appointment_id, wishes, version),
        lambda desk, outcome: f"{_name(desk, appointment_id)}: wishes for the bed noted",
        then,
    )


def _name(desk: Desk, appointment_id: int) -> str:
    return short_name(desk.queries.visit_card(appointment_id).patient)


def _place(desk: Desk, code: str) -> str:
    return desk.catalogue().resource(code).name
