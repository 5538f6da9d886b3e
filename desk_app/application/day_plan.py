"""A day's visits as the schedule and the sheets show them, and the texts in which phases and alerts are stored.

Rows read by the hundred are NamedTuples (a third of a dataclass's cost to make). Instants are aware UTC datetimes;
statuses are the words of ``domain.statuses`` (a StrEnum equals its word).
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import NamedTuple

from desk_app.domain.authorization_lack import Lack
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind
from desk_app.domain.visit_parts import Alert, AlertKind, BookedPhase, Treated

_KINDS = {kind.value: kind for kind in PhaseKind}
"""Thousands are read for a day: calling the class for each takes several times as long."""


def encode_phases(phases: tuple[BookedPhase, ...]) -> str:
    """Booked phases as stored: a JSON list of [kind, start, end, beside, [[label, code], …]], epoch seconds."""
    rows = [
        [
            phase.kind.value,
            int(phase.start.timestamp()),
            int(phase.end.timestamp()),
            int(phase.beside),
            phase.resources,
        ]
        for phase in phases
    ]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def decode_phases(text: str) -> tuple[BookedPhase, ...]:
    """The inverse of :func:`encode_phases`."""
    instant = datetime.fromtimestamp
    return tuple(
        [
            BookedPhase(
                _KINDS[kind], instant(start, UTC), instant(end, UTC), bool(beside), tuple(map(tuple, resources))
            )
            for kind, start, end, beside, resources in json.loads(text)
        ]
    )


def visit_time(phases: str, start: datetime) -> datetime:
    """What everybody calls the time of a visit: when its procedure begins, after the room's setup."""
    return next((phase.start for phase in decode_phases(phases) if phase.kind is PhaseKind.PROCEDURE), start)


def encode_further(further: tuple[Treated, ...]) -> str:
    """Further procedures as stored: a JSON list of [code, name, levels, level names, side]."""
    rows = [[each.procedure, each.name, each.levels, each.level_names, each.side] for each in further]
    return json.dumps(rows, separators=(",", ":"), ensure_ascii=False)


def decode_further(text: str) -> tuple[Treated, ...]:
    """The inverse of :func:`encode_further`."""
    return tuple(Treated(*row) for row in json.loads(text)) if text not in ("", "[]") else ()


def further_words(text: str) -> str:
    """``+ Large joint injection R``, for behind what leads; nothing where nothing else is done."""
    return " ".join(
        " ".join(part for part in ("+", each.name, _level_words(each), each.side) if part)
        for each in decode_further(text)
    )


def _level_words(treated: Treated) -> str:
    return treated.level_names or (f"{treated.levels} levels" if treated.levels > 1 else "")


def encode_alerts(alerts: tuple[Alert, ...]) -> str:
    """Alerts as stored: a JSON list of [kind, detail]; the empty text for none."""
    return json.dumps([[alert.kind.value, alert.detail] for alert in alerts], ensure_ascii=False) if alerts else ""


def decode_alerts(text: str) -> tuple[Alert, ...]:
    """The inverse of :func:`encode_alerts`."""
    return tuple(Alert(AlertKind(kind), detail) for kind, detail in json.loads(text)) if text else ()


class DayPlanLine(NamedTuple):
    """One visit on the schedule or a day sheet. ``phases_text`` and ``alerts_text`` are decoded when they are drawn."""

    appointment_id: int
    version: int
    patient_id: int
    family: str
    given: str
    birth_date: date | None
    mrn: str
    sex: str
    procedure: str
    procedure_name: str
    levels: int
    level_names: str
    side: str
    sedation: str
    status: str
    stay: str
    start: datetime
    end: datetime
    status_since: datetime | None
    hold_until: datetime | None
    needs_authorization: bool
    authorization: str
    authorized_to: date | None
    escort: str
    note: str
    override_reason: str
    alerts_text: str
    phases_text: str
    override_codes: str = ""
    """As stored: a JSON list."""

    thinner_untold: bool = False
    """Takes a blood thinner, was not told of a plan, and the call that prepares the visit is still open."""

    further_text: str = "[]"
    """Further procedures of the sitting, as stored."""

    lack: Lack | None = None
    """What its approval is not good for."""

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    def has_override(self, code: str) -> bool:
        """Whether a manager's reason let that pass."""
        return f'"{code}"' in self.override_codes

    def overrides(self) -> tuple[str, ...]:
        """The codes of all that it let pass."""
        return tuple(json.loads(self.override_codes)) if self.override_codes else ()

    def phases(self) -> tuple[BookedPhase, ...]:
        return decode_phases(self.phases_text)

    def alerts(self) -> tuple[Alert, ...]:
        return decode_alerts(self.alerts_text)


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Every visit that takes a resource on a local day, by start; cancelled ones only where they were asked for."""

    day: date
    lines: tuple[DayPlanLine, ...] = ()
