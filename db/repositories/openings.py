"""Blockouts and sessions one by one, with version and void, so that each can be audited, undone and raced for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, func, select

from db.mapping import Codes
from db.practice_rows import blockout_of, session_of
from db.repositories.practice import blockout_row, session_row
from db.rows import Rows
from db.schema.practice import blockout, session
from desk_app.domain.practice import Blockout, Session


class SqlOpeningsRepository:
    """What is added comes last, as it would in a practice file."""

    def __init__(self, rows: Rows, codes: Callable[[], Codes]) -> None:
        self._rows, self._codes = rows, codes

    def blockout(self, number: int) -> Blockout:
        return blockout_of(self._rows.get("blockout", number), self._names())

    def add_blockout(self, value: Blockout) -> Blockout:
        row = blockout_row(value, self._codes().resources)
        number = self._rows.add("blockout", {**row, "position": self._next(blockout)})
        return replace(value, id=number, version=1)

    def save_blockout(self, value: Blockout) -> Blockout:
        row = blockout_row(value, self._codes().resources)
        return replace(value, version=self._rows.save("blockout", value.id, value.version, row))

    def remove_blockout(self, value: Blockout) -> None:
        self._rows.save("blockout", value.id, value.version, {"void": 1})

    def together_with(self, value: Blockout) -> tuple[Blockout, ...]:
        """Every blockout that was entered together with this one, itself included, in order."""
        if not value.series:
            return (value,)
        query = select(blockout).where(blockout.c.series == value.series, blockout.c.void == 0)
        rows = self._rows.connection.execute(query.order_by(blockout.c.position, blockout.c.id)).mappings()
        return tuple(self._read(dict(row)) for row in rows)

    def session(self, number: int) -> Session:
        return session_of(self._rows.get("session", number), self._names())

    def add_session(self, value: Session) -> Session:
        row = session_row(value, self._codes().resources)
        number = self._rows.add("session", {**row, "position": self._next(session)})
        return replace(value, id=number, version=1)

    def save_session(self, value: Session) -> Session:
        row = session_row(value, self._codes().resources)
        return replace(value, version=self._rows.save("session", value.id, value.version, row))

    def remove_session(self, value: Session) -> None:
        self._rows.save("session", value.id, value.version, {"void": 1})

    def _read(self, row: dict[str, Any]) -> Blockout:
        self._rows.remember("blockout", row)
        return blockout_of(row, self._names())

    def _names(self) -> dict[int, str]:
        return {number: code for code, number in self._codes().resources.items()}

    def _next(self, table: Table) -> int:
        last = self._rows.connection.execute(select(func.max(table.c.position))).scalar()
        return 0 if last is None else int(last) + 1
