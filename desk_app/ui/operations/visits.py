"""Changes to visits, with the questions that can arise from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.desk import Desk
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.outcome import Outcome
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.booking import BookAppointment, book, make_firm
from desk_app.application.use_cases.lengthening import LengthenVisit, lengthen
from desk_app.application.use_cases.moving import MOVE_REASON, MoveAppointment, move
from desk_app.application.use_cases.visit_status import cancel, set_status
from desk_app.domain.faults import FrontDeskFault, NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from desk_app.ui.feedback import fault_text, worded
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.known import PerhapsKnown, asking_who, perhaps_known, written_in
from desk_app.ui.operations.words import short_name, visit_words
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
    wish = wish if wish.write_id else replace(wish, write_id=uuid4())

    def again(**changed: object) -> None:
        run(booking(run, office, replace(wish, write_id=uuid4(), **changed), hold_until, then, refused))  # type: ignore[arg-type]

    def asking(fault: Exception) -> Question | None:
        if isinstance(fault, PerhapsKnown):
            return perhaps_known(fault, lambda: again(patient_id=fault.known.id), lambda: again(as_new_patient=True))
        if isinstance(fault, RuleViolation) and fault.code == "authorization_missing":
            return _authorization_missing(office, fault, hold_until, again)
        return override_question("Book all the same?", fault, office.catalogue, lambda why: again(override_reason=why))

    verb = "Held for {}:" if wish.hold_until is not None else "Booked {},"
    return Change(
        lambda desk: asking_who(desk, lambda: book(desk, wish), written_in(wish.request_id)),
        lambda desk, outcome: visit_words(desk, verb, outcome),
        then,
        asking,
        refused,
    )


def _authorization_missing(
    office: Office, fault: FrontDeskFault, hold_until: datetime, again: Callable[..., None]
) -> Question:
    until = wording.moment(hold_until, office.zone, office.today)
    return Question(
        "No authorization yet",
        (fault_text(fault, office.catalogue),),
        (
            Answer(f"Hold until {until}", "H", "held", lambda _: again(hold_until=hold_until)),
            Answer("Book by override", "O", "warning", lambda why: again(override_reason=why), needs_reason=True),
        ),
    )


def moving(
    run: Run, office: Office, wish: MoveAppointment, then: Then | None = None, refused: Refused | None = None
) -> Change:
    """Moves a visit; a manager's reason lets an obstacle pass, and a move to another day says why."""
    wish = replace(wish, asks_reason=True)

    def again(**changed: str) -> None:
        run(moving(run, office, replace(wish, write_id=uuid4(), **changed), then, refused))  # type: ignore[arg-type]

    def asking(fault: Exception) -> Question | None:
        if isinstance(fault, NeedsConfirmation) and MOVE_REASON in fault.codes:
            return move_reason_question(lambda why: again(reason=why))
        return override_question("Move all the same?", fault, office.catalogue, lambda why: again(override_reason=why))

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

    def again(why: str) -> None:
        run(lengthening(run, office, replace(wish, override_reason=why, write_id=uuid4())))

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        name = short_name(desk.queries.visit_card(wish.appointment_id).patient)
        return f"{name}: procedure of {wish.minutes} min"

    return Change(
        lambda desk: lengthen(desk, wish),
        said,
        asking=lambda fault: override_question("Change the length all the same?", fault, office.catalogue, again),
    )


def cancelling(appointment_id: int, reason: CancelReason, note: str, version: int | None) -> Change:
    return Change(
        lambda desk: cancel(desk, appointment_id, reason, note, version),
        lambda desk, outcome: visit_words(desk, "Cancelled {},", outcome),
    )


def stepping(
    run: Run, office: Office, appointment_id: int, status: AppointmentStatus, version: int | None, why: str = ""
) -> Change:
    """One step of the day; a hold that becomes firm may need a manager's reason."""

    def work(desk: Desk) -> Outcome[Appointment]:
        if status is AppointmentStatus.BOOKED:
            return make_firm(desk, appointment_id, why)
        return set_status(desk, appointment_id, status, version)

    def again(reason: str) -> None:
        run(stepping(run, office, appointment_id, status, version, reason))

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        name = short_name(desk.queries.visit_card(appointment_id).patient)
        return f"{name}: {wording.STATUS_WORDS[status.value].lower()}"

    return Change(
        work, said, asking=lambda fault: override_question("Book all the same?", fault, office.catalogue, again)
    )


def override_question(
    title: str, fault: Exception, catalogue: Catalogue, again: Callable[[str], object]
) -> Question | None:
    """What speaks against it, and the reason that a manager gives; None where no reason helps."""
    if not isinstance(fault, NeedsConfirmation) or isinstance(fault, PerhapsKnown):
        return None
    obstacles = fault.params.get("obstacles", ())
    told = [obstacle_text(each, catalogue) for each in obstacles] if isinstance(obstacles, tuple) else []
    told = told or [sentence(code, worded(fault.params, catalogue)) for code in fault.codes]
    answer = Answer("Override", "O", "warning", again, needs_reason=True)
    return Question(title, tuple(dict.fromkeys(told)), (answer,))
