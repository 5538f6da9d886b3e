"""``beds assign``: told first, stored on demand, in words and in JSON."""

from __future__ import annotations

from desk_app.application.use_cases import blockouts
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.blockouts import BlockoutWish
from tests.cli.conftest import Cli
from tests.cli.people import a_chart
from tests.helpers.small_practice import at

WEDNESDAY = ("--date", "2026-11-25", "--nights", "3")


def booked_in_a_leaking_bay(cli: Cli) -> int:
    number = cli.book("2026-11-25T09:00", "--patient", a_chart(cli), "--procedure", "JOINT")["id"]
    desk = build_desk(cli.address, "A. Reyes", cli.clock)
    leak = BlockoutWish(("B1",), at("2026-11-25T08:00"), at("2026-11-25T18:00"), reason="leak")
    blockouts.enter(desk, leak, frozenset({number}))
    desk.close()
    return int(number)


def test_a_dry_run_tells_the_changes_and_stores_nothing(each: Cli) -> None:
    number = booked_in_a_leaking_bay(each)
    for _ in range(2):
        told = each.json("beds", "assign", *WEDNESDAY, "--dry-run")
        assert told == {
            "date": "2026-11-25",
            "nights": 3,
            "changes": [
                {
                    "appointment": number, "kind": "bay", "nights": [], "from": "B1", "to": "B2",
                    "text": "Bay 1 blocked: leak",
                }
            ],
            "unsolved": [],
            "proven": True,
            "applied": False,
        }  # fmt: skip
    lines = each("beds", "assign", *WEDNESDAY, "--dry-run").out
    assert f"{number:>6}  B1 -> B2  Ortiz, Marisol: Bay 1 blocked: leak\n1 change. Nothing is stored.\n" in lines


def test_it_is_stored_and_then_nothing_is_better(each: Cli) -> None:
    number = booked_in_a_leaking_bay(each)
    assert each.json("beds", "assign", *WEDNESDAY)["applied"] is True
    bays = each.json("beds", "list", "--date", "2026-11-25")["bays"]
    assert [visit["appointment"] for bay in bays if bay["resource"] == "B2" for visit in bay["visits"]] == [number]
    told = each.json("beds", "assign", *WEDNESDAY)
    assert (told["changes"], told["applied"]) == ([], False)
    said = "Nothing better: every patient has the best bay and bed that there is.\n"
    assert each("beds", "assign", *WEDNESDAY).out == said
    assert each.json("check") == {"breaches": []}


def test_wrong_words_are_wrong_usage(each: Cli) -> None:
    assert each("beds", "assign", "--date", "soon").status == 2
    assert each("beds", "assign", *WEDNESDAY[:2], "--nights", "0").status == 2
    assert each("beds", "assign", *WEDNESDAY[:2], "--nights", "93").status == 2
