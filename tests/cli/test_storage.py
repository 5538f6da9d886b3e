"""What can be wrong with where the data lie: each has its own sentence and exit status 3, and nothing is written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

COMMANDS: list[tuple[object, ...]] = [
    ("practice", "export"),
    ("slots", "find", "--procedure", "JOINT"),
    ("slots", "explain", "--procedure", "JOINT", "--start", "2026-11-25T09:00"),
    ("requests", "import", "."),
    ("requests", "list"),
    ("appointments", "book", "--request", 1, "--start", "2026-11-25T09:00"),
    ("appointments", "move", 1, "--start", "2026-11-25T09:00"),
    ("appointments", "cancel", 1, "--reason", "ill"),
    ("appointments", "status", 1, "arrived"),
    ("appointments", "list", "--date", "2026-11-25"),
    ("check",),
    ("migrate",),
    ("backup", "copy.db"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(map(str, words[:2])))
def test_without_a_database_every_command_says_so(empty: Cli, words: tuple[object, ...]) -> None:
    assert empty.refused(*words) == (3, "missing")
    assert not Path(empty.address).exists()


@pytest.mark.parametrize("words", COMMANDS[:10], ids=lambda words: " ".join(map(str, words[:2])))
def test_without_a_practice_every_command_says_so(empty: Cli, words: tuple[object, ...]) -> None:
    from db.migrate import prepare

    prepare(empty.address, create=True)
    assert empty.refused(*words)[0] in (2, 3)


def test_a_folder_is_no_database(empty: Cli, tmp_path: Path) -> None:
    empty.address = str(tmp_path)
    assert empty.refused("check") == (3, "foreign")
    assert empty("init", "--practice", "resources/demo/bay_state_pain.toml").status == 3


def test_another_programs_file_is_left_as_it_is(empty: Cli, small_file: Path) -> None:
    for content in (b"a letter to somebody\n" * 200, None):
        if content is None:
            Path(empty.address).unlink()
            other = sqlite3.connect(empty.address)
            other.execute("CREATE TABLE letters (words)")
            other.close()
        else:
            Path(empty.address).write_bytes(content)
        before = Path(empty.address).read_bytes()
        assert empty.refused("check") == (3, "foreign")
        assert empty.refused("init", "--practice", small_file) == (3, "foreign")
        assert Path(empty.address).read_bytes() == before


def test_a_folder_that_is_not_there_is_made_by_init_alone(empty: Cli, small_file: Path, tmp_path: Path) -> None:
    empty.address = str(tmp_path / "new" / "desk.db")
    assert empty.refused("check")[0] == 3
    assert not (tmp_path / "new").exists()
    assert empty("init", "--practice", small_file).status == 0


def test_a_database_of_a_newer_program_is_not_opened(cli: Cli) -> None:
    newer = sqlite3.connect(cli.address)
    newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.commit()
    newer.close()
    for words in (("check",), ("migrate",), ("appointments", "list", "--date", "2026-11-25")):
        assert cli.refused(*words) == (3, "too_new")


def test_an_address_of_an_unknown_kind_says_which_driver_it_lacks(empty: Cli) -> None:
    empty.address = "mysql://desk@localhost/desk"
    assert empty.refused("check") == (3, "no_driver")


def test_a_server_that_is_not_there_is_unreachable(empty: Cli) -> None:
    empty.address = "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=2"
    assert empty.refused("check") == (3, "unreachable")


def test_an_empty_address_is_wrong_usage_and_never_the_users_own_data(empty: Cli) -> None:
    empty.address = ""
    ran = empty("check")
    assert (ran.status, ran.out) == (2, "")


def test_a_server_without_tables_is_missing_until_init(empty: Cli, fresh_postgres_url: str) -> None:
    empty.address = fresh_postgres_url
    assert empty.refused("check") == (3, "missing")
    assert empty.refused("migrate") == (3, "missing")
