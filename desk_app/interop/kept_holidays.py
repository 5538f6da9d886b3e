"""Holidays once looked up are kept in a small file: importing the library costs a tenth of a second and 18 MB.

The file is of one version of the library, and of no other use: where it cannot be read or written, the library is
asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from desk_app.application.ports import HolidayCalendar
from desk_app.interop.kept_file import KeptFile


class KeptHolidays:
    """Implements ``ports.HolidayCalendar`` in front of another one, whole years at a time."""

    def __init__(self, file: Path, source: HolidayCalendar, version: str | None = None) -> None:
        self._file, self._source = KeptFile(file), source
        self._version = version if version is not None else library_version()
        self._years: dict[str, dict[date, str]] | None = None

    def holidays(self, region: str | None, first: date, last: date) -> Mapping[date, str]:
        if not region:
            return {}
        known = self._known()
        years = range(first.year, last.year + 1)
        missing = [year for year in years if _key(region, year) not in known]
        for year in missing:
            found = self._source.holidays(region, date(year, 1, 1), date(year, 12, 31))
            known[_key(region, year)] = dict(found)
        if missing:
            self._keep(known)
        found_in = (known[_key(region, year)] for year in years)
        return {day: name for found in found_in for day, name in found.items() if first <= day <= last}

    def _known(self) -> dict[str, dict[date, str]]:
        if self._years is None:
            self._years = self._read()
        return self._years

    def _read(self) -> dict[str, dict[date, str]]:
        stored = self._file.read()
        try:
            if stored["version"] != self._version:
                return {}
            return {
                str(key): {date.fromisoformat(day): str(name) for day, name in days.items()}
                for key, days in stored["years"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            return {}  # absent or somebody else's: the library knows it all

    def _keep(self, known: Mapping[str, Mapping[date, str]]) -> None:
        years = {key: {day.isoformat(): name for day, name in days.items()} for key, days in known.items()}
        self._file.write({"version": self._version, "years": years})


def library_version() -> str:
    """What tells one installation of the library from another, without importing it."""
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return ""
    try:
        return str(Path(spec.origin).with_name("version.py").stat().st_mtime_ns)
    except OSError:
        return ""  # in a frozen program it comes and goes with the program


def _key(region: str, year: int) -> str:
    return f"{region} {year}"
