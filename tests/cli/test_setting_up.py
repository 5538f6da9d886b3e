"""``init``, ``practice export``, ``migrate``, ``check``, ``backup`` and ``restore``."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk_app.application.use_cases.practice import load
from desk_app.bootstrap.graph import build_desk
from tests.cli.conftest import Cli
from tests.cli.people import a_chart
from tests.helpers.small_practice import CATALOGUE

VISIT = """
[[appointment]]
procedure = "JOINT"
start = {start}
patient = "{patient}"
resources = {{ room = "{room}", physician = "ALG", bay = "{bay}" }}
"""


def visit(start: str, patient: str = "Ortiz, Maria", room: str = "R1", bay: str = "B1") -> str:
    return VISIT.format(start=start, patient=patient, room=room, bay=bay)


Write = Callable[[str], Path]


@pytest.fixture
def write(small_file: Path, tmp_path: Path) -> Write:
    """The small practice's file with more in it."""

    def write(more: str) -> Path:
        path = tmp_path / "more.toml"
        path.write_text(small_file.read_text(encoding="utf-8") + more, encoding="utf-8")
        return path

    return write


def test_the_same_practice_again_changes_nothing(each: Cli, small_file: Path) -> None:
    desk = build_desk(each.address, "desk 2", each.clock)
    before = desk.queries.last_seq()
    assert each.json("init", "--practice", small_file) == {"practice": "Small practice"}
    assert desk.queries.last_seq() == before
    desk.close()


