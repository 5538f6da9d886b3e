"""What has found its place is carried along no further."""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork


def leave_tray(desk: Desk, work: UnitOfWork, appointment_id: int | None = None, request_id: int | None = None) -> None:
    """Takes a visit or a request out of the tray of whoever is at the desk, in the transaction that placed it."""
    user = work.users.by_name(desk.actor.user_name)
    if user is None:
        return
    for item in work.tray.of_user(user.id):
        if _is(item.appointment_id, appointment_id) or _is(item.request_id, request_id):
            work.tray.remove(item)


def _is(carried: int | None, placed: int | None) -> bool:
    return placed is not None and carried == placed
