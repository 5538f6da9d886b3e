"""Trays: what somebody carries along, in the order it was put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from db.convert import at, to_s
from db.rows import Rows
from db.schema.people import tray_item, user_account
from desk_app.application.ports import TrayItem

_t = tray_item.c
_ALL = select(tray_item).where(_t.void == 0).order_by(_t.position, _t.id)
_OF_USER = _ALL.where(_t.user_id == bindparam("user"))
_CARRIED = _ALL.where(
    _t.user_id == user_account.c.id,
    user_account.c.name == bindparam("name"),
    or_(_t.appointment_id == bindparam("visit"), _t.request_id == bindparam("request")),
)


class SqlTrayRepository:
    """What is taken out is void: undo puts it back."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of_user(self, user_id: int) -> tuple[TrayItem, ...]:
        return self._items(_OF_USER, {"user": user_id})

    def carried(self, user_name: str, appointment_id: int | None, request_id: int | None) -> tuple[TrayItem, ...]:
        return self._items(_CARRIED, {"name": user_name, "visit": appointment_id, "request": request_id})

    def _items(self, query: Select[Any], bound: Mapping[str, Any]) -> tuple[TrayItem, ...]:
        return tuple(
            TrayItem(
                row["user_id"],
                at(row["put_s"]),
                row["appointment_id"],
                row["request_id"],
                row["position"],
                row["id"],
                row["version"],
            )
            for row in self._rows.connection.execute(query, bound).mappings()
        )

    def add(self, item: TrayItem) -> TrayItem:
        last = self._rows.connection.execute(select(func.max(_t.position)).where(_t.user_id == item.user_id)).scalar()
        values = {
            "user_id": item.user_id,
            "appointment_id": item.appointment_id,
            "request_id": item.request_id,
            "position": (last or 0) + 1,
            "put_s": to_s(item.put_at),
        }
        number = self._rows.add("tray_item", values)
        return next(each for each in self.of_user(item.user_id) if each.id == number)

    def remove(self, item: TrayItem) -> None:
        self._rows.save("tray_item", item.id, item.version, {"void": 1})
