"""The command line as another program calls it, in this process: words in, exit status and both streams out."""

from __future__ import annotations

import json
import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.small_practice import CATALOGUE, StandingClock, at

NOW = "2026-11-24T10:00"


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout; anything beside it fails here."""
        return json.loads(self.out)


class Cli:
    """``main.py`` on one database."""

    def __init__(self, address: str, clock: StandingClock, read: Callable[[], Any]) -> None:
        self.address, self.clock, self._read = address, clock, read

    def __call__(self, *words: object) -> Ran:
        import main

        self._read()
        try:
            status = main.main(["--database", self.address, *map(str, words)])
        except SystemExit as end:  # argparse's way to end
            status = int(str(end.code))
        told = self._read()
        return Ran(status, told.out, told.err)

    def at(self, address: Path) -> Cli:
        """The same on another database."""
        return Cli(str(address), self.clock, self._read)

    def json(self, *words: object) -> Any:
        """The document of a command that has to succeed, with nothing on stderr."""
        ran = self(*words, "--json")
        assert (ran.status, ran.err) == (0, "")
        return ran.json

    def refused(self, *words: object) -> tuple[int, str]:
        """Exit status and code of a refusal, whose sentence stands on both streams."""
        ran = self(*words, "--json")
        error = ran.json["error"]
        assert ran.json == {"error": {"code": error["code"], "text": error["text"]}}
        assert ran.err == error["text"] + "\n"
        return ran.status, error["code"]

    def book(self, start: str, *words: object) -> Any:
        """A visit for a new chart."""
        return self.json("appointments", "book", "--start", start, *words)


@pytest.fixture
def _quiet_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a program does to its own process stays within the test."""
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log = logging.getLogger("desk_app")
    before, level = list(log.handlers), log.level
    yield
    for handler in [handler for handler in log.handlers if handler not in before]:
        log.removeHandler(handler)
        handler.close()
    log.setLevel(level)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> StandingClock:
    """The program's one clock, standing at ten on a Tuesday."""
    standing = StandingClock(at(NOW))
    monkeypatch.setattr("desk_app.bootstrap.clock.SystemClock.now", lambda _: standing.now())
    return standing


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small practice as a practice file."""
    from desk_app.interop.practice_export import export

    path = tmp_path_factory.mktemp("practice") / "small.toml"
    path.write_text(export(CATALOGUE), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the small practice, to be copied."""
    from db.migrate import prepare
    from desk_app.application.use_cases import practice
    from desk_app.bootstrap.graph import build_desk

    path = tmp_path_factory.mktemp("database") / "small.db"
    prepare(str(path), create=True)
    desk = build_desk(str(path), "whoever set it up", StandingClock(at(NOW)))
    practice.load(desk, CATALOGUE)
    desk.close()
    return path


@pytest.fixture
def empty(tmp_path: Path, clock: StandingClock, capsys: pytest.CaptureFixture[str], _quiet_process: None) -> Cli:
    """Where no database is yet."""
    return Cli(str(tmp_path / "desk.db"), clock, capsys.readouterr)


@pytest.fixture
def cli(empty: Cli, small_database: Path) -> Cli:
    """On the small practice, in a SQLite file."""
    shutil.copy(small_database, empty.address)
    return empty


@pytest.fixture(params=["sqlite", "postgresql"])
def each(request: pytest.FixtureRequest, empty: Cli, small_file: Path) -> Cli:
    """On the small practice, set up by ``init``: once in a file, once on a server."""
    if request.param == "postgresql":
        empty.address = str(request.getfixturevalue("fresh_postgres_url"))
    assert empty("init", "--practice", small_file).status == 0
    return empty
