"""Bays and beds to those who need them, so that it is never worse than it needs to be. Pure.

First nobody is left without a place who could have one, then as few rules and wishes as possible are broken (by their
weight), then as few as possible change the place they have.
"""

from desk_app.domain.assignment.assign import Engine, assign
from desk_app.domain.assignment.problem import Assigned, Problem, Score, Spot, Stretch, scored

__all__ = ["Assigned", "Engine", "Problem", "Score", "Spot", "Stretch", "assign", "scored"]
