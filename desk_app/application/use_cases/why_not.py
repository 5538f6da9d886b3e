"""Why nothing fits on a day, or outside the starts that do: stretch by stretch, each with its reasons in words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from desk_app.application.desk import Desk
from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.schedule_view import Unfit
from desk_app.application.sentences import sentence
from desk_app.application.use_cases.find_slots import FindSlots, query_for
from desk_app.domain.practice import Catalogue, ProcedureType, Resource, ResourceKind
from desk_app.domain.slots import Obstacle, SlotIndex, SlotQuery
from desk_app.domain.zone import day_span, zone_of

MOST_REASONS = 2


def why_not(desk: Desk, wish: FindSlots, day: date) -> tuple[Unfit, ...]:
    """Every stretch of the opening hours in which this does not fit on that day. Raises WrongInput as ``find`` does."""
    query = query_for(desk, wish)
    index, now = desk.slots.index(day, day), desk.now()
    fitting = {slot.start for slot in index.slots_on(query, day, now)}
    return unfit(desk.catalogue(), index, query, day, fitting, now)


def unfit(
    catalogue: Catalogue,
    index: SlotIndex,
    query: SlotQuery,
    day: date,
    fitting: set[datetime],
    now: datetime,
    column: str | None = None,
) -> tuple[Unfit, ...]:
    """Every other start of the opening hours with its first reasons, equal neighbours joined.

    In the column of one resource the others of its kind are not to blame.
    """
    if column is not None and not serves(catalogue.resource(column), query.procedure):
        words = {"resource": catalogue.resource(column).name, "procedure": query.procedure.name}
        return (Unfit(*opening_hours(index, catalogue, day), sentence("unsuitable", words)),)
    step = timedelta(minutes=catalogue.settings.cell_minutes)
    at, end = opening_hours(index, catalogue, day)
    pieces: list[Unfit] = []
    while at < end:
        if at not in fitting:
            reason = in_words(obstacles_in(index, query, at, now, column, catalogue), catalogue)
            if pieces and pieces[-1].end == at and pieces[-1].reason == reason:
                pieces[-1] = Unfit(pieces[-1].start, at + step, reason)
            else:
                pieces.append(Unfit(at, at + step, reason))
        at += step
    return tuple(pieces)


def reasons_of(
    catalogue: Catalogue,
    index: SlotIndex,
    query: SlotQuery,
    starts: Collection[datetime],
    now: datetime,
    column: str,
) -> dict[datetime, str]:
    """What speaks against each of these starts in one column, in words."""
    return {at: in_words(obstacles_in(index, query, at, now, column, catalogue), catalogue) for at in starts}


def serves(resource: Resource, procedure: ProcedureType) -> bool:
    """Whether a procedure has a need that this resource can meet."""
    return any(
        need.kind is resource.kind and set(need.capabilities) <= set(resource.capabilities)
        for phase in procedure.phases
        for need in phase.needs
    )


def obstacles_in(
    index: SlotIndex, query: SlotQuery, at: datetime, now: datetime, column: str | None, catalogue: Catalogue
) -> tuple[Obstacle, ...]:
    """What is in the way of a start; in the column of one resource the others of its kind are not to blame."""
    found = index.explain(query, at, now)
    if column is None:
        return found
    kind = catalogue.resource(column).kind
    others = tuple(o for o in found if o.resource is None or catalogue.resource(o.resource).kind is not kind)
    return index.against(query, column, at, now) + others or found


def in_words(obstacles: tuple[Obstacle, ...], catalogue: Catalogue) -> str:
    """The first label's reasons: what one resource fewer in the way would change."""
    sentences = dict.fromkeys(obstacle_text(obstacle, catalogue) for obstacle in obstacles)
    return " ".join(list(sentences)[:MOST_REASONS])


def opening_hours(index: SlotIndex, catalogue: Catalogue, day: date) -> tuple[datetime, datetime]:
    """From the first opening to the last closing of any room, on the grid; an empty stretch on a closed day."""
    begin, end = day_span(day, zone_of(catalogue.settings))
    opened = []
    for room in catalogue.of_kind(ResourceKind.PROCEDURE_ROOM):
        gaps = [(p.start, p.end) for p in index.closings(room.code, day, begin) if p.code == "closed"]
        first = next((stop for start, stop in gaps if start == begin and stop), begin)
        last = next((start for start, stop in gaps if stop == end and start), end)
        if first < last:
            opened.append((first, last))
    return (min(o[0] for o in opened), max(o[1] for o in opened)) if opened else (begin, begin)
