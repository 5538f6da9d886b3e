"""The installation's own test: what a packager runs on a frozen build holds on the source as well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_part_of_an_installation_is_tried_and_works() -> None:
    ran = subprocess.run(
        [sys.executable, "main.py", "--self-test"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    told = [line.split(":")[0].split(maxsplit=1) for line in ran.stdout.splitlines()]
    assert (ran.returncode, {how for how, _ in told}) == (0, {"ok"}), ran.stderr
    assert [what for _, what in told] == [
        "window system",
        "fonts",
        "database and demo practice",
        "slot search",
        "day sheet as PDF",
        "PDF with a password",
        "a mail read in a process of its own",
        "report with its chart",
        "plan of beds",
    ]
