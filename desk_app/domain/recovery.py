"""How somebody's rest goes after the procedure: flat while the cement hardens, then walking, then home.

Source: domain.md (cement hardens during the hour after it, on the back), the catalogue's recovery minutes, and the
42 CFR 416.2 limit that schedulers keep by 23 hours. Figures are starting values for a physician to set.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from desk_app.domain.bay_course import Course, Nearness
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ProcedureType

ALARM_AHEAD = timedelta(hours=2)
"""So long before the stay limit somebody should know."""


@dataclass(frozen=True, slots=True)
class RecoveryRule:
    """The least a rest lasts and how long of it the patient lies flat, in minutes.

    It is about the procedures named by code or CPT number, and of one ``clinician``'s patients only where one is
    named; of all where nothing is. ``minutes`` 0: as long as the visit was booked. The longest of the rules that
    apply counts.
    """

    code: str
    procedures: tuple[str, ...] = ()
    cpt: tuple[str, ...] = ()
    clinician: str = ""
    minutes: int = 0
    minutes_per_extra_level: int = 0
    flat_minutes: int = 0
    active: bool = True

    def is_about(self, code: str, procedure: ProcedureType | None, clinician: str) -> bool:
        if self.clinician and self.clinician != clinician:
            return False
        if not (self.procedures or self.cpt):
            return True
        numbers = {*procedure.cpt, *procedure.cpt_extra_level} if procedure is not None else set()
        return code in self.procedures or bool(numbers & set(self.cpt))


USUAL_RECOVERY = (RecoveryRule("cement", cpt=("22510", "22511", "22512", "22513", "22514", "22515"), flat_minutes=60),)
"""A row of the practice's own with the same code takes the place of a usual one."""


class RestStage(StrEnum):
    """What the patient may do."""

    FLAT = "flat"
    MAY_WALK = "may_walk"
    MAY_GO = "may_go"


class Rest(NamedTuple):
    """A rest ``[start, end)`` as expected. ``flat_until`` is None where nobody has to lie flat.

    ``may_go_at`` is when the least recovery is over.
    """

    start: datetime
    end: datetime
    flat_until: datetime | None
    may_go_at: datetime

    def stage(self, now: datetime) -> RestStage:
        if self.flat_until is not None and now < self.flat_until:
            return RestStage.FLAT
        return RestStage.MAY_WALK if now < self.may_go_at else RestStage.MAY_GO


def recovery_rules(catalogue: Catalogue) -> tuple[RecoveryRule, ...]:
    """Those in force."""
    return _rules(catalogue.recovery_rules)


@lru_cache(maxsize=4)
def _rules(own: tuple[RecoveryRule, ...]) -> tuple[RecoveryRule, ...]:
    by_code = {rule.code: rule for rule in (*USUAL_RECOVERY, *own)}
    return tuple(rule for rule in by_code.values() if rule.active)


class LeastRest(NamedTuple):
    """Minutes; ``minutes`` 0 where no rule says any."""

    minutes: int
    flat_minutes: int


def least_rest(catalogue: Catalogue, procedure: str, levels: int, clinician: str) -> LeastRest:
    """The least rest after a procedure on so many levels by that physician."""
    known = catalogue.procedure(procedure) if catalogue.has_procedure(procedure) else None
    rules = [rule for rule in recovery_rules(catalogue) if rule.is_about(procedure, known, clinician)]
    return LeastRest(
        _longest(rule.minutes + rule.minutes_per_extra_level * (levels - 1) for rule in rules if rule.minutes),
        _longest(rule.flat_minutes for rule in rules),
    )


def rest_of(least: LeastRest, booked: timedelta, began: datetime, course: Course) -> Rest:
    """How a rest goes that ``began`` then; without minutes of a rule's own the least is what was ``booked``."""
    minutes = timedelta(minutes=least.minutes) if least.minutes else booked
    is_flat = least.flat_minutes and course.nearness is not Nearness.OVER
    flat = began + timedelta(minutes=least.flat_minutes) if is_flat else None
    return Rest(began, course.end, flat, began + minutes)


def _longest(minutes: Iterable[int]) -> int:
    return max(minutes, default=0)


class StayLimit(NamedTuple):
    """When a stay reaches the practice's limit (``stay_limit_hours`` after the visit began)."""

    at: datetime

    def is_near(self, now: datetime) -> bool:
        return now >= self.at - ALARM_AHEAD


def stay_limit(catalogue: Catalogue, begins: datetime) -> StayLimit:
    return StayLimit(begins + timedelta(hours=catalogue.settings.stay_limit_hours))
