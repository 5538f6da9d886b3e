"""The system's print queue: what it says of a printer, where Qt reports success anyway, and giving it a document."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import NamedTuple

from desk_app.domain.faults import RuleViolation

ANSWER_WITHIN = 3.0
"""Seconds; a print system that does not answer is not asked again."""

TAKEN_WITHIN = 120.0
"""Seconds; a year's sheets go to a server on the other side of the town."""


class QueueJob(NamedTuple):
    """``options`` as the queue words them, such as ``sides=two-sided-long-edge``; the title names no patient."""

    printer: str
    title: str
    copies: int
    options: tuple[str, ...]


def takes_documents() -> bool:
    """Whether a whole document can be given to the queue."""
    return shutil.which("lp") is not None


def hand_over(document: bytes, job: QueueJob) -> None:
    """Gives the queue a whole PDF. Raises RuleViolation ``printer_refused``; the queue has nothing of it then."""
    asked = shutil.which("lp")
    if asked is None:
        raise RuleViolation("printer_refused", printer=job.printer)
    words = [asked, "-d", job.printer, "-t", job.title, "-n", str(job.copies)]
    for option in ("document-format=application/pdf", *job.options):
        words += ["-o", option]
    try:
        subprocess.run(words, input=document, capture_output=True, timeout=TAKEN_WITHIN, check=True)
    except (OSError, subprocess.SubprocessError):
        raise RuleViolation("printer_refused", printer=job.printer) from None


def queue_trouble(printer: str) -> str | None:
    """``printer_gone``, ``printer_stopped``, ``printer_rejecting``, or the empty text where CUPS takes its sheets.

    None where CUPS is not there, or does not know.
    """
    asked = shutil.which("lpstat")
    if asked is None:
        return None
    words = [asked, "-p", printer, "-a", printer]
    try:
        answer = subprocess.run(
            words,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=ANSWER_WITHIN,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "printer_stopped"
    if "Invalid destination name" in answer.stderr:
        return "printer_gone"
    return _trouble(answer.stdout.splitlines(), printer) if answer.stdout else None


def _trouble(lines: list[str], printer: str) -> str:
    if any(line.startswith(f"printer {printer} disabled") for line in lines):
        return "printer_stopped"
    if any(line.startswith(f"{printer} not accepting") for line in lines):
        return "printer_rejecting"
    return ""
