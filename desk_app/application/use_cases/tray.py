"""The tray: visits and requests that somebody carries along to another day, week or column.

It belongs to the person, not to the desk, and lasts until what lies in it is dropped or put back. A visit in it keeps
its place: nothing is taken from anybody by carrying it.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import TrayItem, UnitOfWork
from desk_app.application.read_models import TrayLine
from desk_app.application.repeating import repeated
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases.moving import movable
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import User

Trayed = Outcome[tuple[TrayLine, ...]]
NOBODY = 0


def in_tray(desk: Desk) -> tuple[TrayLine, ...]:
    """What whoever is at the desk carries along."""
    return desk.queries.tray(desk.actor.user_name, desk.now())


def put_visit(desk: Desk, appointment_id: int) -> Trayed:
    """Raises RuleViolation ``not_movable`` for a visit that is under way or over."""
    return _put(desk, appointment_id=appointment_id)


def put_request(desk: Desk, request_id: int) -> Trayed:
    """Raises RuleViolation ``request_not_open`` for one that is booked or closed."""
    return _put(desk, request_id=request_id)


@repeated
def put_back(desk: Desk, item_ids: Iterable[int] | None = None) -> Trayed:
    """Takes items out of the tray, all of them where none are named; what they are about stays as it is."""
    user_id, wanted = user_of(desk), frozenset(item_ids) if item_ids is not None else None
    with desk.open_work(desk.actor) as work:
        items = [item for item in work.tray.of_user(user_id) if wanted is None or item.id in wanted]
        if not items:
            return Outcome(in_tray(desk))
        for item in items:
            work.tray.remove(item)
        changes = work.commit("tray_put_back", {"count": len(items)})
    return Outcome(in_tray(desk), desk.committed(work, changes), changes.seq)


@repeated
def _put(desk: Desk, appointment_id: int | None = None, request_id: int | None = None) -> Trayed:
    user_id = user_of(desk)
    with desk.open_work(desk.actor) as work:
        _can_be_carried(desk, work, appointment_id, request_id)
        there = work.tray.of_user(user_id)
        if any((item.appointment_id, item.request_id) == (appointment_id, request_id) for item in there):
            return Outcome(in_tray(desk))
        work.tray.add(TrayItem(user_id, desk.now(), appointment_id, request_id))
        changes = work.commit("tray_put", {"appointment": appointment_id, "request": request_id})
    return Outcome(in_tray(desk), desk.committed(work, changes), changes.seq)


def _can_be_carried(desk: Desk, work: UnitOfWork, appointment_id: int | None, request_id: int | None) -> None:
    if appointment_id is not None:
        movable(desk, work.appointments.get(appointment_id), None)
    elif request_id is not None:
        request = work.requests.get(request_id)
        if not is_open(request):
            raise RuleViolation("request_not_open", status=request.status.value)


@repeated
def user_of(desk: Desk) -> int:
    """The account of whoever is at the desk, made the first time; by itself, so that no undo ever takes it back.

    ``NOBODY`` for somebody new at a desk that only looks.
    """
    with desk.open_work(desk.actor) as work:
        known = work.users.by_name(desk.actor.user_name)
        if known is not None:
            return known.id
        if desk.only_looks:
            return NOBODY
        user = work.users.add(User(desk.actor.user_name))
        work.commit("user_added", {"user": user.id})
    return user.id
