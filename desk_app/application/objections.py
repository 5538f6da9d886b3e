"""Everything that speaks against a booking or a move, in one list by weight. Pure: from what is known of the visit.

Three kinds: what a rule forbids is refused; what a manager may let pass needs the right and a reason, which stay on
the visit; what is only doubted is asked once and then acknowledged by its code. Further rules (a payer's coverage)
are functions like those here, handed to :func:`objections` with the usual ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum

from desk_app.domain.authorization_lack import Lack
from desk_app.domain.authorization_match import planned_visit
from desk_app.domain.authorization_match import standing as how_it_stands
from desk_app.domain.authorization_need import AuthorizationNeed, authorization_need
from desk_app.domain.coverage import Treatment, sitting_doubts
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Payer, ProcedureType, ResourceKind, Sedation
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import GateStanding, Readiness, standings
from desk_app.domain.records import Appointment, Authorization, Patient
from desk_app.domain.slots import Obstacle
from desk_app.domain.statuses import LAPSES_SOON
from desk_app.domain.statuses import AuthorizationStatus as Z
from desk_app.domain.visit_parts import AlertKind, Treated
from desk_app.domain.zone import local_date, zone_of

AUTHORIZATION, HOLD_SOON, SHUT_SOON = "authorization", "hold_soon", "blocked_soon"


class Kind(StrEnum):
    REFUSED = "refused"
    OVERRIDE = "override"
    DOUBTED = "doubted"


ORDER = (
    "past", "off_grid", "no_resource", "taken", "same_resource", "patient",
    "closed", "reserved", "blocked", SHUT_SOON, "night", AUTHORIZATION, "coverage",
    "authorization_dates", "lead_time", "escort", "thinner",
    "labs", "imaging", "consent", "stay_limit",
    "same_day", HOLD_SOON,
)  # fmt: skip
"""The weightiest first."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against it. ``code`` is acknowledged, and kept on the visit where it was overridden.

    ``sentence`` is the code of its sentence, filled with ``params``; an ``obstacle`` has its own.
    """

    code: str
    kind: Kind
    sentence: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    obstacle: Obstacle | None = None
    weight: int = -1

    def __post_init__(self) -> None:
        if self.weight < 0:
            known = self.code if self.code in ORDER else "coverage"
            object.__setattr__(self, "weight", ORDER.index(known))


@dataclass(frozen=True, slots=True)
class Case:
    """A visit as it would stand, and what is known about it.

    ``units_taken`` are those of each approval that other visits use. ``obstacles`` are those that an override passes,
    ``others`` the patient's other visits of that day, ``treatments`` those that payers' rules look at, ``readiness``
    how far the visit is prepared.
    """

    catalogue: Catalogue
    now: datetime
    visit: Appointment
    patient: Patient
    procedure: ProcedureType
    payer: Payer | None = None
    approvals: tuple[Authorization, ...] = ()
    units_taken: Mapping[int, int] = field(default_factory=dict)
    others: tuple[Appointment, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    readiness: tuple[Readiness, ...] = ()

    @property
    def is_held(self) -> bool:
        return self.visit.hold_until is not None

    def day_of(self, instant: datetime) -> date:
        return local_date(instant, zone_of(self.catalogue.settings))


Rule = Callable[[Case], Iterable[Objection]]


def objections(case: Case, further: Iterable[Rule] = ()) -> tuple[Objection, ...]:
    """All of them, the weightiest first; within one weight in the order in which they were found."""
    found = [objection for rule in (*RULES, *further) for objection in rule(case)]
    return tuple(sorted(found, key=lambda each: (each.weight, _is_bay(case, each))))


def refusals(obstacles: Iterable[Obstacle]) -> tuple[Objection, ...]:
    """Obstacles that nothing passes."""
    found = (Objection(each.code, Kind.REFUSED, obstacle=each) for each in obstacles)
    return tuple(sorted(found, key=lambda each: each.weight))


def codes_of(found: Iterable[Objection], *kinds: Kind) -> tuple[str, ...]:
    """Their codes, each once, in order; of these kinds only where kinds are given."""
    return tuple(dict.fromkeys(each.code for each in found if not kinds or each.kind in kinds))


def _is_bay(case: Case, objection: Objection) -> bool:
    """A bay is named after the room and the people: they are what was chosen."""
    code = objection.obstacle.resource if objection.obstacle is not None else None
    return code is not None and case.catalogue.resource(code).kind is ResourceKind.RECOVERY_BAY


def _in_the_way(case: Case) -> Iterator[Objection]:
    return (Objection(each.code, Kind.OVERRIDE, obstacle=each) for each in case.obstacles)


def _authorization(case: Case) -> Iterator[Objection]:
    """A hold needs none: it is the answer to a missing one. But one that ends too early is worth a word even then."""
    if not case.visit.authorized_elsewhere:
        for treated in case.visit.treated:
            yield from _authorization_of(case, treated)


def _authorization_of(case: Case, treated: Treated) -> Iterator[Objection]:
    """Each procedure of a sitting needs its own approval, where it needs one."""
    known = case.catalogue.has_procedure(treated.procedure)
    asks = known and case.catalogue.procedure(treated.procedure).needs_authorization
    need = authorization_need(asks, case.payer)
    if need is AuthorizationNeed.NOT_NEEDED:
        return
    day, visit = case.day_of(case.visit.start), case.visit
    payer = case.payer.code if case.payer is not None else None
    planned = planned_visit(case.catalogue, treated, day, visit.phases, payer, visit.request_id)
    found = how_it_stands(case.approvals, planned, case.units_taken)
    if found.is_good:
        return
    lacking = found.lacks or (_what_is_missing(case, treated, need),)
    for code, params in lacking:
        words = {"procedure": treated.procedure, "day": day, **params}
        if not case.is_held:
            yield Objection(AUTHORIZATION, Kind.OVERRIDE, code, words)
        elif code in ("authorization_ends", "authorization_begins"):
            yield Objection("authorization_dates", Kind.DOUBTED, code, words)


def _what_is_missing(case: Case, treated: Treated, need: AuthorizationNeed) -> Lack:
    """Without an approval for the procedure: one for another, else how far the payer is."""
    code, done = treated.procedure, {each.procedure for each in case.visit.treated}
    others = [each for each in case.approvals if each.is_granted and each.procedure not in done]
    if others:
        return Lack("authorization_procedure", {"other": others[0].procedure})
    asked = [each for each in case.approvals if each.procedure == code and each.status is not Z.WITHDRAWN]
    if not asked:
        return Lack("authorization_payer" if need is AuthorizationNeed.UNKNOWN else "authorization_none", {})
    if asked[-1].status is Z.DENIED:
        return Lack("authorization_denied", {})
    return Lack("authorization_undecided", {"authorization": asked[-1].status.value})


def _coverage(case: Case) -> Iterator[Objection]:
    """Payers refuse afterwards what the desk could have known before."""
    mine = treatments_of(case.visit, case.day_of(case.visit.start))
    for doubt in sitting_doubts(case.catalogue, mine, case.payer, case.treatments):
        yield Objection(doubt.code, Kind.DOUBTED, doubt.code, doubt.params)


def treatments_of(visit: Appointment, day: date) -> tuple[Treatment, ...]:
    """A visit as payers count it, on its local day: every procedure of the sitting."""
    return tuple(Treatment(day, each.procedure, each.level_names) for each in visit.treated)


def _preparation(case: Case) -> Iterator[Objection]:
    """Asked of a firm visit that is still to come: a hold is not prepared yet."""
    left = case.visit.start - case.now
    if case.is_held or left < timedelta():
        return
    for standing in standings(case.catalogue, case.visit, case.procedure, case.patient, case.readiness):
        if standing.is_missing and standing.due < case.now:
            yield _too_late(case, standing, int(left.total_seconds() // 3600))


def _too_late(case: Case, standing: GateStanding, left: int) -> Objection:
    """A gate whose time is over before it could be passed; ``left`` is in hours."""
    gate, kind = standing.gate, standing.gate.kind
    words: dict[str, object] = {"gate": gate.name, "hours": gate.lead_hours, "left": left}
    if kind is GateKind.FASTING and case.visit.sedation is not Sedation.NONE:
        return Objection("lead_time", Kind.DOUBTED, "lead_time", words)
    if kind is GateKind.ESCORT:
        return Objection("escort", Kind.DOUBTED, "escort")
    if kind is GateKind.THINNER:
        alert = next((each for each in case.patient.alerts if each.kind is AlertKind.ANTICOAGULANT), None)
        thinner = (alert.detail if alert is not None else "") or "a blood thinner"
        return Objection("thinner", Kind.DOUBTED, "thinner", {"thinner": thinner, "time": _time(gate.lead_hours)})
    return Objection("lead_time" if kind is GateKind.FASTING else kind.value, Kind.DOUBTED, "gate_time", words)


def _time(hours: int) -> str:
    """``5 days``, or the hours where they are no whole days."""
    return f"{hours} h" if hours % 24 else f"{hours // 24} days"


def _stay(case: Case) -> Iterator[Objection]:
    limit, stay = case.catalogue.settings.stay_limit_hours, case.visit.end - case.visit.start
    if stay > timedelta(hours=limit):
        hours = round(stay.total_seconds() / 3600, 1)
        yield Objection("stay_limit", Kind.DOUBTED, "stay_limit", {"hours": f"{hours:g}", "limit": limit})


def _same_day(case: Case) -> Iterator[Objection]:
    day = case.day_of(case.visit.start)
    for other in case.others:
        if case.day_of(other.start) == day:
            words = {"at": other.start, "procedure": other.procedure}
            yield Objection("same_day", Kind.DOUBTED, "same_day", words)


def _hold(case: Case) -> Iterator[Objection]:
    until = case.visit.hold_until
    if until is not None and case.now < until < case.now + LAPSES_SOON:
        yield Objection(HOLD_SOON, Kind.DOUBTED, HOLD_SOON, {"until": until})


RULES: tuple[Rule, ...] = (_in_the_way, _authorization, _coverage, _preparation, _stay, _same_day, _hold)
