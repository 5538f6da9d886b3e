"""What a visit on the schedule is made of: its booked phases, and the alerts of whoever comes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind


class AlertKind(StrEnum):
    ALLERGY = "allergy"
    LATEX = "latex"
    ANTICOAGULANT = "anticoagulant"
    PACEMAKER = "pacemaker"
    INTERPRETER = "interpreter"
    MOBILITY = "mobility"


class BedWish(StrEnum):
    """What a patient's overnight bed should have, or be."""

    MONITORED = "monitored"
    OXYGEN = "oxygen"
    NEAR_NURSE = "near_nurse"


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to know about a patient; ``detail`` is free text ("apixaban", "Spanish")."""

    kind: AlertKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BookedPhase:
    """One phase as it was booked: a snapshot that a later edit of the catalogue does not move."""

    kind: PhaseKind
    start: datetime
    end: datetime
    beside: bool
    resources: tuple[tuple[str, str], ...]
    """(label, resource code), in the order of the procedure's needs."""


@dataclass(frozen=True, slots=True)
class Treated:
    """One procedure of a visit as it was booked: its code and name, on how many levels, and which."""

    procedure: str
    name: str
    levels: int = 1
    level_names: str = ""
    side: str = ""
