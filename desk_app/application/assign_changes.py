"""From the engine's answer to changes in words: what is wrong where somebody is, who goes first, what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desk_app.application.assign_problem import Asked, nights_of
from desk_app.application.assigning import PlaceChange, Unsolved, is_bed, key_of
from desk_app.application.beds_view import BedsView
from desk_app.application.places import WISH_WORDS
from desk_app.application.wording import clock
from desk_app.domain.assignment import Assigned
from desk_app.domain.assignment.problem import may_not_share, meet
from desk_app.domain.bay_course import Nearness
from desk_app.domain.bed_rules import Guest, missing_wishes
from desk_app.domain.zone import zone_of

SHARES = "shares its room with the other sex"


class Told:
    """What is to be said of one kind of place."""

    def __init__(self, view: BedsView, asked: Asked, found: Assigned) -> None:
        self._view, self._asked, self._found = view, asked, found
        self._stretches = asked.problem.stretches
        self._spots = {spot.code: spot for spot in asked.problem.spots}
        self._now = dict(enumerate(asked.places))
        self._then = {**self._now, **found.places}
        """Who finds no place stays booked where they are."""

        self._moved = [number for number in self._now if self._then[number] != self._now[number]]

    def changes(self) -> tuple[PlaceChange, ...]:
        """In an order in which whoever makes room goes first, as far as nobody changes places with another."""
        found = []
        for number in self._in_order():
            lying = self._asked.lyings[number]
            after = tuple(key_of(self._asked.lyings[other]) for other in self._after(number))
            nights, to = nights_of(self._view, lying), self._then[number]
            found.append(PlaceChange(lying, nights, to, self._why(number), after))
        return tuple(found)

    def unsolved(self) -> tuple[Unsolved, ...]:
        """Whoever has no place that is theirs, or one that is not as it should be."""
        found = []
        for number, lying in enumerate(self._asked.lyings):
            if lying.course.nearness is not Nearness.OVER and (why := self._left(number)):
                found.append(Unsolved(lying, nights_of(self._view, lying), why))
        return tuple(found)

    def _in_order(self) -> Iterator[int]:
        waiting = list(self._moved)
        while waiting:
            free = next((each for each in waiting if not set(self._after(each)) & set(waiting)), waiting[0])
            waiting.remove(free)
            yield free

    def _after(self, number: int) -> list[int]:
        """Whose leaving makes the new place free, or its room one that may be shared."""
        return [
            other
            for other in self._moved
            if other != number
            and (
                self._clash(number, other, self._then[number], self._now[other])
                or self._wrong_room(number, other, self._then[number], self._now[other])
            )
        ]

    def _why(self, number: int) -> str:
        told = [*self._wrong_at(number, self._now)]
        if not told:
            others = [other for other in self._moved if number in self._after(other)]
            told = [f"makes room for {_families(self._asked.lyings[other].use.family for other in others)}"]
        return "; ".join(dict.fromkeys(told))

    def _left(self, number: int) -> str:
        lying = self._asked.lyings[number]
        kind = "bed" if is_bed(lying) else "bay"
        told = "; ".join(dict.fromkeys(self._wrong_at(number, self._then)))
        if number in self._found.places or not told:
            return f"no other {kind} is better: {told}" if told else ""
        return f"no other {kind} is free: {told}"

    def _wrong_at(self, number: int, places: Mapping[int, str]) -> Iterator[str]:
        """Everything that is wrong where somebody is in an assignment."""
        lying, place = self._asked.lyings[number], places[number]
        resource = self._view.catalogue.resource(place)
        if reason := self._asked.against[number].get(place):
            yield f"{resource.name} {reason}" if reason[:1].islower() else f"{resource.name}: {reason}"
        for other, there in places.items():
            if other != number and self._clash(number, other, place, there):
                yield self._taken(other)
        if any(other != number and self._wrong_room(number, other, place, there) for other, there in places.items()):
            yield SHARES
        missing = missing_wishes(resource, Guest(lying.use.sex, lying.use.wishes)) if is_bed(lying) else ()
        if missing:
            yield f"{', '.join(WISH_WORDS[wish] for wish in missing)} wished"

    def _taken(self, other: int) -> str:
        lying = self._asked.lyings[other]
        until = max(lying.use.blocked_until, lying.cleaned_at)
        place = self._view.catalogue.resource(lying.use.resource).name
        return f"{place} taken by {lying.use.family} until {clock(until, zone_of(self._view.catalogue.settings))}"

    def _clash(self, one: int, other: int, place: str, there: str) -> bool:
        spans = self._stretches[one].spans, self._stretches[other].spans
        return place == there and meet(*spans, self._spots[place].cleaning)

    def _wrong_room(self, one: int, other: int, place: str, there: str) -> bool:
        room = self._spots[place].room
        apart = place != there and bool(room) and room == self._spots[there].room
        return apart and may_not_share(self._stretches[one], self._stretches[other])


def _families(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "others"
