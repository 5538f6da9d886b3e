"""Changes to visits, with the questions that can arise from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.booking import BookAppointment, book, make_firm
from desk_app.application.use_cases.lengthening import LengthenVisit, lengthen
from desk_app.application.use_cases.moving import MOVE_REASON, MoveAppointment, move
from desk_app.application.use_cases.preparation import GateNote, prepare
from desk_app.application.use_cases.visit_notes import VisitTexts, write_on_visit
from desk_app.application.use_cases.visit_status import cancel, set_status, step_back
from desk_app.application.visit_steps import NO_BED, PLAIN, How
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.known import PerhapsKnown, asking_who, perhaps_known, written_in
from desk_app.ui.operations.objecting import HOLD_SEEN, NOTHING_SEEN, objection_question
from desk_app.ui.operations.words import short_name, step_words, visit_words
from desk_app.ui.questions import Answer, Question

Then = Callable[[object], object]


def booking(
    run: Run,
    office: Office,
    wish: BookAppointment,
    hold_until: datetime,
    then: Then | None,
    refused: Refused | None = None,
) -> Change:
    """Books; a missing authorization is answered by a hold, an obstacle by a manager's reason, a likeness by a word."""
    told = HOLD_SEEN if wish.hold_until is not None else NOTHING_SEEN
    wish = replace(wish, write_id=wish.write_id or uuid4(), acknowledged=wish.acknowledged or told)

    def again(**changed: object) -> None:
        run(booking(run, office, replace(wish, write_id=uuid4(), **changed), hold_until, then, refused))  # type: ignore[arg-type]

    def asking(fault: Exception) -> Question | None:
        if isinstance(fault, PerhapsKnown):
            return perhaps_known(fault, lambda: again(patient_id=fault.known.id), lambda: again(as_new_patient=True))
        return objection_question("Book all the same", "B", fault, office.catalogue, passing, hold(fault))

    def passing(why: str, seen: frozenset[str]) -> None:
        again(override_reason=why, acknowledged=seen)

    def hold(fault: Exception) -> Answer | None:
        if not isinstance(fault, NeedsConfirmation) or wish.hold_until is not None or hold_until <= office.clock.now():
            return None
        seen = HOLD_SEEN.union(fault.codes)
        until = wording.moment(hold_until, office.zone, office.today)
        return Answer(f"Hold until {until}", "H", "held", lambda _: again(hold_until=hold_until, acknowledged=seen))

    verb = "Held for {}:" if wish.hold_until is not None else "Booked {},"
    return Change(
        lambda desk: asking_who(desk, lambda: book(desk, wish), written_in(wish.request_id)),
        lambda desk, outcome: visit_words(desk, verb, outcome),
        then,
        asking,
        refused,
    )


def moving(
    run: Run, office: Office, wish: MoveAppointment, then: Then | None = None, refused: Refused | None = None
) -> Change:
    """Moves a visit; a manager's reason lets an obstacle pass, and a move to another day says why."""
    wish = replace(wish, asks_reason=True, acknowledged=wish.acknowledged or NOTHING_SEEN)

    def again(**changed: object) -> None:
        run(moving(run, office, replace(wish, write_id=uuid4(), **changed), then, refused))  # type: ignore[arg-type]

    def asking(fault: Exception) -> Question | None:
        if isinstance(fault, NeedsConfirmation) and MOVE_REASON in fault.codes:
            return move_reason_question(lambda why: again(reason=why))
        return objection_question("Move all the same", "M", fault, office.catalogue, passing)

    def passing(why: str, seen: frozenset[str]) -> None:
        again(override_reason=why, acknowledged=seen)

    return Change(
        lambda desk: move(desk, wish),
        lambda desk, outcome: visit_words(desk, "Moved {} to", outcome),
        then,
        asking,
        refused,
    )


def move_reason_question(again: Callable[[str], object]) -> Question:
    """Why it moves to another day: a key each, or other words."""

    def quick(code: str) -> Callable[[str], object]:
        return lambda _: again(code)

    answers = [
        Answer(words, str(place), "", quick(code))
        for place, (code, words) in enumerate(wording.MOVE_WORDS.items(), start=1)
        if code != "other"
    ]
    other = Answer(wording.MOVE_WORDS["other"], str(len(answers) + 1), "", again, needs_reason=True)
    return Question(
        "Why another day?",
        (sentence(MOVE_REASON),),
        (*answers, other),
        reason="Other reason",
        hint="kept in the history",
    )


