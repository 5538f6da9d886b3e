"""Why a start is a good one, in two words: at most one reason each, the weightiest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.slots import Around, Slot

FIRST, LEAST_WAIT, KEEPS_BLOCK, CLOSES_GAP, QUIET_BAYS = (
    "first",
    "least wait",
    "keeps block",
    "closes gap",
    "quiet bays",
)
REASON_WORDS: Mapping[str, str] = {
    FIRST: "the first that fits",
    LEAST_WAIT: "least wait between the two visits",
    KEEPS_BLOCK: "uses time that is kept for this procedure",
    CLOSES_GAP: "lies against another visit and leaves no unusable time in the room",
    QUIET_BAYS: "few bays are taken then, on a day that fills them later or before",
}
QUIET, BUSY = 0.25, 0.75
"""Quiet is this share of the bays at most, on a day on which at least that share is taken at once."""

Stretch = tuple[datetime, datetime]


def reasons(
    slots: Sequence[Slot], around: Sequence[Around], shortest: Mapping[str, int], beside: Stretch | None = None
) -> tuple[str, ...]:
    """A reason for each start, the empty text where none applies.

    ``shortest`` is the least time in seconds that is of use in each room; ``beside`` is the patient's other visit of
    that day.
    """
    first = min((slot.start for slot in slots), default=None)
    least = min((wait(slot, beside) for slot in slots), default=None) if beside else None
    return tuple(
        _reason(slot, near, shortest, slot.start == first, least is not None and wait(slot, beside) == least)
        for slot, near in zip(slots, around, strict=True)
    )


def wait(slot: Slot, beside: Stretch | None) -> timedelta:
    """How long the patient waits between that visit and this one."""
    if beside is None:
        return timedelta()
    return max(slot.start - beside[1], beside[0] - slot.end, timedelta())


def shortest_use(catalogue: Catalogue) -> dict[str, int]:
    """For each room the seconds that its shortest procedure takes there, its turnover included."""
    return {room.code: _shortest(catalogue, room.code) for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM)}


def _shortest(catalogue: Catalogue, code: str) -> int:
    room = catalogue.resource(code)
    lengths = []
    for procedure in catalogue.procedures:
        there = [
            phase
            for phase in procedure.phases
            for need in phase.needs
            if need.kind is room.kind and set(need.capabilities) <= set(room.capabilities)
        ]
        if there:
            lengths.append(sum(phase.length(1) for phase in there) + room.turnover_minutes)
    return min(lengths, default=0) * 60


def _reason(slot: Slot, near: Around, shortest: Mapping[str, int], is_first: bool, is_least_wait: bool) -> str:
    if is_first:
        return FIRST
    if is_least_wait:
        return LEAST_WAIT
    if near.is_kept:
        return KEEPS_BLOCK
    if _closes_gap(near, shortest.get(near.room, 0)):
        return CLOSES_GAP
    return QUIET_BAYS if _is_quiet(near) else ""


def _closes_gap(near: Around, shortest: int) -> bool:
    """Between two visits, against one of them, and what is left is nothing or enough for another visit."""
    if not (near.visit_before and near.visit_after):
        return False
    left = near.before_s, near.after_s
    return 0 in left and all(rest == 0 or rest >= shortest for rest in left)


def _is_quiet(near: Around) -> bool:
    return near.bays > 0 and near.bays_taken <= near.bays * QUIET and near.bays_peak >= near.bays * BUSY
