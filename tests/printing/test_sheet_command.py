"""``sheet DATE --pdf FILE``: what is written, what is recorded, and how a refusal ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.cli.parser import build_parser
from desk_app.cli.run import run
from tests.helpers.small_practice import CATALOGUE, StandingClock
from tests.printing.test_files import posix, room_for


@dataclass
class OpenDesk:
    """A program whose database is open already."""

    there: Desk

    def desk(self) -> Desk:
        return self.there

    def close(self) -> None:
        """The test still asks the desk what was recorded."""

    def sheet(self, *words: object) -> int:
        args = build_parser().parse_args(["sheet", "2026-11-25", *map(str, words)])
        return run(self, args)  # type: ignore[arg-type]

    def printed(self, kind: str = "rooms") -> int:
        last = self.there.queries.last_printed(date(2026, 11, 25), kind)
        return last.version if last else 0


@pytest.fixture
def program(sqlite_address: str, clock: StandingClock, qapp: QApplication) -> Iterator[OpenDesk]:
    from desk_app.bootstrap.graph import build_desk

    desk = build_desk(sqlite_address, "A. Reyes", clock)
    practice.load(desk, CATALOGUE)
    yield OpenDesk(desk)
    desk.close()


def test_a_sheet_is_written_told_and_recorded(
    program: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "sheet.pdf"
    assert program.sheet("--kind", "clinicians", "--profile", "wall", "--paper", "A4", "--pdf", target, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(target), "pages": 1, "version": 1}
    assert target.read_bytes().startswith(b"%PDF-")
    assert (program.printed("clinicians"), program.printed("rooms")) == (1, 0)


def test_a_kind_that_there_is_not_is_wrong_usage_and_writes_nothing(
    program: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.sheet("--kind", "rainbow", "--pdf", tmp_path / "sheet.pdf") == 2
    assert capsys.readouterr().err == "There is no sheet of the kind “rainbow”.\n"
    assert not (tmp_path / "sheet.pdf").exists()
    assert program.printed("rainbow") == 0


def test_a_folder_that_is_missing_is_unavailable_storage(
    program: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.sheet("--pdf", tmp_path / "nowhere" / "sheet.pdf") == 3
    assert "There is no folder" in capsys.readouterr().err
    assert program.printed() == 0


@posix
def test_on_a_full_disk_the_old_sheet_stays_and_no_version_is_counted(
    program: OpenDesk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"old")
    with room_for(4000):
        assert program.sheet("--pdf", target) == 3
    assert capsys.readouterr().err == "The disk is full. Nothing was changed.\n"
    assert target.read_bytes() == b"old"
    assert program.printed() == 0


@pytest.mark.parametrize("kind", ["calls", "calls_by_payer"])
def test_the_list_of_calls_is_a_sheet_too(program: OpenDesk, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "calls.pdf"
    assert program.sheet("--kind", kind, "--pdf", target) == 0
    assert target.read_bytes().startswith(b"%PDF-")
    assert (program.printed(kind), program.printed("rooms")) == (1, 0)
