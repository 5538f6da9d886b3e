"""When and why requests ended: what the audit trail says of the last step, else when their last call was settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.convert import at
from db.schema.requests import callback
from db.schema.visits import audit_event, audit_touch
from desk_app.application.outcome import Record
from desk_app.application.read_models import RequestLine

AT_ONCE = 500
MERGED = "patients_merged"
"""It touches requests that ended long ago, and ends none."""

_e, _t, _c = audit_event.c, audit_touch.c, callback.c


def with_ends(connection: Connection, lines: Iterable[RequestLine]) -> tuple[RequestLine, ...]:
    """The lines, each with when and why it ended as far as that is known."""
    found = tuple(lines)
    ends = dict(_ends(connection, [line.request_id for line in found]))
    return tuple(_ended(line, *ends.get(line.request_id, (None, ""))) for line in found)


def end_of(connection: Connection, number: int) -> tuple[datetime | None, str]:
    """When and why one request ended, as far as that is known."""
    return dict(_ends(connection, [number])).get(number, (None, ""))


def _ended(line: RequestLine, when: datetime | None, why: str) -> RequestLine:
    return line._replace(ended_at=when, end_reason=why)


def _ends(connection: Connection, numbers: Sequence[int]) -> Iterator[tuple[int, tuple[datetime, str]]]:
    for begin in range(0, len(numbers), AT_ONCE):
        piece = numbers[begin : begin + AT_ONCE]
        settled = select(_c.request_id, func.max(_c.settled_s)).where(
            _c.request_id.in_(piece), _c.settled_s.is_not(None), _c.void == 0
        )
        for number, seconds in connection.execute(settled.group_by(_c.request_id)):
            yield number, (at(seconds), "")
        last = (
            select(_t.record_id, func.max(_t.seq).label("seq"))
            .join(audit_event, _e.seq == _t.seq)
            .where(_t.record == Record.REQUEST.value, _t.record_id.in_(piece), _e.action != MERGED)
            .group_by(_t.record_id)
            .subquery()
        )
        steps = select(last.c.record_id, _e.at_s, _e.facts).join(audit_event, _e.seq == last.c.seq)
        for number, seconds, facts in connection.execute(steps):
            yield number, (at(seconds), str(json.loads(facts).get("why", "")))
