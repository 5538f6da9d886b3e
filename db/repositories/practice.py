"""The practice and its catalogue: stored whole, loaded whole, codes keep their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import urandom
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, select, update

from db import rule_rows as rules
from db.convert import dump, to_s
from db.mapping import Codes
from db.practice_rows import GONE, catalogue_of
from db.schema import practice as tables
from db.schema.visits import allocation, appointment
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import (
    EVERY_RESOURCE,
    Blockout,
    BusinessHours,
    Catalogue,
    Need,
    Payer,
    Phase,
    ProcedureType,
    Resource,
    Session,
    Settings,
)


def load_codes(connection: Connection) -> Codes:
    """Codes and numbers of resources and payers."""
    resources = connection.execute(select(tables.resource.c.code, tables.resource.c.id, tables.resource.c.kind)).all()
    payers = connection.execute(select(tables.payer.c.code, tables.payer.c.id)).all()
    return Codes({c: i for c, i, _ in resources}, {c: k for c, _, k in resources}, {row.code: row.id for row in payers})


def load_catalogue(connection: Connection) -> Catalogue | None:
    """The whole practice as one value, None in an empty database."""
    head = connection.execute(select(tables.practice)).mappings().first()
    if head is None:
        return None
    names = {row.id: row.code for row in connection.execute(select(tables.resource.c.id, tables.resource.c.code))}

    def read(name: str) -> Iterable[Any]:
        return _rows(connection, getattr(tables, name))

    return catalogue_of(head, names, read, rules.rules_of(read))


def _rows(connection: Connection, table: Table) -> Iterable[Any]:
    query = select(table).order_by(table.c.position, table.c.id)
    if table.name in GONE:
        query = query.where(table.c[GONE[table.name]] == 0)
    return connection.execute(query).mappings()


class SqlPracticeRepository:
    """Storing a changed catalogue keeps the numbers of codes that stay, and retires those that go."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.stored = False

    def load(self) -> Catalogue | None:
        return load_catalogue(self._connection)

    def store(self, catalogue: Catalogue) -> None:
        """Raises RuleViolation where visits use a resource or procedure that would go."""
        self.stored = True
        self._store_head(catalogue.settings)
        self._refuse_lost(catalogue)
        numbers = self._store_coded(tables.resource, [_resource_row(r) for r in catalogue.resources])
        self._store_coded(tables.payer, [_payer_row(p) for p in catalogue.payers])
        self._replace(tables.session, [session_row(s, numbers) for s in catalogue.sessions])
        self._replace(tables.blockout, [blockout_row(b, numbers) for b in catalogue.blockouts])
        self._replace(tables.business_hours, [_hours_row(h) for h in catalogue.business_hours])
        self._replace(tables.coverage_rule, [rules.coverage_rule_row(r) for r in catalogue.coverage_rules])
        self._replace(tables.readiness_gate, [rules.readiness_gate_row(g) for g in catalogue.readiness_gates])
        self._replace(tables.call_rule, [rules.call_rule_row(r) for r in catalogue.call_rules])
        self._replace(tables.flow_limit, [rules.flow_limit_row(r) for r in catalogue.flow_limits])
        self._replace(tables.recovery_rule, [rules.recovery_rule_row(r) for r in catalogue.recovery_rules])
        self._replace(tables.bed_rule, [rules.bed_rule_row(r) for r in catalogue.bed_rules])
        self._replace(tables.letter_template, [rules.letter_template_row(t) for t in catalogue.letter_templates])
        self._store_procedures(catalogue.procedures)

    def _store_head(self, settings: Settings) -> None:
        table = tables.practice
        row = {
            "name": settings.name,
            "time_zone": settings.time_zone,
            "cell_minutes": settings.cell_minutes,
            "overflow_risk": settings.overflow_risk,
            "stay_limit_hours": settings.stay_limit_hours,
            "holidays": settings.holidays,
            "phone_region": settings.phone_region,
            "phone": settings.phone,
            "address": settings.address,
            "npi": settings.npi,
        }
        if self._connection.execute(update(table).values(**row, version=table.c.version + 1)).rowcount == 0:
            self._connection.execute(insert(table), {**row, "id": 1, "audit_key": urandom(32).hex(), "version": 1})

    def _refuse_lost(self, catalogue: Catalogue) -> None:
        resource, procedure = tables.resource, tables.procedure_type
        kept = [r.code for r in catalogue.resources]
        used = exists().where(allocation.c.resource_id == resource.c.id, allocation.c.active == 1)
        query = select(resource.c.code).where(resource.c.retired == 0, resource.c.code.not_in(kept), used)
        if (code := self._connection.execute(query).scalar()) is not None:
            raise RuleViolation("resource_in_use", item=code)
        kept = [p.code for p in catalogue.procedures]
        used = exists().where(appointment.c.procedure_code == procedure.c.code, appointment.c.active == 1)
        query = select(procedure.c.code).where(procedure.c.retired == 0, procedure.c.code.not_in(kept), used)
        if (code := self._connection.execute(query).scalar()) is not None:
            raise RuleViolation("procedure_in_use", item=code)

    def _store_coded(self, table: Table, rows: list[dict[str, Any]]) -> dict[str, int]:
        """Updates known codes, adds new ones, retires the rest; answers code to number."""
        known = {row.code: row.id for row in self._connection.execute(select(table.c.code, table.c.id))}
        if known:
            self._connection.execute(update(table).values(retired=1))
        for position, row in enumerate(rows):
            values = {**row, "position": position, "retired": 0}
            if row["code"] in known:
                self._connection.execute(update(table).where(table.c.id == known[row["code"]]).values(**values))
            else:
                key = self._connection.execute(insert(table), values).inserted_primary_key
                assert key is not None
                known[row["code"]] = key[0]
        return known

    def _replace(self, table: Table, rows: list[dict[str, Any]]) -> None:
        """Rows nothing points to: written anew. Records that are audited one by one stay, void."""
        if "void" in table.c:
            gone = update(table).where(table.c.void == 0).values(void=1, version=table.c.version + 1)
            self._connection.execute(gone)
        else:
            self._connection.execute(delete(table))
        if rows:
            self._connection.execute(insert(table), [{**row, "position": n} for n, row in enumerate(rows)])

    def _store_procedures(self, procedures: Sequence[ProcedureType]) -> None:
        self._connection.execute(delete(tables.phase_need))
        self._connection.execute(delete(tables.phase))
        numbers = self._store_coded(tables.procedure_type, [_procedure_row(p) for p in procedures])
        for procedure in procedures:
            for position, phase in enumerate(procedure.phases):
                values = {**_phase_row(phase), "procedure_id": numbers[procedure.code], "position": position}
                key = self._connection.execute(insert(tables.phase), values).inserted_primary_key
                assert key is not None
                needs = [{**_need_row(need), "phase_id": key[0], "position": n} for n, need in enumerate(phase.needs)]
                if needs:
                    self._connection.execute(insert(tables.phase_need), needs)


