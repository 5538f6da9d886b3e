"""Saved views of the schedule: each is one person's, has a name, and a function key while there are any left.

What a view consists of is the screen's matter: here it is a text that is kept as it is.
"""

from __future__ import annotations

from dataclasses import replace

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import SavedView, UnitOfWork
from desk_app.application.read_models import SavedViewLine
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.faults import RuleViolation

KEYS = ("F2", "F3", "F4", "F5", "F7", "F8", "F9", "F10", "F11", "F12")
"""F1 shows the keys, F6 changes sides."""

NO_KEY = len(KEYS)
LONGEST_NAME = 60

Saved = Outcome[tuple[SavedViewLine, ...]]


def saved_views(desk: Desk) -> tuple[SavedViewLine, ...]:
    """Whoever is at the desk has these, by their keys."""
    return desk.queries.saved_views(desk.actor.user_name)


@repeated
def save_view(desk: Desk, name: str, settings: str) -> Saved:
    """Keeps a view under a name; one of the same name is replaced and keeps its key. Refuses ``view_name``."""
    user_id, name = user_of(desk), _checked(name)
    with desk.open_work(desk.actor) as work:
        known = work.views.of_user(user_id)
        same = next((view for view in known if view.name.casefold() == name.casefold()), None)
        if same is not None:
            work.views.save(replace(same, name=name, settings=settings))
        else:
            work.views.add(SavedView(user_id, name, settings, _free_key(known)))
        return _done(desk, work, "view_saved", name)


@repeated
def rename_view(desk: Desk, view_id: int, name: str) -> Saved:
    """Raises RuleViolation ``view_name`` without a name, ``view_name_taken`` for that of another one."""
    user_id, name = user_of(desk), _checked(name)
    with desk.open_work(desk.actor) as work:
        known = work.views.of_user(user_id)
        if any(view.id != view_id and view.name.casefold() == name.casefold() for view in known):
            raise RuleViolation("view_name_taken", name=name)
        for view in known:
            if view.id == view_id:
                work.views.save(replace(view, name=name))
        return _done(desk, work, "view_renamed", name)


@repeated
def remove_view(desk: Desk, view_id: int) -> Saved:
    """Its key is free for the next one."""
    user_id = user_of(desk)
    with desk.open_work(desk.actor) as work:
        gone = next((view for view in work.views.of_user(user_id) if view.id == view_id), None)
        if gone is None:
            return Outcome(saved_views(desk))
        work.views.remove(gone)
        return _done(desk, work, "view_removed", gone.name)


def key_of(position: int) -> str:
    """The function key of a place; the empty text where there are none left."""
    return KEYS[position] if 0 <= position < len(KEYS) else ""


def _checked(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME].strip()
    if not name:
        raise RuleViolation("view_name")
    return name


def _free_key(known: tuple[SavedView, ...]) -> int:
    taken = {view.position for view in known}
    return next((place for place in range(len(KEYS)) if place not in taken), NO_KEY)


def _done(desk: Desk, work: UnitOfWork, action: str, name: str) -> Saved:
    changes = work.commit(action, {"name": name})
    return Outcome(saved_views(desk), desk.committed(work, changes), changes.seq)
