"""What a practice keeps as rules in its file: what payers cover, what a visit is prepared with, when calls are due.

Each table begins with the usual rows below; a row of the practice's own with the same code takes the place of the
usual one, and ``active = false`` switches it off. Sources: Medicare L33906, L39015, L39054 (epidurals, facet joints),
the usual policies for augmentation, ASA fasting times; figures without a source are starting values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol, TypeVar

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Payer, ProcedureType, ResourceKind, Sedation
from desk_app.domain.visit_parts import AlertKind


@dataclass(frozen=True, slots=True)
class CoverageRule:
    """What payers usually cover, as a warning. It speaks of procedures by code, and by the CPT numbers they have.

    ``sessions`` in one region at most in any ``months`` months; ``interval_days`` at least between two sessions of a
    region; ``one_region`` a session; ``conservative_weeks`` of care that failed before: a reminder. None: not asked.
    Without ``payers`` it is every payer's.
    """

    code: str
    name: str
    procedures: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    sessions: int | None = None
    months: int = 12
    interval_days: int | None = None
    one_region: bool = False
    conservative_weeks: int | None = None
    active: bool = True

    def is_about(self, procedure: ProcedureType) -> bool:
        return procedure.code in self.procedures or bool(set(self.cpt) & {*procedure.cpt, *procedure.cpt_extra_level})

    def is_of(self, payer: Payer | None) -> bool:
        """An unknown payer may be one of those."""
        return not self.payers or payer is None or payer.code in self.payers


class GateKind(StrEnum):
    """What a visit can be prepared with; each has its own states."""

    FASTING = "fasting"
    THINNER = "thinner"
    ESCORT = "escort"
    LABS = "labs"
    IMAGING = "imaging"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class ReadinessGate:
    """Something that has to be there before a visit, ``lead_hours`` ahead of it.

    It is asked of the procedures that are named by code, CPT number or depth of sedation, and with ``guided`` of
    every one under a C-arm or with sedation; of all where none of these is said. With ``alert`` only of patients who
    have it. ``food_hours`` and ``fluid_hours`` before the visit the last light meal and the last clear fluids are
    taken (fasting). ``arrive_minutes`` before the visit the patient has to be there for it (0: as usual).
    """

    code: str
    kind: GateKind
    name: str
    lead_hours: int = 0
    procedures: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    sedation: tuple[Sedation, ...] = ()
    guided: bool = False
    alert: AlertKind | None = None
    food_hours: int = 6
    fluid_hours: int = 2
    active: bool = True
    arrive_minutes: int = 0

    def is_about(self, procedure: ProcedureType, sedation: Sedation) -> bool:
        """``sedation`` is the visit's own, as it was booked."""
        if not (self.procedures or self.cpt or self.sedation or self.guided):
            return True
        numbers = {*procedure.cpt, *procedure.cpt_extra_level}
        named = procedure.code in self.procedures or bool(set(self.cpt) & numbers) or sedation in self.sedation
        return named or (self.guided and is_guided(procedure))


def is_guided(procedure: ProcedureType) -> bool:
    """A needle near the spine: under a C-arm, or with sedation."""
    needs = (need for phase in procedure.phases for need in phase.needs)
    return procedure.sedation is not Sedation.NONE or any(need.kind is ResourceKind.C_ARM for need in needs)


class CallEvent(StrEnum):
    """What makes a call necessary."""

    RECEIVED_URGENT = "received_urgent"
    RECEIVED_SOON = "received_soon"
    RECEIVED_ROUTINE = "received_routine"
    UNDECIDED = "undecided"
    APPROVED = "approved"
    PREPARATION = "preparation"
    CONFIRMATION = "confirmation"
    HOW_ARE_YOU = "how_are_you"
    FOLLOW_UP = "follow_up"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class CallUnit(StrEnum):
    BUSINESS_HOURS = "business_hours"
    BUSINESS_DAYS = "business_days"
    DAYS = "days"


class AnswerKind(StrEnum):
    """What a question of a call is answered by: a number from 0 to 10, yes or no, or words."""

    SCALE = "scale"
    YES_NO = "yes_no"
    WORDS = "words"


BEFORE_VISIT = frozenset({CallEvent.PREPARATION, CallEvent.CONFIRMATION})
"""Their time is counted back from the visit."""

ALWAYS_MADE = frozenset(
    {
        CallEvent.RECEIVED_URGENT,
        CallEvent.RECEIVED_SOON,
        CallEvent.RECEIVED_ROUTINE,
        CallEvent.UNDECIDED,
        CallEvent.APPROVED,
        CallEvent.CANCELLED,
    }
)
"""Without these an open request could be without its next action: they are never switched off."""


@dataclass(frozen=True, slots=True)
class CallQuestion:
    """Something that is asked in a call. ``alarm``: the answer from which on the nurse is told (None: never).

    A scale is answered by 0 to 10 and alarms from its ``alarm`` on; yes or no by "yes" and "no" and alarms where the
    answer is ``alarm`` (1: yes, 0: no); words alarm nobody.
    """

    code: str
    text: str
    kind: AnswerKind = AnswerKind.YES_NO
    alarm: int | None = None


