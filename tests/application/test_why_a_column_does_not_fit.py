"""While a visit is dragged each column says what stands in its own way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, patients, practice
from desk_app.application.use_cases.where_it_fits import fit_map
from desk_app.domain.practice import Resource, ResourceKind
from desk_app.domain.records import Patient
from tests.helpers.desks import Desks
from tests.helpers.small_practice import CATALOGUE, at

TWO_ROOMS = replace(
    CATALOGUE,
    resources=(
        *CATALOGUE.resources,
        Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",)),
        Resource("R3", ResourceKind.PROCEDURE_ROOM, "Room 3", ()),
    ),
    sessions=(
        *CATALOGUE.sessions,
        *(replace(session, resource=code) for session in CATALOGUE.sessions[:1] for code in ("R2", "R3")),
    ),
)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, TWO_ROOMS)
    return desk


def test_a_room_is_blamed_in_its_own_column_only(desk: Desk) -> None:
    visits = []
    for name, start, room in (("Ortiz", "09:00", "R1"), ("Lee", "10:00", "R1"), ("Park", "11:00", "R2")):
        patient = patients.add(desk, Patient("", name, "A")).value
        wish = booking.BookAppointment(at(f"2026-11-25T{start}"), "JOINT", patient_id=patient.id, wanted=(room,))
        visits.append(booking.book(desk, wish).value.id)
    found = fit_map(desk, visits[0], at("2026-11-25T12:00").date(), ("R1", "R2", "R3")).columns
    assert "Room 1 is taken from 10:00 to 10:15." in found["R1"].reason(at("2026-11-25T10:00"))
    assert "Room 2" not in found["R1"].reason(at("2026-11-25T10:00"))
    assert "Room 1" not in found["R2"].reason(at("2026-11-25T11:05"))
    assert [piece.reason for piece in found["R3"].unfit] == ["Room 3 cannot serve for this: Large joint injection."]
