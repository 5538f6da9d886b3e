"""``requests import`` and ``requests list``, with files read by the worker process as they are in the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.application.use_cases.requests import NewRequest, take_down
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Contact, Phone
from desk_app.domain.statuses import RequestSource, RequestStatus
from tests.cli.conftest import Cli

DATA = Path("tests/data/requests")


def a_request(cli: Cli, family: str = "Asante") -> int:
    desk = build_desk(cli.address, "desk 2", cli.clock)
    caller = Contact(family, "Kwame", phones=(Phone("413 555 0119", "+14135550119"),))
    number = take_down(desk, NewRequest(RequestSource.PHONE, contact=caller, procedure="JOINT")).value.id
    desk.close()
    return number


def test_a_request_is_told_with_contact_and_next_action(each: Cli) -> None:
    number = a_request(each)
    assert each.json("requests", "list") == {
        "requests": [
            {
                "id": number,
                "status": "received",
                "patient": None,
                "contact": {
                    "name": "Asante, Kwame",
                    "phones": ["+14135550119"],
                    "birth_date": None,
                    "birth_date_text": None,
                    "email": None,
                    "payer": None,
                    "member_id": None,
                },
                "procedure": "JOINT",
                "procedure_text": None,
                "levels": 1,
                "level_names": None,
                "urgency": "routine",
                "source": "phone",
                "received": "2026-11-24T10:00:00-05:00",
                "messages": 0,
                "possible_duplicate_of": None,
                "next_action": {"kind": "call_patient", "due": "2026-11-25T17:00:00-05:00"},
            }
        ]
    }


def test_without_a_request_it_says_so(cli: Cli) -> None:
    assert cli.json("requests", "list") == {"requests": []}
    assert cli("requests", "list").out == "No requests.\n"


def test_a_status_narrows_the_list_and_an_unknown_one_is_wrong_input(cli: Cli) -> None:
    first, second = a_request(cli), a_request(cli, "Other")
    booked = cli.json("appointments", "book", "--request", first, "--start", "2026-11-25T09:00")
    assert [item["id"] for item in cli.json("requests", "list")["requests"]] == [second]
    (told,) = cli.json("requests", "list", "--status", "booked")["requests"]
    assert (told["id"], told["patient"], told["next_action"]) == (first, booked["patient"], None)
    ran = cli("requests", "list", "--status", "lost")
    assert ran.status == 2
    assert ", ".join(RequestStatus) in ran.err


def test_somebody_perhaps_known_is_asked_about_and_either_answer_books(cli: Cli) -> None:
    first, second, third = a_request(cli), a_request(cli), a_request(cli)
    known = cli.json("appointments", "book", "--request", first, "--start", "2026-11-25T09:00")["patient"]["mrn"]
    ask = ("appointments", "book", "--request")
    ran = cli(*ask, second, "--start", "2026-11-25T10:00")
    assert (ran.status, ran.err) == (
        1,
        f"Perhaps this is somebody known: chart {known}. Say whether it is the same person.\n",
    )
    same = cli.json(*ask, second, "--patient", known, "--start", "2026-11-25T10:00")
    other = cli.json(*ask, third, "--new-patient", "--start", "2026-11-25T11:00")
    assert same["patient"]["mrn"] == known != other["patient"]["mrn"]


def test_a_request_keeps_its_procedure_unless_another_is_asked(cli: Cli) -> None:
    number = a_request(cli)
    asked = ("appointments", "book", "--request", number, "--start", "2026-11-25T09:00")
    assert cli.refused(*asked, "--clinician", "NOSUCH") == (2, "unknown_clinician")
    assert cli.refused(*asked, "--procedure", "KYPHO") == (1, "authorization_missing")
    assert cli.json(*asked, "--clinician", "ALG")["procedure"] == "JOINT"


def test_each_item_is_told_and_importing_again_creates_nothing(cli: Cli) -> None:
    told = cli.json("requests", "import", DATA / "001.eml", DATA / "006.eml", DATA / "010.eml")["items"]
    assert told == [
        {"source": "001.eml", "result": "created", "request": 1, "possible_duplicate_of": None, "reason": None},
        {
            "source": "006.eml",
            "result": "duplicate",
            "request": 1,
            "possible_duplicate_of": None,
            "reason": "same_person",
        },
        {
            "source": "010.eml",
            "result": "set_aside",
            "request": None,
            "possible_duplicate_of": None,
            "reason": "empty",
        },
    ]
    again = cli.json("requests", "import", DATA / "001.eml", DATA / "006.eml", DATA / "010.eml")["items"]
    assert {(item["result"], item["reason"]) for item in again} == {("duplicate", "seen")}
    (request,) = cli.json("requests", "list")["requests"]
    assert request["messages"] == 2


def test_lines_for_people_tell_the_same(cli: Cli) -> None:
    assert cli("requests", "import", DATA / "001.eml", DATA / "005.eml").out == (
        "001.eml: created request 1\n005.eml: set aside: looks like advertising\n"
    )
    assert cli("requests", "import", DATA / "001.eml").out == "001.eml: duplicate, seen before\n"


def test_a_path_that_cannot_be_read_is_wrong_input_and_nothing_is_taken_in(cli: Cli, tmp_path: Path) -> None:
    assert cli.refused("requests", "import", DATA / "001.eml", tmp_path / "none.eml") == (2, "unreadable")
    assert cli.json("requests", "list") == {"requests": []}


def test_an_empty_folder_holds_nothing(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert cli.json("requests", "import", tmp_path / "empty") == {"items": []}


@pytest.mark.parametrize("words", [("requests",), ("requests", "import"), ("slots",), ("nonsense",)])
def test_half_a_command_is_wrong_usage(cli: Cli, words: tuple[str, ...]) -> None:
    ran = cli(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("usage: front-desk")
