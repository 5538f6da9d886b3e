"""Where somebody could lie instead: every bay or bed with what speaks against it, as far as the picture tells.

The use cases decide again when it is done, and the database has the last word.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from desk_app.application.beds_view import Bay, BedsView, Lying, NightColumn
from desk_app.application.wording import clock, weekday_date
from desk_app.domain.bay_course import Nearness
from desk_app.domain.bed_rules import Guest, may_share
from desk_app.domain.practice import Resource
from desk_app.domain.zone import zone_of


class PlaceFit(NamedTuple):
    """A place to lie. ``reason`` speaks against it, "" where nothing does; ``passable``: a manager's reason helps."""

    code: str
    name: str
    reason: str = ""
    passable: bool = False

    @property
    def fits(self) -> bool:
        return not self.reason


def bay_fits(view: BedsView, lying: Lying) -> tuple[PlaceFit, ...]:
    """Every other bay for somebody's stay, from now on where they lie there already."""
    return tuple(bay_fit(view, bay, lying) for bay in view.recovery.bays if bay.resource.code != lying.use.resource)


def bay_fit(view: BedsView, bay: Bay, lying: Lying) -> PlaceFit:
    """Whether somebody's stay has room in a bay."""
    begin, end = _still(view.now, lying)
    zone, resource = zone_of(view.catalogue.settings), bay.resource
    for other in bay.lyings:
        if other.use.appointment_id != lying.use.appointment_id and _meet(other, begin, end):
            words = f"{other.use.family} until {clock(other.cleaned_at, zone)}"
            return PlaceFit(resource.code, resource.name, f"taken: {words}")
    for shade in bay.shut:
        if shade.start < end and begin < shade.end:
            return PlaceFit(resource.code, resource.name, shade.text, passable=True)
    return PlaceFit(resource.code, resource.name)


def bed_fits(view: BedsView, lying: Lying) -> tuple[PlaceFit, ...]:
    """Every other bed for somebody who stays, in all their nights that are shown."""
    mine = [
        column for column in view.nights for each in column.lyings.values()
        if each.use.appointment_id == lying.use.appointment_id
    ]  # fmt: skip
    return tuple(bed_fit(view, bed, lying, mine) for bed in view.beds if bed.code != lying.use.resource)


def bed_fit(view: BedsView, bed: Resource, lying: Lying, nights: list[NightColumn]) -> PlaceFit:
    """Whether a bed has room for somebody in these nights."""
    for column in nights:
        other = column.lyings.get(bed.code)
        if other is not None and other.use.appointment_id != lying.use.appointment_id:
            return PlaceFit(bed.code, bed.name, f"taken: {other.use.family} {weekday_date(column.day)}")
        if bed.code in column.shut:
            return PlaceFit(bed.code, bed.name, f"{column.shut[bed.code]} {weekday_date(column.day)}", passable=True)
        guests = {
            code: Guest(each.use.sex)
            for code, each in column.lyings.items()
            if each.use.appointment_id != lying.use.appointment_id
        }
        if not may_share(view.catalogue, bed, Guest(lying.use.sex), guests):
            return PlaceFit(bed.code, bed.name, "shares its room with the other sex", passable=True)
    return PlaceFit(bed.code, bed.name)


def _still(now: datetime, lying: Lying) -> tuple[datetime, datetime]:
    """What of the stay is still to come, with the cleaning after it."""
    there = lying.course.nearness is Nearness.THERE
    return max(lying.course.start, now) if there else lying.course.start, lying.cleaned_at


def _meet(other: Lying, begin: datetime, end: datetime) -> bool:
    return other.course.start < end and begin < other.cleaned_at and other.course.start < other.course.end
