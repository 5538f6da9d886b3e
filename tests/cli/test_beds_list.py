"""``beds list`` says what a count of every visit by hand says: bays of the day, beds of the night, who may stay."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.cli.conftest import Cli
from tests.helpers.small_practice import ZONE, at

DAYS = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-27")
SHARES = {"A": 0.3, "B": 0.12, "C": 0.0}
BEDS, BAYS, RISK = 3, 3, 0.05
HOURS = (8, 10, 12, 14)
STEPS = ("confirmed", "arrived", "ready", "in_procedure", "in_recovery")

PRACTICE = f"""
[practice]
name = "Three beds"
time_zone = "America/New_York"
overflow_risk = {RISK}
"""
RESOURCE = """
[[resource]]
code = "{code}"
kind = "{kind}"
name = "{code}"
turnover_minutes = {turnover}
"""
SESSION = """
[[session]]
resource = "{code}"
rrule = "FREQ=WEEKLY;BYDAY={days}"
first_day = 2026-01-05
start = {start}:00:00
end = {end}:00:00
"""
PROCEDURE = """
[[procedure]]
code = "{code}"
name = "{code}"
unplanned_stay = {share}
overnight = "{overnight}"
[[procedure.phase]]
kind = "procedure"
minutes = 30
needs = {{ room = "procedure_room" }}
[[procedure.phase]]
kind = "recovery"
minutes = 60
needs = {{ bay = "recovery_bay" }}
[[procedure.phase]]
kind = "overnight"
until = 09:00:00
needs = {{ bed = "overnight_bed" }}
"""


def file_of(chance: Random) -> tuple[str, list[dict[str, Any]]]:
    """A practice with visits, as a file and as they were drawn."""
    text = PRACTICE
    for number in range(BAYS):
        text += RESOURCE.format(code=f"R{number}", kind="procedure_room", turnover=0)
        text += RESOURCE.format(code=f"B{number}", kind="recovery_bay", turnover=5)
        text += SESSION.format(code=f"R{number}", days="MO,TU,WE,TH,FR", start="08", end="18")
        if number < BAYS - 1:
            text += SESSION.format(code=f"B{number}", days="MO,TU,WE,TH,FR", start="08", end="18")
    for number in range(BEDS):
        text += RESOURCE.format(code=f"N{number}", kind="overnight_bed", turnover=60)
        text += SESSION.format(code=f"N{number}", days="MO,TU,FR" if number else "MO,TU,WE,FR", start="09", end="09")
    text += '\n[[blockout]]\nresource = "N2"\nstart = 2026-11-24T12:00:00\nend = 2026-11-25T06:00:00\nreason = "leak"\n'
    for code, share in SHARES.items():
        text += PROCEDURE.format(code=code, share=share, overnight="possible")
    text += PROCEDURE.format(code="P", share=0.0, overnight="planned")
    visits = []
    for day in DAYS:
        beds = list(range(BEDS))
        for hour, bay in product(HOURS, range(BAYS - 1)):
            procedure = chance.choice(["A", "A", "B", "C", "P", ""])
            if not procedure or (procedure == "P" and (hour == HOURS[0] or not beds)):
                continue
            bed = beds.pop() if procedure == "P" else None
            visits.append({"day": day, "hour": hour, "bay": bay, "procedure": procedure, "bed": bed})
    for visit in visits:
        used = f'room = "R{visit["bay"]}", bay = "B{visit["bay"]}"'
        used += f', bed = "N{visit["bed"]}"' if visit["bed"] is not None else ""
        start = f"{visit['day']}T{visit['hour']:02}:00:00"
        text += f'\n[[appointment]]\nprocedure = "{visit["procedure"]}"\nstart = {start}\nresources = {{ {used} }}\n'
    return text, visits


def more_than(shares: list[float], beds: int) -> float:
    """Every set of patients who might stay, one by one."""
    chance = 0.0
    for stays in product((True, False), repeat=len(shares)):
        if sum(stays) > beds:
            weight = 1.0
            for share, stay in zip(shares, stays, strict=True):
                weight *= share if stay else 1 - share
            chance += weight
    return chance if beds >= 0 else 1.0


def staffed(day: str) -> int:
    weekday = datetime.fromisoformat(day).weekday()
    beds = {number for number in range(BEDS) if weekday in (0, 1, 4) or (number == 0 and weekday == 2)}
    return len(beds - {2}) if day == "2026-11-24" else len(beds)


def night_of(day: str, visits: list[dict[str, Any]], occupied: int) -> dict[str, Any]:
    mine = [visit for visit in visits if visit["day"] == day]
    shares = [SHARES[v["procedure"]] for v in mine if v["bed"] is None and v.get("status") not in GONE]
    planned = sum(1 for visit in mine if visit["bed"] is not None and visit.get("status") != "cancelled")
    kept = next(n for n in range(len(shares) + 1) if more_than(shares, n) <= RISK + 1e-9)
    return {
        "staffed": staffed(day),
        "planned": planned,
        "kept": kept,
        "occupied": occupied,
        "free": max(0, staffed(day) - planned - kept),
        "overflow_chance": pytest.approx(more_than(shares, staffed(day) - planned)),
    }


GONE = ("cancelled", "no_show", "discharged")


def bays_of(day: str, visits: list[dict[str, Any]]) -> list[list[dict[str, str]]]:
    found = []
    for bay in range(BAYS):
        mine = [v for v in visits if (v["day"], v["bay"]) == (day, bay) and v.get("status") not in GONE[:2]]
        starts = [at(f"{v['day']}T{v['hour']:02}:30") for v in sorted(mine, key=lambda v: v["hour"])]
        stretches = [(start.astimezone(ZONE), (start + timedelta(hours=1)).astimezone(ZONE)) for start in starts]
        found.append([{"from": low.isoformat(), "to": high.isoformat()} for low, high in stretches])
    return found


def loaded(empty: Cli, seed: int, folder: Path) -> list[dict[str, Any]]:
    text, visits = file_of(Random(seed))
    path = folder / "practice.toml"
    path.write_text(text, encoding="utf-8")
    empty.clock.instant = at("2026-11-20T10:00")
    ran = empty("init", "--practice", path)
    assert ran.status == 0, ran.err
    for day in DAYS:
        told = empty.json("appointments", "list", "--date", day)["appointments"]
        mine = [visit for visit in visits if visit["day"] == day]
        for visit in mine:
            start = at(f"{day}T{visit['hour']:02}:00").astimezone(ZONE).isoformat()
            room = f"R{visit['bay']}"
            visit["id"] = next(
                each["id"] for each in told if each["start"] == start and each["phases"][0]["resources"]["room"] == room
            )
    return visits


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_day_is_counted_as_by_hand(empty: Cli, kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if kind == "postgresql":
        empty.address = str(request.getfixturevalue("fresh_postgres_url"))
    visits = loaded(empty, 3, tmp_path)
    off = [visit for visit in visits if visit["day"] == "2026-11-24"][:3]
    empty.json("appointments", "cancel", off[0]["id"], "--reason", "ill")
    off[0]["status"] = "cancelled"
    empty.clock.instant = at("2026-11-24T11:00")
    empty.json("appointments", "status", off[1]["id"], "no_show")
    off[1]["status"] = "no_show"
    for step in (*STEPS, "discharged"):
        empty.json("appointments", "status", off[2]["id"], step)
    off[2]["status"] = "discharged"
    visits = [v for v in visits if not (v.get("status") == "no_show" and v["bed"] is not None)]
    for day in DAYS:
        told = empty.json("beds", "list", "--date", day)
        assert told["night"] == night_of(day, visits, 0), day
        assert told["date"] == day
        by_hand = bays_of(day, visits)
        shown = [[{key: visit[key] for key in ("from", "to")} for visit in bay["visits"]] for bay in told["bays"]]
        if day != "2026-11-24":
            assert shown == by_hand, day
            states = ["reserved" if visits else "free" for visits in by_hand]
            states[-1] = "closed"
            assert [bay["state"] for bay in told["bays"]] == states


def test_today_a_bay_tells_its_present_state(empty: Cli, tmp_path: Path) -> None:
    visits = loaded(empty, 5, tmp_path)
    first = next(v for v in visits if v["day"] == "2026-11-24" and v["hour"] == 8)
    bay = first["bay"]

    def state(clock: str) -> str:
        empty.clock.instant = at(f"2026-11-24T{clock}")
        return str(empty.json("beds", "list", "--date", "2026-11-24")["bays"][bay]["state"])

    assert (state("07:50"), state("08:10"), state("08:40")) == ("closed", "free", "reserved")
    empty.clock.instant = at("2026-11-24T08:30")
    for step in STEPS:
        empty.json("appointments", "status", first["id"], step)
    assert state("08:40") == "occupied"
    empty.clock.instant = at("2026-11-24T09:10")
    empty.json("appointments", "status", first["id"], "discharged")
    assert (state("09:12"), state("09:20")) == ("cleaning", "free")


def test_a_patient_in_a_bed_is_counted_as_long_as_they_are_in_it(empty: Cli, tmp_path: Path) -> None:
    visits = loaded(empty, 3, tmp_path)
    planned = next(v for v in visits if v["day"] == "2026-11-24" and v["bed"] is not None)
    empty.clock.instant = at("2026-11-24T16:00")
    assert empty.json("beds", "list", "--date", "2026-11-24")["night"]["occupied"] == 0
    for step in (*STEPS, "overnight"):
        empty.json("appointments", "status", planned["id"], step)
    assert empty.json("beds", "list", "--date", "2026-11-24")["night"]["occupied"] == 1
    empty.clock.instant = at("2026-11-25T08:30")
    empty.json("appointments", "status", planned["id"], "discharged")
    assert empty.json("beds", "list", "--date", "2026-11-24")["night"]["occupied"] == 0


def test_lines_for_people_say_the_same(cli: Cli) -> None:
    assert cli("beds", "list", "--date", "2026-11-25").out.splitlines() == [
        "B1     free",
        "B2     free",
        "Night: 1 staffed, 0 planned, 0 kept, 0 occupied, 1 free; the beds run out with a chance of 0.0%.",
    ]


def test_a_date_that_is_none_is_wrong_use(cli: Cli) -> None:
    assert cli("beds", "list", "--date", "soon").status == 2
    assert cli("beds", "list").status == 2
