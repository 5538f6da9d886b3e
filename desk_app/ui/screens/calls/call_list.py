"""What the list of calls shows, read on the worker in one go, by what the toolbar asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desk_app.application.call_rows import CallLine
from desk_app.application.desk import Desk
from desk_app.application.use_cases.call_changes import ROLES
from desk_app.application.use_cases.calls import CallList, CallWish, look_at_calls
from desk_app.domain.dataclass import dataclass
from desk_app.ui.screens.calls.call_toolbar import TODAY, WEEK

MINE, NOBODYS = "/mine", "/nobody"
"""Choices beside names and roles; no name has a stroke in front."""

WEEK_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the toolbar asks for; ``whose`` is a name, a role, ``MINE``, ``NOBODYS`` or None for all."""

    kind: str | None = None
    whose: str | None = None
    due: str | None = TODAY

    def wish(self, today: date) -> CallWish:
        until = {TODAY: today, WEEK: today + WEEK_AHEAD}.get(self.due or TODAY)
        assignee = {None: None, MINE: None, NOBODYS: ""}.get(self.whose, self.whose)
        kinds = frozenset({self.kind}) if self.kind else frozenset[str]()
        return CallWish(kinds, assignee, until, mine=self.whose == MINE)


def read_calls(desk: Desk, asked: Asked) -> CallList:
    """On the worker."""
    return look_at_calls(desk, asked.wish(desk.today()))


def people(lines: Iterable[CallLine]) -> tuple[tuple[str, str], ...]:
    """Whose calls can be asked for: mine, nobody's, roles, and every name that has some."""
    names = sorted({line.assigned_to for line in lines if line.assigned_to and line.assigned_to not in ROLES})
    roles = ((role, role.capitalize()) for role in ROLES)
    return ((MINE, "Mine"), (NOBODYS, "Nobody’s yet"), *roles, *((name, name) for name in names))
