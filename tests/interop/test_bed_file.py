"""Bed instances from files: read exactly, or refused with the place and what was expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desk_app.application.sentences import sentence
from desk_app.domain.beds import BedInstance, BedRoom, BedStay, RoomPolicy
from desk_app.domain.faults import WrongInput
from desk_app.interop.bed_plans.bed_file import load, parse


def document() -> dict[str, Any]:
    return {
        "nights": 14,
        "unplaced_night": 1000,
        "rooms": [{"code": "R1", "beds": 4, "policy": "one_sex"}, {"code": "R2", "beds": 1, "policy": "any"}],
        "stays": [{"id": "s1", "sex": "F", "first": 3, "last": 6, "cost": {"R1": 0, "R2": 24}}],
    }


def refusal(changed: object) -> str:
    data = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
    with pytest.raises(WrongInput) as caught:
        parse(data, "beds.json")
    return sentence(caught.value.code, caught.value.params)


def test_an_instance_is_read_as_it_stands() -> None:
    rooms = BedRoom("R1", 4, RoomPolicy.ONE_SEX), BedRoom("R2", 1, RoomPolicy.ANY)
    stays = (BedStay("s1", "F", 3, 6, {"R1": 0, "R2": 24}),)
    assert parse(json.dumps(document()).encode("utf-8-sig"), "x") == BedInstance(14, 1000, rooms, stays)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (["nights"], 0, "nights: expected a whole number from 1 to 3660."),
        (["nights"], 14.0, "nights: expected a whole number"),
        (["nights"], True, "nights: expected a whole number"),
        (["unplaced_night"], -1, "unplaced_night: expected a whole number from 0"),
        (["rooms"], {}, "rooms: expected a list."),
        (["rooms", 1], "R2", "rooms[1]: expected an object with code, beds, policy."),
        (["rooms", 0, "beds"], "4", "rooms[0].beds: expected a whole number from 0"),
        (["rooms", 0, "policy"], "mixed", "rooms[0].policy: expected one of one_sex, any."),
        (["rooms", 0, "policy"], [], "rooms[0].policy: expected one of one_sex, any."),
        (["rooms", 1, "code"], "R1", "rooms[1].code: expected a code that no other has (“R1” is there twice)."),
        (["rooms", 0, "floor"], 1, "rooms[0]: “floor”: expected no such key; known here: code, beds, policy."),
        (["stays", 0, "last"], 14, "stays[0].last: expected a whole number from 3 to 13."),
        (["stays", 0, "last"], 2, "stays[0].last: expected a whole number from 3 to 13."),
        (["stays", 0, "first"], -1, "stays[0].first: expected a whole number from 0 to 13."),
        (["stays", 0, "sex"], " ", "stays[0].sex: expected a text"),
        (["stays", 0, "id"], 7, "stays[0].id: expected a text"),
        (["stays", 0, "cost"], [1], "stays[0].cost: expected costs by room"),
        (["stays", 0, "cost", "R9"], 1, "stays[0].cost.R9: expected a room of this file."),
        (["stays", 0, "cost", "R1"], -1, "stays[0].cost.R1: expected a whole number from 0"),
        (["stays", 0, "cost", "R1"], 1.5, "stays[0].cost.R1: expected a whole number from 0"),
        (["more"], 1, "the whole file: “more”: expected no such key"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(path: list[Any], value: object, said: str) -> None:
    changed = document()
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    assert refusal(changed).startswith(f"beds.json: {said}")


@pytest.mark.parametrize("key", ["nights", "unplaced_night", "rooms", "stays"])
def test_a_missing_key_is_named(key: str) -> None:
    changed = document()
    del changed[key]
    assert refusal(changed) == f"beds.json: the whole file: expected “{key}” (it is missing)."


def test_two_stays_of_one_id_are_refused() -> None:
    changed = document()
    changed["stays"] *= 2
    assert "stays[1].id: expected a id that no other has" in refusal(changed)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "beds.json, line 1: expected JSON"),
        (b'{\n"nights": 3,\n}', "beds.json, line 3: expected JSON"),
        (b'{"nights": 1, "nights": 2}', "beds.json: “nights”: expected each key once."),
        (b"[]", "beds.json: the whole file: expected an object with nights"),
        (b'{\n"nights": "\xff"}', "beds.json, line 2: expected UTF-8."),
        (b"[" * 200_000, "beds.json, line 1: expected JSON of ordinary depth"),
        (b'{"nights": ' + b"9" * 10_000 + b"}", "beds.json, line 1: expected JSON of ordinary depth"),
        (b'{"nights": NaN}', "beds.json: the whole file: expected “unplaced_night”"),
    ],
)
def test_what_is_no_such_json_is_refused_with_its_line(data: bytes, said: str) -> None:
    assert refusal(data).startswith(said)


def test_a_file_that_is_not_there_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as caught:
        load(tmp_path / "none.json")
    assert sentence(caught.value.code, caught.value.params).endswith(
        "none.json cannot be read: No such file or directory"
    )
