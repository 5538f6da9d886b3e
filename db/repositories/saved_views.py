"""Saved views of the schedule, per person."""

from __future__ import annotations

from sqlalchemy import select

from db.rows import Rows
from db.schema.people import saved_view
from desk_app.application.ports import SavedView

_v = saved_view.c


class SqlSavedViewRepository:
    """One that is removed is void: undo puts it back."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def of_user(self, user_id: int) -> tuple[SavedView, ...]:
        query = select(saved_view).where(_v.user_id == user_id, _v.void == 0).order_by(_v.position, _v.id)
        return tuple(
            SavedView(row["user_id"], row["name"], row["settings"], row["position"], row["id"], row["version"])
            for row in self._rows.connection.execute(query).mappings()
        )

    def add(self, view: SavedView) -> int:
        return self._rows.add("saved_view", _values(view))

    def save(self, view: SavedView) -> None:
        self._rows.save("saved_view", view.id, view.version, _values(view))

    def remove(self, view: SavedView) -> None:
        self._rows.save("saved_view", view.id, view.version, {"void": 1})


def _values(view: SavedView) -> dict[str, object]:
    return {"user_id": view.user_id, "name": view.name, "settings": view.settings, "position": view.position}
