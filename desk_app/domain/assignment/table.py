"""A problem with numbers in place of names: whom each meets as bits of a number, each score as one whole number."""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.domain.assignment.problem import Problem, Score, meet

NOWHERE = -1
"""The number of no place."""


class Table:
    """``numbers`` are the stretches of the problem that are looked at, in the order in which they begin.

    A cost is a score as one number: less is better exactly where the score is. ``options`` are a stretch's places as
    (cost, place), cheapest first, ``cost`` the same by place, with :data:`NOWHERE`.
    """

    def __init__(self, problem: Problem, numbers: Sequence[int]) -> None:
        self.numbers = sorted(numbers, key=lambda number: (problem.stretches[number].start, number))
        self.stretches = [problem.stretches[number] for number in self.numbers]
        self.spots = problem.spots
        places = {spot.code: place for place, spot in enumerate(problem.spots)}
        rooms = sorted({spot.room for spot in problem.spots if spot.room})
        self.room = [rooms.index(spot.room) if spot.room else NOWHERE for spot in problem.spots]
        self.rooms = len(rooms)
        self.present = [places.get(each.present, NOWHERE) for each in self.stretches]
        self._meet()
        self._weigh(problem, places)
        self.present = [
            place if place in costs else NOWHERE for place, costs in zip(self.present, self.cost, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.stretches)

    def score(self, cost: int) -> Score:
        """What a cost means."""
        unplaced, rest = divmod(cost, self.a_place)
        return Score(unplaced, *divmod(rest, self.a_rule))

    def whole(self, score: Score) -> int:
        """The same the other way round."""
        return score.unplaced * self.a_place + score.broken * self.a_rule + score.changed

    def cost_of(self, places: Sequence[int]) -> int:
        """What it costs that each stretch is where ``places`` has it."""
        total = sum(self.cost[stretch][place] for stretch, place in enumerate(places))
        in_room = [0] * self.rooms
        for stretch, place in enumerate(places):
            room = self.room[place] if place != NOWHERE else NOWHERE
            if room != NOWHERE:
                total += self.pair * (self.apart[stretch] & in_room[room]).bit_count()
                in_room[room] |= 1 << stretch
        return total

    def _meet(self) -> None:
        """``clash`` by cleaning minutes and stretch; ``apart`` are those with whom it may not share a room."""
        size = len(self.stretches)
        kinds = sorted({spot.cleaning for spot in self.spots}) or [0]
        self.kind = [kinds.index(spot.cleaning) for spot in self.spots]
        self.clash = [[0] * size for _ in kinds]
        self.apart = [0] * size
        reach = [max(end for _, end in stretch.spans) + kinds[-1] for stretch in self.stretches]
        for one, stretch in enumerate(self.stretches):
            for other in range(one + 1, size):
                later = self.stretches[other]
                if later.start >= reach[one]:
                    break
                for kind, cleaning in enumerate(kinds):
                    if meet(stretch.spans, later.spans, cleaning):
                        self.clash[kind][one] |= 1 << other
                        self.clash[kind][other] |= 1 << one
                alike = stretch.group and stretch.group == later.group
                if self.rooms and not alike and meet(stretch.spans, later.spans):
                    self.apart[one] |= 1 << other
                    self.apart[other] |= 1 << one

    def _weigh(self, problem: Problem, places: dict[str, int]) -> None:
        pairs = sum(each.bit_count() for each in self.apart) // 2
        most = sum(max(stretch.broken.values(), default=0) for stretch in self.stretches) + pairs * problem.sharing
        self.a_rule = len(self.stretches) + 1
        self.a_place = self.a_rule * (most + 1)
        self.pair = problem.sharing * self.a_rule
        self.options = [
            sorted(
                (weight * self.a_rule + (stretch.present not in ("", code)), places[code])
                for code, weight in stretch.broken.items()
            )
            for stretch in self.stretches
        ]
        self.cost = [{place: cost for cost, place in options} | {NOWHERE: self.a_place} for options in self.options]


def parts(problem: Problem) -> list[list[int]]:
    """Stretches that have nothing to do with those of another part: so far apart in time that they never meet."""
    cleaning = max((spot.cleaning for spot in problem.spots), default=0)
    order = sorted(range(len(problem.stretches)), key=lambda number: problem.stretches[number].start)
    found: list[list[int]] = []
    reach = 0
    for number in order:
        stretch = problem.stretches[number]
        if not found or stretch.start >= reach:
            found.append([])
            reach = stretch.start
        found[-1].append(number)
        reach = max(reach, max(end for _, end in stretch.spans) + cleaning)
    return found
