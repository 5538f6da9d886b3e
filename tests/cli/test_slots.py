"""``slots find`` and ``slots explain``: shapes, defaults, and every way of asking wrongly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.people import a_chart

KYPHO = ("slots", "find", "--procedure", "KYPHO")
JOINT = ("slots", "find", "--procedure", "JOINT")
WHY = ("slots", "explain", "--procedure", "JOINT", "--start")


def starts(found: object) -> list[str]:
    assert isinstance(found, dict)
    return [slot["start"] for slot in found["slots"]]


def test_a_slot_tells_every_phase_with_its_resources(cli: Cli) -> None:
    first = cli.json(*KYPHO, "--levels", 2, "--limit", 1, "--from", "2026-11-25")
    room = {"room": "R1"}
    assert first == {
        "slots": [
            {
                "start": "2026-11-25T08:00:00-05:00",
                "end": "2026-11-25T10:40:00-05:00",
                "phases": [
                    {
                        "kind": "setup",
                        "start": "2026-11-25T08:00:00-05:00",
                        "end": "2026-11-25T08:10:00-05:00",
                        "resources": room,
                    },
                    {
                        "kind": "procedure",
                        "start": "2026-11-25T08:10:00-05:00",
                        "end": "2026-11-25T09:10:00-05:00",
                        "resources": {"room": "R1", "physician": "ALG", "sedation": "NP1", "c_arm": "C1"},
                    },
                    {
                        "kind": "turnover",
                        "start": "2026-11-25T09:10:00-05:00",
                        "end": "2026-11-25T09:25:00-05:00",
                        "resources": room,
                    },
                    {
                        "kind": "recovery",
                        "start": "2026-11-25T09:10:00-05:00",
                        "end": "2026-11-25T10:40:00-05:00",
                        "resources": {"bay": "B1"},
                    },
                ],
            }
        ]
    }


def test_without_a_day_it_looks_from_now_and_gives_twenty(cli: Cli) -> None:
    found = starts(cli.json(*JOINT))
    assert (len(found), found[0]) == (20, "2026-11-24T10:00:00-05:00")


def test_the_first_start_is_the_next_cell(cli: Cli) -> None:
    cli.clock.instant = cli.clock.instant.replace(minute=1)
    assert starts(cli.json(*JOINT, "--limit", 1)) == ["2026-11-24T10:05:00-05:00"]


def test_days_that_have_passed_count_but_hold_no_start(cli: Cli) -> None:
    assert starts(cli.json(*JOINT, "--from", "2026-11-20", "--days", 5, "--limit", 1)) == ["2026-11-24T10:00:00-05:00"]
    assert starts(cli.json(*JOINT, "--from", "2026-11-20", "--days", 4)) == []
    assert starts(cli.json(*JOINT, "--from", "1900-01-01")) == []
    assert cli(*JOINT, "--from", "1900-01-01").out == "Nothing fits in that time.\n"


def test_a_day_in_the_next_century_is_looked_at_without_all_the_days_between(cli: Cli) -> None:
    assert starts(cli.json(*JOINT, "--from", "2150-06-01", "--limit", 1)) == ["2150-06-01T08:00:00-04:00"]


def test_after_is_included_and_before_is_not(cli: Cli) -> None:
    day = (*JOINT, "--from", "2026-11-25", "--days", 1)
    found = starts(cli.json(*day, "--after", "09:10", "--before", "09:20"))
    assert found == ["2026-11-25T09:10:00-05:00", "2026-11-25T09:15:00-05:00"]


def test_weekdays_are_those_of_the_local_start(cli: Cli) -> None:
    found = starts(cli.json(*JOINT, "--weekday", "TH", "mo", "--after", "16:35"))
    assert {start[:10] for start in found[:4]} == {"2026-11-26", "2026-11-30"}
    assert found == starts(cli.json(*JOINT, "--weekday", "MO", "--weekday", "TH", "--after", "16:35"))


def test_a_planned_stay_goes_on_to_the_next_morning(cli: Cli) -> None:
    slot = cli.json(*KYPHO, "--stay", "planned", "--from", "2026-11-25", "--limit", 1)["slots"][0]
    assert slot["phases"][-1] == {
        "kind": "overnight",
        "start": "2026-11-25T10:20:00-05:00",
        "end": "2026-11-26T09:00:00-05:00",
        "resources": {"bed": "N1"},
    }
    assert slot["end"] == "2026-11-26T09:00:00-05:00"


def test_a_clinician_asked_for_serves_some_label(cli: Cli) -> None:
    assert starts(cli.json(*KYPHO, "--clinician", "NP1", "--limit", 1)) == starts(cli.json(*KYPHO, "--limit", 1))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--procedure", "NOSUCH"), "unknown_procedure"),
        (("--procedure", "KYPHO", "--levels", 4), "levels"),
        (("--procedure", "KYPHO", "--levels", 0), "levels"),
        (("--procedure", "KYPHO", "--levels", -1), "levels"),
        (("--procedure", "KYPHO", "--clinician", "NOSUCH"), "unknown_clinician"),
        (("--procedure", "KYPHO", "--clinician", "R1"), "unknown_clinician"),
        (("--procedure", "JOINT", "--stay", "planned"), "no_overnight_phase"),
    ],
)
def test_what_the_practice_does_not_have_is_wrong_input(cli: Cli, words: tuple[object, ...], code: str) -> None:
    assert cli.refused("slots", "find", *words) == (2, code)
    assert cli.refused("slots", "explain", *words, "--start", "2026-11-25T09:00") == (2, code)


def test_a_procedure_without_a_clinician_has_none_to_ask_for(empty: Cli, small_file: Path, tmp_path: Path) -> None:
    text = small_file.read_text(encoding="utf-8")
    room_only = '\n[[procedure]]\ncode = "REST"\nname = "Rest"\n[[procedure.phase]]\nkind = "recovery"\nminutes = 10\n'
    file = tmp_path / "more.toml"
    file.write_text(text + room_only + 'needs = { bay = "recovery_bay" }\n', encoding="utf-8")
    assert empty("init", "--practice", file).status == 0
    asked = ("slots", "find", "--procedure", "REST", "--clinician", "ALG")
    assert empty.refused(*asked) == (2, "no_such_clinician_need")


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "24.11.2026"),
        ("--from", "9999-01-01"),
        ("--days", "0"),
        ("--days", "-3"),
        ("--limit", "many"),
        ("--weekday", "MONDAY"),
        ("--after", "25:00"),
        ("--after", "09:00+02:00"),
        ("--levels", "two"),
        ("--stay", "possible"),
        ("--nonsense",),
    ],
)
def test_what_cannot_be_read_is_wrong_usage_with_the_word_on_stderr(cli: Cli, words: tuple[str, ...]) -> None:
    ran = cli(*JOINT, *words)
    assert (ran.status, ran.out) == (2, "")
    assert words[0] in ran.err
    as_document = cli(*JOINT, *words, "--json")
    told = json.loads(as_document.out)["error"]
    assert (as_document.status, told["code"]) == (2, "usage")
    assert words[0] in told["text"]


def test_names_are_never_cut_short(cli: Cli) -> None:
    assert cli("slots", "find", "--proc", "JOINT").status == 2


def test_a_start_that_fits_has_no_obstacle(cli: Cli) -> None:
    assert cli.json(*WHY, "2026-11-25T09:00") == {"fits": True, "obstacles": []}
    assert cli(*WHY, "2026-11-25T09:00").out == "This start fits.\n"


def test_every_obstacle_is_told_with_its_stretch_and_a_sentence(cli: Cli) -> None:
    cli.book("2026-11-25T09:00", "--patient", a_chart(cli), "--procedure", "JOINT")
    assert cli.json(*WHY, "2026-11-25T09:10") == {
        "fits": False,
        "obstacles": [
            {
                "code": "taken",
                "resource": "R1",
                "from": "2026-11-25T09:00:00-05:00",
                "to": "2026-11-25T09:15:00-05:00",
                "text": "Room 1 is taken from 09:00 to 09:15.",
            },
            {
                "code": "taken",
                "resource": "ALG",
                "from": "2026-11-25T09:00:00-05:00",
                "to": "2026-11-25T09:15:00-05:00",
                "text": "Dr. Algendy is taken from 09:00 to 09:15.",
            },
        ],
    }


@pytest.mark.parametrize(
    ("start", "codes"),
    [
        ("2026-11-24T09:55", ["past"]),
        ("2026-11-25T09:02", ["off_grid"]),
        ("2026-11-25T09:00:00.5", ["off_grid"]),
        ("2026-11-25T09:00:30", ["off_grid"]),
        ("2026-11-28T09:00", ["closed", "closed", "closed", "closed"]),
        ("2026-11-25T09:00-05:00", []),
        ("2026-11-25T14:00Z", []),
    ],
)
def test_the_start_itself_may_be_the_obstacle(cli: Cli, start: str, codes: list[str]) -> None:
    assert [obstacle["code"] for obstacle in cli.json(*WHY, start)["obstacles"]] == codes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2026-11-01T01:30", "2026-11-01T01:30:00-04:00"), ("2027-03-14T02:30", "2027-03-14T03:30:00-04:00")],
)
def test_a_wall_clock_is_the_first_one_or_shifted_by_the_gap(cli: Cli, typed: str, meant: str) -> None:
    cli.clock.instant = cli.clock.instant.replace(month=10)
    assert cli.json(*WHY, typed) == cli.json(*WHY, meant)
    assert cli.json(*WHY, typed)["obstacles"][0]["from"] <= meant


@pytest.mark.parametrize("typed", ["tomorrow", "09:00", "2026-13-01T09:00", "0001-01-01T00:00", "9999-12-31T23:59"])
def test_no_date_and_time_is_wrong_input(cli: Cli, typed: str) -> None:
    assert cli.refused(*WHY, typed) == (2, "bad_datetime")


def test_the_night_rule_is_an_obstacle_at_its_midnight(cli: Cli) -> None:
    book = ("--procedure", "KYPHO", "--override", "urgent")
    cli.book("2026-11-25T08:00", "--patient", a_chart(cli, "One"), *book, "--stay", "planned")
    cli.book("2026-11-25T11:00", "--patient", a_chart(cli, "Two"), *book)
    found = cli.json("slots", "explain", "--procedure", "KYPHO", "--start", "2026-11-25T14:00")
    assert found["obstacles"] == [
        {
            "code": "night",
            "resource": None,
            "from": "2026-11-26T00:00:00-05:00",
            "to": "2026-11-26T00:00:00-05:00",
            "text": "With this visit the night's beds would not suffice often enough (7.8% against 5.0%).",
        },
    ]
    assert "2026-11-25" not in {start[:10] for start in starts(cli.json(*KYPHO, "--from", "2026-11-25"))}


def test_a_sitting_of_several_procedures_is_sought_and_explained_as_one(cli: Cli) -> None:
    day = ("--from", "2026-11-25", "--days", 1, "--limit", 500)
    alone, both = starts(cli.json(*KYPHO, *day)), starts(cli.json(*KYPHO, *day, "--also", "JOINT"))
    assert both == alone[: len(both)]
    assert 0 < len(both) < len(alone)
    why = ("slots", "explain", "--procedure", "KYPHO", "--also", "JOINT", "--start")
    assert cli.json(*why, both[-1])["fits"]
    assert [each["code"] for each in cli.json(*why, alone[-1])["obstacles"]] != []


@pytest.mark.parametrize(
    ("also", "status"), [("XX", 2), ("JOINT:2", 2), ("JOINT:0", 2), ("JOINT:x", 2), ("JOINT:", 2), ("KYPHO", 1)]
)
def test_what_cannot_be_done_with_it_is_refused(cli: Cli, also: str, status: int) -> None:
    assert cli(*KYPHO, "--also", also).status == status
