"""What a command answers: one document for programs, lines for people, and the exit status."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from desk_app.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """``document`` is printed under ``--json``, ``lines`` else. ``status`` is 0, or 1 where a check found breaches."""

    document: Any
    lines: list[str] = field(default_factory=list)
    status: int = 0
