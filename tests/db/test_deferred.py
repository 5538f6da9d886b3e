"""What SQLAlchemy imports and nobody uses is not loaded, and whoever uses it after all has it as it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("asyncio.events", "ssl", "email", "_hashlib")


def answer(program: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_day_is_read_without_what_nobody_uses(loaded_sqlite: Path, tmp_path: Path) -> None:
    path = shutil.copy(loaded_sqlite, tmp_path)
    program = f"""
import sys, main
main.main(["--database", {path!r}, "appointments", "list", "--date", "2026-11-24"])
print([name for name in {HEAVY} if name in sys.modules])
"""
    assert answer(program).splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        ("import asyncio; print(asyncio.run(asyncio.sleep(0, 'slept')))", "slept"),
        ("from asyncio import Queue; print(Queue.__name__)", "Queue"),
        ("import asyncio.queues; print(asyncio.queues.Queue.__name__)", "Queue"),
        ("import hashlib; print(hashlib.sha256(b'').hexdigest()[:8])", "e3b0c442"),
        ("from importlib import metadata; print(metadata.version('sqlalchemy')[:2])", "2."),
        ("from sqlalchemy.util.concurrency import iscoroutine; print(iscoroutine(1))", "False"),
    ],
)
def test_whoever_uses_it_has_it_as_it_is(use: str, expected: str) -> None:
    assert answer(f"import db, sqlalchemy; {use}") == expected


def test_what_it_has_not_is_missed_as_ever() -> None:
    program = """
import db, asyncio
try:
    asyncio.nonsense
except AttributeError as error:
    print(error)
"""
    assert answer(program) == "module 'asyncio' has no attribute 'nonsense'"


def test_a_module_that_is_loaded_stays_what_it_is() -> None:
    assert answer("import hashlib as before; import db, hashlib; print(hashlib is before)") == "True"
