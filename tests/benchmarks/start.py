"""From the process's start to the first frame and to today's schedule, and what memory that takes.

The first frame is the window's ground in the colour of its theme; bars, rail and today are painted together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.big_practice import NOW
from tests.benchmarks.setting import Setting
from tests.benchmarks.start_child import BEGUN
from tests.benchmarks.timing import Figure

CHILD = Path(__file__).with_name("start_child.py")
ROUNDS = 9
FIRST, SCHEDULE, GAP_MS, MEMORY_FIRST, MEMORY_ALL = 1.5, 3, 50, 1.4, 2.3


def measure(setting: Setting) -> Iterator[Figure]:
    path = setting.copy("start.db")
    setting.driver(path).close()
    ways = {"bare": ["bare"], "program": ["program", str(path), NOW.isoformat()]}
    seen: dict[str, list[dict[str, Any]]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for name, words in ways.items():
            found = _started(words, setting.scratch)
            if turn:  # the first start writes what Python compiled
                seen[name].append(found)
    yield from _figures(seen["bare"], seen["program"])


def _started(words: list[str], scratch: Path) -> dict[str, Any]:
    env = dict(os.environ, QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    env |= {f"XDG_{kind}_HOME": str(scratch / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    env[BEGUN] = str(time.monotonic())
    done = subprocess.run([sys.executable, str(CHILD), *words], env=env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if words[0] == "program" and "resting_ms" not in found:
        raise TimeoutError(f"today never came onto the board: {found} {done.stderr}")
    return found


def _figures(bare: list[dict[str, Any]], program: list[dict[str, Any]]) -> Iterator[Figure]:
    early = {name for found in program for name in found["loaded_early"]}
    if early:
        raise AssertionError(f"loaded before the first frame: {', '.join(sorted(early))}")
    against, nothing = "a bare QMainWindow", median(found["first_ms"] for found in bare)
    yield _figure("1", "process start to the first painted frame, the ground", program, "first_ms", nothing, FIRST)
    yield _figure("2", "process start to frame and today's schedule painted", program, "board_ms", nothing, SCHEDULE)
    gap = median(found["gap_ms"] for found in program)
    yield Figure("2", "longest gap of the event loop until then", gap, at_most=GAP_MS)
    rest = median(found["gap_settled_ms"] for found in program)
    yield Figure("2", "longest gap of the event loop until all is at rest", rest)
    memory = median(found["first_mb"] for found in bare)
    for row, name, bound in (
        ("at the first frame", "first_mb", MEMORY_FIRST),
        ("all loaded", "settled_mb", MEMORY_ALL),
    ):
        value = median(found[name] for found in program)
        yield Figure("11", f"memory {row}", value, memory, against, at_most=bound, unit="MB")
    resting = median(found["resting_mb"] for found in program)
    yield Figure("11", "memory with the slot index of 400 days, all calls seen", resting, memory, against, unit="MB")


def _figure(row: str, what: str, program: list[dict[str, Any]], name: str, nothing: float, bound: float) -> Figure:
    return Figure(row, what, median(found[name] for found in program), nothing, "a bare QMainWindow", at_most=bound)
