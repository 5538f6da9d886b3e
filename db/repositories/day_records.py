"""The steps of visits, what was checked before somebody went home, and the state of bays and beds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from db.convert import at, from_s, to_s
from db.mapping import Codes
from db.rows import Rows
from db.schema.visits import bed_state, discharge_check, visit_step
from desk_app.domain.day_records import BedCondition, BedState, DischargeCheck, VisitStep
from desk_app.domain.statuses import AppointmentStatus


class SqlVisitStepRepository:
    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def add(self, value: VisitStep) -> VisitStep:
        return replace(value, id=self._rows.add("visit_step", step_row(value, self._codes)), version=1)

    def of_visit(self, appointment_id: int) -> tuple[VisitStep, ...]:
        return steps_of_visit(self._rows.connection, self._codes, appointment_id)


class SqlDischargeCheckRepository:
    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, value: DischargeCheck) -> DischargeCheck:
        return replace(value, id=self._rows.add("discharge_check", _check_row(value)), version=1)

    def save(self, value: DischargeCheck) -> DischargeCheck:
        return replace(value, version=self._rows.save("discharge_check", value.id, value.version, _check_row(value)))

    def of_visit(self, appointment_id: int) -> tuple[DischargeCheck, ...]:
        table = discharge_check
        query = select(table).where(table.c.appointment_id == appointment_id, table.c.void == 0).order_by(table.c.id)
        return tuple(check_of(row) for row in self._rows.connection.execute(query).mappings())


class SqlBedStateRepository:
    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def of(self, resource: str) -> BedState | None:
        number = self._codes.resources.get(resource)
        query = select(bed_state).where(bed_state.c.resource_id == number)
        row = self._rows.connection.execute(query).mappings().first()
        if row is None or row["void"]:
            return None
        self._rows.remember("bed_state", dict(row))
        return bed_of(row, self._codes)

    def all(self) -> tuple[BedState, ...]:
        return bed_states(self._rows.connection, self._codes)

    def put(self, value: BedState) -> BedState:
        """A bed has one row for good: one that undo took back is taken up again."""
        row = _bed_row(value, self._codes)
        if value.id:
            return replace(value, version=self._rows.save("bed_state", value.id, value.version, row))
        query = select(bed_state).where(bed_state.c.resource_id == row["resource_id"])
        gone = self._rows.connection.execute(query).mappings().first()
        if gone is None:
            return replace(value, id=self._rows.add("bed_state", row), version=1)
        before = dict(gone)
        self._rows.write("bed_state", {**before, **row, "void": 0}, before)
        return replace(value, id=before["id"], version=before["version"] + 1)


def steps_of_visit(connection: Connection, codes: Codes, appointment_id: int) -> tuple[VisitStep, ...]:
    """Oldest first."""
    table = visit_step
    query = select(table).where(table.c.appointment_id == appointment_id, table.c.void == 0).order_by(table.c.id)
    return tuple(step_of(row, codes) for row in connection.execute(query).mappings())


def bed_states(connection: Connection, codes: Codes) -> tuple[BedState, ...]:
    """Every bay and bed of which something is known."""
    query = select(bed_state).where(bed_state.c.void == 0).order_by(bed_state.c.resource_id)
    return tuple(bed_of(row, codes) for row in connection.execute(query).mappings())


def step_row(value: VisitStep, codes: Codes) -> dict[str, Any]:
    return {
        "appointment_id": value.appointment_id,
        "status": value.status.value,
        "at_s": to_s(value.at),
        "user_id": value.user_id,
        "resource_id": codes.resources[value.resource] if value.resource is not None else None,
        "place": value.place,
        "reason": value.reason,
    }


def step_of(row: Any, codes: Codes) -> VisitStep:
    return VisitStep(
        appointment_id=row["appointment_id"],
        status=AppointmentStatus(row["status"]),
        at=at(row["at_s"]),
        user_id=row["user_id"],
        resource=codes.resource_codes[row["resource_id"]] if row["resource_id"] is not None else None,
        place=row["place"],
        reason=row["reason"],
        id=row["id"],
        version=row["version"],
    )


def _check_row(value: DischargeCheck) -> dict[str, Any]:
    return {
        "appointment_id": value.appointment_id,
        "at_s": to_s(value.at),
        "user_id": value.user_id,
        "scale": value.scale,
        "score": value.score,
        "escort_here": int(value.escort_here),
        "instructions_given": int(value.instructions_given),
        "note": value.note,
    }


def check_of(row: Any) -> DischargeCheck:
    return DischargeCheck(
        appointment_id=row["appointment_id"],
        at=at(row["at_s"]),
        user_id=row["user_id"],
        scale=row["scale"],
        score=row["score"],
        escort_here=bool(row["escort_here"]),
        instructions_given=bool(row["instructions_given"]),
        note=row["note"],
        id=row["id"],
        version=row["version"],
    )


def _bed_row(value: BedState, codes: Codes) -> dict[str, Any]:
    return {
        "resource_id": codes.resources[value.resource],
        "state": value.condition.value,
        "since_s": to_s(value.since),
        "until_s": to_s(value.until),
        "appointment_id": value.appointment_id,
        "note": value.note,
    }


def bed_of(row: Any, codes: Codes) -> BedState:
    return BedState(
        resource=codes.resource_codes[row["resource_id"]],
        condition=BedCondition(row["state"]),
        since=at(row["since_s"]),
        until=from_s(row["until_s"]),
        appointment_id=row["appointment_id"],
        note=row["note"],
        id=row["id"],
        version=row["version"],
    )
