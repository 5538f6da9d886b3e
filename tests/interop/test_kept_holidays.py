"""Holidays kept in a file: asked for once, the same as the library's, and never in the way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from desk_app.domain.faults import WrongInput
from desk_app.interop.holiday_calendar import LibraryHolidays
from desk_app.interop.kept_holidays import KeptHolidays, library_version

FIRST, LAST = date(2025, 11, 26), date(2027, 11, 26)


class Counted:
    """The library, and how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def holidays(self, region: str | None, first: date, last: date) -> Mapping[date, str]:
        self.asked.append(first.year)
        return LibraryHolidays().holidays(region, first, last)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "holidays.json"


@pytest.mark.parametrize("region", ["US-MA", "US", "DE-BY", None, ""])
def test_they_are_the_same_as_the_librarys_before_and_after_they_are_kept(file: Path, region: str | None) -> None:
    wanted = LibraryHolidays().holidays(region, FIRST, LAST)
    for _ in range(2):
        assert KeptHolidays(file, LibraryHolidays()).holidays(region, FIRST, LAST) == wanted


def test_the_library_is_asked_once_a_year_and_the_next_morning_not_at_all(file: Path) -> None:
    source = Counted()
    KeptHolidays(file, source).holidays("US-MA", FIRST, LAST)
    assert source.asked == [2025, 2026, 2027]
    again = KeptHolidays(file, source)
    again.holidays("US-MA", FIRST, LAST)
    again.holidays("US-MA", date(2027, 1, 1), date(2028, 1, 1))
    assert source.asked == [2025, 2026, 2027, 2028]


def test_another_version_of_the_library_is_asked_anew(file: Path) -> None:
    KeptHolidays(file, LibraryHolidays(), "1").holidays("US-MA", FIRST, LAST)
    source = Counted()
    KeptHolidays(file, source, "2").holidays("US-MA", FIRST, LAST)
    assert source.asked == [2025, 2026, 2027]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"version": 3}', '{"version": "V", "years": []}', '{"version": "V", "years": {"a": 1}}'],
)
def test_a_file_that_is_none_is_written_anew(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    wanted = LibraryHolidays().holidays("US-MA", FIRST, LAST)
    assert KeptHolidays(file, LibraryHolidays(), "V").holidays("US-MA", FIRST, LAST) == wanted
    source = Counted()
    assert KeptHolidays(file, source, "V").holidays("US-MA", FIRST, LAST) == wanted
    assert source.asked == []


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    kept = KeptHolidays(tmp_path / "data" / "holidays.json", LibraryHolidays())
    assert kept.holidays("US-MA", FIRST, LAST) == LibraryHolidays().holidays("US-MA", FIRST, LAST)
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def test_a_region_that_nobody_knows_is_still_wrong_input_and_not_kept(file: Path) -> None:
    for _ in range(2):
        with pytest.raises(WrongInput):
            KeptHolidays(file, LibraryHolidays()).holidays("US-XX", FIRST, LAST)
    assert not file.exists()


def test_the_library_is_not_imported_for_what_is_kept(file: Path) -> None:
    KeptHolidays(file, LibraryHolidays()).holidays("US-MA", FIRST, LAST)
    program = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "from desk_app.interop.holiday_calendar import LibraryHolidays\n"
        "from desk_app.interop.kept_holidays import KeptHolidays\n"
        "kept = KeptHolidays(Path(sys.argv[1]), LibraryHolidays())\n"
        "found = kept.holidays('US-MA', date(2026, 1, 1), date(2026, 12, 31))\n"
        "print(len(found) > 5, 'holidays' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.split() == ["True", "False"]


def test_the_installed_library_has_a_version() -> None:
    assert library_version()
