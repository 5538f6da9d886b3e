"""What has found its place is carried along no further."""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork


def leave_tray(desk: Desk, work: UnitOfWork, appointment_id: int | None = None, request_id: int | None = None) -> None:
    """Takes a visit or a request out of the tray of whoever is at the desk, in the transaction that placed it."""
    if appointment_id is None and request_id is None:
        return
    for item in work.tray.carried(desk.actor.user_name, appointment_id, request_id):
        work.tray.remove(item)
