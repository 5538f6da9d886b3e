"""The sexes of the one-sex rooms settled step by step, so that few stays are parted at last.

Where most stays are mostly in one room already, stays may be given their rooms in the same steps: not as good as the
corner with few parted stays, but for where that takes too long to reach.
"""

from __future__ import annotations

from collections import defaultdict

from desk_app.domain.beds import UNPLACED, Board, Wish, kept_for
from desk_app.interop.bed_plans.relaxation import Relaxation

MOSTLY_IN_ONE = 0.45
"""Of all stays so many have to be more than half in one room for rooms to be given."""

LEAST_GIVEN = 0.05
"""No room is given to a stay of which less is there."""

TIES = 1.5
"""By up to so many of the smallest steps of cost is a pair dearer by chance where rooms are given: of rooms that cost
the same one is chosen then."""

MET = 0.01
"""Of nights that are equally doubtful the first are those that more stays agree about: so much does agreement weigh."""


class Dive(Relaxation):
    """Begins where another relaxation is, with a programme of its own, so that the other can go on.

    ``parts`` is how much of a stay was in a room before any sex was settled, ``given`` the room of each stay that has
    one for good, where ``gives_rooms``.
    """

    has_groups = False  # what sexes are settled matters more

    def __init__(self, relaxation: Relaxation, may_give_rooms: bool = False) -> None:
        in_one = sum(part > 0.5 for _, _, part in relaxation.shares)
        self.gives_rooms = may_give_rooms and in_one > MOSTLY_IN_ONE * len(relaxation.table.stays)
        self.ties = TIES * relaxation.table.step if self.gives_rooms else 0.0
        self.given = [UNPLACED] * len(relaxation.table.stays)
        super().__init__(relaxation.table)
        self.prices, self.shares, self.round_s = relaxation.prices, relaxation.shares, relaxation.round_s
        self.parts = {(stay, room): part for stay, room, part in self.shares}
        self._add([pair for pair in relaxation.model.pairs if pair not in self._column])
        rules = [rule for rule, _ in self.prices.rules]
        self._known.update(rule.key for rule in rules)
        self._lay_down(rules)
        self._kept: dict[int, list[int | None]] = {
            room: [None] * relaxation.table.nights
            for room in relaxation.table.rooms
            if relaxation.table.is_one_sex[room]
        }
        """The sex by night of each one-sex room, where it is settled."""

    def settle(self, share: float) -> None:
        """Settles that share of all nights of one-sex rooms, first where the stays agree most, for good."""
        table = self.table
        wishes: dict[int, list[Wish]] = defaultdict(list)
        for stay, room, part in self.shares:
            if table.is_one_sex[room]:
                worth = part * table.length(stay)
                wishes[room].append(Wish(table.first[stay], table.last[stay], table.sex[stay], worth))
        best = {room: kept_for(wishes[room], table.nights, table.sexes) for room in self._kept}
        doubts: list[tuple[float, int, int]] = []
        for room, kept in self._kept.items():
            doubt = [0.0] * table.nights
            for wish in wishes[room]:
                part = wish.worth / (wish.last + 1 - wish.first)
                sign = -MET if wish.is_met_by(best[room]) else 1.0
                for night in range(wish.first, wish.last + 1):
                    doubt[night] += sign * part
            doubts += [(doubt[night], room, night) for night in range(table.nights) if kept[night] is None]
        settled = len(self._kept) * table.nights - len(doubts)
        count = round(share * len(self._kept) * table.nights) - settled
        for _, room, night in sorted(doubts)[: max(0, count)]:
            self._kept[room][night] = best[room][night]
        if self.gives_rooms:
            self._give(round(share * len(table.stays)))
        self.model.bar([self._column[pair] for pair in self._column if not self._may_have(*pair)])

    def allowed(self) -> list[dict[int, float]]:
        """``excess`` of the pairs that the programme has and the settled sexes allow."""
        return [
            {room: more for room, more in row.items() if (stay, room) in self._column and self._may_have(stay, room)}
            for stay, row in enumerate(self.excess)
        ]

    def _give(self, count: int) -> None:
        """Rooms for good to so many stays, first to those that are most in one, where it goes with the others."""
        board, missing = Board(self.table), count - sum(room != UNPLACED for room in self.given)
        board.lay(self.given)
        for stay, room, part in sorted(self.shares, key=lambda each: -each[2]):
            if missing <= 0 or part < LEAST_GIVEN:
                return
            if board.place[stay] == UNPLACED and self._may_have(stay, room) and board.fits(stay, room):
                board.put(stay, room)
                self.given[stay] = room
                missing -= 1

    def _may_have(self, stay: int, room: int) -> bool:
        """Whether the stay may be there as far as sexes are settled and rooms given."""
        table = self.table
        if self.given[stay] not in (UNPLACED, room):
            return False
        if room not in self._kept:
            return True
        nights = self._kept[room][table.first[stay] : table.last[stay] + 1]
        return all(sex is None or sex == table.sex[stay] for sex in nights)
