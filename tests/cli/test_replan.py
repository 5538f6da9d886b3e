"""``replan``: what is proposed, what is stored, and every refusal's exit status."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.cli.people import a_chart

WEDNESDAY = ("--from", "2026-11-25T00:00", "--to", "2026-11-26T00:00")


def booked(cli: Cli) -> tuple[int, str]:
    mrn = a_chart(cli)
    return cli.book("2026-11-25T09:00", "--patient", mrn, "--procedure", "JOINT")["id"], mrn


def test_a_plan_is_told_and_nothing_is_stored(each: Cli) -> None:
    number, mrn = booked(each)
    told = each.json("replan", "--without", "ALG", *WEDNESDAY)
    (move,) = told["moves"]
    assert (move["appointment"], move["from"], move["to"]) == (
        number,
        "2026-11-25T09:00:00-05:00",
        "2026-11-26T09:00:00-05:00",
    )
    assert move["resources"] == {"room": "R1", "physician": "ALG", "bay": "B1"}
    person = {"mrn": mrn, "name": "Ortiz, Marisol"}
    assert told["callbacks"] == [{"kind": "moved", "patient": person, "due": "2026-11-24T17:00:00-05:00"}]
    assert told["applied"] is False
    assert each.json("appointments", "list", "--date", "2026-11-25")["appointments"][0]["id"] == number


def test_applied_it_is_stored_whole_and_the_stretch_is_closed(each: Cli) -> None:
    number, _ = booked(each)
    assert each.json("replan", "--without", "ALG", *WEDNESDAY, "--kind", "sick", "--apply")["applied"] is True
    assert each.json("appointments", "list", "--date", "2026-11-25")["appointments"] == []
    (there,) = each.json("appointments", "list", "--date", "2026-11-26")["appointments"]
    assert there["id"] == number
    why = each.json("slots", "explain", "--procedure", "JOINT", "--start", "2026-11-25T09:00")
    assert [obstacle["code"] for obstacle in why["obstacles"]] == ["blocked"]
    assert each.json("check") == {"breaches": []}


def test_a_visit_without_a_place_is_told_as_null_and_is_called(each: Cli) -> None:
    number, _ = booked(each)
    told = each.json("replan", "--without", "R1", "--from", "2026-11-25T00:00", "--to", "2027-03-01T00:00")
    assert [(move["appointment"], move["to"], move["resources"]) for move in told["moves"]] == [(number, None, {})]
    assert [call["kind"] for call in told["callbacks"]] == ["rebook"]


def test_people_read_it_in_lines(each: Cli) -> None:
    booked(each)
    told = each("replan", "--without", "ALG", *WEDNESDAY).out
    assert "2026-11-25 09:00  Ortiz, Marisol: Thu 26 Nov 09:00" in told
    assert "0 keep their start, 1 move, 0 find no place; 1 calls. Nothing is stored yet (--apply stores it)." in told
    assert each("replan", "--without", "B2", *WEDNESDAY).out == "No visit is concerned.\n"


def test_unknown_codes_and_impossible_stretches_are_refused(each: Cli) -> None:
    assert each.refused("replan", "--without", "NOBODY", *WEDNESDAY) == (2, "unknown_resource")
    assert each.refused("replan", "--without", "ALG", "--from", "x", "--to", "2026-11-26") == (2, "bad_datetime")
    backwards = ("--from", "2026-11-26T00:00", "--to", "2026-11-25T00:00")
    assert each.refused("replan", "--without", "ALG", *backwards) == (1, "blockout_ends_before")
