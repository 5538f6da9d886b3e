"""A re-plan: where the visits go that a lost physician, room, C-arm, bay or bed gets in the way of.

What a change costs the patient and the practice is weighed in points (:class:`Weights`), so that as many visits as
possible keep their start and the rest move least.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from desk_app.application.objections import Case
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import BlockoutKind
from desk_app.domain.slots import Slot


@dataclass(frozen=True, slots=True)
class Lost:
    """What is out, and for how long: resource codes, and ``[start, end)``."""

    resources: tuple[str, ...]
    start: datetime
    end: datetime
    kind: BlockoutKind = BlockoutKind.OTHER
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points: a day later, half an hour on the clock, coming earlier than was said, another clinician, another room, a
    wish that is not met, a doubt.

    Starting values; a start another day always costs more than one the same day with somebody else.
    """

    day: int = 30
    half_hour: int = 2
    earlier: int = 5
    clinician: int = 20
    room: int = 1
    wish: int = 25
    doubt: int = 15


USUAL_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Move:
    """One visit concerned, and the slot that is proposed; None: none was found, or it has begun (``begun``).

    ``after`` are visits whose former places it takes: they have to go first. ``told`` says in words what changes.
    """

    case: Case
    slot: Slot | None
    told: str
    cost: int = 0
    after: tuple[int, ...] = ()
    begun: bool = False

    @property
    def appointment_id(self) -> int:
        return self.case.visit.id

    @property
    def keeps_start(self) -> bool:
        return self.slot is not None and self.slot.start == self.case.visit.start


@dataclass(frozen=True, slots=True)
class Proposal:
    """Every visit concerned, in the order in which they can be moved; ``seq`` is the commit it is true as of."""

    lost: Lost
    moves: tuple[Move, ...]
    seq: int

    @property
    def kept(self) -> int:
        return sum(move.keeps_start for move in self.moves)

    @property
    def moved(self) -> int:
        return sum(move.slot is not None and not move.keeps_start for move in self.moves)

    @property
    def homeless(self) -> int:
        """Those for whom no start was found, but for visits that have begun."""
        return sum(move.slot is None and not move.begun for move in self.moves)

    def chosen(self, numbers: Collection[int] | None) -> tuple[Move, ...]:
        """The moves of these visits (None: of all that have a place), and of those that have to make room for them."""
        wanted = self.with_needed(numbers) if numbers is not None else None
        placed = (move for move in self.moves if move.slot is not None)
        return tuple(move for move in placed if wanted is None or move.appointment_id in wanted)

    def with_needed(self, numbers: Iterable[int]) -> frozenset[int]:
        """These visits, and those that have to make room for them."""
        wanted = set(numbers)
        for move in reversed(self.moves):
            if move.appointment_id in wanted:
                wanted.update(move.after)
        return frozenset(wanted)
