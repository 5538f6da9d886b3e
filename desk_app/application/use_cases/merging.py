"""Two charts of one person become one: everything of the one is kept under the other from then on.

The chart that is replaced stays, readable, with its number: whoever gives that number finds the one that replaced it.
"""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.bookability import Said
from desk_app.application.calls_follow import follow_chart
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.read_models import PatientCard
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.visit_changes import cancelled, lock
from desk_app.application.wording import moment
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.merged_chart import merged
from desk_app.domain.records import Appointment, Patient
from desk_app.domain.statuses import CancelReason


@dataclass(frozen=True, slots=True)
class TwoCharts:
    """Both charts as they were read, to be compared before anything is done."""

    kept: PatientCard
    other: PatientCard


def look(desk: Desk, kept_id: int, other_id: int) -> TwoCharts:
    """Both charts. Raises RuleViolation where they cannot be merged whatever is decided."""
    now = desk.now()
    kept, other = (desk.queries.patient_card(number, now) for number in (kept_id, other_id))
    _two_standing(kept.patient, other.patient)
    return TwoCharts(kept, other)


@repeated
def merge(
    desk: Desk,
    kept_id: int,
    other_id: int,
    seen: tuple[int, int] | None = None,
    override_reason: str = "",
    acknowledged: frozenset[str] | None = None,
) -> Outcome[Patient]:
    """Everything of the other chart is kept under the first; ``seen`` are the versions that were looked at.

    Raises RuleViolation ``merge_overlap`` where both have visits at one time, Conflict where either was changed
    meanwhile, and as ``authorization_rule`` does where a firm visit stood on what another payer had approved.
    """
    with desk.open_work(desk.actor) as work:
        kept, other = work.patients.get(kept_id), work.patients.get(other_id)
        for chart, version in zip((kept, other), seen or (kept.version, other.version), strict=True):
            _unchanged(chart, version)
        _two_standing(kept, other)
        _in_one_place(desk, work, kept, other)
        work.patients.hold(kept.id, other.id)
        whole = work.patients.save(merged(kept, other))
        moved = work.hand_over(other.id, kept.id)
        work.patients.save(replace(other, merged_into=kept.id))
        said = Said(override_reason, acknowledged)
        befores = (kept, replace(other, phones=whole.phones))
        warnings = [code for before in befores for code in follow_chart(desk, work, before, whole, said)]
        facts = {"patient": kept.id, "merged": other.id, "mrn": other.mrn, "records": moved}
        changes = work.commit("patients_merged", facts)
    return Outcome(whole, desk.committed(work, changes), changes.seq, tuple(dict.fromkeys(warnings)))


def _unchanged(chart: Patient, version: int | None) -> None:
    if version is not None and version != chart.version:
        raise Conflict("changed", record="patient", record_id=chart.id)


def _two_standing(kept: Patient, other: Patient) -> None:
    if kept.id == other.id:
        raise RuleViolation("merge_itself")
    for chart in (kept, other):
        if chart.merged_into is not None:
            raise RuleViolation("merge_merged", mrn=chart.mrn)


def _in_one_place(desk: Desk, work: UnitOfWork, kept: Patient, other: Patient) -> None:
    """One person is in one place at a time: visits that overlap are those of two, or one is a mistake."""
    mine, theirs = (work.appointments.of_patient(chart.id) for chart in (kept, other))
    lock(desk, work, *(visit.start for visit in (*mine, *theirs)))
    mine, theirs = (tuple(_standing(desk, work, chart.id)) for chart in (kept, other))
    for visit in theirs:
        clash = next((each for each in mine if each.start < visit.end and visit.start < each.end), None)
        if clash is not None:
            raise RuleViolation("merge_overlap", start=moment(max(clash.start, visit.start), desk.zone(), desk.today()))


def _standing(desk: Desk, work: UnitOfWork, patient_id: int) -> list[Appointment]:
    """A hold past its time is in nobody's way, and goes first so that the database does not see it either."""
    for lapsed in work.appointments.lapsed_holds(desk.now(), patient_id=patient_id):
        cancelled(desk, work, lapsed, CancelReason.LAPSED, "")
    return list(work.appointments.of_patient(patient_id))
