"""Every rule that stored data can break, looked for over all rows: for ``check``, and after any doubt."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from db.audit import CHAINED, FIRST, link
from db.authorization_need import payer_id_of
from db.check_charts import merged_charts
from db.next_action import waits
from db.queries.approvals import Papers
from db.queries.call_gaps import settled_calls
from db.queries.house import in_house
from db.queries.index import rows_of_days
from db.repositories.practice import load_catalogue, load_codes
from db.schema.people import patient
from db.schema.practice import payer, practice, resource
from db.schema.requests import callback, offer, request, short_notice
from db.schema.visits import allocation, appointment, audit_event
from desk_app.application.day_plan import decode_further, decode_phases
from desk_app.application.read_models import Breach
from desk_app.domain.authorization_match import Standing, planned_visit
from desk_app.domain.day_moves import place_of
from desk_app.domain.night_rule import ROUNDING
from desk_app.domain.practice import Catalogue, Stay
from desk_app.domain.slots import SlotIndex
from desk_app.domain.statuses import OPEN_REQUESTS, AppointmentStatus, OfferStatus, RequestStatus
from desk_app.domain.visit_parts import Treated
from desk_app.domain.zone import local_date, midnight, zone_of

_a, _u, _c, _r = appointment.c, allocation.c, callback.c, request.c
_n, _o = short_notice.c, offer.c
_standing = and_(_a.active == 1, _a.void == 0)
FIRM = ("booked", "confirmed", "arrived", "ready", "in_procedure")
AS_BOOKED = frozenset({"held", "booked", "confirmed", "arrived", "ready"})


def breaches(connection: Connection, now: datetime) -> tuple[Breach, ...]:
    """What is broken; empty where every rule holds."""
    found = [*_integrity(connection), *_audit(connection)]
    catalogue = load_catalogue(connection)
    if catalogue is not None:
        for look in LOOKS:
            found += look(connection)
        found += _places(connection, catalogue, now)
        found += _authorizations(connection, catalogue)
        found += _calls_for_nothing(connection, now)
        found += _nights(connection, catalogue, now)
    return tuple(found)


def _integrity(connection: Connection) -> Iterator[Breach]:
    if connection.dialect.name != "sqlite":
        return
    # The trigram index remembers how it last saw itself and cries wolf after other connections' writes: look anew.
    connection.exec_driver_sql("SELECT rowid FROM patient_search WHERE patient_search MATCH 'abc' LIMIT 1").all()
    for (told,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if told != "ok":
            yield Breach("integrity", "file", "The database file is damaged.")
    for table, row, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Breach("reference", f"{table} {row}", "It points to a record that is not there.")


def _audit(connection: Connection) -> Iterator[Breach]:
    key = connection.execute(select(practice.c.audit_key)).scalar()
    if key is None:
        return
    before = FIRST
    columns = [audit_event.c[name] for name in CHAINED]
    for seq, chain, *values in connection.execute(
        select(audit_event.c.seq, audit_event.c.chain, *columns).order_by(audit_event.c.seq)
    ):
        if link(key, before, dict(zip(CHAINED, values, strict=True))) != chain:
            yield Breach("audit_chain", f"audit event {seq}", "It, or one before it, is not what was written.")
        before = chain


def _overlaps(connection: Connection) -> Iterator[Breach]:
    """Rule 1: one resource (and lane) serves one appointment at a time."""
    query = (
        select(_u.appointment_id, _u.resource_id, _u.lane, _u.start_s, _u.blocked_until_s)
        .where(_u.active == 1, _u.blocked_until_s > _u.start_s)
        .order_by(_u.resource_id, _u.lane, _u.start_s)
    )
    before: Any = None
    for row in connection.execute(query):
        same = before is not None and before[1:3] == row[1:3]
        if same and row.start_s < before.blocked_until_s:
            yield Breach(
                "one_at_a_time", f"appointment {row.appointment_id}", _clash("resource", before.appointment_id)
            )
        before = row


def _patients(connection: Connection) -> Iterator[Breach]:
    """Rule 2: a patient is never in two places at one time."""
    query = (
        select(_a.id, _a.patient_id, _a.start_s, _a.end_s)
        .where(_standing, _a.end_s > _a.start_s)
        .order_by(_a.patient_id, _a.start_s)
    )
    before: Any = None
    for row in connection.execute(query):
        if before is not None and before.patient_id == row.patient_id and row.start_s < before.end_s:
            yield Breach("patient_in_one_place", f"appointment {row.id}", _clash("patient", before.id))
        before = row


def _clash(what: str, other: int) -> str:
    return f"Its {what} is in appointment {other} at the same time."


def _statuses(connection: Connection) -> Iterator[Breach]:
    visits = {status.value for status in AppointmentStatus}
    asked = {status.value for status in RequestStatus}
    for number, status in connection.execute(select(_a.id, _a.status).where(_a.status.not_in(visits))):
        yield Breach("status", f"appointment {number}", f"“{status}” is no status.")
    for number, status in connection.execute(select(_r.id, _r.status).where(_r.status.not_in(asked))):
        yield Breach("status", f"request {number}", f"“{status}” is no status.")


def _active(connection: Connection) -> Iterator[Breach]:
    """A visit takes its resources exactly while it stands."""
    gone = ("cancelled", "no_show")
    wrong = or_(
        and_(_a.active == 1, or_(_a.status.in_(gone), _a.void == 1)),
        and_(_a.active == 0, _a.status.not_in(gone), _a.void == 0),
    )
    for (number,) in connection.execute(select(_a.id).where(wrong)):
        yield Breach("active", f"appointment {number}", "Whether it takes resources and its status do not agree.")
    stray = (
        select(_u.appointment_id).join(appointment, _a.id == _u.appointment_id).where(_u.active == 1, _a.active == 0)
    )
    for (number,) in connection.execute(stray.distinct()):
        yield Breach("active", f"appointment {number}", "It still takes resources although it is gone.")


def _next_actions(connection: Connection) -> Iterator[Breach]:
    """Rule 5: every open request has a next action."""
    opened = [status.value for status in OPEN_REQUESTS]
    for (number,) in connection.execute(select(_r.id).where(_r.status.in_(opened), _r.void == 0, ~waits)):
        yield Breach("next_action", f"request {number}", "It is open and nothing is to be done next.")


def _claims(connection: Connection) -> Iterator[Breach]:
    """A call that somebody has open has somebody, and an end; nobody has one that is not open."""
    nobody = or_(_c.claimed_by.is_(None), _c.claimed_until_s.is_(None))
    wrong = or_(
        and_(_c.status == "claimed", nobody),
        and_(_c.status != "claimed", _c.claimed_by.is_not(None)),
    )
    for (number,) in connection.execute(select(_c.id).where(wrong, _c.void == 0)):
        yield Breach("claim", f"callback {number}", "Whether somebody has it open and its status do not agree.")


def _calls_for_nothing(connection: Connection, now: datetime) -> Iterator[Breach]:
    """Nobody is called about something that is settled; what time alone has settled the next pass closes."""
    for number in settled_calls(connection, now, by_time=False):
        yield Breach("settled_call", f"callback {number}", "It is open although its matter is settled.")


def _holds(connection: Connection) -> Iterator[Breach]:
    """A hold has an end, and nothing else has one."""
    wrong = or_(
        and_(_a.status == "held", _a.hold_until_s.is_(None)),
        and_(_a.status.not_in(("held", "cancelled")), _a.hold_until_s.is_not(None)),
    )
    for (number,) in connection.execute(select(_a.id).where(wrong, _a.void == 0)):
        yield Breach("hold", f"appointment {number}", "Its hold and its status do not agree.")


def _offers(connection: Connection) -> Iterator[Breach]:
    """An open offer keeps its start by a hold, for somebody who is on the list."""
    kept = exists().where(_a.id == _o.appointment_id, _standing, _a.status == "held")
    wanted = exists().where(_n.id == _o.short_notice_id, _n.active == 1, _n.void == 0)
    query = select(_o.id).where(_o.status == OfferStatus.OPEN.value, _o.void == 0, or_(~kept, ~wanted))
    for (number,) in connection.execute(query):
        yield Breach("offer", f"offer {number}", "It is open, and nothing is kept for anybody on the list.")


def _authorizations(connection: Connection, catalogue: Catalogue) -> Iterator[Breach]:
    """Rule 8: firm, needing authorization: an approval good for all of it, overridden with a reason, or elsewhere."""
    columns = (_a.id, _a.day, _a.patient_id, _a.request_id, _a.phases, _a.procedure_code, _a.levels)
    query = (
        select(*columns, _a.level_names, _a.side, _a.further, payer.c.code.label("payer"))
        .join(patient, patient.c.id == _a.patient_id)
        .outerjoin(payer, payer.c.id == payer_id_of(patient.c.payer_id, _a.request_id, appointment))
        .where(_standing, _a.status.in_(FIRM), func.coalesce(payer.c.needs_authorization, 1) == 1)
        .where(_a.authorized_elsewhere == 0, ~_a.override_codes.contains('"authorization"'))
    )
    asks = {each.code for each in catalogue.procedures if each.needs_authorization}
    rows = [(row, wanted) for row in connection.execute(query) if (wanted := _asked(row, asks))]
    patients, requests = {row.patient_id for row, _ in rows}, {row.request_id for row, _ in rows}
    papers = Papers(connection, load_codes(connection), patients, requests)
    for row, wanted in rows:
        for treated in wanted:
            phases, day = decode_phases(row.phases), date.fromordinal(row.day)
            planned = planned_visit(catalogue, treated, day, phases, row.payer, row.request_id)
            found = papers.standing(planned, row.patient_id, row.id)
            if not found.is_good:
                yield Breach("authorization", f"appointment {row.id}", _not_good(found))


def _not_good(found: Standing) -> str:
    if not found.lacks:
        return "It is firm, and no approval is good for it."
    what = ", ".join(dict.fromkeys(LACKING.get(each.code, each.code) for each in found.lacks))
    return f"It is firm, and its approval is not good for it: {what}."


LACKING = {
    "authorization_other_payer": "another payer",
    "authorization_ends": "the day",
    "authorization_begins": "the day",
    "authorization_levels": "the levels",
    "authorization_units": "the units",
    "authorization_codes": "the codes",
    "authorization_side": "the side",
    "authorization_clinician": "the physician",
    "authorization_place": "the place",
}


def _asked(row: Any, asks: Collection[str]) -> tuple[Treated, ...]:
    """The procedures of a sitting that payers authorize."""
    lead = Treated(row.procedure_code, "", row.levels, row.level_names, row.side)
    return tuple(each for each in (lead, *decode_further(row.further)) if each.procedure in asks)


def _chains(connection: Connection) -> Iterator[Breach]:
    """Rule 3: recovery from the minute the procedure ends; and allocations are what the snapshot says.

    Once its procedure has begun a visit takes what its patient really uses, and keeps the plan only to be remembered.
    """
    taken: dict[int, set[tuple[str, int, int, int]]] = {}
    query = (
        select(_u.appointment_id, resource.c.code, _u.phase, _u.start_s, _u.end_s)
        .join(resource, resource.c.id == _u.resource_id)
        .where(_u.active == 1)
    )
    for number, code, phase, start, end in connection.execute(query):
        taken.setdefault(number, set()).add((code, phase, start, end))
    for number, phases, status in connection.execute(select(_a.id, _a.phases, _a.status).where(_standing)):
        rows = json.loads(phases)
        told = {(code, n, start, end) for n, (_, start, end, _, used) in enumerate(rows) for _, code in used}
        if status in AS_BOOKED and told != taken.get(number, set()):
            yield Breach("snapshot", f"appointment {number}", "What it takes is not what was booked.")
        ends = [end for kind, _, end, _, _ in rows if kind == "procedure"]
        recoveries = [start for kind, start, *_ in rows if kind == "recovery"]
        if ends and recoveries and min(recoveries) != max(ends):
            yield Breach("recovery", f"appointment {number}", "Recovery does not begin as the procedure ends.")


def _places(connection: Connection, catalogue: Catalogue, now: datetime) -> Iterator[Breach]:
    """Rule 1 as people really lie: one patient in a room, bay or bed."""
    zone = zone_of(catalogue.settings)
    today = local_date(now, zone)
    lies: dict[str, int] = {}
    for each in in_house(connection, today, int(midnight(today, zone).timestamp())):
        place = place_of(catalogue, each.status, each.phases())
        if place is not None and lies.setdefault(place, each.appointment_id) != each.appointment_id:
            yield Breach("one_in_a_place", f"appointment {each.appointment_id}", _clash("place", lies[place]))


def _nights(connection: Connection, catalogue: Catalogue, now: datetime) -> Iterator[Breach]:
    """Rule 4: never more planned stays than staffed beds, and the chance of running out within the limit."""
    if not any(procedure.overnight is not Stay.NEVER for procedure in catalogue.procedures):
        return
    first, last = connection.execute(
        select(func.min(_a.day), func.max(_a.day)).where(_standing, _a.stay.in_(("possible", "planned")))
    ).one()
    today = local_date(now, zone_of(catalogue.settings)).toordinal()
    if last is None or last < today:
        return
    begin = date.fromordinal(max(first, today))
    index = SlotIndex(catalogue, begin, last - begin.toordinal() + 1)
    rows = rows_of_days(connection, begin, date.fromordinal(last), int(now.timestamp()))
    index.load_rows(rows.uses, rows.visits)
    overridden = {
        day
        for (day,) in connection.execute(
            select(_a.day).where(_standing, _a.override_codes.contains('"night"')).distinct()
        )
    }
    stayed = set(connection.execute(_STAYED).scalars())
    for number in range(begin.toordinal(), last + 1):
        night = index.night(date.fromordinal(number))
        if number in overridden or not (night.planned or night.overflow_chance):
            continue
        if night.planned > night.staffed:
            yield Breach("night", night.day.isoformat(), "More stays are planned than beds are staffed.")
        elif number not in stayed and night.overflow_chance > catalogue.settings.overflow_risk + ROUNDING:
            yield Breach("night", night.day.isoformat(), "The chance of running out of beds is over the limit.")


_STAYED = select(_a.day).where(_standing, _a.holds_bed == 1, _a.stay != Stay.PLANNED.value).distinct()
"""Nights on which somebody had to stay: what was kept for that is used, and the chance is no longer what it was."""

LOOKS = (
    _overlaps,
    _patients,
    _statuses,
    _active,
    _next_actions,
    merged_charts,
    _claims,
    _holds,
    _offers,
    _chains,
)
