"""A start that find slot offers, as the chain it would be: in every column, not booked yet. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk_app.application.asked import treated_of
from desk_app.application.chain import booked_phases
from desk_app.application.day_plan import DayPlanLine, encode_further, encode_phases
from desk_app.domain.practice import Catalogue, ProcedureType
from desk_app.domain.several import AndAlso
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date
from desk_app.ui.screens.schedule.board_layout import BoardLayout, Placed, placed_in
from desk_app.ui.screens.schedule.day_scene import chain_in
from desk_app.ui.screens.schedule.visit import Visit, visit_of
from desk_app.ui.screens.schedule.visit_words import tr

NOBODY = 0
"""No visit has this number."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The visit that a start would become; its outline is that of a hold."""

    visit: Visit


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


def preview_blocks(layout: BoardLayout, preview: Preview, now: datetime) -> tuple[Placed, ...]:
    """The chain in every column of the board it would take; none on another day."""
    axis = layout.scene.axis
    if local_date(preview.visit.line.start, axis.zone) != axis.day:
        return ()
    said = [
        replace(block, words=replace(block.words, status=tr("not booked yet"), chips=(), flags=()))
        for block in chain_in(layout.scene, preview.visit, now)
    ]
    return tuple(placed_in(layout, block) for block in said)
