"""What visits of a day were at an earlier moment, by the before-images of every commit since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.schema.people import patient
from db.schema.visits import appointment, audit_event
from desk_app.application.reports.facts import Stood, StoodFact

_a, _p, _e = appointment.c, patient.c, audit_event.c
PIECE = 400


def stood(connection: Connection, day: date, at_s: int) -> Sequence[StoodFact]:
    """Every visit that a commit after that second wrote, on that day before or after it.

    The first image after the moment is what the visit was then; one that no commit has written since is as it was.
    """
    then: dict[int, Mapping[str, Any] | None] = {}
    last: dict[int, tuple[str, int]] = {}
    events = select(_e.seq, _e.at_s, _e.user_name, _e.images).where(
        _e.at_s > at_s, _e.days.contains(str(day.toordinal()))
    )
    # put in order here: asked for it, SQLite would walk the whole trail by number
    for _, written_s, user, images in sorted(connection.execute(events), key=lambda event: event.seq):
        for table, number, before, _ in json.loads(images):
            if table == appointment.name:
                then.setdefault(number, before)
                last[number] = (user, written_s)
    numbers = sorted(then)
    found = []
    for first in range(0, len(numbers), PIECE):
        query = (
            select(appointment, _p.family, _p.given)
            .join(patient, _p.id == _a.patient_id)
            .where(_a.id.in_(numbers[first : first + PIECE]))
        )
        for row in connection.execute(query).mappings():
            number = row["id"]
            fact = (number, row["family"], row["given"], row["procedure_name"])
            found.append(StoodFact(*fact, _of(then[number]), _of(dict(row)), *last[number]))
    return found


def _of(row: Mapping[str, Any] | None) -> Stood | None:
    """None for a row that is not there, or was taken back."""
    if row is None or row["void"]:
        return None
    return Stood(
        row["day"],
        row["status"],
        row["cancel_reason"],
        row["start_s"],
        row["end_s"],
        row["phases"],
        bool(row["active"]),
    )
