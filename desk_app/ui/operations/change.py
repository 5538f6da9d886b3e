"""A change as a value: the use case to run, and what follows in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.domain.dataclass import dataclass
from desk_app.ui.questions import Question

Said = Callable[[Desk, Outcome[Any]], str]
Asking = Callable[[Exception], Question | None]
"""Makes a question of a fault, or None where it is none."""

Refused = Callable[[Exception], bool]
"""Shows a refusal itself, beside the field it is about; answers whether it did."""


@dataclass(frozen=True, slots=True)
class Change:
    """``work`` and ``said`` (the sentence of the status bar) run on the worker, the others in the window."""

    work: Callable[[Desk], Outcome[Any]]
    said: Said
    then: Callable[[Any], object] | None = None
    asking: Asking | None = None
    refused: Refused | None = None


Run = Callable[[Change], None]
