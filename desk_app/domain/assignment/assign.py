"""The engine: every part of the problem by itself, exact where it is small, a search with a bound where it is not."""

from __future__ import annotations

from desk_app.domain.assignment.bounds import least_from, least_of
from desk_app.domain.assignment.problem import Assigned, Problem, Score
from desk_app.domain.assignment.search import Search, first_board
from desk_app.domain.assignment.sweep import sweep
from desk_app.domain.assignment.table import NOWHERE, Table, parts

SMALL_PLACES = 16
"""With more places than that at a time nobody tries to look at every way."""

SWEEP_STEPS = 60_000
STEPS_EACH, MOST_STEPS = 2_000, 600_000
"""Steps of the search for each stretch, and in all."""


def assign(problem: Problem) -> Assigned:
    """The best assignment that is found, and what none can undercut. The same problem has always the same answer."""
    places: dict[int, str] = {}
    score = bound = Score()
    for numbers in parts(problem):
        table = Table(problem, numbers)
        found, least = _best(table)
        score += table.score(table.cost_of(found))
        bound += table.score(least)
        for stretch, place in enumerate(found):
            if place != NOWHERE:
                places[table.numbers[stretch]] = problem.spots[place].code
    return Assigned(places, score, bound)


def _best(table: Table) -> tuple[list[int], int]:
    """The places, and the least that any cost."""
    board = first_board(table)
    is_small = len(table.spots) <= SMALL_PLACES
    least = least_from(table) if is_small else [least_of(table)]
    if board.cost <= least[0]:
        return board.place, board.cost
    best = board.place
    if is_small:
        best, is_proven = sweep(table, best, board.cost, least, SWEEP_STEPS)
        if is_proven:
            return best, table.cost_of(best)
    search = Search(board)
    search.run(min(MOST_STEPS, STEPS_EACH * len(table)), least[0])
    best = search.best
    if is_small:
        best, is_proven = sweep(table, best, search.best_cost, least, SWEEP_STEPS)
        if is_proven:
            return best, table.cost_of(best)
    return best, least[0]
