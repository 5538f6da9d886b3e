"""Practice files: every key and default, and wrong ones, which are refused with line, key and expectation."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from desk_app.application.sentences import sentence
from desk_app.domain.faults import WrongInput
from desk_app.domain.practice import (
    Blockout,
    BusinessHours,
    Need,
    Payer,
    Phase,
    PhaseKind,
    ProcedureType,
    Resource,
    ResourceKind,
    Sedation,
    Session,
    Settings,
    Stay,
)
from desk_app.interop.practice_file import LoadedPractice, load, parse

LEAST = """[practice]
name = "P"
time_zone = "America/New_York"
"""
BASE = """[practice]
name = "P"
time_zone = "America/New_York"
cell_minutes = 5

[[resource]]
code = "R1"
kind = "procedure_room"
name = "Room 1"

[[session]]
resource = "R1"
rrule = "FREQ=DAILY"
first_day = 2026-01-05
start = 07:30:00
end = 17:00:00

[[blockout]]
resource = "*"
start = 2026-12-24T12:00:00
end = 2026-12-26T00:00:00

[[procedure]]
code = "INJ"
name = "Injection"

[[procedure.phase]]
kind = "procedure"
minutes = 40
needs = { room = "procedure_room" }

[[procedure.phase]]
kind = "overnight"
until = 09:00:00
needs = { bed = "overnight_bed" }

[[business_hours]]
weekday = "MO"
start = 08:00:00
end = 17:00:00

[[payer]]
code = "OLD"
name = "Old Colony"

