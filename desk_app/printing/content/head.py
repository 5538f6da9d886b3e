"""The head of a day sheet: its date in full, the day in figures, and what somebody has to see to first."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from desk_app.application.wording import clock, count, full_date
from desk_app.domain.names import fold_name
from desk_app.domain.practice import ResourceKind
from desk_app.domain.zone import local_date
from desk_app.printing.content.facts import DayFacts, Printing, recovery_peak
from desk_app.printing.content.notes import warnings_of
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.sheet import Notice
from desk_app.printing.content.visits import SheetVisit

NAMED_ONE_BY_ONE = 6
"""A warning that more visits share is told as a count: every row says it too."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def title_of(day: date) -> str:
    """``Monday 23 November 2026``, whatever language the machine speaks."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def figures_of(facts: DayFacts, profile: Profile, shown: int | None = None) -> tuple[str, ...]:
    """Visits and the peak in recovery, then the night's beds; a wall needs the first figure only.

    All of the whole day, however many of its visits are ``shown``.
    """
    visits = count(len(facts.visits), "visit", "visits")
    if shown is not None:
        visits = f"{shown} of {visits}"
    if not profile.names_patients:
        return (visits,)
    peak, bays = recovery_peak(facts.visits), facts.catalogue.of_kind(ResourceKind.RECOVERY_BAY)
    if peak is not None:
        opened = sum(1 for bay in bays if facts.opening(bay)) or len(bays)
        visits += f" · recovery peak {peak.bays} of {opened} bays at {clock(peak.at, facts.zone)}"
    if not facts.catalogue.of_kind(ResourceKind.OVERNIGHT_BED):
        return (visits,)
    night = facts.night
    return (visits, f"tonight: {night.planned} planned, {night.kept} kept, {night.staffed} staffed")


def changes_told(facts: Printing) -> str:
    """The empty text on a first version."""
    if facts.last is None:
        return ""
    return f"version {facts.version}, marks what changed since version {facts.last.version}"


def printed_by(facts: Printing) -> str:
    """``Printed Mon 23 Nov 2026 07:38 by A. Reyes``"""
    when = f"{full_date(local_date(facts.now, facts.zone))} {clock(facts.now, facts.zone)}"
    return f"Printed {when} by {facts.user}"


def notices_of(facts: DayFacts, profile: Profile) -> tuple[Notice, ...]:
    """``Abernathy: no escort``, in the order of the day; ``not confirmed: 14 visits`` where many share it."""
    if not profile.names_patients:
        return ()
    told = [(visit, warning) for visit in facts.visits for warning in warnings_of(visit, profile, facts.zone)]
    frequent = {what for what, number in Counter(what for _, what in told).items() if number > NAMED_ONE_BY_ONE}
    by_visit: dict[SheetVisit, list[str]] = defaultdict(list)
    for visit, what in told:
        if what not in frequent:
            by_visit[visit].append(what)
    shared = Counter(fold_name(visit.family) for visit in facts.visits)
    one_by_one = [
        Notice(_called(visit, shared[fold_name(visit.family)] > 1, facts), ", ".join(warnings))
        for visit, warnings in by_visit.items()
    ]
    counted = [
        Notice("", f"{what}: {count(sum(1 for _, each in told if each == what), 'visit', 'visits')}")
        for what in dict.fromkeys(what for _, what in told)
        if what in frequent
    ]
    return (*one_by_one, *counted)


def _called(visit: SheetVisit, is_shared: bool, facts: DayFacts) -> str:
    """The surname, with the time where somebody else of that day has it too."""
    return f"{visit.family} {clock(visit.procedure_start, facts.zone)}" if is_shared else visit.family