@dataclass(frozen=True, slots=True)
class CallRule:
    """A call is due ``within`` that many units; after ``tries`` that reached nobody a letter goes (0: never).

    ``again_hours``: business hours from one try to the next; the last holds for all further ones. Where the patient
    will call it is looked at again ``wait_days`` business days later, after a letter ``letter_days`` later.
    ``questions`` are asked in the call.
    """

    code: CallEvent
    within: int
    unit: CallUnit
    tries: int = 4
    again_hours: tuple[int, ...] = (2, 9, 18)
    active: bool = True
    wait_days: int = 2
    letter_days: int = 10
    questions: tuple[CallQuestion, ...] = ()


_HOURS, _BUSINESS, _DAYS = CallUnit.BUSINESS_HOURS, CallUnit.BUSINESS_DAYS, CallUnit.DAYS
_SEDATED = tuple(depth for depth in Sedation if depth is not Sedation.NONE)

USUAL_COVERAGE = (
    CoverageRule(
        "EPIDURAL",
        "Epidurals",
        cpt=("62321", "62323", "64479", "64480", "64483", "64484"),
        sessions=4,
        one_region=True,
    ),
    CoverageRule("FACET", "Facet blocks", cpt=("64490", "64491", "64492", "64493", "64494", "64495"), interval_days=14),
    CoverageRule(
        "AUGMENTATION",
        "Augmentation",
        cpt=("22510", "22511", "22512", "22513", "22514", "22515"),
        conservative_weeks=6,
    ),
)
USUAL_GATES = (
    ReadinessGate("fasting", GateKind.FASTING, "Fasting", 24, sedation=_SEDATED),
    ReadinessGate("escort", GateKind.ESCORT, "Escort", 24, sedation=_SEDATED),
    ReadinessGate("thinner", GateKind.THINNER, "Blood thinner", 120, guided=True, alert=AlertKind.ANTICOAGULANT),
)
USUAL_QUESTIONS = (
    CallQuestion("pain", "Pain now, 0 to 10", AnswerKind.SCALE, 8),
    CallQuestion("fever", "Fever or chills", alarm=1),
    CallQuestion("wound", "Bleeding, swelling or redness where the needle was", alarm=1),
    CallQuestion("numbness", "New numbness or weakness", alarm=1),
    CallQuestion("bladder", "Trouble with bladder or bowel", alarm=1),
    CallQuestion("other", "Anything else", AnswerKind.WORDS),
)
"""Asked the day after; warning signs after spinal injections and augmentation. A physician sets what alarms."""

USUAL_CALLS = (
    CallRule(CallEvent.RECEIVED_URGENT, 2, _HOURS, again_hours=(1, 2, 4)),
    CallRule(CallEvent.RECEIVED_SOON, 0, _BUSINESS),
    CallRule(CallEvent.RECEIVED_ROUTINE, 1, _BUSINESS),
    CallRule(CallEvent.UNDECIDED, 0, _BUSINESS, tries=0, again_hours=(9,)),
    CallRule(CallEvent.APPROVED, 0, _BUSINESS),
    CallRule(CallEvent.PREPARATION, 7, _DAYS),
    CallRule(CallEvent.CONFIRMATION, 2, _BUSINESS),
    CallRule(CallEvent.HOW_ARE_YOU, 1, _BUSINESS, questions=USUAL_QUESTIONS),
    CallRule(CallEvent.FOLLOW_UP, 14, _DAYS),
    CallRule(CallEvent.NO_SHOW, 0, _BUSINESS),
    CallRule(CallEvent.CANCELLED, 1, _BUSINESS),
)
CallRules = Mapping[CallEvent, CallRule]
USUAL_CALL_RULES: CallRules = {rule.code: rule for rule in USUAL_CALLS}


class _Coded(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def active(self) -> bool: ...


RuleT = TypeVar("RuleT", bound=_Coded)


def coverage_rules(catalogue: Catalogue) -> tuple[CoverageRule, ...]:
    """Those in force, the usual ones first."""
    return _coverage(catalogue.coverage_rules)


def readiness_gates(catalogue: Catalogue) -> tuple[ReadinessGate, ...]:
    """Those in force, the usual ones first."""
    return _gates(catalogue.readiness_gates)


def call_rules(catalogue: Catalogue) -> CallRules:
    """One for each event that makes a call."""
    return _calls(catalogue.call_rules)


# Asked several times a booking, and of one practice.


@lru_cache(maxsize=4)
def _coverage(own: tuple[CoverageRule, ...]) -> tuple[CoverageRule, ...]:
    return _in_force(USUAL_COVERAGE, own)


@lru_cache(maxsize=4)
def _gates(own: tuple[ReadinessGate, ...]) -> tuple[ReadinessGate, ...]:
    return _in_force(USUAL_GATES, own)


@lru_cache(maxsize=4)
def _calls(own: tuple[CallRule, ...]) -> CallRules:
    return MappingProxyType({rule.code: rule for rule in _in_force(USUAL_CALLS, own)})


def _in_force(usual: Iterable[RuleT], own: Iterable[RuleT]) -> tuple[RuleT, ...]:
    by_code = {rule.code: rule for rule in (*usual, *own)}
    return tuple(rule for rule in by_code.values() if rule.active)