def _resource_row(value: Resource) -> dict[str, Any]:
    return {
        "code": value.code,
        "kind": value.kind.value,
        "name": value.name,
        "capabilities": dump(list(value.capabilities)),
        "turnover_minutes": value.turnover_minutes,
        "ward_room": value.ward_room,
    }


def session_row(value: Session, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "resource_id": numbers[value.resource],
        "rrule": value.rrule,
        "first_day": value.first_day.isoformat(),
        "start_clock": value.start.isoformat(),
        "end_clock": value.end.isoformat(),
        "reserved_for": dump(list(value.reserved_for)),
        "release_days": value.release_days,
        "released": dump([day.isoformat() for day in value.released]),
    }


def blockout_row(value: Blockout, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "resource_id": None if value.resource == EVERY_RESOURCE else numbers[value.resource],
        "start_s": to_s(value.start),
        "end_s": to_s(value.end),
        "reason": value.reason,
        "kind": value.kind.value,
        "series": value.series,
    }


def _hours_row(value: BusinessHours) -> dict[str, Any]:
    return {
        "weekday": value.weekday,
        "start_clock": value.start.isoformat(),
        "end_clock": value.end.isoformat(),
    }


def _payer_row(value: Payer) -> dict[str, Any]:
    return {
        "code": value.code,
        "name": value.name,
        "short_name": value.short_name,
        "phone": value.phone,
        "aliases": dump(list(value.aliases)),
        "urgent_hours": value.urgent_hours,
        "standard_days": value.standard_days,
        "needs_authorization": None if value.needs_authorization is None else int(value.needs_authorization),
        "phone_option": value.phone_option,
        "opens_clock": value.opens.isoformat() if value.opens else None,
        "closes_clock": value.closes.isoformat() if value.closes else None,
    }


def _procedure_row(value: ProcedureType) -> dict[str, Any]:
    return {
        "code": value.code,
        "name": value.name,
        "cpt": dump(list(value.cpt)),
        "cpt_extra_level": dump(list(value.cpt_extra_level)),
        "max_levels": value.max_levels,
        "sedation": value.sedation.value,
        "needs_authorization": int(value.needs_authorization),
        "unplanned_stay": value.unplanned_stay,
        "overnight": value.overnight.value,
        "follow_up_days": dump(list(value.follow_up_days)),
    }


def _phase_row(value: Phase) -> dict[str, Any]:
    return {
        "kind": value.kind.value,
        "minutes": value.minutes,
        "minutes_per_extra_level": value.minutes_per_extra_level,
        "until_clock": value.until.isoformat() if value.until else None,
        "beside": int(value.beside),
    }


def _need_row(value: Need) -> dict[str, Any]:
    return {"label": value.label, "kind": value.kind.value, "capabilities": dump(list(value.capabilities))}
