"""``beds plan``: its document and its words, wrong files, and that it asks for no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.cli.commands import beds
from desk_app.interop.bed_plans import planning
from tests.benchmarks.bed_instances import Size, instance
from tests.cli.conftest import Cli

INSTANCE: dict[str, Any] = {
    "nights": 14,
    "unplaced_night": 1000,
    "rooms": [{"code": "R1", "beds": 1, "policy": "one_sex"}, {"code": "R2", "beds": 2, "policy": "any"}],
    "stays": [
        {"id": "s1", "sex": "F", "first": 3, "last": 6, "cost": {"R1": 0, "R2": 24}},
        {"id": "s2", "sex": "M", "first": 6, "last": 6, "cost": {"R1": 5, "R2": 8}},
        {"id": "s3", "sex": "M", "first": 0, "last": 1, "cost": {}},
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "beds.json"
    path.write_text(json.dumps(INSTANCE), encoding="utf-8")
    return path


def test_the_plan_is_one_document(empty: Cli, file: Path) -> None:
    told = empty.json("beds", "plan", "--instance", file)
    assert told == {"rooms": {"s1": "R1", "s2": "R2"}, "cost": 2008, "unplaced_nights": 2, "lower_bound": 2008}


def test_the_plan_in_words_goes_by_night(empty: Cli, file: Path) -> None:
    ran = empty("beds", "plan", "--instance", file, "--seconds", 5)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "s3  nights 0–1  no room",
        "s1  nights 3–6  room R1",
        "s2  nights 6–6  room R2",
        "Cost 2008, 2 nights without a room; no plan costs less.",
    ]


def test_without_a_solver_it_is_said_that_the_bound_is_weaker(
    empty: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "has_solver", lambda: False)
    monkeypatch.setattr(beds, "has_solver", lambda: False)
    assert empty("beds", "plan", "--instance", file).err == ""  # what is proven needs no solver
    file.write_text(json.dumps(instance(Size(2, 14, 40, 14, 110, 0.8), seed=3)), encoding="utf-8")
    ran = empty("beds", "plan", "--instance", file, "--seconds", 1, "--json")
    assert ran.status == 0
    assert 0 < ran.json["lower_bound"] < ran.json["cost"]
    assert "HiGHS is not installed" in ran.err


def test_no_database_is_made_or_needed(empty: Cli, file: Path) -> None:
    before = set(file.parent.rglob("*.db"))
    assert empty("beds", "plan", "--instance", file).status == 0
    assert empty.at(file.parent / "none" / "at" / "all.db")("beds", "plan", "--instance", file).status == 0
    assert set(file.parent.rglob("*.db")) == before


def test_a_night_outside_the_horizon_is_refused_with_its_place(empty: Cli, file: Path) -> None:
    beyond = {**INSTANCE, "stays": [{**INSTANCE["stays"][0], "last": 14}]}
    file.write_text(json.dumps(beyond), encoding="utf-8")
    ran = empty("beds", "plan", "--instance", file)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "beds.json: stays[0].last: expected a whole number from 3 to 13.\n"
    assert empty.refused("beds", "plan", "--instance", file) == (2, "bed_file")


def test_what_is_no_json_and_what_is_not_there_is_refused(empty: Cli, file: Path) -> None:
    file.write_text("nights = 14", encoding="utf-8")
    assert empty.refused("beds", "plan", "--instance", file) == (2, "bed_file_json")
    assert empty.refused("beds", "plan", "--instance", file.with_name("none.json")) == (2, "unreadable")


@pytest.mark.parametrize("words", [(), ("--instance",), ("--instance", "x", "--seconds", "0"), ("--seconds", "ten")])
def test_wrong_words_are_wrong_usage(empty: Cli, words: tuple[str, ...]) -> None:
    assert empty("beds", "plan", *words).status == 2
