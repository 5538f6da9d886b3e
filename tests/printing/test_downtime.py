"""The downtime copy: what is written and when, what stays whole, and the lock on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice, visit_status
from desk_app.cli.parser import build_parser
from desk_app.cli.run import run
from desk_app.domain.faults import RuleViolation, StorageUnavailable
from desk_app.domain.statuses import CancelReason
from desk_app.printing.downtime import KINDS, NOTE, Copied, DowntimeCopy
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.printing.test_files import posix, room_for
from tests.printing.test_sheet_command import OpenDesk
from tests.printing.test_sheet_of_a_desk import visit

CAN_LOCK = find_spec("cryptography") is not None


@pytest.fixture
def desk(sqlite_address: str, clock: StandingClock, qapp: QApplication) -> Iterator[Desk]:
    from desk_app.bootstrap.graph import build_desk

    made = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(made, CATALOGUE)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "copy"
    made.mkdir()
    return made


def refresh(copy: DowntimeCopy, desk: Desk) -> set[str]:
    """The names of what was written."""
    sheets = copy.wanted(desk)
    written = {sheet.name for sheet in sheets if copy.write(desk, sheet)}
    copy.finish(desk, sheets)
    return written


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def rooms(folder: Path) -> Path:
    return folder / "front-desk-2026-11-25-rooms.pdf"


def test_today_and_two_working_days_are_kept_and_say_when(desk: Desk, folder: Path) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    refresh(DowntimeCopy(folder), desk)
    days = ("2026-11-24", "2026-11-25", "2026-11-26")
    wanted = {f"front-desk-{day}-{kind}.pdf" for day in days for kind in KINDS}
    assert {path.name for path in folder.iterdir()} == {*wanted, NOTE}
    told = text_of(rooms(folder))
    assert "ORTIZ" in told
    assert "Downtime copy of Tue 24 Nov 2026 10:00" in told
    assert "downtime copy · page 1 of 1" in told
    assert "Looked at Tue 24 Nov 2026 10:00" in (folder / NOTE).read_text()


def test_only_what_changed_is_written_again(desk: Desk, folder: Path, clock: StandingClock) -> None:
    number, copy = visit(desk, "2026-11-25T09:00", "Ortiz"), DowntimeCopy(folder)
    refresh(copy, desk)
    clock.instant = at("2026-11-24T10:20")
    assert refresh(copy, desk) == set()
    assert "Looked at Tue 24 Nov 2026 10:20" in (folder / NOTE).read_text()
    visit_status.cancel(desk, number, CancelReason.ILL, "", None)
    assert rooms(folder).name in refresh(copy, desk)
    assert "ORTIZ" not in text_of(rooms(folder))
    rooms(folder).unlink()
    assert refresh(copy, desk) == {rooms(folder).name}


def test_days_that_are_over_go_and_what_is_not_ours_stays(desk: Desk, folder: Path, clock: StandingClock) -> None:
    copy, other = DowntimeCopy(folder), folder / "front-desk-notes.pdf"
    other.write_bytes(b"mine")
    refresh(copy, desk)
    clock.instant = at("2026-11-25T10:00")
    refresh(copy, desk)
    names = {path.name for path in folder.iterdir()}
    assert not [name for name in names if "2026-11-24" in name]
    assert [name for name in names if "2026-11-27" in name]
    assert other.read_bytes() == b"mine"


def test_a_copy_counts_no_version(desk: Desk, folder: Path) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    refresh(DowntimeCopy(folder), desk)
    assert desk.queries.last_printed(date(2026, 11, 25), "rooms") is None


def test_a_folder_that_is_gone_is_told_and_not_made(desk: Desk, folder: Path) -> None:
    gone = folder / "stick"
    with pytest.raises(StorageUnavailable) as refused:
        refresh(DowntimeCopy(gone), desk)
    assert refused.value.code == "missing_folder"
    assert not gone.exists()


@posix
def test_on_a_full_disk_the_old_copy_stays_whole(desk: Desk, folder: Path) -> None:
    number, copy = visit(desk, "2026-11-25T09:00", "Ortiz"), DowntimeCopy(folder)
    refresh(copy, desk)
    before = rooms(folder).read_bytes()
    visit_status.cancel(desk, number, CancelReason.ILL, "", None)
    sheet = Copied(date(2026, 11, 25), "rooms")
    with room_for(2000), pytest.raises(StorageUnavailable) as refused:
        copy.write(desk, sheet)
    assert refused.value.code == "full"
    assert rooms(folder).read_bytes() == before
    assert not [path for path in folder.iterdir() if path.suffix == ".tmp"]
    assert copy.write(desk, sheet)


def test_a_locked_copy_opens_with_its_password_alone_and_is_never_left_open(desk: Desk, folder: Path) -> None:
    visit(desk, "2026-11-25T09:00", "Ortiz")
    copy = DowntimeCopy(folder, "long enough")
    assert "long enough" not in repr(copy)
    if not CAN_LOCK:
        with pytest.raises(RuleViolation) as refused:
            refresh(copy, desk)
        assert refused.value.code == "no_encryption"
        assert list(folder.iterdir()) == []
        return
    refresh(copy, desk)
    reader = PdfReader(rooms(folder))
    assert reader.is_encrypted
    assert not reader.decrypt("wrong")
    assert reader.decrypt("long enough")
    assert "ORTIZ" in reader.pages[0].extract_text()
    assert b"ORTIZ" not in rooms(folder).read_bytes()


def test_the_command_keeps_a_copy_and_the_audit_trail_says_who(
    desk: Desk, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = desk.queries.last_seq()
    args = build_parser().parse_args(["downtime", str(folder), "--json"])
    assert run(OpenDesk(desk), args) == 0  # type: ignore[arg-type]
    told = json.loads(capsys.readouterr().out)
    assert (len(told["files"]), told["locked"]) == (3 * len(KINDS), False)
    assert desk.queries.last_seq() == before + 1


def test_a_password_comes_from_a_file_descriptor_and_an_empty_one_is_refused(
    desk: Desk, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, status in (("", 2), ("secret\n", 0 if CAN_LOCK else 1)):
        (folder / "word").write_text(given)
        with (folder / "word").open() as file:
            args = build_parser().parse_args(["downtime", str(folder), "--password-fd", str(file.fileno())])
            assert run(OpenDesk(desk), args) == status  # type: ignore[arg-type]
        assert "secret" not in capsys.readouterr().err
