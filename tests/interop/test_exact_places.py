"""Bays and beds by HiGHS: as good as every assignment tried, better than the plain engine alone, never in its way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from desk_app.domain.assignment import Problem, assign, scored
from desk_app.interop import exact_places
from desk_app.interop.exact_places import engine, exact
from tests.domain.assignment.test_assign import best_of_all, problems
from tests.helpers.assignments import overfull_day, random_problem

pytestmark = pytest.mark.skipif(find_spec("highspy") is None, reason="HiGHS is not installed")


@settings(max_examples=60, deadline=None)
@given(problems())
def test_it_finds_the_best_of_all_assignments(problem: Problem) -> None:
    found = exact(problem, 20)
    if found is None:
        assert not any(stretch.broken for stretch in problem.stretches)
        return
    assert scored(problem, found.places) == found.score == found.bound == best_of_all(problem)


@pytest.mark.parametrize("seed", [1, 3])
def test_a_day_with_more_patients_than_bays_is_proven_with_it(seed: int) -> None:
    problem = overfull_day(8, 60, seed)
    found, alone = engine()(problem), assign(problem)
    assert scored(problem, found.places) == found.score <= alone.score
    assert found.is_proven
    assert alone.bound <= found.score


def test_what_is_too_large_for_it_is_left_to_the_plain_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_problem(8, 7, 4)
    monkeypatch.setattr(exact_places, "MOST_COLUMNS", 10)
    assert engine()(problem) == assign(problem)


def test_out_of_time_the_plain_engine_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact_places, "SHORTEST", 0.0)
    problem = random_problem(30, 3, Random(1).randrange(100))
    found = engine(seconds=0.0)(problem)
    assert scored(problem, found.places) == found.score
    assert found.bound <= found.score


def test_where_it_is_not_installed_the_plain_engine_is_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing: Callable[[str], None] = lambda name: None  # noqa: E731
    monkeypatch.setattr(exact_places, "find_spec", nothing)
    assert engine() is assign


def test_it_is_loaded_only_when_it_is_used() -> None:
    told = "import sys, desk_app.interop.exact_places as e; e.engine(); print('highspy' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", told], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
