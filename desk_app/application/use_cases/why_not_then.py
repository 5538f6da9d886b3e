"""Why not at that time: everything in the way, what would have to change, and the nearest starts that fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from desk_app.application.bookability import OVERRIDABLE
from desk_app.application.desk import Desk
from desk_app.application.obstacle_text import clock_pair, obstacle_text
from desk_app.application.start_runs import room_and_clinicians
from desk_app.application.use_cases.find_slots import FindSlots, query_for
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Stay
from desk_app.domain.slots import Obstacle, Slot, SlotIndex, SlotQuery
from desk_app.domain.zone import local_date

DAYS_BACK = 14
DAYS_AHEAD = 120


@dataclass(frozen=True, slots=True)
class NotThen:
    """``reasons`` is empty where the start fits. ``remedies``: each of them alone would make it fit."""

    start: datetime
    reasons: tuple[str, ...]
    remedies: tuple[str, ...]
    before: Slot | None
    after: Slot | None


def why_not_then(desk: Desk, wish: FindSlots, start: datetime) -> NotThen:
    """A start that was asked about. Raises WrongInput as ``find`` does."""
    day = local_date(start, desk.zone())
    first, last = _days_around(day, desk.today())
    asked = replace(wish, first_day=first, days=(last - first).days, weekdays=None, after=None, before=None)
    query, index, now = query_for(desk, asked), desk.slots.index(first, last), desk.now()
    obstacles = index.explain(query, start, now)
    reasons = tuple(dict.fromkeys(obstacle_text(obstacle, desk.catalogue()) for obstacle in obstacles))
    remedies = _Remedies(desk, index, query, start).all(obstacles) if obstacles else ()
    return NotThen(
        start, reasons, remedies, _before(desk, index, query, start, day), _after(desk, index, query, start, day)
    )


def _days_around(day: date, today: date) -> tuple[date, date]:
    """From the first day on which an earlier start is looked for to the last for a later one."""
    return min(day, max(today, day - timedelta(days=DAYS_BACK))), day + timedelta(days=DAYS_AHEAD)


class _Remedies:
    """Changes that are each tried by asking the engine, never guessed."""

    def __init__(self, desk: Desk, index: SlotIndex, query: SlotQuery, start: datetime) -> None:
        self._desk, self._index, self._query, self._start = desk, index, query, start

    def all(self, obstacles: tuple[Obstacle, ...]) -> tuple[str, ...]:
        return (*self._moved_visits(obstacles), *self._other_people(), *self._without_night(), *self._override())

    def _moved_visits(self, obstacles: tuple[Obstacle, ...]) -> list[str]:
        """Visits each of which is alone in the way; the visit that is being moved already counts as gone."""
        if self._query.ignore_visit is not None:
            return []
        visits = dict.fromkeys(visit for o in obstacles if isinstance(visit := o.params.get("visit"), int))
        return [
            self._freed(obstacles, visit) for visit in visits if self._fits(replace(self._query, ignore_visit=visit))
        ]

    def _freed(self, obstacles: tuple[Obstacle, ...], visit: object) -> str:
        taken = next(o for o in obstacles if o.params.get("visit") == visit)
        first, last = clock_pair(taken.start, taken.end, self._desk.zone())
        name = self._desk.catalogue().resource(taken.resource).name if taken.resource else "it"
        return f"free {name} from {first} to {last}"

    def _other_people(self) -> list[str]:
        slot = self._fits(replace(self._query, wanted=())) if self._query.wanted else None
        if slot is None:
            return []
        catalogue = self._desk.catalogue()
        codes = [code for code in room_and_clinicians(slot, catalogue) if self._could_replace(code)]
        return [f"take {' and '.join(catalogue.resource(code).name for code in codes)}"] if codes else []

    def _could_replace(self, code: str) -> bool:
        """Of the kind and with every skill of somebody who was asked for."""
        resource = self._desk.catalogue().resource
        wanted = [resource(each) for each in self._query.wanted if each != code]
        return any(
            each.kind is resource(code).kind and set(each.capabilities) & set(resource(code).capabilities)
            for each in wanted
        )

    def _without_night(self) -> list[str]:
        planned = self._query.stay is Stay.PLANNED
        return ["plan it without the night"] if planned and self._fits(replace(self._query, stay=None)) else []

    def _override(self) -> list[str]:
        fits = self._fits(replace(self._query, overriding=OVERRIDABLE))
        return ["book over it with a manager’s reason"] if fits else []

    def _fits(self, query: SlotQuery) -> Slot | None:
        return self._index.slot_at(query, self._start, self._desk.now())


def _before(desk: Desk, index: SlotIndex, query: SlotQuery, start: datetime, day: date) -> Slot | None:
    """The latest start before, that day or in the days before it."""
    for back in range(DAYS_BACK + 1):
        asked = day - timedelta(days=back)
        if asked < desk.today():
            return None
        found = [slot for slot in index.slots_on(query, asked, desk.now()) if slot.start < start]
        if found:
            return found[-1]
    return None


def _after(desk: Desk, index: SlotIndex, query: SlotQuery, start: datetime, day: date) -> Slot | None:
    later = [slot for slot in index.slots_on(query, day, desk.now()) if slot.start > start]
    if later:
        return later[0]
    first = max(day + timedelta(days=1), desk.today())
    ahead = (day + timedelta(days=DAYS_AHEAD) - first).days
    found = index.find(replace(query, first_day=first, days=ahead, limit=1), desk.now()) if ahead > 0 else ()
    return found[0] if found else None
