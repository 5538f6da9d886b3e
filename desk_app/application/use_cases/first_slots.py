"""The first slot of each request that is ready to book, so that the inbox can offer it with one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestLine
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import RequestStatus


def first_slots(desk: Desk, lines: Iterable[RequestLine]) -> Mapping[int, Slot]:
    """Request id to its first slot, for requests that are ready to book and name a procedure the catalogue has."""
    found: dict[int, Slot] = {}
    for line in lines:
        if line.status != RequestStatus.READY_TO_BOOK or line.procedure is None:
            continue
        if not desk.catalogue().has_procedure(line.procedure):
            continue
        most = desk.catalogue().procedure(line.procedure).max_levels
        wish = FindSlots(line.procedure, min(line.levels, most), patient_id=line.patient_id, limit=1)
        slots = find(desk, wish)
        if slots:
            found[line.request_id] = slots[0]
    return found
