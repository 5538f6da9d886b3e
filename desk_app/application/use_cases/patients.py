"""Charts: a new patient by hand, and changes to one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from desk_app.application.bookability import Said
from desk_app.application.calls_follow import follow_chart
from desk_app.application.charts import best_match, contact_of
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.records import Patient

OLDEST = timedelta(days=366 * 125)


def add(desk: Desk, patient: Patient, acknowledged: bool = False, write_id: UUID | None = None) -> Outcome[Patient]:
    """A new chart; its number is given here unless one was typed. Asks where somebody very alike is known."""
    check(desk.today(), patient)
    with desk.open_work(desk.actor, write_id) as work:
        if patient.mrn and work.patients.by_mrn(patient.mrn) is not None:
            raise RuleViolation("mrn_in_use", field="mrn", mrn=patient.mrn)
        known = None if acknowledged else best_match(work, contact_of(patient))
        if known is not None:
            raise NeedsConfirmation(("perhaps_known",), patient=known, mrn=work.patients.get(known).mrn)
        patient = work.patients.add(replace(patient, mrn=patient.mrn or work.patients.next_mrn()))
        changes = work.commit("patient_added", {"patient": patient.id})
    return Outcome(patient, desk.committed(work, changes), changes.seq)


def edit(
    desk: Desk, patient: Patient, override_reason: str = "", acknowledged: frozenset[str] | None = None
) -> Outcome[Patient]:
    """Stores an edited chart; a number that was cleared stays. Raises Conflict where somebody changed it meanwhile.

    Another payer has the rule of authorization looked at anew; raises as ``authorization_rule`` does.
    """
    check(desk.today(), patient)
    with desk.open_work(desk.actor) as work:
        before = work.patients.get(patient.id)
        if before.merged_into is not None:
            raise RuleViolation("chart_merged", mrn=work.patients.get(before.merged_into).mrn)
        patient = replace(patient, mrn=patient.mrn.strip() or before.mrn)
        owner = work.patients.by_mrn(patient.mrn)
        if owner is not None and owner.id != patient.id:
            raise RuleViolation("mrn_in_use", field="mrn", mrn=patient.mrn)
        patient = work.patients.save(patient)
        warnings = follow_chart(desk, work, before, patient, Said(override_reason, acknowledged))
        changes = work.commit("patient_edited", {"patient": patient.id})
    return Outcome(patient, desk.committed(work, changes), changes.seq, warnings)


def check(today: date, patient: Patient) -> None:
    """Raises RuleViolation naming the field that cannot be right."""
    if not patient.family.strip():
        raise RuleViolation("name_missing", field="family")
    if patient.birth_date is not None and not today - OLDEST <= patient.birth_date <= today:
        raise RuleViolation("birth_date", field="birth_date")
