"""Trays: what somebody carries along, in the order it was put there."""

from __future__ import annotations

from sqlalchemy import func, select

from db.convert import at, to_s
from db.rows import Rows
from db.schema.people import tray_item
from desk_app.application.ports import TrayItem

_t = tray_item.c


class SqlTrayRepository:
    """What is taken out is void: undo puts it back."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of_user(self, user_id: int) -> tuple[TrayItem, ...]:
        query = select(tray_item).where(_t.user_id == user_id, _t.void == 0).order_by(_t.position, _t.id)
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
            for row in self._rows.connection.execute(query).mappings()
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
