"""``--view-only``: a file is looked at and printed from as it is now, and nothing changes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.conftest import Cli
from tests.cli.people import a_chart

DAY = "2026-11-25"
LOOK = "--view-only"


@pytest.fixture
def visit(cli: Cli) -> Iterator[int]:
    """A visit in a file that nobody may write from now on; whoever is root may all the same, and must not either."""
    number = cli.book(f"{DAY}T09:00", "--patient", a_chart(cli, "Ortiz"), "--procedure", "JOINT")["id"]
    path = Path(cli.address)
    before = path.read_bytes()
    yield number
    assert path.read_bytes() == before


def test_it_answers_as_the_file_itself(visit: int, cli: Cli) -> None:
    words = ("appointments", "list", "--date", DAY)
    (seen,) = cli.json(LOOK, *words)["appointments"]
    assert seen["id"] == visit
    assert cli.json(LOOK, "check") == {"breaches": []}


def test_a_sheet_is_printed_and_its_version_not_counted(visit: int, cli: Cli, tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        assert cli.json(LOOK, "sheet", DAY, "--pdf", tmp_path / name)["version"] == 1
        assert "09:00" in PdfReader(tmp_path / name).pages[0].extract_text()


@pytest.mark.parametrize(
    "words",
    [
        ("appointments", "cancel", "{visit}", "--reason", "patient"),
        ("appointments", "move", "{visit}", "--start", f"{DAY}T11:00"),
        ("migrate",),
        ("init", "--demo"),
        ("restore", "{address}"),
    ],
)
def test_what_would_change_it_is_refused(words: tuple[str, ...], visit: int, cli: Cli) -> None:
    given = [word.format(visit=visit, address=cli.address) for word in words]
    assert cli.refused(LOOK, *given) == (3, "read_only")
