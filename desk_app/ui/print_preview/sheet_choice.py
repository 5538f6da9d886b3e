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
    ("calls", "Calls"),
    ("calls_by_payer", "Calls by payer"),
)
CALL_LISTS = ("calls", "calls_by_payer")
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
        sheet = self.kind.replace("_", "-") if self.is_calls else f"day-sheet-{self.kind}"
        return f"{sheet}-{self.profile}-{self.day.isoformat()}.pdf"

    @property
    def is_calls(self) -> bool:
        return self.kind in CALL_LISTS


def remembered(memory: SettingsMemory, day: date, kind: str = "") -> SheetChoice:
    """What was chosen last, or the ``kind`` that is looked at; a word that is no choice any more gives way.

    A list of calls is not what whoever prints a day sees first: it is asked for where the calls are.
    """
    days = [code for code, _ in KINDS if code not in CALL_LISTS]
    return SheetChoice(
        day,
        kind or _one_of(memory.value("print/kind"), days),
        _one_of(memory.value("print/profile"), [code for code, _ in PROFILES]),
        paper_remembered(memory),
    )


def paper_remembered(memory: SettingsMemory) -> str:
    """The paper that was chosen last, for whatever it was."""
    return _one_of(memory.value("print/paper"), list(PAPERS))


def remember_paper(memory: SettingsMemory, paper: str) -> None:
    memory.set_value("print/paper", paper)


def remember(memory: SettingsMemory, choice: SheetChoice) -> None:
    if not choice.is_calls:
        memory.set_value("print/kind", choice.kind)
    memory.set_value("print/profile", choice.profile)
    remember_paper(memory, choice.paper)


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else allowed[0]
