"""Whether a record stands as a commit left it, although undo and redo have written it since."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from db.schema.visits import audit_event, audit_touch
from desk_app.application.outcome import Record

PASSING = ("call_claimed", "call_released", "claims_ran_out")
"""Commits that change nothing of a record."""


def cancel_out(commits: Iterable[tuple[int, int | None]]) -> bool:
    """Commits to one record, each with the one it took back, in order: whether all of it was taken back in turn."""
    standing: list[int] = []
    for seq, undoes in commits:
        if standing and standing[-1] == undoes:
            standing.pop()
        else:
            standing.append(seq)
    return not standing


def stands_as_after(connection: Connection, record: Record, record_id: int, seq: int) -> bool:
    """Every step back and forth since commit ``seq`` has left the record as that commit did."""
    e, t = audit_event.c, audit_touch.c
    query = (
        select(e.seq, e.undoes)
        .join(audit_touch, t.seq == e.seq)
        .where(t.record == record.value, t.record_id == record_id, e.seq > seq, e.action.not_in(PASSING))
        .order_by(e.seq)
    )
    return cancel_out((number, undoes) for number, undoes in connection.execute(query))
