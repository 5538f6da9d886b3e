"""250,000 patients and 1,000,000 visits, 383 a working day, on the real migrated schema: the same every time.

``NOW`` stands still in every benchmark, so that the database, once made, stays good for ever. Visits are inserted
straight into the tables with every constraint and trigger in force; history carries no audit events.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from db.driver import connect
from db.migrate import MIGRATIONS, prepare
from db.schema.visits import allocation, appointment
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Authorization, Callback, Contact, Message, Patient, Phone, Request
from desk_app.domain.statuses import AuthorizationStatus, CallbackKind, RequestSource, RequestStatus, Urgency
from desk_app.domain.zone import midnight, zone_of
from tests.benchmarks.big_catalogue import CATALOGUE, PAYERS
from tests.benchmarks.big_day import VISITS, DayVisit, lay_out_day
from tests.benchmarks.big_names import FAMILIES, GIVEN

VERSION = 2
SEED = 20_261_123
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday, ten in the morning at the practice."""

TODAY = date(2026, 11, 23)
LAST_DAY = TODAY + timedelta(days=60)
BIG, SMALL = (250_000, 1_000_000), (5_000, 20_000)
OPEN_REQUESTS = 400
PIECE_DAYS = 40
ZONE = zone_of(CATALOGUE.settings)
# fmt: off
VISIT_COLUMNS = (
    "id", "patient_id", "procedure_code", "procedure_name", "levels", "status", "status_since_s", "stay",
    "unplanned_stay", "sedation", "day", "start_s", "end_s", "phases", "allocations", "hold_until_s", "cancel_reason",
    "escort", "active",
)
USE_COLUMNS = (
    "appointment_id", "resource_id", "label", "phase", "kind", "start_s", "end_s", "blocked_until_s", "lane", "active",
)
# fmt: on


class StandingClock:
    """It is always ``NOW``."""

    def now(self) -> datetime:
        return NOW


def ensure(folder: Path, small: bool = False) -> Path:
    """The database, made first where it is not there yet."""
    path = folder / f"{'small' if small else 'big'}-{VERSION}-{schema_mark()}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.part")
        begin = time.perf_counter()
        print(f"making {path} …", flush=True)
        generate(half, *(SMALL if small else BIG))
        half.replace(path)
        half.with_name(f"{half.name}.lock").unlink(missing_ok=True)
        print(f"made in {time.perf_counter() - begin:.0f} s, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    return path


def schema_mark() -> str:
    """Another one for every other schema: what was made for an earlier one is left alone."""
    scripts = sorted((MIGRATIONS / "sql").glob("*_sqlite.sql"))
    return hashlib.sha256(b"".join(script.read_bytes() for script in scripts)).hexdigest()[:8]


def default_folder() -> Path:
    """Where the database is kept between runs."""
    from platformdirs import user_cache_path

    return user_cache_path("front-desk-benchmarks", appauthor=False)


def generate(path: Path, patients: int, visits: int) -> None:
    prepare(str(path), create=True)
    desk = build_desk(str(path), "benchmark", StandingClock())
    try:
        practice.load(desk, CATALOGUE)
        _store_people(desk, patients)
        days = working_days(visits)
        _store_visits(path, days, patients, visits)
        _store_desk_work(desk, path, patients)
    finally:
        desk.close()
    connection = connect(path)  # without ANALYZE: nobody runs it on a practice's file either
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def working_days(visits: int) -> list[date]:
    """As many Mondays to Fridays as the visits fill, up to the last planned day."""
    found: list[date] = []
    day = LAST_DAY
    while len(found) * VISITS < visits:
        if day.weekday() < 5:
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]


def _store_people(desk: Desk, count: int) -> None:
    with desk.open_work(desk.actor) as work:
        work.bulk.patients(_people(count))
        work.commit("measured", {"patients": count})


def _people(count: int) -> Iterator[Patient]:
    chosen = random.Random(SEED)
    first = date(1931, 1, 1).toordinal()
    for number in range(1, count + 1):
        family = chosen.choice(FAMILIES)
        if chosen.random() < 0.12:
            family = f"{family}-{chosen.choice(FAMILIES)}"
        digits = f"{chosen.choice(('508', '617', '774', '978'))}{chosen.randrange(2_000_000, 9_999_999)}"
        yield Patient(
            mrn=str(300_000 + number),
            family=family,
            given=chosen.choice(GIVEN),
            birth_date=date.fromordinal(first + chosen.randrange(25_000)),
            sex=chosen.choice("FM"),
            phones=(Phone(f"({digits[:3]}) {digits[3:6]}-{digits[6:]}", f"+1{digits}"),),
            payer=chosen.choice(PAYERS).code,
            member_id=f"M{chosen.randrange(10**8):08}",
            id=number,
        )


def _store_visits(path: Path, days: list[date], patients: int, most: int) -> None:
    """Piece by piece, without a sync in between: a generator that is killed begins anew."""
    connection = connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    ids = dict(connection.execute("SELECT code, id FROM resource"))
    patterns = [lay_out_day(weekday) for weekday in range(5)]
    chosen = random.Random(SEED + 1)
    number = 0
    for first in range(0, len(days), PIECE_DAYS):
        visits: list[tuple[Any, ...]] = []
        uses: list[tuple[Any, ...]] = []
        for day in days[first : first + PIECE_DAYS]:
            pattern = patterns[day.weekday()]
            who = chosen.sample(range(1, patients + 1), len(pattern))
            base = int(midnight(day, ZONE).timestamp())
            for visit, patient in zip(pattern[: most - number], who, strict=False):
                number += 1
                row = _visit_row(number, patient, visit, day, base, chosen)
                visits.append(row)
                if row[-1]:
                    uses += [_use_row(number, ids, use, base) for use in visit.uses]
        _insert(connection, visits, uses)
    connection.execute("PRAGMA synchronous=FULL")
    connection.close()


