"""What is done to whom: the mix of procedures, which levels and side, and what somebody notes about a visit."""

from __future__ import annotations

from random import Random

from desk_app.application.demo.name_pools import ORIGINS
from desk_app.domain.dataclass import dataclass
from desk_app.domain.levels import typed_levels
from desk_app.domain.practice import ProcedureType, Sedation
from desk_app.domain.records import Patient

AUGMENTATION = frozenset({"KYPHO", "VERT"})
MIX = {"ESI-I": 16, "ESI-T": 16, "MBB": 16, "RFA": 11, "SIJ": 9, "JOINT": 15, "TPI": 14}
"""How often the shorter procedures come; augmentation and stimulator trials have their own places in the day."""

SPINE = ("T6", "T7", "T8", "T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5")
FRACTURED = (1, 2, 3, 4, 3, 7, 12, 12, 6, 4, 3, 2)
"""Vertebrae break where the stiff chest meets the loins."""

DISCS = ("C5-6", "C6-7", "C7-T1", "L2-3", "L3-4", "L4-5", "L4-5", "L5-S1", "L5-S1")
FACETS = (("L3", "L4", "L5"), ("L4", "L5"), ("C4", "C5", "C6"), ("L2", "L3", "L4"), ("C5", "C6"), ("L5",))
JOINTS = ("knee", "knee", "shoulder", "hip")
MUSCLES = ("trapezius", "lumbar paraspinals", "piriformis", "rhomboids")
SIDED = frozenset({"ESI-T", "MBB", "RFA", "SIJ", "JOINT", "TPI"})
NOTES = (
    "Hard of hearing, speak on the left side.",
    "Daughter would like to be called when the procedure is over.",
    "Comes by The Ride, allow 20 minutes.",
    "Brings the outside MRI on CD.",
    "Diabetic: earlier if anything opens.",
    "Very anxious last time.",
    "Has a service dog.",
    "Asked for a warm blanket.",
    "Elevator only.",
)
NOTES_OF = {
    "KYPHO": ("Brace stays on until the table.", "Bone density scan is on file.", "Lives alone: ask about the night."),
    "VERT": ("Oncology asks for the pathology slide.", "Lives alone: ask about the night."),
    "MBB": ("Second block of two.", "Pain diary has to come back."),
    "RFA": ("Check the pacemaker card.", "Left side follows in three weeks."),
    "SCS-T": ("Rep brings the trial leads.", "Lead removal in five days."),
    "ESI-I": ("Third one this year.",),
    "JOINT": ("Ultrasound.",),
}
ESCORTS = (
    ("daughter", "F"),
    ("son", "M"),
    ("wife", "F"),
    ("husband", "M"),
    ("neighbour", ""),
    ("sister", "F"),
    ("niece", "F"),
    ("friend", ""),
)
FAMILY = frozenset({"daughter", "son", "wife", "husband", "sister", "niece"})
ORIGIN_OF = {name: origin for origin in ORIGINS for family in origin.families for name in family.split("/")}


@dataclass(frozen=True, slots=True)
class Wish:
    """A procedure with its levels and side."""

    procedure: ProcedureType
    levels: int = 1
    level_names: str = ""
    side: str = ""


def wish_for(procedure: ProcedureType, chance: Random) -> Wish:
    """Levels and side that go with a procedure; names and number agree as when they are typed."""
    names = _places(procedure, chance)
    levels, _ = typed_levels(names) if names else (1, "")
    side = chance.choice(("L", "R", "L", "R", "both")) if procedure.code in SIDED else ""
    return Wish(procedure, min(levels, procedure.max_levels), names, side)


def _places(procedure: ProcedureType, chance: Random) -> str:
    code = procedure.code
    if code in AUGMENTATION:
        count = chance.choices((1, 2, 3), (68, 25, 7))[0]
        first = chance.choices(range(len(SPINE)), FRACTURED)[0]
        return " ".join(SPINE[first : first + count])
    if code == "ESI-I":
        return chance.choice(DISCS)
    if code == "ESI-T":
        return chance.choice(("L4-5", "L5-S1", "L3-4", "C6-7", "L4-5 L5-S1"))
    if code in ("MBB", "RFA"):
        return " ".join(chance.choice(FACETS)[: procedure.max_levels])
    if code == "JOINT":
        return chance.choice(JOINTS)
    return chance.choice(MUSCLES) if code == "TPI" else ""


def needs_escort(procedure: ProcedureType) -> bool:
    """No escort, no sedation."""
    return procedure.sedation is not Sedation.NONE


def escort_of(patient: Patient, chance: Random) -> str:
    """A name and who that is: ``Rosa (daughter)``."""
    relation, sex = chance.choice(ESCORTS)
    if (relation, patient.sex) in (("wife", "F"), ("husband", "M")):
        relation, sex = "daughter", "F"
    origin = ORIGIN_OF.get(patient.family) if relation in FAMILY else None
    origin = origin or chance.choice(ORIGINS)
    name = chance.choice(origin.women if (sex or chance.choice("FM")) == "F" else origin.men)
    return f"{name} ({relation})"


def note_of(procedure: ProcedureType, chance: Random) -> str:
    luck = chance.random()
    if luck < 0.07 and procedure.code in NOTES_OF:
        return chance.choice(NOTES_OF[procedure.code])
    return chance.choice(NOTES) if luck < 0.15 else ""
