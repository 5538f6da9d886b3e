"""Holds: a longer one by a key, and what is said of those that have lapsed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from desk_app.application import wording
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases import gap_fits
from desk_app.application.use_cases.extend_hold import extend_hold
from desk_app.domain.records import Appointment, Offer
from desk_app.ui.operations.change import Change, Refused
from desk_app.ui.operations.words import short_name

MOST_NAMES = 3


def extending(
    appointment_id: int,
    version: int | None,
    until: datetime | None = None,
    refused: Refused | None = None,
    then: Callable[[object], object] | None = None,
) -> Change:
    """Holds a visit longer: by the payer's clock, or until a time that was typed."""

    def said(desk: Desk, outcome: Outcome[Appointment]) -> str:
        visit = outcome.value
        assert visit.hold_until is not None
        name = short_name(desk.queries.visit_card(visit.id).patient)
        return f"{name}: held until {wording.moment(visit.hold_until, desk.zone(), desk.today())}"

    return Change(lambda desk: extend_hold(desk, appointment_id, until, version), said, then, refused=refused)


def lapse_words(desk: Desk, visits: Iterable[Appointment]) -> str:
    """``Hold of Y. Haddad lapsed; call to book is due``; on the worker."""
    lapsed = tuple(visits)
    if len(lapsed) != 1:
        names = [short_name(desk.queries.visit_card(visit.id).patient) for visit in lapsed[:MOST_NAMES]]
        more = " and others" if len(lapsed) > MOST_NAMES else ""
        return f"{len(lapsed)} holds lapsed: {', '.join(names)}{more}" if lapsed else ""
    visit = lapsed[0]
    if (line := desk.queries.visit_card(visit.id).offer) is not None:
        return _offer_words(desk, visit, line.offer)
    said = f"Hold of {short_name(desk.queries.visit_card(visit.id).patient)} lapsed"
    call = _next_call(desk, visit)
    return f"{said}; {call} is due" if call else said


def _offer_words(desk: Desk, visit: Appointment, made: Offer) -> str:
    """Who did not answer in time, and who could come instead."""
    when = wording.moment(made.start, desk.zone(), desk.today())
    said = f"No answer from {short_name(desk.queries.visit_card(visit.id).patient)} for {when}"
    able = gap_fits.fits(desk, made.column, made.start).short.able
    others = [each.person.patient for each in able if each.person.entry.id != made.short_notice_id]
    return f"{said}; next is {short_name(others[0])}" if others else f"{said}; the start is free again"


def _next_call(desk: Desk, visit: Appointment) -> str:
    """What its request waits for now, in words; nothing where it has none."""
    if visit.request_id is None:
        return ""
    call = desk.queries.request_card(visit.request_id, desk.now()).next_action
    words = wording.CALL_WORDS.get(call.kind, "") if call else ""
    return words[:1].lower() + words[1:]
