"""``report``: the table, the document, and the files that are written whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.use_cases import reporting
from desk_app.cli.parser import REPORTS
from tests.cli.conftest import Cli
from tests.cli.people import a_chart

WEEK = ("--from", "2026-11-23", "--to", "2026-11-29")


@pytest.fixture
def booked(each: Cli) -> Cli:
    each.book("2026-11-25T09:00", "--patient", a_chart(each), "--procedure", "JOINT")
    return each


def test_a_report_is_a_table_with_its_definition_and_a_document(booked: Cli) -> None:
    ran = booked("report", "rooms", *WEEK)
    lines = ran.out.splitlines()
    assert lines[0].split("  ")[0] == "Room"
    assert lines[0].endswith("Visits  Used, h  Open, h  Use, %")
    assert lines[1].split() == ["Room", "1", "1", "0.2", "45.0", "1"]
    assert lines[3].startswith("Hours that visits take of a room")
    told = booked.json("report", "rooms", *WEEK)
    assert told["rows"] == [["Room 1", 1, 0.25, 45.0, pytest.approx(0.25 / 45)]]
    assert [column["unit"] for column in told["columns"]] == ["text", "count", "hours", "hours", "share"]


def test_csv_and_pdf_say_the_same(booked: Cli, tmp_path: Path, qapp: QApplication) -> None:
    table, paper = tmp_path / "rooms.csv", tmp_path / "rooms.pdf"
    booked.json("report", "rooms", *WEEK, "--csv", table, "--pdf", paper, "--paper", "A4")
    assert table.read_text(encoding="utf-8-sig").splitlines()[1].startswith("Room 1,1,0.25,45")
    said = PdfReader(paper).pages[0].extract_text().replace(" ", "").replace("\n", "")
    for words in ("Reports, 23 Nov to 29 Nov 2026", "Room time used", "Room 1", "page 1 of 1"):
        assert words.replace(" ", "") in said


def test_the_help_names_every_report(each: Cli) -> None:
    assert tuple(reporting.REPORTS) == REPORTS
    said = " ".join(each("report", "--help").out.split())
    assert all(code in said for code in REPORTS)


def test_nights_and_blocks_are_told_written_and_printed(booked: Cli, tmp_path: Path, qapp: QApplication) -> None:
    table, paper = tmp_path / "nights.csv", tmp_path / "nights.pdf"
    told = booked.json("report", "bed_nights", *WEEK, "--csv", table, "--pdf", paper)
    assert told["rows"] == [["All beds", 0, 0, 0, 5, 5, 0, 0.0], ["Bed 1", 0, 0, 0, 5, 5, None, 0.0]]
    assert table.read_text(encoding="utf-8-sig").splitlines()[2] == "Bed 1,0,0,0,5,5,,0.0"
    said = PdfReader(paper).pages[0].extract_text().replace(" ", "").replace("\n", "")
    for words in ("Bed nights", "0 of 5", "All beds", "A night is counted at the midnight that ends its day", "Fri"):
        assert words.replace(" ", "") in said
    assert booked("report", "blocks", *WEEK).out.startswith("Blocks used: nothing in this period.")


def test_an_unknown_report_and_a_folder_that_is_gone_are_refused(booked: Cli, tmp_path: Path) -> None:
    ran = booked("report", "nothing", *WEEK)
    assert ran.status != 0
    assert "There is no report “nothing”" in ran.err
    ran = booked("report", "rooms", *WEEK, "--csv", tmp_path / "gone" / "rooms.csv")
    assert ran.status != 0
    assert list(tmp_path.glob("**/*.csv")) == []
