"""Stays into rooms over many nights: an instance, a plan and what it costs, and the engine that looks for it. Pure.

An assignment that has to stay is a stay with that room alone in its ``cost``; what a change from the present plan costs
is added to the cost of every other room.
"""

from desk_app.domain.beds.board import Board
from desk_app.domain.beds.instance import BedInstance, BedPlan, BedRoom, BedStay, RoomPolicy, priced
from desk_app.domain.beds.one_sex import Wish, kept_for
from desk_app.domain.beds.planner import Clock, Report, plain_plan, prove_small
from desk_app.domain.beds.prices import bound_by_prices
from desk_app.domain.beds.search import Search, first_plan
from desk_app.domain.beds.table import UNPLACED, StayTable

__all__ = [
    "UNPLACED",
    "BedInstance",
    "BedPlan",
    "BedRoom",
    "BedStay",
    "Board",
    "Clock",
    "Report",
    "RoomPolicy",
    "Search",
    "StayTable",
    "Wish",
    "bound_by_prices",
    "first_plan",
    "kept_for",
    "plain_plan",
    "priced",
    "prove_small",
]