[[appointment]]
procedure = "INJ"
start = 2026-11-24T08:00:00
resources = { room = "R1" }
"""


def read(text: str) -> LoadedPractice:
    return parse(text.encode(), "p.toml")


def refusal(text: str | bytes) -> WrongInput:
    with pytest.raises(WrongInput) as told:
        parse(text if isinstance(text, bytes) else text.encode(), "p.toml")
    return told.value


def test_the_least_file_has_every_default() -> None:
    catalogue = read(LEAST).catalogue
    assert catalogue.settings == Settings("P", "America/New_York", 5, 0.05, 23, None, "US")
    assert catalogue.resources + catalogue.sessions + catalogue.procedures + catalogue.payers == ()


def test_a_file_has_the_defaults_of_every_table() -> None:
    loaded = read(BASE)
    catalogue = loaded.catalogue
    assert catalogue.resources == (Resource("R1", ResourceKind.PROCEDURE_ROOM, "Room 1", (), 0),)
    assert catalogue.sessions == (Session("R1", "FREQ=DAILY", date(2026, 1, 5), time(7, 30), time(17), (), None),)
    start, end = datetime(2026, 12, 24, 17, tzinfo=UTC), datetime(2026, 12, 26, 5, tzinfo=UTC)
    assert catalogue.blockouts == (Blockout("*", start, end, ""),)
    phases = (
        Phase(PhaseKind.PROCEDURE, (Need("room", ResourceKind.PROCEDURE_ROOM),), 40, 0),
        Phase(PhaseKind.OVERNIGHT, (Need("bed", ResourceKind.OVERNIGHT_BED),), until=time(9)),
    )
    assert catalogue.procedures == (
        ProcedureType("INJ", "Injection", phases, (), (), 1, Sedation.NONE, False, 0.0, Stay.NEVER, ()),
    )
    assert catalogue.business_hours == (BusinessHours(0, time(8), time(17)),)
    assert catalogue.payers == (Payer("OLD", "Old Colony", "", "", (), 72, 7, None),)
    (visit,) = loaded.visits
    assert (visit.procedure, visit.levels, visit.patient) == ("INJ", 1, "")
    assert (visit.start, visit.resources) == (datetime(2026, 11, 24, 13, tzinfo=UTC), (("room", "R1"),))
    assert visit.where == "p.toml, line 47"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-24T08:00:00-08:00", datetime(2026, 11, 24, 16, tzinfo=UTC)),
        ("2026-11-24T08:00:00Z", datetime(2026, 11, 24, 8, tzinfo=UTC)),
        ("2026-11-01T01:30:00", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-03-08T02:30:00", datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
    ],
)
def test_a_start_is_the_practice_s_wall_clock_unless_it_has_an_offset(written: str, meant: datetime) -> None:
    assert read(BASE.replace("2026-11-24T08:00:00", written)).visits[0].start == meant


WRONG = {
    # old text, new text, line, key, and a word of what is expected
    "syntax": ('name = "P"', 'name = "P', 2, "syntax", "TOML"),
    "a key twice": ('name = "Room 1"', 'name = "Room 1"\nname = "x"', 10, "syntax", "TOML"),
    "a day that is none": ("2026-01-05", "2026-02-30", 14, "syntax", "TOML"),
    "no number": ("minutes = 40", f"minutes = {'9' * 5000}", 0, "syntax", "TOML"),
    "unknown table": ("[[payer]]", "[[insurer]]", 42, "insurer", "no such table"),
    "stray key": ("[practice]", 'colour = "red"\n[practice]', 1, "colour", "no such table"),
    "table for a list": ("[[payer]]", "[payer]", 42, "payer", "[[payer]]"),
    "unknown key": ('name = "Room 1"', 'name = "Room 1"\ncolour = "red"', 10, "resource.colour", "no such key"),
    "empty name": ('name = "P"', 'name = " "', 2, "practice.name", "not empty"),
    "number for text": ('name = "P"', "name = 3", 2, "practice.name", "a text"),
    "control character": ('name = "P"', 'name = "P\\u0000"', 2, "practice.name", "control"),
    "long text": ('name = "P"', f'name = "{"P" * 2000}"', 2, "practice.name", "at most"),
    "unknown zone": ("America/New_York", "America/Boston", 3, "practice.time_zone", "a time zone"),
    "zone that is a folder": ("America/New_York", "America", 3, "practice.time_zone", "a time zone"),
    "zone outside": ("America/New_York", "../../etc/passwd", 3, "practice.time_zone", "a time zone"),
    "odd cell": ("cell_minutes = 5", "cell_minutes = 7", 4, "practice.cell_minutes", "divisor of 60"),
    "no cell": ("cell_minutes = 5", "cell_minutes = 0", 4, "practice.cell_minutes", "from 1 to 60"),
    "true for a number": ("cell_minutes = 5", "cell_minutes = true", 4, "practice.cell_minutes", "whole number"),
    "risk over one": ("cell_minutes = 5", "overflow_risk = 1.5", 4, "practice.overflow_risk", "0 to 1"),
    "risk of nan": ("cell_minutes = 5", "overflow_risk = nan", 4, "practice.overflow_risk", "0 to 1"),
    "holidays": ("cell_minutes = 5", 'holidays = "US-XX"', 4, "practice.holidays", "US-MA"),
    "phone region": ("cell_minutes = 5", 'phone_region = "usa"', 4, "practice.phone_region", "two letters"),
    "kind": ('procedure_room"\nname', 'room"\nname', 8, "resource.kind", "c_arm"),
    "spaces in a code": ('code = "R1"', 'code = "R 1"', 7, "resource.code", "without spaces"),
    "star for a code": ('code = "R1"', 'code = "*"', 7, "resource.code", "other than"),
    "code twice": (
        "[[session]]",
        '[[resource]]\ncode = "R1"\nkind = "c_arm"\nname = "x"\n[[session]]',
        12,
        "resource.code",
        "twice",
    ),
    "unknown resource": ('resource = "R1"', 'resource = "R9"', 12, "session.resource", "R9"),
    "secondly": ("FREQ=DAILY", "FREQ=SECONDLY", 13, "session.rrule", "FREQ=WEEKLY"),
    "hourly": ("FREQ=DAILY", "FREQ=HOURLY", 13, "session.rrule", "FREQ=WEEKLY"),
    "30 February": ("FREQ=DAILY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 13, "session.rrule", "FREQ=WEEKLY"),
    "no rule": ("FREQ=DAILY", "every day", 13, "session.rrule", "FREQ=WEEKLY"),
    "hours in a rule": ("FREQ=DAILY", "FREQ=DAILY;BYHOUR=3", 13, "session.rrule", "FREQ=WEEKLY"),
    "day far away": ("2026-01-05", "0001-01-01", 14, "session.first_day", "1970"),
    "time for a day": ("2026-01-05", "07:00:00", 14, "session.first_day", "a date"),
    "text for a time": ("07:30:00", '"07:30"', 15, "session.start", "07:30:00"),
    "half a second": ("07:30:00", "07:30:00.5", 15, "session.start", "whole seconds"),
    "reserved for what is not there": (
        "end = 17:00:00",
        'end = 17:00:00\nreserved_for = ["XX"]',
        17,
        "session.reserved_for",
        "XX",
    ),
    "negative release": ("end = 17:00:00", "end = 17:00:00\nrelease_days = -1", 17, "session.release_days", "from 0"),
    "blockout of nothing": ('resource = "*"', 'resource = "R9"', 19, "blockout.resource", "R9"),
    "blockout backwards": ("2026-12-26T00:00:00", "2026-12-24T12:00:00", 21, "blockout.end", "after the start"),
    "blockout at the end of time": ("2026-12-26T00:00:00", "9999-12-31T23:59:59", 21, "blockout.end", "2199"),
    "day for a moment": ("2026-12-24T12:00:00", "2026-12-24", 20, "blockout.start", "a date and time"),
    "phase kind": ('kind = "procedure"', 'kind = "surgery"', 28, "procedure.phase.kind", "recovery"),
    "off the grid": ("minutes = 40", "minutes = 42", 29, "procedure.phase.minutes", "multiple of 5"),
    "no minutes": ("minutes = 40\n", "", 27, "procedure.phase.minutes", "missing"),
    "no needs": ('needs = { room = "procedure_room" }\n', "", 27, "procedure.phase.needs", "missing"),
    "need of no kind": ('room = "procedure_room" }', 'room = "rooom" }', 30, "procedure.phase.needs", "rooom"),
    "need without label": (
        '{ room = "procedure_room" }',
        '{ "" = "procedure_room" }',
        30,
        "procedure.phase.needs",
        "not empty",
    ),
    "overnight without until": ("until = 09:00:00\n", "", 32, "procedure.phase.until", "missing"),
    "overnight with minutes": (
        "until = 09:00:00",
        "until = 09:00:00\nminutes = 60",
        35,
        "procedure.phase.minutes",
        "no such key",
    ),
    "planned without night": (
        BASE[BASE.index('[[procedure.phase]]\nkind = "over') : BASE.index("[[business")],
        "",
        25,
        "procedure.overnight",
        "an overnight phase",
    ),
    "without phases": (
        BASE[BASE.index("[[procedure.phase]]") : BASE.index("[[business")],
        "",
        23,
        "procedure.phase",
        "at least one",
    ),
    "levels": ('name = "Injection"', 'name = "Injection"\nmax_levels = 0', 26, "procedure.max_levels", "from 1"),
    "share": (
        'name = "Injection"',
        'name = "Injection"\nunplanned_stay = -0.1',
        26,
        "procedure.unplanned_stay",
        "0 to 1",
    ),
    "follow up": (
        'name = "Injection"',
        'name = "Injection"\nfollow_up_days = [-1]',
        26,
        "procedure.follow_up_days",
        "0 to 3650",
    ),
    "cpt": ('name = "Injection"', 'name = "Injection"\ncpt = [62323]', 26, "procedure.cpt", "a list of texts"),
    "weekday": ('weekday = "MO"', 'weekday = "Monday"', 38, "business_hours.weekday", "MO"),
    "hours backwards": (
        "end = 17:00:00\n\n[[payer]]",
        "end = 08:00:00\n\n[[payer]]",
        40,
        "business_hours.end",
        "after the start",
    ),
    "payer's clock": (
        'name = "Old Colony"',
        'name = "Old Colony"\nurgent_hours = 0',
        45,
        "payer.urgent_hours",
        "from 1",
    ),
    "visit of nothing": ('procedure = "INJ"', 'procedure = "XX"', 47, "appointment.procedure", "XX"),
    "visit with levels": (
        'procedure = "INJ"',
        'procedure = "INJ"\nlevels = 2',
        48,
        "appointment.levels",
        "from 1 to 1",
    ),
    "visit in nowhere": ('{ room = "R1" }', '{ room = "R9" }', 49, "appointment.resources", "R9"),
    "visit with a strange label": ('{ room = "R1" }', '{ roof = "R1" }', 49, "appointment.resources", "roof"),
    "visit without resources": ('resources = { room = "R1" }\n', "", 46, "appointment.resources", "missing"),
    "visit far away": ("2026-11-24T08:00:00", "2926-11-24T08:00:00", 48, "appointment.start", "2199"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_refused_with_line_key_and_expectation(case: str) -> None:
    old, new, line, key, expected = WRONG[case]
    assert BASE.count(old) >= 1
    text = BASE.replace(old, new, 1)
    if case == "planned without night":
        text = text.replace('name = "Injection"', 'overnight = "planned"\nname = "Injection"')
    told = refusal(text)
    assert told.code == "practice_file"
    assert (told.params["line"], told.params["key"]) == (line or told.params["line"], key)
    assert expected in str(told.params["expected"])
    assert sentence(told.code, told.params).startswith(f"p.toml, line {told.params['line']}: {key}: expected ")


@pytest.mark.parametrize("key", ["name", "time_zone"])
def test_a_practice_needs_its_name_and_zone(key: str) -> None:
    told = refusal("\n".join(line for line in LEAST.splitlines() if not line.startswith(key)))
    assert (told.params["line"], told.params["key"]) == (1, f"practice.{key}")


@pytest.mark.parametrize("text", ["", "# nothing", '[[practice]]\nname = "P"', "practice = 3"])
def test_a_file_without_a_practice_is_refused(text: str) -> None:
    assert refusal(text).params["key"] == "practice"


def test_bytes_that_are_no_utf_8_are_refused_with_their_line() -> None:
    told = refusal(LEAST.encode() + b"# caf\xe9\n")
    assert (told.params["line"], told.params["expected"]) == (4, "UTF-8")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "x = " + "{a=" * 100_000,
        "x = " + "[" * 100_000 + "]" * 100_000,
        "[" + ".".join("a" * 100_000) + "]",
        'x = "' + "\\u0000" * 100_000 + '"',
        "x = " + "1" * 1_000_000,
        '[practice]\nname = """' + '\n"' * 100_000,
        LEAST + '[[resource]]\ncode = "R"\n' * 20_000,
        LEAST + "[[session]]\n" * 100_000,
        "\x00" * 100_000,
    ],
    ids=["arrays", "tables", "closed arrays", "dots", "nuls", "digits", "quotes", "resources", "sessions", "zeros"],
)
def test_a_hostile_file_is_refused_soon(text: str) -> None:
    assert refusal(text).code == "practice_file"


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(WrongInput) as told:
        load(path)
    assert (told.value.code, told.value.params["file"]) == ("unreadable", str(path))


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.toml"):
        with pytest.raises(WrongInput) as told:
            load(path)
        assert told.value.code == "unreadable"
