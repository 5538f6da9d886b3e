"""Which sheet is wanted, how it is set up, on what paper: values, remembered for the next time."""

from __future__ import annotations

from datetime import date

from desk_app.application.wording import weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.printing.content.setup import USUAL, SheetSetup, setup_of, setup_text
from desk_app.printing.papers import PAPERS
from desk_app.ui.memory import SettingsMemory

KINDS = (
    ("rooms", "By room"),
    ("clinicians", "By clinician"),
    ("recovery", "Recovery and beds"),
    ("week", "Week by room"),
    ("changes", "Change slip"),
    ("slip", "Patient slips"),
    ("calls", "Calls"),
    ("calls_by_payer", "Calls by payer"),
)
CALL_LISTS = ("calls", "calls_by_payer")
ASKED_FOR = (*CALL_LISTS, "changes", "slip")
"""Kinds that are not what whoever prints a day sees first: each is asked for where it is needed."""

PROFILES = (("desk", "Desk"), ("clinical", "Clinical"), ("wall", "Wall"))


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """One sheet of one day."""

    day: date
    kind: str
    profile: str
    paper: str
    setup: SheetSetup = USUAL

    def file_name(self) -> str:
        """Names the day and the sheet, never a patient."""
        is_grouped = self.kind in ("rooms", "clinicians")
        sheet = f"day-sheet-{self.kind}" if is_grouped else self.kind.replace("_", "-")
        return f"{sheet}-{self.profile}-{self.day.isoformat()}.pdf"

    def told(self) -> str:
        """``Sheet for Wed 25 Nov``"""
        names = {"changes": "Change slip", "slip": "Slips", "week": "Week"}
        return f"{names.get(self.kind, 'Sheet')} for {weekday_date(self.day)}"

    @property
    def is_calls(self) -> bool:
        return self.kind in CALL_LISTS


def remembered(memory: SettingsMemory, day: date, kind: str = "") -> SheetChoice:
    """What was chosen last, or the ``kind`` that is asked for; a word that is no choice any more gives way."""
    days = [code for code, _ in KINDS if code not in ASKED_FOR]
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


def setup_remembered(memory: SettingsMemory, kind: str, catalogue: Catalogue) -> SheetSetup:
    """How that kind of sheet was set up last."""
    return setup_of(memory.value(f"print/setup/{kind}"), kind, catalogue)


def remember(memory: SettingsMemory, choice: SheetChoice) -> None:
    if choice.kind not in ASKED_FOR:
        memory.set_value("print/kind", choice.kind)
    memory.set_value("print/profile", choice.profile)
    memory.set_value(f"print/setup/{choice.kind}", setup_text(choice.setup))
    remember_paper(memory, choice.paper)


def _one_of(value: str, allowed: list[str]) -> str:
    return value if value in allowed else allowed[0]
