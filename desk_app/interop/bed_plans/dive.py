"""The sexes of the one-sex rooms settled step by step, so that few stays are parted at last."""

from __future__ import annotations

from collections import defaultdict

from desk_app.domain.beds import Wish, kept_for
from desk_app.interop.bed_plans.relaxation import Relaxation

MET = 0.01
"""Of nights that are equally doubtful the first are those that more stays agree about: so much does agreement weigh."""


class Dive(Relaxation):
    """Begins where another relaxation is, with a programme of its own, so that the other can go on.

    ``parts`` is how much of a stay was in a room before any sex was settled.
    """

    has_groups = False  # what sexes are settled matters more

    def __init__(self, relaxation: Relaxation) -> None:
        super().__init__(relaxation.table)
        self.prices, self.shares, self.round_s = relaxation.prices, relaxation.shares, relaxation.round_s
        self.parts = {(stay, room): part for stay, room, part in self.shares}
        self._add(relaxation.model.pairs)
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
        self.model.bar([self._column[pair] for pair in self._column if not self._may_have(*pair)])

    def allowed(self) -> list[dict[int, float]]:
        """``excess`` of the pairs that the programme has and the settled sexes allow."""
        return [
            {room: more for room, more in row.items() if (stay, room) in self._column and self._may_have(stay, room)}
            for stay, row in enumerate(self.excess)
        ]

    def _may_have(self, stay: int, room: int) -> bool:
        """Whether the stay may be there as far as sexes are settled."""
        table = self.table
        if room not in self._kept:
            return True
        nights = self._kept[room][table.first[stay] : table.last[stay] + 1]
        return all(sex is None or sex == table.sex[stay] for sex in nights)