def _insert(connection: Any, visits: list[tuple[Any, ...]], uses: list[tuple[Any, ...]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, columns, rows in ((appointment, VISIT_COLUMNS, visits), (allocation, USE_COLUMNS, uses)):
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})", rows)
    connection.execute("COMMIT")


def _visit_row(
    number: int, patient: int, visit: DayVisit, day: date, base: int, chosen: random.Random
) -> tuple[Any, ...]:
    procedure, start = visit.procedure, base + visit.start
    status, hold, reason = _fate(day, start, base + visit.end, chosen)
    return (
        number,
        patient,
        procedure.code,
        procedure.name,
        1,
        status,
        start,
        procedure.overnight.value,
        procedure.unplanned_stay,
        procedure.sedation.value,
        day.toordinal(),
        start,
        base + visit.end,
        visit.phases % tuple(base + second for second in visit.phase_seconds),
        visit.taken % tuple(base + second for second in visit.taken_seconds),
        hold,
        reason,
        "a friend" if chosen.random() < 0.6 else "",
        int(status not in ("cancelled", "no_show")),
    )


def _fate(day: date, start: int, end: int, chosen: random.Random) -> tuple[str, int | None, str]:
    """(status, end of a hold, reason of a cancellation)"""
    now, dice = int(NOW.timestamp()), chosen.random()
    if dice < 0.02:
        return "cancelled", None, "patient"
    if start > now:
        if day > TODAY + timedelta(days=3) and dice < 0.05:
            return "held", now + 5 * 86_400, ""
        return ("confirmed" if day <= TODAY + timedelta(days=2) else "booked"), None, ""
    if dice < 0.03:
        return "no_show", None, ""
    if end <= now:
        return "discharged", None, ""
    return ("in_procedure" if start > now - 2400 else "in_recovery"), None, ""


def _use_row(number: int, ids: dict[str, int], use: tuple[Any, ...], base: int) -> tuple[Any, ...]:
    code, label, phase, kind, start, end, until, lane = use
    return number, ids[code], label, phase, kind, base + start, base + end, base + until, lane, 1


def _store_desk_work(desk: Desk, path: Path, patients: int) -> None:
    """Authorizations of every visit that needs one, the calls before coming visits, and an inbox of requests."""
    connection = connect(path)
    needs = ", ".join(f"'{procedure.code}'" for procedure in CATALOGUE.procedures if procedure.needs_authorization)
    treated = connection.execute(
        "SELECT DISTINCT a.patient_id, a.procedure_code, payer.code FROM appointment a"
        " JOIN patient ON patient.id = a.patient_id LEFT JOIN payer ON payer.id = patient.payer_id"
        f" WHERE a.procedure_code IN ({needs}) AND a.active = 1"
    ).fetchall()
    coming = connection.execute(
        "SELECT id, patient_id, start_s FROM appointment WHERE active = 1 AND start_s > ? AND status <> 'held'",
        (int(NOW.timestamp()),),
    ).fetchall()
    connection.close()
    with desk.open_work(desk.actor) as work:
        work.bulk.authorizations(_authorizations(treated))
        work.bulk.requests(_requests(patients))
        work.bulk.callbacks(_calls(coming))
        work.commit("measured", {"requests": OPEN_REQUESTS})


def _authorizations(treated: list[tuple[int, str, str | None]]) -> Iterator[Authorization]:
    for number, (patient, procedure, payer) in enumerate(treated, start=1):
        yield Authorization(
            request_id=None,
            patient_id=patient,
            payer=payer,
            procedure=procedure,
            status=AuthorizationStatus.APPROVED,
            number=f"A{number}",
            valid_from=date(2016, 1, 1),
            valid_to=date(2027, 12, 31),
            id=number,
        )


def _requests(patients: int) -> Iterator[tuple[Request, list[Message]]]:
    chosen = random.Random(SEED + 2)
    states = (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW, RequestStatus.AWAITING_AUTHORIZATION)
    for number in range(1, OPEN_REQUESTS + 1):
        received = NOW - timedelta(hours=chosen.randrange(1, 400))
        known = number % 3 == 0
        request = Request(
            RequestSource.WEB,
            received,
            status=chosen.choice(states),
            urgency=chosen.choice(list(Urgency)),
            patient_id=chosen.randrange(1, patients) if known else None,
            contact=Contact(chosen.choice(FAMILIES), chosen.choice(GIVEN)),
            procedure=chosen.choice(CATALOGUE.procedures).code,
            payer=chosen.choice(PAYERS).code,
            id=number,
        )
        yield request, [Message(received, f"form {number}", f"made-{number}", "Please call me.")]


def _calls(coming: list[tuple[int, int, int]]) -> Iterator[Callback]:
    """One for each open request, then two for each coming visit."""
    for request in range(1, OPEN_REQUESTS + 1):
        due = NOW + timedelta(hours=request % 40)
        yield Callback(CallbackKind.CALL_PATIENT, due, "", request_id=request, id=request)
    number = OPEN_REQUESTS
    for visit, patient, start in coming:
        for kind, ahead in ((CallbackKind.PREPARATION, 9), (CallbackKind.CONFIRMATION, 2)):
            number += 1
            due = datetime.fromtimestamp(start, UTC) - timedelta(days=ahead)
            yield Callback(kind, due, "", appointment_id=visit, patient_id=patient, id=number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=None)
    parser.add_argument("--small", action="store_true")
    args = parser.parse_args()
    print(ensure(args.folder or default_folder(), args.small))


if __name__ == "__main__":
    main()
