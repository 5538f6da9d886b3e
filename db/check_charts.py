"""Charts that were merged: nothing is kept under one that another has replaced."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from db.follow import ledgers
from db.rows import columns_of
from db.schema.people import patient
from desk_app.application.read_models import Breach


def merged_charts(connection: Connection) -> Iterator[Breach]:
    """Every record that still speaks of a chart which was merged into another."""
    gone = select(patient.c.id).where(patient.c.merged_into.is_not(None), patient.c.void == 0)
    for name, ledger in ledgers(dict).items():
        for column in columns_of(ledger.table, patient):
            query = select(ledger.table.c.id).where(column.in_(gone), ledger.table.c.void == 0)
            for (number,) in connection.execute(query):
                yield Breach("merged", f"{name} {number}", "It is kept under a chart that was merged into another.")
