"""The short-notice list: who would come earlier, put on, changed and taken off."""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.desk import Desk
from desk_app.application.offers import leave_list
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases.visit_changes import cancelled
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.records import ShortNotice, Wishes
from desk_app.domain.short_notice import MOST_NOTICE_HOURS
from desk_app.domain.statuses import FIRM_VISITS, CancelReason

Listed = Outcome[ShortNotice]


@repeated
def put_visit_on(desk: Desk, appointment_id: int) -> Listed:
    """A booked visit that could come forward: on any day and at any time, unless its request said which suit.

    Raises RuleViolation ``short_notice_visit`` where it is not a booked visit still to come.
    """
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        if visit.status not in FIRM_VISITS or visit.start <= desk.now():
            raise RuleViolation("short_notice_visit", status=visit.status.value)
        _not_on_it(work.short_notice.of_visit(appointment_id))
        wishes = work.requests.get(visit.request_id).wishes if visit.request_id is not None else Wishes()
        entry = ShortNotice(visit.patient_id, appointment_id=visit.id, wishes=_of_days(wishes))
        return _stored(desk, work, work.short_notice.add(entry), "short_notice_on")


@repeated
def put_request_on(desk: Desk, request_id: int) -> Listed:
    """Somebody who waits for a visit and can come at once when there is one.

    Raises RuleViolation ``short_notice_request`` where the request is no longer open, ``short_notice_chart`` where
    nobody has said whose it is.
    """
    with desk.open_work(desk.actor) as work:
        request = work.requests.get(request_id)
        if not is_open(request):
            raise RuleViolation("short_notice_request", status=request.status.value)
        if request.patient_id is None:
            raise RuleViolation("short_notice_chart")
        _not_on_it(work.short_notice.of_request(request_id))
        entry = ShortNotice(request.patient_id, request_id=request.id, wishes=_of_days(request.wishes))
        return _stored(desk, work, work.short_notice.add(entry), "short_notice_on")


@repeated
def change(desk: Desk, number: int, wishes: Wishes, notice_hours: int, version: int | None = None) -> Listed:
    """The days and times they can, and how many hours ahead they must know."""
    if not 0 <= notice_hours <= MOST_NOTICE_HOURS:
        raise RuleViolation("short_notice_hours", most=MOST_NOTICE_HOURS // 24, field="notice")
    with desk.open_work(desk.actor) as work:
        entry = _unchanged(work.short_notice.get(number), version)
        entry = work.short_notice.save(replace(entry, wishes=_of_days(wishes), notice_hours=notice_hours))
        return _stored(desk, work, entry, "short_notice_changed")


@repeated
def take_off(desk: Desk, number: int, version: int | None = None) -> Listed:
    """Off the list; a start that is kept for them meanwhile is free again."""
    with desk.open_work(desk.actor) as work:
        entry = _unchanged(work.short_notice.get(number), version)
        held = leave_list(work, entry)
        if held is not None:
            cancelled(desk, work, held, CancelReason.OFFER, "")
        return _stored(desk, work, work.short_notice.get(number), "short_notice_off")


def _stored(desk: Desk, work: UnitOfWork, entry: ShortNotice, action: str) -> Listed:
    facts = {"patient": entry.patient_id, "appointment": entry.appointment_id, "request": entry.request_id}
    changes = work.commit(action, {"short_notice": entry.id, **facts})
    return Outcome(entry, desk.committed(work, changes), changes.seq)


def _not_on_it(entry: ShortNotice | None) -> None:
    if entry is not None:
        raise Conflict("on_the_list_already")


def _unchanged(entry: ShortNotice, version: int | None) -> ShortNotice:
    if (version is not None and version != entry.version) or not entry.active:
        raise Conflict("changed", record="short_notice", record_id=entry.id)
    return entry


def _of_days(wishes: Wishes) -> Wishes:
    """Days and times alone: when to call is the request's to say."""
    return Wishes(tuple(sorted(set(wishes.weekdays))), wishes.part_of_day)
