"""Which sheet is wanted, on what paper: a value, remembered for the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desk_app.printing.papers import PAPERS
from desk_app.ui.memory import SettingsMemory

KINDS = (
    ("rooms", "By room"),
    ("clinicians", "By clinician"),
    ("recovery", "Recovery"),
)
PROFILES = (("desk", "Desk"), ("clinical", "Clinical"), ("wall", "Wall"))


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet of one day."""

    day: date
    kind: str
    profile: str
    paper: str

    def file_name(self) -> str:
        """Names the day and the sheet, never a patient."""
        return f"day-sheet-{self.kind}-{self.profile}-{self.day.isoformat()}.pdf"


def remembered(memory: SettingsMemory, day: date, kind: str = "") -> SheetChoice:
    """What was chosen last, or the ``kind`` that is looked at; a word that is no choice any more gives way."""
    return SheetChoice(
        day,
        kind or _one_of(memory.value("print/kind"), [code for code, _ in KINDS]),
        _one_of(memory.value("print/profile"), [code for code, _ in PROFILES]),
        _one_of(memory.value("print/paper"), list(PAPERS)),
    )


def remember(memory: SettingsMemory, choice: SheetChoice) -> None:
    memory.set_value("print/kind", choice.kind)
    memory.set_value("print/profile", choice.profile)
    memory.set_value("print/paper", choice.paper)


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else allowed[0]
