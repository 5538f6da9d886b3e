"""From web forms to a printed sheet, by the command line alone: the main job, end to end."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.cli.conftest import Cli

PRACTICE = Path("resources/demo/bay_state_pain.toml")
DATA = Path("tests/data/requests")


def open_requests(cli: Cli) -> dict[int, Any]:
    return {item["id"]: item for item in cli.json("requests", "list")["requests"]}


def codes(phases: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [phase["resources"] for phase in phases]


def test_requests_come_in_are_booked_moved_printed_and_cancelled(empty: Cli, tmp_path: Path) -> None:
    cli = empty
    assert cli.json("init", "--practice", PRACTICE) == {"practice": "Bay State Pain"}
    items = cli.json("requests", "import", DATA)["items"]
    assert len(items) == 15 + 6
    waiting = open_requests(cli)
    assert set(waiting) == {item["request"] for item in items if item["result"] == "created"}
    assert all(item["next_action"] for item in waiting.values())
    assert [item["result"] for item in cli.json("requests", "import", DATA)["items"]] == ["duplicate"] * len(items)
    assert open_requests(cli) == waiting

    asks = [item for item in waiting.values() if "Medicare" not in (item["contact"]["payer"] or "")]
    request = next(item for item in asks if item["procedure"] == "KYPHO")
    search = ("--procedure", "KYPHO", "--levels", request["levels"])
    slots = cli.json("slots", "find", *search, "--limit", 40)["slots"]
    first = slots[0]["start"]
    assert cli.json("slots", "explain", *search, "--start", first)["fits"]

    ask = ("appointments", "book", "--request", request["id"], "--start", first)
    assert cli.refused(*ask) == (1, "authorization_missing")
    until = datetime.fromisoformat(first) - timedelta(hours=1)
    held = cli.json(*ask, "--hold-until", until.isoformat())
    assert (held["status"], codes(held["phases"])) == ("held", codes(slots[0]["phases"]))
    assert not cli.json("slots", "explain", *search, "--start", first)["fits"]
    still = open_requests(cli)[request["id"]]
    assert (still["status"], still["next_action"]) == (request["status"], request["next_action"])

    booked = cli.json("appointments", "status", held["id"], "booked", "--override", "approved by phone, letter to come")
    assert request["id"] not in open_requests(cli)
    later = next(slot["start"] for slot in slots if slot["start"] > first)
    moved = cli.json("appointments", "move", booked["id"], "--start", later)
    assert moved["start"] == later
    day = later[:10]
    assert cli.json("appointments", "list", "--date", day) == {"date": day, "appointments": [moved]}

    sheet = tmp_path / "sheet.pdf"
    printed = cli.json("sheet", day, "--pdf", sheet)
    assert printed == {"file": str(sheet), "pages": 1, "version": 1}
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert cli.json("check") == {"breaches": []}

    assert cli.json("appointments", "cancel", booked["id"], "--reason", "patient")["status"] == "cancelled"
    back = open_requests(cli)[request["id"]]
    assert (back["status"], back["next_action"]["kind"]) == ("ready_to_book", "rebook")
    assert cli.json("slots", "explain", *search, "--start", first)["fits"]
    assert cli.json("appointments", "list", "--date", day)["appointments"] == []
    assert cli.json("check") == {"breaches": []}


def test_the_demo_practice_is_set_up_once_and_kept_to_its_rules(empty: Cli) -> None:
    told = empty.json("init", "--demo")
    assert told["visits"] > 1000
    assert empty.json("check") == {"breaches": []}
    assert empty.json("requests", "list")["requests"]
    assert empty.json("init", "--demo") == {"practice": "demo", "visits": 0}
    assert empty.json("init", "--practice", PRACTICE) == {"practice": "Bay State Pain"}
