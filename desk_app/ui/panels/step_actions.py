"""The steps of a visit's day as its card offers them: one forward by Enter, others by their keys, and one back.

Also what is suggested of somebody who has not come: it waits for a yes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from desk_app.application.read_models import VisitCard
from desk_app.application.visit_steps import status_before
from desk_app.domain.flow_limits import FlowCode, flow_limits
from desk_app.domain.practice import PhaseKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import FIRM_VISITS, AppointmentStatus
from desk_app.ui.models.flow_cards import span_words
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Action, Section

A = AppointmentStatus
STATUS_ICONS: Mapping[AppointmentStatus, str] = {
    A.HELD: "held",
    A.BOOKED: "booked",
    A.CONFIRMED: "confirmed",
    A.ARRIVED: "arrived",
    A.READY: "ready",
    A.IN_PROCEDURE: "in-procedure",
    A.IN_RECOVERY: "in-recovery",
    A.AMBULATING: "home",
    A.OVERNIGHT: "moon",
    A.DISCHARGED: "discharged",
    A.NO_SHOW: "no-show",
    A.CANCELLED: "cancelled",
}
STEPS: Mapping[AppointmentStatus, tuple[AppointmentStatus, str]] = {
    A.HELD: (A.BOOKED, "Book firmly"),
    A.BOOKED: (A.CONFIRMED, "Confirmed"),
    A.CONFIRMED: (A.ARRIVED, "Arrived"),
    A.ARRIVED: (A.READY, "Ready"),
    A.READY: (A.IN_PROCEDURE, "Procedure starts"),
    A.IN_PROCEDURE: (A.IN_RECOVERY, "To recovery"),
    A.IN_RECOVERY: (A.AMBULATING, "Going home"),
    A.AMBULATING: (A.DISCHARGED, "Gone home"),
    A.OVERNIGHT: (A.DISCHARGED, "Gone home"),
    A.NO_SHOW: (A.ARRIVED, "Arrived after all"),
}
"""The one next step of each status, and the words of its button."""

ONLY_TODAY = frozenset({A.CONFIRMED, A.NO_SHOW})
"""Their next step is one of the visit's own day."""

LYING_DOWN = frozenset({A.IN_RECOVERY, A.AMBULATING})


def next_step(card: VisitCard, context: RowContext) -> Action | None:
    """The step that Enter takes; None where there is none, or not yet."""
    visit = card.appointment
    if visit.status not in STEPS or (visit.status is A.HELD and not visit.is_active(context.now)):
        return None
    day = context.day_of(visit.start)
    today = day == context.today
    if visit.status in FIRM_VISITS and day < context.today:
        return _action(A.ARRIVED, "Came", "Enter")
    if visit.status in ONLY_TODAY and not today:
        return None
    if visit.status is A.BOOKED and today:
        return _action(A.ARRIVED, "Arrived", "Enter")
    if visit.status in LYING_DOWN and stays_tonight(visit):
        return _action(A.OVERNIGHT, _to("To the night's bed", card, A.OVERNIGHT, context), "Enter")
    step, words = STEPS[visit.status]
    return _action(step, _to(words, card, step, context), "Enter")


def further_steps(card: VisitCard, context: RowContext) -> tuple[Action, ...]:
    """The other steps that can be taken now, and the one back."""
    visit, found = card.appointment, []
    today = context.day_of(visit.start) == context.today
    if visit.status is A.BOOKED and today:
        found.append(_action(A.CONFIRMED, "Confirmed", "C"))
    if visit.status in LYING_DOWN and not stays_tonight(visit):
        found.append(Action("stay_tonight", "Stays tonight", "O", "moon"))
    if visit.status in LYING_DOWN and stays_tonight(visit):
        found.append(_action(A.DISCHARGED, "Gone home", "H"))
    if visit.status is A.IN_RECOVERY and not stays_tonight(visit):
        found.append(_action(A.DISCHARGED, "Gone home", "H"))
    if visit.status is A.AMBULATING:
        found.append(_action(A.IN_RECOVERY, "To recovery", "R"))
    if status_before(card.steps, visit) is not None:
        found.append(Action("step_back", "Step back", "Z", "undo"))
    return tuple(found)


def stays_tonight(visit: Appointment) -> bool:
    """Whether a bed is booked for the night."""
    return any(phase.kind is PhaseKind.OVERNIGHT for phase in visit.phases)


def lateness(card: VisitCard, context: RowContext) -> Section | None:
    """Of somebody who has not come: how late, and what the desk could say yes to."""
    visit = card.appointment
    late = context.now - visit.start
    if visit.status not in (A.BOOKED, A.CONFIRMED) or context.day_of(visit.start) != context.today:
        return None
    limits = flow_limits(context.catalogue)
    call, missed = (limits.get(code) for code in (FlowCode.LATE, FlowCode.NO_SHOW))
    if missed is not None and late >= timedelta(minutes=missed.minutes):
        told = "Nobody has noted that the patient is here. A no-show? X says so, and a call the same day is due."
    elif call is not None and late >= timedelta(minutes=call.minutes):
        told = "Nobody has noted that the patient is here. Call them, or note the no-show with X."
    else:
        return None
    return Section(headline=f"{span_words(late)} late", paragraphs=(told,), icon="late", tone="warn")


def _action(step: AppointmentStatus, words: str, key: str) -> Action:
    return Action(f"status:{step.value}", words, key, STATUS_ICONS[step])


def _to(words: str, card: VisitCard, step: AppointmentStatus, context: RowContext) -> str:
    """``To recovery, Bay 2``: where the step leads just now."""
    code = card.next_places.get(step)
    return f"{words}, {context.catalogue.resource(code).name}" if code is not None else words
