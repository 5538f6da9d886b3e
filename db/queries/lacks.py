"""What the approvals of a day's firm visits are not good for, by the one rule of ``domain.authorization_match``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from db.day_rows import UNSURE
from db.queries.approvals import Papers, Practice, pieces
from db.schema.people import patient
from db.schema.requests import request
from db.schema.visits import appointment
from desk_app.application.day_plan import DayPlanLine, decode_further
from desk_app.domain.authorization_match import planned_visit
from desk_app.domain.authorization_need import is_needed
from desk_app.domain.authorization_status import GRANTED
from desk_app.domain.statuses import FIRM_VISITS, PRESENT_VISITS
from desk_app.domain.visit_parts import Treated
from desk_app.domain.zone import local_date

LOOKED_AT = FIRM_VISITS | PRESENT_VISITS
_a = appointment.c


def with_lacks(connection: Connection, practice: Practice, lines: Sequence[DayPlanLine]) -> tuple[DayPlanLine, ...]:
    """The lines as they are, but for those whose approval does not cover the whole of the visit."""
    unsure = [line for line in lines if line.lack is UNSURE]
    if not unsure:
        return tuple(lines)
    asked = {line.appointment_id: line for line in unsure if _is_asked(line)}
    rows = {row.id: row for row in _who_pays(connection, asked)}
    papers = Papers(
        connection,
        practice.codes,
        {line.patient_id for line in asked.values()},
        {row.request_id for row in rows.values()},
    )
    held = {number: _held_against(line, rows[number], papers, practice) for number, line in asked.items()}
    seen = (held.get(line.appointment_id, line) for line in lines)
    return tuple(line._replace(lack=None) if line.lack is UNSURE else line for line in seen)


def _is_asked(line: DayPlanLine) -> bool:
    """What has no approval at all is shown as that; what a manager let pass is let pass."""
    firm = line.needs_authorization and line.status in LOOKED_AT
    return firm and line.authorization in GRANTED and not line.has_override("authorization")


def _who_pays(connection: Connection, numbers: Sequence[int] | dict[int, DayPlanLine]) -> list[Any]:
    found: list[Any] = []
    for piece in pieces(numbers):
        query = (
            select(_a.id, _a.request_id, func.coalesce(patient.c.payer_id, request.c.payer_id).label("payer_id"))
            .join(patient, patient.c.id == _a.patient_id)
            .outerjoin(request, request.c.id == _a.request_id)
            .where(_a.id.in_(piece))
        )
        found += connection.execute(query)
    return found


def _held_against(line: DayPlanLine, row: Any, papers: Papers, practice: Practice) -> DayPlanLine:
    """With the first lack of any of its procedures, and the approval that stands nearest."""
    catalogue = practice.catalogue
    payer = practice.codes.payer_codes.get(row.payer_id)
    lead = Treated(line.procedure, line.procedure_name, line.levels, line.level_names, line.side)
    for treated in (lead, *decode_further(line.further_text)):
        if not is_needed(catalogue, treated.procedure, None):
            continue
        day = local_date(line.start, practice.zone)
        planned = planned_visit(catalogue, treated, day, line.phases(), payer, row.request_id)
        found = papers.standing(planned, line.patient_id, line.appointment_id)
        if found.lacks and found.approval is not None:
            lack, approval = found.lacks[0], found.approval
            return line._replace(
                authorization=approval.status.value,
                authorized_to=approval.valid_to,
                lack=lack,
            )
    return line
