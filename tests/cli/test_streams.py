"""The program as a process of its own: exit status, streams that close early, terminals of old, and Ctrl+C."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desk_app.cli import streams
from desk_app.cli.run import refuse
from desk_app.domain.faults import StorageUnavailable

MAIN = [sys.executable, str(Path("main.py").resolve())]
FIND = ["slots", "find", "--procedure", "JOINT", "--limit", "2000"]


@pytest.fixture
def database(small_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(small_database, tmp_path / "desk.db"))


@pytest.fixture
def around(tmp_path: Path) -> dict[str, str]:
    """The process's surroundings, with a home of its own."""
    home = {name: str(tmp_path / "home") for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    return {**os.environ, **home, "PYTHONWARNINGS": "error"}


def run(database: Path, around: dict[str, str], *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [*MAIN, "--database", str(database), *words]
    return subprocess.run(command, capture_output=True, env={**around, **more}, check=False, timeout=60)


def test_an_answer_is_on_stdout_and_stderr_is_empty(database: Path, around: dict[str, str]) -> None:
    ran = run(database, around, *FIND, "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert len(json.loads(ran.stdout)["slots"]) == 2000


def test_a_refusal_is_on_stderr_and_under_json_on_both(database: Path, around: dict[str, str]) -> None:
    ran = run(database, around, "appointments", "cancel", "1", "--reason", "ill", "--json")
    assert ran.returncode == 2
    assert ran.stderr.decode() == json.loads(ran.stdout)["error"]["text"] + "\n"


def test_a_reader_who_leaves_early_hears_no_complaint(database: Path, around: dict[str, str]) -> None:
    with subprocess.Popen(
        [*MAIN, "--database", str(database), *FIND], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=around
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


class FullDisk(io.TextIOWrapper):
    """A stream onto a disk that is full until the test is over."""

    is_full = True

    def flush(self) -> None:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        super().flush()


def test_an_answer_that_cannot_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Path(os.devnull).open("wb") as nowhere:
        full = FullDisk(nowhere, encoding="utf-8")
        monkeypatch.setattr(sys, "stdout", full)
        with pytest.raises(StorageUnavailable) as unwritten:
            streams.print_lines("Every rule holds.")
        assert refuse(unwritten.value, as_json=False) == 3
        full.is_full = False
        full.close()
    assert capsys.readouterr().err == "The answer cannot be written: No space left on device\n"


def test_a_terminal_that_is_not_utf_8_is_given_what_it_can_show(database: Path, around: dict[str, str]) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    ran = run(database, around, *FIND[:4], **ascii_only)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b" - " in ran.stdout
    assert b" | " in ran.stdout
    refused = run(database, around, "requests", "list", "--status", "späť", **ascii_only)
    assert refused.returncode == 2
    assert refused.stderr.startswith(b'"sp??" is not one of: received, ')
    as_json = run(database, around, "requests", "list", "--status", "späť", "--json", **ascii_only)
    assert "“späť”" in json.loads(as_json.stdout)["error"]["text"]


def test_an_export_means_the_same_in_every_encoding(tmp_path: Path, around: dict[str, str]) -> None:
    file, database = tmp_path / "accents.toml", tmp_path / "desk.db"
    text = Path("resources/demo/bay_state_pain.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('name = "Bay State Pain"', 'name = "Clínica “Bahía” 痛 🩺"'), encoding="utf-8")
    assert run(database, around, "init", "--practice", str(file)).returncode == 0
    plain = run(database, around, "practice", "export", PYTHONIOENCODING="ascii").stdout.decode("ascii")
    full = run(database, around, "practice", "export", PYTHONIOENCODING="utf-8").stdout.decode("utf-8")
    assert plain != full
    assert tomllib.loads(plain) == tomllib.loads(full)


def test_bytes_that_are_no_text_are_refused_before_they_reach_a_record(database: Path, around: dict[str, str]) -> None:
    command = [os.fsencode(part) for part in [*MAIN, "--database", str(database), "appointments", "cancel", "1"]]
    ran = subprocess.run(
        [*command, b"--reason", b"ill", b"--note", b"\xff"], capture_output=True, env=around, check=False
    )
    assert ran.returncode == 2
    assert b"no text" in ran.stderr


def test_ctrl_c_ends_it_without_a_word(database: Path, around: dict[str, str]) -> None:
    script = (
        "import os, signal, sys; sys.path.insert(0, '.');"
        "from desk_app.cli.commands import practice;"
        "practice.check = lambda *_: os.kill(os.getpid(), signal.SIGINT);"
        f"import main; sys.exit(main.main(['--database', {str(database)!r}, 'check']))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, env=around, check=False, timeout=60)
    assert (ran.returncode, ran.stdout, ran.stderr) == (128 + signal.SIGINT, b"", b"")


def test_what_nobody_foresaw_is_told_with_a_number_and_no_word_of_what_was_typed(
    database: Path, around: dict[str, str], tmp_path: Path
) -> None:
    script = (
        "import sys; sys.path.insert(0, '.');"
        "from desk_app.cli.commands import practice;"
        "practice.check = lambda *_: {}['Ortiz, Maria'];"
        f"import main; sys.exit(main.main(['--database', {str(database)!r}, 'check']))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, env=around, check=False, timeout=60)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.startswith(b"Something unexpected went wrong (KeyError)")
    logged = next((tmp_path / "home").rglob("front-desk.log")).read_text(encoding="utf-8")
    assert "unexpected error" in logged
    assert "Ortiz" not in logged + ran.stderr.decode()


def test_version_and_help_need_no_database(around: dict[str, str], tmp_path: Path) -> None:
    for words in (["--version"], ["--help"], ["appointments", "book", "--help"]):
        ran = subprocess.run([*MAIN, *words], capture_output=True, env=around, check=False, timeout=60)
        assert (ran.returncode, ran.stderr) == (0, b"")
        assert ran.stdout
    assert not list((tmp_path / "home").rglob("*.db"))
