"""Changes to the short-notice list, and its offers with their answers, as the window starts them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.short_notice_text import entry_words
from desk_app.application.start_runs import room_and_clinicians
from desk_app.application.use_cases import offer_answers, offering, short_notice
from desk_app.application.use_cases.offer_answers import Accepted
from desk_app.application.use_cases.offering import Offered, OfferStart
from desk_app.application.use_cases.short_notice_fits import ShortFit
from desk_app.domain.records import Offer, ShortNotice, Wishes
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.objecting import NOTHING_SEEN, objection_question
from desk_app.ui.operations.words import short_name

Then = Callable[[object], object]


def listing(kind: str, number: int) -> Change:
    """Puts a ``visit`` or a ``request`` on the list."""
    put = short_notice.put_visit_on if kind == "visit" else short_notice.put_request_on
    return Change(lambda desk: put(desk, number), _listed("on the short-notice list"))


def taking_off(entry: ShortNotice) -> Change:
    return Change(lambda desk: short_notice.take_off(desk, entry.id, entry.version), _off)


def wishing(entry: ShortNotice, wishes: Wishes, notice_hours: int, then: Then, refused: Refused) -> Change:
    """Other days, times or notice."""
    return Change(
        lambda desk: short_notice.change(desk, entry.id, wishes, notice_hours, entry.version),
        _listed("can come"),
        then,
        refused=refused,
    )


def offering_to(office: Office, fit: ShortFit, column: str, then: Then) -> Change:
    """Keeps the start that was shown for them, in that room and with those people."""
    entry = fit.person.entry
    wanted = room_and_clinicians(fit.slot, office.catalogue)
    wish = OfferStart(entry.id, column, fit.slot.start, wanted, entry.version, uuid4())

    def said(desk: Desk, outcome: Outcome[Offered]) -> str:
        held = outcome.value.held
        assert held.hold_until is not None
        when = wording.moment(held.start, desk.zone(), desk.today())
        until = wording.moment(held.hold_until, desk.zone(), desk.today())
        return f"Offered {when} to {short_name(fit.person.patient)}, kept until {until}"

    return Change(lambda desk: offering.offer(desk, wish), said, then)


def accepting(
    run: Run,
    office: Office,
    appointment_id: int,
    version: int,
    then: Then,
    why: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
) -> Change:
    """A yes; what has come up since the offer is asked once."""

    def again(reason: str, codes: frozenset[str]) -> None:
        run(accepting(run, office, appointment_id, version, then, reason, codes))

    def said(desk: Desk, outcome: Outcome[Accepted]) -> str:
        answer = outcome.value
        name = short_name(desk.queries.visit_card(answer.visit.id).patient)
        when = wording.moment(answer.visit.start, desk.zone(), desk.today())
        if answer.freed_start is None:
            return f"{name} comes {when}"
        return f"{name} comes {when} instead of {wording.moment(answer.freed_start, desk.zone(), desk.today())}"

    return Change(
        lambda desk: offer_answers.accept(desk, appointment_id, why, version, seen),
        said,
        then,
        lambda fault: objection_question("Accept all the same", "A", fault, office.catalogue, again),
    )


def declining(appointment_id: int, version: int, then: Then) -> Change:
    def said(desk: Desk, outcome: Outcome[Offer]) -> str:
        name = short_name(desk.queries.visit_card(appointment_id).patient)
        return f"{name} cannot come {wording.moment(outcome.value.start, desk.zone(), desk.today())}"

    return Change(lambda desk: offer_answers.decline(desk, appointment_id, version), said, then)


def _listed(what: str) -> Callable[[Desk, Outcome[ShortNotice]], str]:
    return lambda desk, outcome: f"{_name(desk, outcome.value)} {what}: {entry_words(outcome.value)}"


def _off(desk: Desk, outcome: Outcome[ShortNotice]) -> str:
    return f"{_name(desk, outcome.value)} off the short-notice list"


def _name(desk: Desk, entry: ShortNotice) -> str:
    return short_name(desk.queries.patient_card(entry.patient_id, desk.now()).patient)
