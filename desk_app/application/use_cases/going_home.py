"""What is checked before somebody goes home: the discharge score, the escort, the instructions.

Sources: the Aldrete score (9 of 10 to leave) and PADSS (9 of 10 to go home); an escort where there was sedation.
"""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import told
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import DischargeCheck
from desk_app.domain.faults import RuleViolation
from desk_app.domain.statuses import AppointmentStatus

SCALES = ("aldrete", "padss")
MOST, GOOD = 10, 9
"""Both scales reach to ten, and nine is enough on both."""

CHECKED = frozenset({AppointmentStatus.IN_RECOVERY, AppointmentStatus.AMBULATING, AppointmentStatus.OVERNIGHT})


@dataclass(frozen=True, slots=True)
class GoingHome:
    """What was seen. ``score`` is None where none was taken."""

    scale: str = SCALES[0]
    score: int | None = None
    escort_here: bool = False
    instructions_given: bool = False
    note: str = ""


def missing(check: DischargeCheck | None, needs_escort: bool) -> tuple[str, ...]:
    """What is still missing before the patient may go, in words."""
    parts = []
    if check is None or check.score is None:
        parts.append("score")
    elif check.score < GOOD:
        parts.append(f"score of {GOOD}")
    if needs_escort and (check is None or not check.escort_here):
        parts.append("escort")
    if check is None or not check.instructions_given:
        parts.append("instructions")
    return tuple(parts)


@repeated
def note_check(desk: Desk, appointment_id: int, seen: GoingHome) -> Outcome[DischargeCheck]:
    """Notes a check; earlier ones stay. Raises RuleViolation ``check_not_due``, ``score_range``."""
    if seen.score is not None and not 0 <= seen.score <= MOST:
        raise RuleViolation("score_range", most=MOST, field="score")
    with desk.open_work(desk.actor) as work:
        visit = work.appointments.get(appointment_id)
        if visit.status not in CHECKED:
            raise RuleViolation("check_not_due", status=visit.status.value)
        user = work.users.by_name(desk.actor.user_name)
        check = work.discharge_checks.add(
            DischargeCheck(
                visit.id,
                desk.now(),
                user.id if user is not None else None,
                seen.scale,
                seen.score,
                seen.escort_here,
                seen.instructions_given,
                seen.note.strip(),
            )
        )
        changes = work.commit("discharge_checked", {**told(visit), "score": seen.score})
    return Outcome(check, desk.committed(work, changes), changes.seq)
