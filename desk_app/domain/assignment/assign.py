"""The engine: every part of the problem by itself, exact where it is small, a search with a bound where it is not."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.domain.assignment.bounds import least_from, least_of
from desk_app.domain.assignment.problem import Assigned, Problem, Score
from desk_app.domain.assignment.search import Board, Search, first_board
from desk_app.domain.assignment.sweep import sweep
from desk_app.domain.assignment.table import NOWHERE, Table, parts

SMALL_PLACES = 16
"""With more places than that nobody tries to look at every way."""

NARROW, WIDE = 300, 3_000
"""So many ways are gone on with at a time: at first, and where that has not been enough to rule out all others."""

STEPS_EACH, MOST_STEPS = 1_000, 500_000
"""Steps of the search for each stretch, and in all."""


Solve = Callable[[Problem], Assigned | None]
"""Another way to the best assignment of a part; None where it finds nothing in time."""

Engine = Callable[[Problem], Assigned]


def assign(problem: Problem, solve: Solve | None = None) -> Assigned:
    """The best assignment that is found, and what none can undercut.

    What cannot be proven by looking at every way is given to ``solve``. Without it the same problem has always the same
    answer.
    """
    places: dict[int, str] = {}
    score = bound = Score()
    for numbers in parts(problem):
        table = Table(problem, numbers)
        found, least = _best(problem, table, solve)
        score += table.score(table.cost_of(found))
        bound += table.score(least)
        for stretch, place in enumerate(found):
            if place != NOWHERE:
                places[table.numbers[stretch]] = problem.spots[place].code
    return Assigned(places, score, bound)


def _best(problem: Problem, table: Table, solve: Solve | None) -> tuple[list[int], int]:
    """The places, and the least that any cost."""
    board = first_board(table)
    is_small = len(table.spots) <= SMALL_PLACES
    least = least_from(table) if is_small else [least_of(table)]
    lower = least[0]
    if board.cost <= lower:
        return board.place, board.cost
    if is_small and _sweep(board, least, NARROW):
        return board.place, board.cost
    if solve is not None and (solved := solve(_part(problem, table))) is not None:
        board.lay(min(board.place[:], _numbered(table, solved), key=table.cost_of))
        lower = max(lower, table.whole(solved.bound))
    if board.cost > lower:
        Search(board).run(min(MOST_STEPS, STEPS_EACH * len(table)), lower)
    if board.cost > lower and is_small and _sweep(board, least, WIDE):
        return board.place, board.cost
    return board.place, lower


def _sweep(board: Board, least: list[int], width: int) -> bool:
    """Leaves the board with the best that was found; whether it is the best of all."""
    found, is_proven = sweep(board.table, board.place, board.cost, least, width)
    board.lay(found)
    return is_proven


def _part(problem: Problem, table: Table) -> Problem:
    return Problem(problem.spots, tuple(table.stretches), problem.sharing)


def _numbered(table: Table, solved: Assigned) -> list[int]:
    """The places of a part by their numbers."""
    numbers = {spot.code: place for place, spot in enumerate(table.spots)}
    return [numbers[solved.places[each]] if each in solved.places else NOWHERE for each in range(len(table))]
