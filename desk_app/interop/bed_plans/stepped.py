"""A choice made by CP-SAT on one thread, step by step: it has a good one sooner than HiGHS where much is open."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from threading import Lock

from ortools.sat.python import cp_model

from desk_app.interop.bed_plans.choice import Choice

FINE = 10
"""Costs are counted in tenths."""

A_STEP = 0.35
"""Of the time goes to each step at the most."""


class Stepped:
    """In each step the ``steps``' stays are open while all others keep what they have; at last all are.

    It is done once it may cost ``close`` more than it needs to. Begins with what was before.
    """

    def __init__(self, choice: Choice, steps: Sequence[Collection[int]], close: float) -> None:
        self._choice, self._steps, self._close = choice, steps, close
        self._values = [round(value) for value in choice.as_before]
        self._costs = [round(FINE * cost) for cost in choice.costs]
        self._rows: list[list[tuple[int, int]]] = [[] for _ in choice.bounds]
        for column, entries in enumerate(choice.entries):
            for row, factor in entries:
                self._rows[row].append((column, round(factor)))
        self._solver: cp_model.CpSolver | None = None
        self._is_stopped, self._lock = False, Lock()

    def solve_within(self, seconds: float) -> bool:
        """Whether it was solved to the end."""
        ends = time.monotonic() + seconds
        for stays in self._steps:
            self._solve(set(stays), min(A_STEP * seconds, ends - time.monotonic()))
        return self._solve(set(self._choice.stays), ends - time.monotonic())

    def stop(self) -> None:
        """What was found by then counts."""
        with self._lock:
            self._is_stopped = True
            if self._solver is not None:
                self._solver.stop_search()

    def values(self) -> list[float]:
        """By column."""
        return list(map(float, self._values))

    def _solve(self, stays: set[int], seconds: float) -> bool:
        if self._is_stopped or seconds <= 0:
            return False
        model, columns = self._model(stays)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.absolute_gap_limit = FINE * self._close
        solver.parameters.catch_sigint_signal = False
        with self._lock:
            self._solver = solver
        status = solver.solve(model)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = {column: int(solver.value(variable)) for column, variable in columns.items()}
            if sum(self._costs[column] * (value - self._values[column]) for column, value in found.items()) <= 0:
                for column, value in found.items():
                    self._values[column] = value
        return bool(status == cp_model.OPTIMAL)

    def _model(self, stays: set[int]) -> tuple[cp_model.CpModel, dict[int, cp_model.IntVar]]:
        """Of the open columns; those of the other stays are as they are."""
        choice, model = self._choice, cp_model.CpModel()
        open_columns = [column for column, (stay, _) in enumerate(choice.pairs) if stay in stays]
        open_columns += range(len(choice.pairs), len(choice.costs))
        columns = {column: model.new_bool_var("") for column in open_columns}
        for number, (row, (_, most)) in enumerate(zip(self._rows, choice.bounds, strict=True)):
            free = round(most) - sum(factor * self._values[column] for column, factor in row if column not in columns)
            inside = [(columns[column], factor) for column, factor in row if column in columns]
            variables = [variable for variable, _ in inside]
            if number < len(choice.stays):
                if inside:
                    model.add_exactly_one(variables)
            elif free == 1 and all(factor == 1 for _, factor in inside):
                model.add_at_most_one(variables)
            elif inside and sum(max(0, factor) for _, factor in inside) > free:
                weights = [factor for _, factor in inside]
                model.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= free)
        model.minimize(
            cp_model.LinearExpr.weighted_sum(list(columns.values()), [self._costs[column] for column in columns])
        )
        for column, variable in columns.items():
            model.add_hint(variable, self._values[column])
        return model, columns