def lengthening(run: Run, office: Office, wish: LengthenVisit) -> Change:
    """Makes a visit's procedure longer or shorter; a manager's reason lets an obstacle pass."""
    wish = replace(wish, acknowledged=wish.acknowledged or NOTHING_SEEN)

    def again(why: str, seen: frozenset[str]) -> None:
        run(lengthening(run, office, replace(wish, override_reason=why, acknowledged=seen, write_id=uuid4())))

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        name = short_name(desk.queries.visit_card(wish.appointment_id).patient)
        return f"{name}: procedure of {wish.minutes} min"

    return Change(
        lambda desk: lengthen(desk, wish),
        said,
        asking=lambda fault: objection_question("Change the length all the same", "C", fault, office.catalogue, again),
    )


def cancelling(appointment_id: int, reason: CancelReason, note: str, version: int | None) -> Change:
    return Change(
        lambda desk: cancel(desk, appointment_id, reason, note, version),
        lambda desk, outcome: visit_words(desk, "Cancelled {},", outcome),
    )


def writing_on(
    appointment_id: int, texts: VisitTexts, seen: VisitTexts, then: Then, refused: Refused | None = None
) -> Change:
    """The escort and the note of a visit."""

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        name = short_name(desk.queries.visit_card(appointment_id).patient)
        return f"{name}: " + (f"escort {outcome.value.escort}" if outcome.value.escort else "no escort named")

    return Change(lambda desk: write_on_visit(desk, appointment_id, texts, seen), said, then, refused=refused)


def preparing(
    appointment_id: int,
    notes: tuple[GateNote, ...],
    seen: tuple[GateNote, ...],
    then: Then,
    refused: Refused | None = None,
) -> Change:
    """How far a visit's gates are."""

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        name = short_name(desk.queries.visit_card(appointment_id).patient)
        return f"{name}: preparation noted" if outcome.undo_step is not None else f"{name}: nothing new to note"

    return Change(lambda desk: prepare(desk, appointment_id, notes, seen), said, then, refused=refused)


def stepping(
    run: Run,
    office: Office,
    appointment_id: int,
    status: AppointmentStatus,
    version: int | None,
    why: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
    how: How = PLAIN,
) -> Change:
    """One step of the day; a hold that becomes firm may need a manager's reason, a night without a bed a place.

    Where something that a procedure needs is out, what is free instead is offered, or a manager says why all the same.
    """
    begins = status is AppointmentStatus.IN_PROCEDURE
    if begins:
        how = replace(how, reason=why, seen=seen)

    def work(desk: Desk) -> Outcome[Appointment]:
        if status is AppointmentStatus.BOOKED:
            return make_firm(desk, appointment_id, why, version, seen)
        return set_status(desk, appointment_id, status, version, how)

    def again(reason: str, seen: frozenset[str]) -> None:
        run(stepping(run, office, appointment_id, status, version, reason, seen, how))

    def use(codes: tuple[str, ...]) -> None:
        run(stepping(run, office, appointment_id, status, version, how=replace(how, use=codes)))

    def elsewhere(told: str) -> None:
        run(stepping(run, office, appointment_id, status, version, how=How(place=told, reason=told)))

    def asking(fault: Exception) -> Question | None:
        if isinstance(fault, NeedsConfirmation) and NO_BED in fault.codes:
            return no_bed_question(elsewhere)
        if begins:
            return objection_question("Begin all the same", "B", fault, office.catalogue, again, use=use)
        return objection_question("Book all the same", "B", fault, office.catalogue, again)

    return Change(work, lambda desk, outcome: step_words(desk, outcome, how.place, how.use), asking=asking)


def stepping_back(run: Run, appointment_id: int, version: int | None, why: str = "") -> Change:
    """Takes a visit's last step back; a manager says why."""

    def again(reason: str) -> None:
        run(stepping_back(run, appointment_id, version, reason))

    def asking(fault: Exception) -> Question | None:
        if not isinstance(fault, NeedsConfirmation):
            return None
        answer = Answer("Take the step back", "T", "undo", again, needs_reason=True)
        told = sentence(fault.code, fault.params)
        return Question("Take the step back?", (told,), (answer,), reason="Why", hint="kept in the history")

    return Change(lambda desk: step_back(desk, appointment_id, why, version), step_words, asking=asking)


def no_bed_question(elsewhere: Callable[[str], object]) -> Question:
    """Where somebody spends the night for whom no bed is free."""
    answer = Answer("Stays elsewhere", "S", "moon", elsewhere, needs_reason=True)
    hint = "City hospital, ward 4: pain under observation"
    return Question("No bed is free tonight", (sentence(NO_BED),), (answer,), reason="Where, and why", hint=hint)
