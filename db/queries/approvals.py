"""Authorizations of patients and requests, and what other visits take of their units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, or_, select

from db.mapping import Codes, authorization_of
from db.schema.requests import payer_authorization
from db.schema.visits import appointment
from desk_app.application.day_plan import decode_further
from desk_app.domain.authorization_match import Planned, Standing, standing, units_taken
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Authorization
from desk_app.domain.visit_parts import Treated

AT_ONCE = 400


class Practice(NamedTuple):
    """What approvals are read and held against."""

    catalogue: Catalogue
    codes: Codes
    zone: ZoneInfo


_a, _z = appointment.c, payer_authorization.c


def approvals_of(
    connection: Connection, codes: Codes, patient_id: int | None, request_id: int | None
) -> tuple[Authorization, ...]:
    """Every authorization of a patient and of a request, oldest first."""
    tests: list[ColumnElement[bool]] = []
    tests += [_z.patient_id == patient_id] if patient_id is not None else []
    tests += [_z.request_id == request_id] if request_id is not None else []
    if not tests:
        return ()
    query = select(payer_authorization).where(or_(*tests), _z.void == 0).order_by(_z.id)
    return tuple(authorization_of(row, codes) for row in connection.execute(query).mappings())


def visits_on_units(connection: Connection, patient_id: int | None, ignore: int | None = None) -> tuple[Planned, ...]:
    """The patient's firm visits, past and coming, each procedure as it takes units; all but one visit."""
    if patient_id is None:
        return ()
    query = _TAKING.where(_a.patient_id == patient_id)
    if ignore is not None:
        query = query.where(_a.id != ignore)
    return tuple(planned for row in connection.execute(query) for planned in _planned(row))


def visits_by_patient(connection: Connection, patients: Iterable[int]) -> Mapping[int, Sequence[tuple[int, Planned]]]:
    """Those of many patients at once, with the visits' numbers."""
    found: dict[int, list[tuple[int, Planned]]] = defaultdict(list)
    for piece in pieces(patients):
        for row in connection.execute(_TAKING.where(_a.patient_id.in_(piece))):
            found[row.patient_id] += [(row.id, planned) for planned in _planned(row)]
    return found


class Papers:
    """The authorizations of many patients and requests, and what their visits use of them."""

    def __init__(
        self, connection: Connection, codes: Codes, patients: Iterable[int], requests: Iterable[int | None]
    ) -> None:
        self._connection = connection
        self._of: dict[tuple[str, int], dict[int, Authorization]] = defaultdict(dict)
        self._visits: Mapping[int, Sequence[tuple[int, Planned]]] | None = None
        self._patients = frozenset(patients)
        asked = {number for number in requests if number is not None}
        for column, numbers in ((_z.patient_id, self._patients), (_z.request_id, asked)):
            for piece in pieces(numbers):
                query = select(payer_authorization).where(column.in_(piece), _z.void == 0).order_by(_z.id)
                for row in self._connection.execute(query).mappings():
                    self._enter(authorization_of(row, codes))

    def _enter(self, value: Authorization) -> None:
        if value.patient_id is not None:
            self._of["patient", value.patient_id][value.id] = value
        if value.request_id is not None:
            self._of["request", value.request_id][value.id] = value

    def approvals(self, patient_id: int, request_id: int | None) -> tuple[Authorization, ...]:
        """Of a patient and a request, each once, oldest first."""
        found = dict(self._of.get(("patient", patient_id), {}))
        if request_id is not None:
            found.update(self._of.get(("request", request_id), {}))
        return tuple(found[number] for number in sorted(found))

    def standing(self, planned: Planned, patient_id: int, visit_id: int) -> Standing:
        """How the best of them stands to what is planned, other visits' units taken off."""
        known = self.approvals(patient_id, planned.request_id)
        if all(each.units is None for each in known):
            return standing(known, planned)
        if self._visits is None:
            self._visits = visits_by_patient(self._connection, self._patients)
        others = [each for number, each in self._visits.get(patient_id, ()) if number != visit_id]
        return standing(known, planned, units_taken(known, others))


def pieces(numbers: Iterable[int]) -> Iterator[list[int]]:
    """A few hundred at once: databases limit how many values a statement has."""
    every = sorted(set(numbers))
    for begin in range(0, len(every), AT_ONCE):
        yield every[begin : begin + AT_ONCE]


_TAKING = (
    select(
        _a.id,
        _a.patient_id,
        _a.request_id,
        _a.day,
        _a.procedure_code,
        _a.levels,
        _a.level_names,
        _a.side,
        _a.further,
        or_(_a.authorized_elsewhere == 1, _a.override_codes.contains('"authorization"')).label("on_its_own"),
    )
    .where(_a.active == 1, _a.void == 0, _a.status != "held")
    .order_by(_a.id)
)


def _planned(row: Any) -> Iterator[Planned]:
    lead = Treated(row.procedure_code, "", row.levels, row.level_names, row.side)
    for each in (lead, *decode_further(row.further)):
        yield Planned(
            each.procedure,
            each.levels,
            each.level_names,
            each.side,
            day=date.fromordinal(row.day),
            request_id=row.request_id,
            on_its_own=bool(row.on_its_own),
        )
