"""A booking committed with its audit event and undo image, against a bare overlap check, insert and commit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from desk_app.application.use_cases import booking
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.domain.slots import Slot, SlotQuery
from tests.benchmarks.big_catalogue import CATALOGUE, JOINT
from tests.benchmarks.big_practice import LAST_DAY, NOW
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

ROUNDS = 60
TARGET = 4
CHECK = (
    "SELECT 1 FROM allocation WHERE resource_id = ? AND lane = 0 AND active = 1 AND blocked_until_s > ? "
    "AND blocked_until_s < ? AND start_s < ? LIMIT 1"
)
VISIT = (
    "INSERT INTO appointment (patient_id, procedure_code, procedure_name, status, stay, unplanned_stay, sedation, day, "
    "start_s, end_s) VALUES (?, ?, ?, 'booked', 'never', 0, 'none', ?, ?, ?)"
)
USE = (
    "INSERT INTO allocation (appointment_id, resource_id, label, phase, kind, start_s, end_s, blocked_until_s) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
LONGEST_S = 26 * 3600


class RawBooking:
    """What any program has to do at the least, with the plain driver: nothing is kept of who did it or how to undo."""

    def __init__(self, connection: Any, slots: Iterator[Slot]) -> None:
        self._connection, self._slots, self._patients = connection, slots, count(1)
        self._ids = dict(connection.execute("SELECT code, id FROM resource"))

    def __call__(self) -> None:
        slot, run = next(self._slots), self._connection.execute
        uses = slot.uses(CATALOGUE)
        start, end = int(slot.start.timestamp()), int(slot.end.timestamp())
        run("BEGIN IMMEDIATE")
        for use in uses:
            begin, until = int(use.start.timestamp()), int(use.blocked_until.timestamp())
            if run(CHECK, (self._ids[use.resource], begin, until + LONGEST_S, until)).fetchone():
                raise AssertionError("the slot should be free")
        visit = run(VISIT, (next(self._patients), JOINT.code, JOINT.name, slot.start.toordinal(), start, end)).lastrowid
        for number, use in enumerate(uses):
            span = (int(use.start.timestamp()), int(use.end.timestamp()), int(use.blocked_until.timestamp()))
            run(USE, (visit, self._ids[use.resource], use.label, number, "procedure", *span))
        run("COMMIT")


def measure(setting: Setting) -> Iterator[Figure]:
    path, raw_path = setting.copy("booking.db"), setting.copy("raw.db")
    desk, connection = setting.desk(path), setting.driver(raw_path)
    query = SlotQuery(JOINT, first_day=LAST_DAY + timedelta(days=3), days=30, limit=2000)
    slots = _apart(desk.slots.index().find(query, NOW))
    starts, patients = iter(slots), count(1)
    raw = RawBooking(connection, iter(slots))

    def book() -> None:
        wish = BookAppointment(next(starts).start, JOINT.code, patient_id=next(patients))
        booking.book(desk, wish)

    found = interleaved({"raw": raw, "book": book}, rounds=ROUNDS, most=1)
    for name, each in (("raw", connection), ("ours", setting.driver(path))):
        assert each.execute("PRAGMA synchronous").fetchone() == (2,), name
    what = "a booking committed (sync FULL), with audit, undo and its two calls"
    yield Figure("8", what, found["book"], found["raw"], "raw check, insert, commit", at_most=TARGET)
    desk.close()
    connection.close()


def _apart(slots: tuple[Slot, ...]) -> list[Slot]:
    """Slots that do not stand in one another's way: one a quarter of an hour, and a gap."""
    chosen: list[Slot] = []
    for slot in slots:
        if not chosen or slot.start >= chosen[-1].end + timedelta(minutes=5):
            chosen.append(slot)
    return chosen
