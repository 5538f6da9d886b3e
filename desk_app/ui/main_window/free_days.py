"""The next free day in the window: for whoever is selected, and it says what was looked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desk_app.application.use_cases.find_slots import FindSlots
from desk_app.application.use_cases.next_free import Free, next_free
from desk_app.application.wording import clock, count, weekday_date
from desk_app.domain.typed_free import FreeDay
from desk_app.domain.zone import local_date
from desk_app.ui.panels.subject import Subject
from desk_app.ui.services import Services

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def asked(wanted: FreeDay) -> str:
    """``next free Tuesday``, ``next free day``"""
    return f"next free {_day(wanted)}"


def go_to_free(services: Services, wanted: FreeDay, subject: Subject, go: Callable[[date], None]) -> None:
    """Looks for the day on the worker, goes there, and says for what it is free."""
    office, feedback = services.office, services.feedback
    wish = wish_of(services, subject)

    def found(free: Free | None) -> None:
        if free is None:
            feedback.refused.emit(f"Within a year no {_day(wanted)} is free for {_what(services, subject, wish)}.")
            return
        day = local_date(free.slot.start, office.zone)
        go(day)
        start = f"{weekday_date(day)} {clock(free.slot.start, office.zone)}"
        feedback.say(f"{start}: the {asked(wanted)} for {_what(services, subject, wish)}", False)

    services.tasks.submit(lambda: next_free(office.desk, wanted.weekday, wish), found, feedback.refuse)


def wish_of(services: Services, subject: Subject) -> FindSlots | None:
    """The search for whoever is selected; None where no procedure of the catalogue is named."""
    catalogue = services.office.catalogue
    if subject.procedure is None or not catalogue.has_procedure(subject.procedure):
        return None
    return FindSlots(
        subject.procedure,
        min(subject.levels, catalogue.procedure(subject.procedure).max_levels),
        clinician=subject.clinician,
        patient_id=subject.patient_id,
        ignore_visit=subject.move,
    )


def _day(wanted: FreeDay) -> str:
    return DAYS[wanted.weekday] if wanted.weekday is not None else "day"


def _what(services: Services, subject: Subject, wish: FindSlots | None) -> str:
    """``Kyphoplasty, 2 levels (Ortiz, Marisol)``, or an hour of any room."""
    if wish is None:
        return "an hour in a room"
    name = services.office.catalogue.procedure(wish.procedure).name
    levels = f", {count(wish.levels, 'level', 'levels')}" if wish.levels > 1 else ""
    return f"{name}{levels}" + (f" ({subject.name})" if subject.name else "")
