"""Bringing databases up to date: every released schema, and a revision to come; nothing half-made is left."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db import files
from db.engine import open_database
from db.locks import FileLock
from db.migrate import MIGRATIONS, current_revision, prepare
from db.queries import SqlQueries
from db.revision import CURRENT, REVISIONS
from desk_app.domain.faults import StorageUnavailable
from tests.db.plain import plain
from tests.db.revisions import NEXT, RELEASED, make_released, release_next
from tests.helpers.small_practice import at

NOW = at("2026-11-24T10:00")
CHILD = Path(__file__).resolve().parent / "killed_migration.py"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nothing has been made yet."""
    return str(tmp_path / "desk.db") if request.param == "sqlite" else request.getfixturevalue("fresh_postgres_url")


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A file of the last released revision, in a folder of its own."""
    path = tmp_path / "data" / "desk.db"
    path.parent.mkdir()
    make_released(str(path), CURRENT)
    yield path
    assert [name for name in beside(path) if ".new" in name] == []


def beside(path: Path) -> list[str]:
    return sorted(found.name for found in path.parent.iterdir() if found.name != f"{path.name}.lock")


def refused(address: str | Path, create: bool = False) -> str:
    with pytest.raises(StorageUnavailable) as fault:
        prepare(str(address), create=create)
    return fault.value.code


def test_every_revision_has_its_script_and_a_practice_as_it_kept_it() -> None:
    scripts = {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("*.py")}
    assert scripts == set(REVISIONS)
    assert {path.stem for path in RELEASED.glob("*.sql")} == set(REVISIONS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_every_released_revision_is_brought_up_to_date(empty: str, revision: str) -> None:
    make_released(empty, revision)
    prepare(empty, create=False)
    assert current_revision(empty) == CURRENT
    database = open_database(empty)
    queries = SqlQueries(database.reader)
    assert queries.breaches(NOW) == ()
    assert [line.name for line in queries.day_plan(at("2026-11-25T12:00").date(), NOW).lines] == [
        "Ibarra-Núñez, María",
        "O’Brien, Séamus",
    ]
    assert [hit.name for hit in queries.find_patients("nunez", NOW)] == ["Ibarra-Núñez, María"]
    database.close()


def test_making_a_database_twice_makes_it_once(empty: str) -> None:
    prepare(empty, create=True)
    with plain(empty) as program:
        program.insert("call_rule", code="mine")
    prepare(empty, create=True)
    prepare(empty, create=False)
    with plain(empty) as program:
        assert program.one("SELECT code FROM call_rule") == "mine"


def test_a_revision_to_come_needs_only_its_file(empty: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    make_released(empty, CURRENT)
    release_next(monkeypatch, tmp_path)
    with pytest.raises(StorageUnavailable, match="too_old"):
        open_database(empty)
    prepare(empty, create=False)
    assert current_revision(empty) == NEXT
    with plain(empty) as program:
        assert program.one("SELECT count(*) FROM next_4") == program.one("SELECT count(*) FROM patient") == 2
    open_database(empty).close()


def test_a_program_that_is_older_than_the_database_refuses_it(empty: str, tmp_path: Path) -> None:
    make_released(empty, CURRENT)
    with pytest.MonkeyPatch.context() as newer:
        release_next(newer, tmp_path)
        prepare(empty, create=False)
    for open_it in (
        lambda: prepare(empty, create=False),
        lambda: prepare(empty, create=True),
        lambda: open_database(empty),
    ):
        with pytest.raises(StorageUnavailable, match="too_new") as fault:
            open_it()
        assert fault.value.params["revision"] == NEXT


def test_the_file_as_it_was_is_kept_beside_it(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    release_next(monkeypatch, tmp_path)
    prepare(str(old), create=False)
    assert beside(old) == ["desk.db", f"desk.db.before-{NEXT}"]
    kept = old.with_name(f"desk.db.before-{NEXT}")
    assert current_revision(str(kept)) == CURRENT
    with plain(str(kept)) as program:
        assert program.one("SELECT count(*) FROM patient") == 2


def test_an_earlier_copy_is_never_overwritten(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    release_next(monkeypatch, tmp_path)
    earlier = old.with_name(f"desk.db.before-{NEXT}")
    earlier.write_text("somebody's", encoding="utf-8")
    prepare(str(old), create=False)
    assert earlier.read_text(encoding="utf-8") == "somebody's"
    assert beside(old) == ["desk.db", f"desk.db.before-{NEXT}", f"desk.db.before-{NEXT}-2"]


def test_what_another_program_has_only_in_its_log_is_migrated_too(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine = open_database(str(old))
    with engine.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE patient SET note = 'last' WHERE id = 1")
    assert old.with_name("desk.db-wal").exists()
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for part in ("desk.db", "desk.db-wal"):
        (crashed / part).write_bytes(old.with_name(part).read_bytes())
    engine.close()
    release_next(monkeypatch, tmp_path)
    prepare(str(crashed / "desk.db"), create=False)
    with plain(str(crashed / "desk.db")) as program:
        assert program.one("SELECT note FROM patient WHERE id = 1") == "last"


def test_nothing_is_migrated_under_a_running_program(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    running = open_database(str(old))
    before = old.read_bytes()
    with pytest.MonkeyPatch.context() as newer:
        release_next(newer, tmp_path)
        assert refused(old) == "in_use"
    assert old.read_bytes() == before
    running.close()


def test_no_program_opens_what_is_being_migrated(old: Path) -> None:
    with FileLock(old, alone=True), pytest.raises(StorageUnavailable, match="in_use"):
        open_database(str(old))
    open_database(str(old)).close()


def test_a_log_without_its_file_is_not_read_into_a_new_one(old: Path) -> None:
    database = open_database(str(old))
    with database.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE patient SET note = 'stale'")
    log = old.with_name("desk.db-wal").read_bytes()
    database.close()
    old.unlink()
    old.with_name("desk.db-wal").write_bytes(log)
    prepare(str(old), create=True)
    with plain(str(old)) as program:
        assert program.one("SELECT count(*) FROM patient") == 0
        assert program.one("PRAGMA integrity_check") == "ok"


def test_a_failing_revision_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release_next(monkeypatch, tmp_path)
    script = tmp_path / "migrations" / "versions" / f"{NEXT}_next.py"
    script.write_text(script.read_text(encoding="utf-8") + "    raise RuntimeError('half way')\n", encoding="utf-8")
    before = old.read_bytes()
    with pytest.raises(RuntimeError, match="half way"):
        prepare(str(old), create=False)
    assert (old.read_bytes(), beside(old)) == (before, ["desk.db"])


def test_a_failing_revision_leaves_a_server_as_it_was(
    fresh_postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_released(fresh_postgres_url, CURRENT)
    with monkeypatch.context() as newer:
        release_next(newer, tmp_path)
        script = tmp_path / "migrations" / "versions" / f"{NEXT}_next.py"
        script.write_text(script.read_text(encoding="utf-8") + "    raise RuntimeError('half way')\n", encoding="utf-8")
        with pytest.raises(RuntimeError, match="half way"):
            prepare(fresh_postgres_url, create=False)
    assert current_revision(fresh_postgres_url) == CURRENT
    with plain(fresh_postgres_url) as program:
        assert program.one("SELECT to_regclass('next_0')") is None


def test_what_a_killed_program_left_is_cleared_away(old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (".desk.db.12345.new", ".desk.db.12345.new-journal"):
        old.with_name(name).write_bytes(b"half")
    release_next(monkeypatch, tmp_path)
    prepare(str(old), create=False)
    assert beside(old) == ["desk.db", f"desk.db.before-{NEXT}"]


def test_killed_at_any_point_there_is_the_old_file_or_the_new_one(old: Path, tmp_path: Path) -> None:
    """Every step of a migration in a process that is killed just before it; then the next start finishes it.

    A killed process is no power cut, so the copies may lie where syncing costs nothing.
    """
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        told = _killed_at_every_step(old, Path(folder))
    assert len(told) >= 30
    assert {step["killed"] for step in told[:-1]} == {True}
    assert told[-1]["killed"] is False
    assert {step["revision"] for step in told} == {CURRENT, NEXT}
    assert {(step["integrity"], step["patients"], step["note"]) for step in told} == {("ok", 2, "last")}
    assert {step["after"] for step in told} == {NEXT}


def _killed_at_every_step(old: Path, folder: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, str(CHILD), str(old), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHILD.parents[2],
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, object]] = json.loads(done.stdout)
    return told


def test_every_file_is_synced_before_it_takes_a_name_and_its_folder_after(
    old: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    release_next(monkeypatch, tmp_path)
    told: list[str] = []
    sync, replace = files.sync, Path.replace
    monkeypatch.setattr(files, "sync", lambda path: (told.append(f"sync {_kind(path)}"), sync(path)))
    monkeypatch.setattr(Path, "replace", lambda self, to: (told.append(f"replace {_kind(self)}"), replace(self, to))[1])
    prepare(str(old), create=False)
    assert told == ["sync new", "replace new", "sync data"] * 2


def _kind(path: Path) -> str:
    return "new" if path.name.endswith(".new") else path.name
