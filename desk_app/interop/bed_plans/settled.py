"""A whole plan from the parts of stays that the bound comes from, once the sexes of the one-sex rooms are settled."""

from __future__ import annotations

from desk_app.domain.beds import UNPLACED, Board
from desk_app.interop.bed_plans.dive import Dive
from desk_app.interop.bed_plans.neighbourhood import Piece

UNPARTED = 0.99


def lay_out(board: Board, shares: list[tuple[int, int, float]]) -> None:
    """On an empty board the greatest parts first, then the longest of the stays that are left, each where it fits."""
    table = board.table
    for stay, room, _ in sorted(shares, key=lambda each: (-each[2], -table.length(each[0]))):
        if board.place[stay] == UNPLACED and board.fits(stay, room):
            board.put(stay, room)
    for stay in sorted(table.stays, key=table.length, reverse=True):
        if board.place[stay] == UNPLACED:
            board.put(stay, next((room for _, room in table.options[stay] if board.fits(stay, room)), UNPLACED))


def parted(board: Board, dive: Dive) -> Piece:
    """The stays that were parted, to be planned as well as can be around all others."""
    whole = {stay for stay, room, part in dive.shares if part > UNPARTED and board.place[stay] == room}
    moving = [stay for stay in board.table.stays if stay not in whole]
    return Piece(board, board.table.rooms, moving, dive.allowed())
