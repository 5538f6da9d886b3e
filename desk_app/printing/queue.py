"""What the system's print queue says of a printer: Qt reports success on a paused or rejecting one."""

from __future__ import annotations

import os
import shutil
import subprocess

ANSWER_WITHIN = 3.0
"""Seconds; a print system that does not answer is not asked again."""


def queue_trouble(printer: str) -> str:
    """``printer_stopped``, ``printer_rejecting``, or the empty text where CUPS knows of no trouble or is not there."""
    asked = shutil.which("lpstat")
    if asked is None:
        return ""
    words = [asked, "-p", printer, "-a", printer]
    try:
        told = subprocess.run(
            words,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ANSWER_WITHIN,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "printer_stopped"
    return _trouble(told.splitlines(), printer)


def _trouble(lines: list[str], printer: str) -> str:
    if any(line.startswith(f"printer {printer} disabled") for line in lines):
        return "printer_stopped"
    if any(line.startswith(f"{printer} not accepting") for line in lines):
        return "printer_rejecting"
    return ""