def test_another_practice_is_refused(each: Cli, small_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(small_file.read_text(encoding="utf-8").replace("Small practice", "Big practice"), "utf-8")
    ran = each("init", "--practice", other)
    assert (ran.status, ran.err) == (1, "This database already holds another practice, Small practice.\n")
    assert 'name = "Small practice"' in each("practice", "export").out


@pytest.mark.parametrize("demo", [False, True])
def test_an_export_makes_the_same_practice_elsewhere(each: Cli, demo: bool, tmp_path: Path) -> None:
    if demo:
        each.address = str(tmp_path / "demo.db")
        assert each("init", "--practice", "resources/demo/bay_state_pain.toml").status == 0
    text = each("practice", "export").out
    copy = tmp_path / "copy.toml"
    copy.write_text(text, encoding="utf-8")
    assert each.json("practice", "export") == {"toml": text.removesuffix("\n") + "\n"}
    assert each("init", "--practice", copy).status == 0
    elsewhere = each.at(tmp_path / "elsewhere.db")
    assert elsewhere("init", "--practice", copy).status == 0
    assert elsewhere("practice", "export").out == text


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("colour = 'green'\n", "colour"),
        ("[[resource]]\ncode = 'R9'\nkind = 'garage'\nname = 'x'\n", "kind: expected one of"),
        ("[[resource]]\ncode = 'R1'\nkind = 'c_arm'\nname = 'x'\n", "code"),
        ("[[session]\n", "syntax"),
        (visit("2026-11-25T09:00:00", room="ALG"), "“room” needs procedure_room:fluoroscopy; ALG is none."),
        (visit("2026-11-25T09:00:00", room="R7"), "R7"),
        (visit("2026-11-25T09:00:00") + visit("2026-11-25T09:10:00", "B, C", bay="B2"), "Room 1 is in another visit"),
        (visit("2026-11-25T09:00:00").replace(', bay = "B1"', ""), "names no resource for “bay”"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_nothing_is_created(
    empty: Cli, write: Write, more: str, told: str
) -> None:
    file = write(more)
    ran = empty("init", "--practice", file)
    assert (ran.status, ran.out) == (2, "")
    assert "more.toml, line " in ran.err
    assert told in ran.err
    assert not Path(empty.address).exists()
    assert list(file.parent.glob("*.db*")) == []


def test_a_practice_file_that_is_not_there_is_unreadable(empty: Cli, tmp_path: Path) -> None:
    assert empty.refused("init", "--practice", tmp_path / "none.toml") == (2, "unreadable")
    assert empty.refused("init", "--practice", tmp_path) == (2, "unreadable")
    assert not Path(empty.address).exists()


def test_visits_of_the_file_are_stored_once_and_one_name_is_one_patient(empty: Cli, write: Write) -> None:
    file = write(visit("2026-11-25T09:00:00") + visit("2026-11-25T10:00:00") + visit("2026-11-25T11:00:00", ""))
    for _ in range(2):
        assert empty("init", "--practice", file).status == 0
    told = empty.json("appointments", "list", "--date", "2026-11-25")["appointments"]
    assert [item["patient"]["name"] for item in told] == ["Ortiz, Maria", "Ortiz, Maria", "Placeholder 3"]
    assert told[0]["patient"]["mrn"] == told[1]["patient"]["mrn"]
    assert empty.json("check") == {"breaches": []}


def test_init_asks_for_one_of_its_two_ways(empty: Cli) -> None:
    assert empty("init").status == 2
    assert empty("init", "--demo", "--practice", "x.toml").status == 2


def test_migrate_tells_the_revision_it_brought_the_database_to(each: Cli) -> None:
    from db.revision import CURRENT

    assert each.json("migrate") == {"revision": CURRENT}


def test_check_finds_no_breach_and_tells_each_where_there_is_one(each: Cli) -> None:
    from sqlalchemy import text

    from db.engine import open_database

    assert each.json("check") == {"breaches": []}
    assert each("check").out == "Every rule holds.\n"
    booked = each.book("2026-11-25T09:00", "--patient", a_chart(each), "--procedure", "JOINT")["id"]
    database = open_database(each.address)
    with database.writer.begin() as connection:
        connection.execute(text("UPDATE appointment SET status = 'sleeping'"))
    database.close()
    ran = each("check", "--json")
    assert (ran.status, ran.err) == (1, "")
    assert ran.json["breaches"][0] == {
        "rule": "status",
        "record": f"appointment {booked}",
        "text": "“sleeping” is no status.",
    }
    assert each("check").out.startswith(f"status: appointment {booked}: “sleeping” is no status.\n")


def test_a_copy_brings_back_what_it_holds_and_what_was_there_is_kept(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "copy.db"
    assert cli.refused("backup", copy)[0] == 3
    copy.parent.mkdir()
    mrn = a_chart(cli)
    assert cli.json("backup", copy) == {"backup": str(copy)}
    cli.book("2026-11-25T09:00", "--patient", mrn, "--procedure", "JOINT")
    assert cli.json("restore", copy) == {"restored": str(copy)}
    assert cli.json("appointments", "list", "--date", "2026-11-25")["appointments"] == []
    (kept,) = Path(cli.address).parent.glob("desk.db.before-restore*")
    before = cli.at(kept)
    assert len(before.json("appointments", "list", "--date", "2026-11-25")["appointments"]) == 1


def test_an_older_copy_put_back_by_hand_is_found_and_one_that_was_restored_is_not(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    mrn = a_chart(cli)
    cli.json("backup", copy)
    cli.book("2026-11-25T09:00", "--patient", mrn, "--procedure", "JOINT")
    shutil.copy(copy, cli.address)
    (breach,) = cli("check", "--json").json["breaches"]
    assert breach["rule"] == "audit_cut"
    assert cli("check").status == 1
    cli.json("restore", copy)
    assert cli.json("check") == {"breaches": []}


def test_a_copy_never_takes_the_place_of_the_database_itself(cli: Cli) -> None:
    assert cli.refused("backup", cli.address) == (3, "in_use")
    assert cli.json("check") == {"breaches": []}


def test_a_restore_waits_for_nobody_who_is_at_work(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    cli.json("backup", copy)
    desk = build_desk(cli.address, "desk 2", cli.clock)
    assert cli.refused("restore", copy) == (3, "in_use")
    desk.close()
    assert cli("restore", copy).status == 0


def test_only_a_sound_copy_is_put_back(cli: Cli, tmp_path: Path) -> None:
    strange = tmp_path / "strange.db"
    strange.write_bytes(b"not a database at all" * 100)
    assert cli.refused("restore", strange) == (3, "foreign")
    assert cli.refused("restore", tmp_path / "none.db")[0] == 3
    assert cli.json("check") == {"breaches": []}


def test_a_server_is_backed_up_with_its_own_tools(cli: Cli, fresh_postgres_url: str, tmp_path: Path) -> None:
    cli.address = fresh_postgres_url
    assert cli.refused("backup", tmp_path / "copy.db") == (3, "server_backup")
    assert cli.refused("restore", tmp_path / "copy.db") == (3, "server_backup")


def test_a_practice_that_was_loaded_is_equal_to_the_one_stored(cli: Cli) -> None:
    desk = build_desk(cli.address, "desk 2", cli.clock)
    assert load(desk, CATALOGUE).changes.seq == 0
    desk.close()


def test_an_answer_is_one_document_whatever_the_command(cli: Cli, tmp_path: Path) -> None:
    for words in (("check",), ("migrate",), ("practice", "export"), ("requests", "list"), ("backup", tmp_path / "b")):
        ran = cli(*words, "--json")
        assert ran.out.count("\n") == 1
        assert isinstance(json.loads(ran.out), dict)
