"""A start that find slot offers, made into the visit that it would be. Pure; the board itself does without."""

from __future__ import annotations

from desk_app.application.asked import treated_of
from desk_app.application.chain import booked_phases
from desk_app.application.day_plan import DayPlanLine, encode_further, encode_phases
from desk_app.domain.practice import Catalogue, ProcedureType
from desk_app.domain.several import AndAlso
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import AppointmentStatus
from desk_app.ui.screens.schedule.preview import NOBODY, Preview
from desk_app.ui.screens.schedule.visit import visit_of
from desk_app.ui.screens.schedule.visit_words import tr


def preview_of(
    slot: Slot,
    name: str,
    procedure: ProcedureType,
    levels: int,
    level_names: str,
    catalogue: Catalogue,
    further: tuple[AndAlso, ...] = (),
) -> Preview:
    """For whom it is sought stands on it, with all that is done; a caller without a name yet is a new visit."""
    family, _, given = (name or tr("New visit")).partition(", ")
    line = DayPlanLine(
        appointment_id=NOBODY,
        version=0,
        patient_id=NOBODY,
        family=family,
        given=given,
        birth_date=None,
        mrn="",
        sex="",
        procedure=procedure.code,
        procedure_name=procedure.name,
        levels=levels,
        level_names=level_names,
        side="",
        sedation=procedure.sedation.value,
        status=AppointmentStatus.HELD.value,
        stay="",
        start=slot.start,
        end=slot.end,
        status_since=None,
        hold_until=None,
        needs_authorization=False,
        authorization="",
        authorized_to=None,
        escort="",
        note="",
        override_reason="",
        alerts_text="",
        phases_text=encode_phases(booked_phases(slot)),
        further_text=encode_further(treated_of(catalogue, further)),
    )
    return Preview(visit_of(line, {resource.code: resource.kind for resource in catalogue.resources}))
