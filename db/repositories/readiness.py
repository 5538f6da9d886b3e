"""How far visits are prepared: a row a visit and gate, once something was noted of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, select

from db.rows import Rows
from db.schema.visits import readiness
from desk_app.domain.readiness import GateState, Readiness

_r = readiness.c
_OF_VISIT = select(readiness).where(_r.appointment_id == bindparam("visit"), _r.void == 0).order_by(_r.id)


class SqlReadinessRepository:
    """Rows are read anew whenever they are asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of_visit(self, appointment_id: int) -> tuple[Readiness, ...]:
        return readiness_of_visit(self._rows.connection, appointment_id)

    def add(self, value: Readiness) -> Readiness:
        return replace(value, id=self._rows.add("readiness", readiness_row(value)), version=1)

    def save(self, value: Readiness) -> Readiness:
        return replace(value, version=self._rows.save("readiness", value.id, value.version, readiness_row(value)))


def readiness_of_visit(connection: Connection, appointment_id: int) -> tuple[Readiness, ...]:
    """What was noted of a visit's gates."""
    return tuple(readiness_of(row) for row in connection.execute(_OF_VISIT, {"visit": appointment_id}).mappings())


def readiness_of(row: Any) -> Readiness:
    return Readiness(
        row["appointment_id"], row["gate"], GateState(row["state"]), row["note"], row["id"], row["version"]
    )


def readiness_row(value: Readiness) -> dict[str, Any]:
    return {
        "appointment_id": value.appointment_id,
        "gate": value.gate,
        "state": value.state.value,
        "note": value.note,
    }
