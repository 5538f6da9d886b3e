"""Writing rows with their before-images: the one mechanism behind audit, undo and lost races.

Every stored record is written through here. Rows that only follow a record (allocations, phone digits) are rewritten
whenever it is written, so that an image of the record is an image of all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, bindparam, insert, select, update
from sqlalchemy.sql.dml import Insert, Update

from db.convert import at, dump
from db.schema.visits import audit_event, audit_touch
from db.undo_chain import stands_as_after
from desk_app.application.outcome import Record
from desk_app.domain.faults import Conflict, WrongInput

Row = dict[str, Any]
Follow = Callable[[Connection, Row, Row | None], None]
"""Writes what follows a record: the new row, and the row before (None where it is new)."""


Passing = Callable[[Row, Row], Row]
"""A row that is put back, and the row as it is now: keeps what undo does not speak of."""


class Ledger:
    """How one table's records are written."""

    def __init__(
        self,
        table: Table,
        record: Record | None,
        follow: Follow | None = None,
        binds: bool = True,
        passing: Passing | None = None,
    ) -> None:
        self.table, self.record, self.follow, self.passing = table, record, follow, passing
        self.binds = binds
        """Whether its rows keep what they speak of from being taken back; a mere note of it does not."""

        names = [column.name for column in table.columns]
        self.large = frozenset(column.name for column in table.columns if isinstance(column.type, LargeBinary))
        """What never changes once written, and is left out of images."""
        self.blank: Row = {column.name: _default(column) for column in table.columns if column.name != "id"}
        self.select = select(table).where(table.c.id == bindparam("the_id"))
        self.insert: Insert = insert(table)
        changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names if name != "id"}
        self.update: Update = (
            update(table)
            .where(table.c.id == bindparam("the_id"), table.c.version == bindparam("the_version"))
            .values(changed)
        )

    def lift(self, found: Any) -> Row:
        """A row as it is written here and kept in images."""
        return dict(found)

    def lay(self, row: Row) -> Row:
        """The columns of a row."""
        return row

    def standing(self, before: Row) -> Row:
        """What an update binds, so that it changes the row only as it was before."""
        return {"the_id": before["id"], "the_version": before["version"]}


class SettingsLedger(Ledger):
    """A table of rules has no columns for version and void: they stand in the settings, where they say anything."""

    def __init__(self, table: Table, record: Record) -> None:
        self.table, self.record, self.follow, self.passing = table, record, None, None
        self.binds = True
        self.large = frozenset()
        self.blank = {column.name: _default(column) for column in table.columns if column.name != "id"}
        self.select = select(table).where(table.c.id == bindparam("the_id"))
        self.insert = insert(table)
        changed: dict[str, Any] = {name: bindparam(f"new_{name}") for name in self.blank}
        unchanged = table.c.settings == bindparam("the_settings")
        self.update = update(table).where(table.c.id == bindparam("the_id"), unchanged).values(changed)

    def lift(self, found: Any) -> Row:
        said = json.loads(found["settings"])
        kept = {"version": said.pop("version", 1), "void": said.pop("void", 0)}
        return {**found, "settings": dump(said), **kept}

    def lay(self, row: Row) -> Row:
        kept = {"version": row["version"]} if row["version"] > 1 else {}
        gone = {"void": 1} if row["void"] else {}
        columns = {name: value for name, value in row.items() if name not in ("version", "void")}
        return {**columns, "settings": dump({**json.loads(row["settings"]), **kept, **gone})}

    def standing(self, before: Row) -> Row:
        return {"the_id": before["id"], "the_settings": self.lay(before)["settings"]}


def _default(column: Column[Any]) -> Any:
    """What a column holds where nothing is said."""
    if column.server_default is None:
        return None
    said = str(column.server_default.arg).strip("'")  # type: ignore[attr-defined]
    return int(said) if isinstance(column.type, Integer) else said


def columns_of(table: Table, about: Table) -> tuple[Column[Any], ...]:
    """The columns of a table that speak of records of another."""
    return tuple(column for column in table.columns if any(key.references(about) for key in column.foreign_keys))


