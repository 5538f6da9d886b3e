"""Changes to the tray, and the booking of a request that is dropped from it onto the board."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from desk_app.application.desk import Desk
from desk_app.application.holds import hold_until
from desk_app.application.outcome import Outcome
from desk_app.application.read_models import TrayLine
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.tray import put_back, put_request, put_visit
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Run
from desk_app.ui.operations.visits import Then, booking

Trayed = Outcome[tuple[TrayLine, ...]]


def putting(kind: str, number: int) -> Change:
    """Lays a ``visit`` or a ``request`` into the tray."""

    def said(desk: Desk, outcome: Trayed) -> str:
        name = next((line.name for line in outcome.value if (line.kind, line.number) == (kind, number)), "")
        return f"{name} is in the tray" + ("" if outcome.undo_step is not None else " already")

    put = put_visit if kind == "visit" else put_request
    return Change(lambda desk: put(desk, number), said)


def putting_back(item_ids: tuple[int, ...] | None) -> Change:
    """Takes items out of the tray, or all of them."""
    return Change(
        lambda desk: put_back(desk, item_ids),
        lambda desk, outcome: "Put back" if outcome.undo_step is not None else "",
    )


def dropping_request(run: Run, office: Office, request_id: int, start: datetime, column: str, then: Then) -> Change:
    """Books a request where it was dropped; ``then`` with the visit."""
    wish = BookAppointment(start, request_id=request_id, wanted=(column,), write_id=uuid4())
    return booking(run, office, wish, hold_until(office.catalogue, office.clock.now(), None, start), then)
