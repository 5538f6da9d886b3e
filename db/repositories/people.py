"""Patients and users."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, Table, bindparam, func, literal, or_, select

from db.convert import from_day, load_phones, to_day
from db.mapping import Codes, patient_of, patient_row, user_of
from db.rows import Rows
from db.schema.people import patient, user_account
from db.terms import LAST_LETTER, between
from desk_app.application.read_models import PersonMatch
from desk_app.domain.names import fold_name, sound_key
from desk_app.domain.records import Patient, User

FIRST_MRN = 200_001
MRN_LOCK = 0x46446B43
LIKE_LIMIT = 60


class SqlPatientRepository:
    """Charts."""

    def __init__(self, rows: Rows, codes: Codes) -> None:
        self._rows, self._codes = rows, codes

    def get(self, patient_id: int) -> Patient:
        return patient_of(self._rows.get("patient", patient_id), self._codes)

    def current(self, patient_id: int) -> Patient:
        self._lock((patient_id,), read=True)
        found = self.get(patient_id)
        return self.get(found.merged_into) if found.merged_into is not None else found

    def hold(self, *patient_ids: int) -> None:
        self._lock(patient_ids, read=False)

    def _lock(self, patient_ids: Iterable[int], read: bool) -> None:
        """On a server; a file has one writer anyway."""
        if self._rows.connection.dialect.name == "postgresql":
            charts = select(patient.c.id).where(patient.c.id.in_(patient_ids)).order_by(patient.c.id)
            self._rows.connection.execute(charts.with_for_update(read=read))
            self._rows.forget()

    def by_mrn(self, mrn: str) -> Patient | None:
        query = select(patient).where(patient.c.mrn == mrn, patient.c.void == 0)
        row = self._rows.connection.execute(query).mappings().first()
        return patient_of(row, self._codes) if row else None

    def next_mrn(self) -> str:
        """One more than the greatest six-digit chart number; on a server, nobody else is given one until the end."""
        if self._rows.connection.dialect.name == "postgresql":
            self._rows.connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MRN_LOCK})")
        six = (func.length(patient.c.mrn) == 6) & (patient.c.mrn >= "100000") & (patient.c.mrn <= "999999")
        greatest = self._rows.connection.execute(select(func.max(patient.c.mrn)).where(six)).scalar()
        return str(max(int(greatest) + 1 if greatest and str(greatest).isdecimal() else 0, FIRST_MRN))

    def add(self, value: Patient) -> Patient:
        return self.get(self._rows.add("patient", patient_row(value, self._codes)))

    def save(self, value: Patient) -> Patient:
        self._rows.save("patient", value.id, value.version, patient_row(value, self._codes))
        return self.get(value.id)

    def alike(self, family: str, given: str, birth_date: date | None, phones: Sequence[str]) -> tuple[PersonMatch, ...]:
        return alike(self._rows.connection, patient, family, given, birth_date, phones)


def alike(
    connection: Connection,
    table: Table,
    family: str,
    given: str,
    birth_date: date | None,
    phones: Sequence[str],
    open_only: Sequence[str] = (),
) -> tuple[PersonMatch, ...]:
    """Persons of a table that may be the same: by the name's beginning, its sound, the birth date, or a phone."""
    folded, sound = fold_name(family), sound_key(family)
    first = fold_name(given)
    tests = [table.c.sound == sound] if sound else []
    dialect, begun = connection.dialect.name, (begin[:4] for begin in (folded, first) if begin)
    tests += [between(dialect, table.c.folded, literal(letters), literal(letters + LAST_LETTER)) for letters in begun]
    if birth_date is not None:
        tests.append(table.c.birth_date == to_day(birth_date))
    tests += [table.c.phones.contains(f'"{phone}"', autoescape=True) for phone in phones if table.name == "request"]
    columns = (table.c.id, table.c.family, table.c.given, table.c.birth_date, table.c.phones)
    query = select(*columns).where(table.c.void == 0, or_(*tests))
    if table is patient:
        query = query.where(patient.c.merged_into.is_(None))
    if open_only:
        query = query.where(table.c.status.in_(open_only))
    exact = (table.c.birth_date == to_day(birth_date)) if birth_date else (table.c.folded == bindparam("exact", folded))
    rows = connection.execute(query.order_by(exact.desc(), table.c.id.desc()).limit(LIKE_LIMIT))
    return tuple(PersonMatch(i, fam, giv, from_day(born), load_phones(tel)) for i, fam, giv, born, tel in rows)


class SqlUserRepository:
    """Those who work at the desk."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def get(self, user_id: int) -> User:
        return user_of(self._rows.get("user_account", user_id))

    def by_name(self, name: str) -> User | None:
        row = self._rows.connection.execute(select(user_account).where(user_account.c.name == name)).mappings().first()
        return user_of(row) if row else None

    def add(self, user: User) -> User:
        row = {"name": user.name, "role": user.role, "active": int(user.active), "password_hash": ""}
        return self.get(self._rows.add("user_account", row))

    def all(self) -> tuple[User, ...]:
        rows = self._rows.connection.execute(select(user_account).order_by(user_account.c.name)).mappings()
        return tuple(user_of(row) for row in rows)
