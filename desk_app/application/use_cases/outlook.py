"""The rest of today as it is foretold, what would help, and each of those steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.moving import MoveAppointment, has_place, move
from desk_app.application.use_cases.swapping import KEPT, can_swap, swap
from desk_app.application.use_cases.visit_changes import lock, told
from desk_app.application.visit_callbacks import tell_new_time
from desk_app.application.wording import clock
from desk_app.domain.dataclass import dataclass
from desk_app.domain.forecast import DayForecast, Forecaster, VisitNow
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import AppointmentStatus, CallbackKind
from desk_app.domain.suggestions import Suggestion, SuggestionKind, suggestions
from desk_app.domain.zone import day_span


@dataclass(frozen=True, slots=True)
class Outlook:
    """``lines`` are today's visits, by appointment in ``forecast``; a suggestion that was taken is not made again."""

    now: datetime
    lines: tuple[DayPlanLine, ...]
    forecast: DayForecast
    suggestions: tuple[Suggestion, ...]

    def line(self, appointment_id: int) -> DayPlanLine:
        return next(line for line in self.lines if line.appointment_id == appointment_id)


def look_ahead(desk: Desk) -> Outlook:
    """Today from now on."""
    desk.slots.catch_up(desk.queries)
    now, today = desk.now(), desk.today()
    lines = desk.queries.day_plan(today, now).lines
    visits = [visit_now(line) for line in lines]
    kinds = {resource.code: resource.kind for resource in desk.catalogue().resources}
    forecast = Forecaster(now, kinds, _turnovers(desk), _closes(desk)).run(visits)

    def room_of(visit: VisitNow) -> str | None:
        used = (code for phase in visit.phases for _, code in phase.resources)
        return next((code for code in used if kinds.get(code) is ResourceKind.PROCEDURE_ROOM), None)

    found = suggestions(visits, forecast, room_of, now)
    open_ones = (each for each in found if not _is_taken(desk, each))
    return Outlook(now, lines, forecast, tuple(each for each in open_ones if _can_be(desk, each)))


def visit_now(line: DayPlanLine) -> VisitNow:
    """A line of the day as the forecast takes it: of the steps it knows the one that was taken last."""
    status = AppointmentStatus(line.status)
    steps = {status: line.status_since} if line.status_since is not None else {}
    return VisitNow(line.appointment_id, status, line.phases(), steps)


def take(desk: Desk, suggestion: Suggestion) -> Outcome[tuple[Appointment, ...]]:
    """Does what was suggested, as one step that can be undone."""
    if suggestion.kind is SuggestionKind.SWAP and suggestion.other is not None:
        return swap(desk, suggestion.visit, suggestion.other)
    if suggestion.kind is SuggestionKind.OTHER_BAY and suggestion.bay is not None:
        return _other_bay(desk, suggestion.visit, suggestion.bay)
    assert suggestion.when is not None
    return tell_later(desk, suggestion.visit, suggestion.when)


@repeated
def tell_later(desk: Desk, appointment_id: int, when: datetime) -> Outcome[tuple[Appointment, ...]]:
    """A call at once: come later, the day is behind. The visit keeps its place in the plan."""
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        lock(desk, work, visit.start)
        tell_new_time(desk, work, visit, f"come at {clock(when, desk.zone())}: the day is behind")
        changes = work.commit("told_later", {**told(visit), "when": when.isoformat()})
    return Outcome((visit,), desk.committed(work, changes), changes.seq)


def _other_bay(desk: Desk, appointment_id: int, bay: str) -> Outcome[tuple[Appointment, ...]]:
    """The same start with that bay."""
    visit = desk.queries.visit_card(appointment_id).appointment
    done = move(desk, _with_bay(desk, visit, bay))
    return Outcome((done.value,), done.changes, done.undo_step, done.warnings)


def _with_bay(desk: Desk, visit: Appointment, bay: str) -> MoveAppointment:
    used = dict.fromkeys(allocation.resource for allocation in visit.allocations)
    kept = tuple(code for code in used if desk.catalogue().resource(code).kind in KEPT)
    return MoveAppointment(visit.id, visit.start, (*kept, bay), visit.version)


def _can_be(desk: Desk, suggestion: Suggestion) -> bool:
    """Nothing is suggested for which the plan has no place."""
    if suggestion.kind is SuggestionKind.SWAP and suggestion.other is not None:
        return can_swap(desk, suggestion.visit, suggestion.other)
    if suggestion.kind is SuggestionKind.OTHER_BAY and suggestion.bay is not None:
        visit = desk.queries.visit_card(suggestion.visit).appointment
        return has_place(desk, visit, _with_bay(desk, visit, suggestion.bay))
    return True


def _is_taken(desk: Desk, suggestion: Suggestion) -> bool:
    """Somebody is to be called about a new time already."""
    if suggestion.kind is not SuggestionKind.CALL_LATER:
        return False
    calls = desk.queries.visit_card(suggestion.visit).callbacks
    return any(call.kind is CallbackKind.MOVED and call.status in ("due", "claimed") for call in calls)


def _turnovers(desk: Desk) -> dict[str, int]:
    return {resource.code: resource.turnover_minutes for resource in desk.catalogue().resources}


def _closes(desk: Desk) -> dict[str, datetime]:
    """When each resource's day ends: the beginning of its last closed stretch that reaches to midnight."""
    today, now = desk.today(), desk.now()
    end = day_span(today, desk.zone())[1]
    hours = desk.slots.hours(today)
    closes = {}
    for resource in desk.catalogue().resources:
        shut: Sequence[datetime] = [
            each.start
            for each in hours.closings(resource.code, today, now)
            if each.code == "closed" and each.start is not None and each.end is not None and each.end >= end
        ]
        if shut:
            closes[resource.code] = max(shut)
    return closes