class Rows:
    """The rows one unit of work has read and written."""

    def __init__(self, connection: Connection, ledgers: Mapping[str, Ledger]) -> None:
        self.connection = connection
        self._ledgers = ledgers
        self._read: dict[tuple[str, int], Row] = {}
        self._images: dict[tuple[str, int], tuple[Row | None, int]] = {}
        self._touched: set[tuple[Record, int]] = set()

    @property
    def images(self) -> list[tuple[str, int, Row | None, int]]:
        """(table, id, the row before or None, the version after), one a record however often it was written."""
        return [(table, row_id, before, after) for (table, row_id), (before, after) in self._images.items()]

    def get(self, table: str, row_id: int) -> Row:
        """The row as this unit of work knows it. Raises WrongInput where there is none, or undo has taken it back."""
        row = self.find(table, row_id)
        if row is None:
            raise WrongInput("unknown_record", record=table, record_id=row_id)
        return row

    def find(self, table: str, row_id: int) -> Row | None:
        """The same; None where there is none, or undo has taken it back."""
        row = self._read.get((table, row_id)) or self.peek(table, row_id)
        return None if row is None or row["void"] else row

    def peek(self, table: str, row_id: int) -> Row | None:
        """The row as the database has it, void or not."""
        found = self.connection.execute(self._ledgers[table].select, {"the_id": row_id}).mappings().first()
        if found is None:
            return None
        row = self._ledgers[table].lift(found)
        self._read[table, row_id] = row
        return row

    def remember(self, table: str, row: Row) -> None:
        """A row that was read otherwise."""
        self._read[table, row["id"]] = row

    def forget(self) -> None:
        """Reads anew from now on: a lock was waited for, or something was written past this."""
        self._read.clear()

    def add(self, table: str, values: Row) -> int:
        ledger = self._ledgers[table]
        row = {**ledger.blank, **values, "version": 1, "void": 0}
        result = self.connection.execute(ledger.insert, ledger.lay(row))
        key = result.inserted_primary_key
        assert key is not None
        row["id"] = int(key[0])
        if ledger.follow is not None:
            ledger.follow(self.connection, row, None)
        self._read[table, row["id"]] = row
        self._note(table, row["id"], None, 1)
        return int(row["id"])

    def save(self, table: str, row_id: int, version: int, values: Row) -> int:
        """Writes a changed row and answers its new version. Raises Conflict ``changed`` where it has moved on."""
        before = self._read.get((table, row_id)) or self.get(table, row_id)
        if before["version"] != version:
            raise self._moved_on(table, row_id)
        self.write(table, {**before, **values}, before)
        return version + 1

    def write(self, table: str, row: Row, before: Row) -> None:
        ledger = self._ledgers[table]
        row = {**row, "version": before["version"] + 1}
        bound = {f"new_{name}": value for name, value in ledger.lay(row).items() if name != "id"}
        bound |= ledger.standing(before)
        if self.connection.execute(ledger.update, bound).rowcount != 1:
            raise self._moved_on(table, before["id"])
        if ledger.follow is not None:
            ledger.follow(self.connection, row, before)
        self._read[table, before["id"]] = row
        self._note(table, before["id"], before, row["version"])

    def restore(self, table: str, row_id: int, before: Row | None, after_version: int, seq: int) -> None:
        """Puts one record back as an image of commit ``seq`` has it. Raises Conflict where it has moved on since.

        Rows that are no record of their own (messages) are written by nothing but their commit, undo and redo.
        """
        now, record = self.peek(table, row_id), self._ledgers[table].record
        if now is None:
            raise self._moved_on(table, row_id)
        moved_on = now["version"] != after_version and record is not None
        if moved_on and record is not None and not stands_as_after(self.connection, record, row_id, seq):
            raise self._moved_on(table, row_id)
        gone = {"void": 1, "active": 0} if "active" in now else {"void": 1}
        row = {**now, **gone} if before is None else {**now, **before}
        passing = self._ledgers[table].passing
        self.write(table, row if passing is None else passing(row, now), now)

    def check_unused(self, table: str, row_id: int) -> None:
        """Raises Conflict ``built_upon`` where a record that is to go is one that others speak of by now."""
        here = self._ledgers[table].table
        for ledger in self._ledgers.values():
            for column in columns_of(ledger.table, here) if ledger.binds else ():
                query = select(ledger.table.c.id).where(column == row_id, ledger.table.c.void == 0).limit(1)
                if self.connection.execute(query).first() is not None:
                    raise Conflict("built_upon", record=table, record_id=row_id)

    def point_elsewhere(self, table: str, row_id: int, other_id: int) -> list[tuple[str, Row]]:
        """Whatever speaks of one record speaks of another from now on; answers the rows as they were."""
        here, moved = self._ledgers[table].table, []
        for name, ledger in self._ledgers.items():
            for column in columns_of(ledger.table, here):
                query = select(ledger.table).where(column == row_id, ledger.table.c.void == 0)
                for before in self.connection.execute(query.order_by(ledger.table.c.id)).mappings().all():
                    self.write(name, {**before, column.name: other_id}, dict(before))
                    moved.append((name, dict(before)))
        return moved

    def touched(self) -> set[tuple[Record, int]]:
        records = ((self._ledgers[table].record, row_id) for table, row_id in self._images)
        return {(record, row_id) for record, row_id in records if record is not None} | self._touched

    def touch(self, record: Record, row_id: int) -> None:
        """Others are to look at a record again, of which nothing was written that could be taken back."""
        self._touched.add((record, row_id))

    def _note(self, table: str, row_id: int, before: Row | None, after: int) -> None:
        """A row that is written twice goes back to what it was before the first time."""
        if (table, row_id) in self._images:
            before = self._images[table, row_id][0]
        elif before is not None:
            large = self._ledgers[table].large
            before = {name: value for name, value in before.items() if name not in large}
        self._images[table, row_id] = (before, after)

    def _moved_on(self, table: str, row_id: int) -> Conflict:
        """Who changed the record last, and what that was; nobody is named where only undo or a lost race did."""
        e, t, record = audit_event.c, audit_touch.c, self._ledgers[table].record
        query = (
            select(e.user_name, e.action, e.at_s)
            .join(audit_touch, t.seq == e.seq)
            .where(t.record == (record.value if record else table), t.record_id == row_id)
            .order_by(e.seq.desc())
            .limit(1)
        )
        row = self.connection.execute(query).first()
        told = {"who": row.user_name, "action": row.action, "when": at(row.at_s)} if row is not None else {}
        return Conflict("changed", record=table, record_id=row_id, **told)
