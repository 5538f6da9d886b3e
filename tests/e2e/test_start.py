"""What is loaded when: the window stands before anything of the database, and today before SQLAlchemy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from desk_app.application.use_cases import booking, patients, practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Patient
from tests.benchmarks.start_child import BEGUN
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

CHILD = Path(__file__).resolve().parents[1] / "benchmarks" / "start_child.py"
NOW = at("2026-11-24T10:00")


def test_the_first_frame_waits_for_no_database_and_today_not_for_sqlalchemy(
    sqlite_address: str, tmp_path: Path
) -> None:
    desk = build_desk(sqlite_address, "A. Reyes", StandingClock(NOW))
    practice.load(desk, CATALOGUE)
    who = patients.add(desk, Patient("", "Ortiz", "Marisol"), True).value
    booking.book(desk, booking.BookAppointment(at("2026-11-24T13:00"), "JOINT", patient_id=who.id))
    desk.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", BEGUN: str(time.monotonic())}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    words = [sys.executable, str(CHILD), "program", sqlite_address, NOW.isoformat()]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["loaded_early"] == []
    assert set(seen["loaded_at_board"]) <= {"sqlcipher3", "sqlite3", "dateutil"}
    assert seen["blocks"] > 0, "today is still there when the database is open"
