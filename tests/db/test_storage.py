"""Files that cannot be used: each has its own code and sentence, and nothing half-written is left."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db import driver, location
from db.backup import backup, restore
from db.engine import open_database
from db.locks import FileLock
from db.migrate import prepare
from desk_app.application.sentences import SENTENCES, sentence
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.faults import FrontDeskFault, StorageUnavailable, WrongInput
from tests.db.plain import plain

CHILD = Path(__file__).resolve().parent / "full_disk.py"


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_MS", 50)


def refused(address: str | Path, create: bool = False) -> str:
    """The code with which it is refused, by all who ask for it; it has a sentence."""
    with pytest.raises(StorageUnavailable) as fault:
        prepare(str(address), create=create)
    assert fault.value.code in SENTENCES
    assert "…" not in sentence(fault.value.code, fault.value.params)
    return fault.value.code


def test_a_database_that_is_not_there_is_missing_and_none_is_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    assert refused(path) == "missing"
    with pytest.raises(StorageUnavailable, match="missing"):
        open_database(str(path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_made_only_where_a_database_is_to_be_made(tmp_path: Path) -> None:
    path = tmp_path / "practice" / "data" / "desk.db"
    assert refused(path) == "missing_folder"
    prepare(str(path), create=True)
    open_database(str(path)).close()


def test_a_file_in_the_place_of_a_folder_gives_no_right_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    assert refused(tmp_path / "notes" / "desk.db", create=True) == "missing_folder"
    assert refused(tmp_path / "notes" / "deep" / "desk.db", create=True) == "no_rights"
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_the_file_is_foreign(tmp_path: Path) -> None:
    assert refused(tmp_path, create=True) == "foreign"


@pytest.mark.parametrize("create", [True, False])
def test_files_of_others_are_foreign_and_stay_as_they_are(tmp_path: Path, create: bool) -> None:
    text, other, same_names = tmp_path / "letter.txt", tmp_path / "other.db", tmp_path / "alembic.db"
    text.write_text("Dear Dr. Algendy, " * 400, encoding="utf-8")
    for path, table in ((other, "songs"), (same_names, "alembic_version")):
        with closing(dbapi2.connect(str(path))) as connection:
            connection.execute(f"CREATE TABLE {table} (version_num TEXT)")
    for path in (text, other, same_names):
        before = path.read_bytes()
        assert refused(path, create=create) == "foreign"
        assert path.read_bytes() == before


def test_an_empty_file_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    assert refused(path) == "missing"
    prepare(str(path), create=True)
    open_database(str(path)).close()


def test_a_file_that_was_cut_off_or_overwritten_is_damaged(sqlite_address: str) -> None:
    path = Path(sqlite_address)
    whole = path.read_bytes()
    codes = set()
    for broken in (whole[:6000], whole[:100] + b"\xff" * (len(whole) - 100), whole[:4096] + b"\x00" * 4096):
        path.write_bytes(broken)
        codes.add(refused(path))
    assert codes == {"damaged"}
    path.write_bytes(b"\x00" * len(whole))
    assert refused(path) == "foreign"


def test_damage_that_is_met_while_reading_is_told_in_words(sqlite_address: str) -> None:
    from tests.helpers.small_practice import StandingClock, at

    path = Path(sqlite_address)
    with plain(sqlite_address) as program:
        page = program.one("SELECT rootpage FROM sqlite_master WHERE name = 'practice'")
        size = program.one("PRAGMA page_size")
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xee" * size
    path.write_bytes(bytes(content))
    desk = build_desk(sqlite_address, "somebody", StandingClock(at("2026-11-24T10:00")))
    with pytest.raises(StorageUnavailable, match="damaged"):
        desk.catalogue()
    desk.close()


def test_without_rights_each_lack_has_its_own_code(sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(sqlite_address)
    lacks = {
        "no_rights": {(path, os.R_OK), (path.parent, os.W_OK | os.X_OK)},
        "read_only": {(path, os.W_OK)},
    }
    for code, missing in lacks.items():
        for one in missing:
            monkeypatch.setattr(os, "access", lambda path, mode, one=one: (Path(path), mode) != one)
            assert refused(path) == code
            with pytest.raises(StorageUnavailable, match=code):
                open_database(str(path))


def test_a_network_drive_is_refused_and_points_to_a_server(
    sqlite_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"):
        monkeypatch.setattr(location, "_file_system", lambda folder, kind=kind: kind)
        assert refused(sqlite_address) == "network_drive"
        with pytest.raises(StorageUnavailable, match="network_drive"):
            backup(sqlite_address, Path(sqlite_address).with_name("copy.db"))
    monkeypatch.setattr(location, "_file_system", lambda folder: "ext4")
    prepare(sqlite_address, create=False)
    assert "PostgreSQL" in SENTENCES["network_drive"]


def test_the_kind_of_file_system_is_that_of_the_nearest_mount(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path}/my\\040share nfs4 rw 0 0\n/dev/b {tmp_path}/my ext4 rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda self, **_: mounts)
    assert location._file_system(tmp_path / "my share" / "data") == "nfs4"
    assert location._file_system(tmp_path / "my" / "data") == "ext4"
    assert location._file_system(tmp_path) == "ext4"


def test_a_file_that_another_program_keeps_to_itself_is_locked(sqlite_address: str) -> None:
    with closing(dbapi2.connect(sqlite_address, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        assert refused(sqlite_address) == "locked"
    prepare(sqlite_address, create=False)


def test_a_write_that_waits_too_long_for_another_is_refused_and_leaves_nothing(sqlite_address: str) -> None:
    from desk_app.application.use_cases import practice
    from tests.helpers.small_practice import CATALOGUE, StandingClock, at

    desk = build_desk(sqlite_address, "somebody", StandingClock(at("2026-11-24T10:00")))
    with closing(dbapi2.connect(sqlite_address, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable, match="locked"):
            practice.load(desk, CATALOGUE)
    practice.load(desk, CATALOGUE)
    assert desk.queries.last_seq() == 1
    desk.close()


def test_a_program_that_has_it_open_keeps_others_from_replacing_it(sqlite_address: str) -> None:
    first, second = FileLock(Path(sqlite_address), alone=False), FileLock(Path(sqlite_address), alone=False)
    first.close()
    with pytest.raises(StorageUnavailable, match="in_use"):
        FileLock(Path(sqlite_address), alone=True)
    second.close()
    second.close()
    FileLock(Path(sqlite_address), alone=True).close()


def test_addresses_are_paths_or_urls_of_a_known_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for address in ("desk.db", f"{tmp_path}/desk.db", "sqlite:///desk.db", f"sqlite+pysqlite:///{tmp_path}/desk.db"):
        assert location.sqlite_path(address) == tmp_path / "desk.db"
    for name in ("sqlite.db", "postgresql.db", "postgresql/desk.db"):
        assert location.sqlite_path(name) == tmp_path / name
    for address in ("postgresql://desk@server/practice", "postgresql+psycopg:///practice"):
        assert location.sqlite_path(address) is None
    with pytest.raises(StorageUnavailable, match="no_driver"):
        prepare("mysql://desk@server/practice", create=True)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://desk@localhost:1/practice", "unreachable"),
        ("postgresql:///practice?host=/nowhere", "unreachable"),
        ("postgresql://desk@server:port/practice", "bad_address"),
    ],
)
def test_a_server_that_is_not_there_is_told_in_words(address: str, code: str) -> None:
    for open_it in (lambda: prepare(address, create=True), lambda: open_database(address)):
        with pytest.raises((StorageUnavailable, WrongInput)) as fault:
            open_it()
        assert isinstance(fault.value, FrontDeskFault)
        assert (fault.value.code, fault.value.code in SENTENCES) == (code, True)


def test_a_database_of_somebody_else_on_the_server_is_foreign(fresh_postgres_url: str) -> None:
    with plain(fresh_postgres_url) as program:
        program.run("CREATE TABLE songs (id INTEGER)")
        for create in (True, False):
            assert refused(fresh_postgres_url, create=create) == "foreign"
        assert program.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("songs",)]


def test_an_empty_database_on_the_server_is_missing(fresh_postgres_url: str) -> None:
    assert refused(fresh_postgres_url) == "missing"
    with pytest.raises(StorageUnavailable, match="missing"):
        open_database(fresh_postgres_url)


@pytest.fixture
def on_a_full_disk(tmp_path: Path) -> dict[str, object]:
    """What came of working on one: a small disk in memory where one may be mounted, else files that may not grow."""
    disk, next_revision = tmp_path / "disk", tmp_path / "next"
    disk.mkdir()
    next_revision.mkdir()
    command = [sys.executable, str(CHILD), str(disk)]
    mounting = _mounting()
    way = [*mounting, *command, "mount"] if mounting else [*command, "limit"]
    root = CHILD.parents[2]
    done = subprocess.run([*way, str(next_revision)], capture_output=True, text=True, check=False, cwd=root)
    assert done.returncode == 0, done.stderr
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _mounting() -> list[str]:
    if shutil.which("unshare") is None:
        return []
    ways = (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"])
    trial = "mount -t tmpfs tmpfs /mnt"
    return next((w for w in ways if subprocess.run([*w, "sh", "-c", trial], capture_output=True).returncode == 0), [])


def test_on_a_full_disk_nothing_is_lost_and_nothing_half_written(on_a_full_disk: dict[str, object]) -> None:
    full = on_a_full_disk["writing"]
    assert full in ("full", "disk_error")
    assert on_a_full_disk == {
        "making": [full, []],
        "writing": full,
        "reading": True,
        "after writing": {"integrity": "ok", "whole": True},
        "writing again": "done",
        "with a reserve": "full_reserve",
        "out of the reserve": "done" if _mounting() else full,
        "rules": [],
        "backup": [full, False],
        "restore": [full, True],
        "migrating": [full, True],
        "names": ["copy.db", "desk.db"],
    }


def test_a_copy_is_not_restored_from_what_is_no_database(sqlite_address: str, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Dr. Algendy, " * 400, encoding="utf-8")
    before = Path(sqlite_address).read_bytes()
    for source, code in ((letter, "foreign"), (tmp_path / "none.db", "missing")):
        with pytest.raises(StorageUnavailable, match=code):
            restore(sqlite_address, source)
    assert Path(sqlite_address).read_bytes() == before
