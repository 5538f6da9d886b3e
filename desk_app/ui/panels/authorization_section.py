"""The authorization as a card shows it: how far it is by word and clock, what it is good for, and who was spoken to."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.application import wording
from desk_app.application.authorization_words import is_overdue, lack_words, ran_out_words, words_of
from desk_app.application.read_models import RequestCard, VisitCard
from desk_app.domain.authorization_match import (
    Planned,
    Standing,
    planned_request,
    planned_visit,
    standing,
    units_taken,
)
from desk_app.domain.authorization_need import is_needed, payer_of
from desk_app.domain.authorization_status import GONE, GRANTED, UNDECIDED
from desk_app.domain.call_records import AuthorizationContact, AuthorizationDocument
from desk_app.domain.payer_clock import running_clock
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.domain.visit_parts import Treated
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Action, Fact, Section, Status

Z = AuthorizationStatus
ICONS = {
    Z.DENIED: "auth-denied",
    Z.NOT_REQUIRED: "check",
    Z.MORE_INFO_NEEDED: "warning",
    Z.PEER_TO_PEER_DUE: "warning",
    Z.EXPIRED: "warning",
    Z.WITHDRAWN: "cancelled",
}
MOST_CONTACTS = 6
STEP = Action("authorization", "Authorization", "Z", "auth")


def icon_of(status: AuthorizationStatus) -> str:
    if status in GRANTED or status is Z.USED:
        return "auth"
    return ICONS.get(status, "auth-wait")


def request_section(card: RequestCard, context: RowContext) -> Section | None:
    """None while no procedure is chosen: nothing can be said of it yet."""
    request, catalogue = card.request, context.catalogue
    if request.procedure is None:
        return None
    payer = payer_of(catalogue, card.patient.payer if card.patient else None, request.payer)
    wanted = Treated(request.procedure, "", request.levels, request.level_names, request.side)
    planned = planned_request(catalogue, wanted, payer.code if payer else None, request.id)
    mine = tuple(each for each in card.approvals if each.request_id == request.id) or card.approvals
    return _section(card, mine, planned, context, is_needed(catalogue, request.procedure, payer), "wanted")


def visit_sections(card: VisitCard, context: RowContext) -> tuple[Section, ...]:
    """One for each procedure of the sitting that payers authorize; one that says so where none is."""
    visit, catalogue = card.appointment, context.catalogue
    if visit.authorized_elsewhere:
        return (Section("Authorization", status=Status("Noted elsewhere", "auth")),)
    payer = payer_of(catalogue, card.patient.payer, card.request_payer)
    found, day = [], context.day_of(visit.start)
    for place, treated in enumerate(visit.treated):
        planned = planned_visit(catalogue, treated, day, visit.phases, payer.code if payer else None, visit.request_id)
        needed = is_needed(catalogue, treated.procedure, payer)
        if needed or place == 0:
            name = treated.name if visit.further else ""
            found.append(_section(card, card.approvals, planned, context, needed, "booked", name))
    return tuple(found)


def current_of(approvals: Iterable[Authorization], procedure: str) -> Authorization | None:
    """The newest that is not done with, else the newest of all; one that is granted before others."""
    mine = [each for each in approvals if each.procedure == procedure]
    alive = [each for each in mine if each.status not in GONE]
    granted = [each for each in alive if each.is_granted]
    best = granted or alive or mine
    return best[-1] if best else None


def _section(
    card: RequestCard | VisitCard,
    approvals: tuple[Authorization, ...],
    planned: Planned,
    context: RowContext,
    needed: bool,
    verb: str,
    name: str = "",
) -> Section:
    title = f"Authorization, {name}" if name else "Authorization"
    held = standing(approvals, planned, units_taken(approvals, card.elsewhere))
    shown = held.approval or current_of(approvals, planned.procedure)
    if shown is None:
        word = Status("Needed", "warning", "nothing sent yet") if needed else Status("Not required", "check")
        return Section(title, status=word, actions=(STEP,) if needed else ())
    facts = (
        *_lacking(held, context, verb),
        *_facts(shown, planned.payer, context),
        *_earlier(approvals, shown, context),
    )
    told = (*_contacts(card, shown, context), *_documents(card, shown, context))
    return Section(title, status=_status(shown, context), facts=facts, paragraphs=told, actions=(STEP,))


def _status(shown: Authorization, context: RowContext) -> Status:
    """The word, and the payer's clock behind it."""
    payer = payer_of(context.catalogue, shown.payer)
    words = words_of(shown, payer, context.now, context.zone)
    word = wording.AUTHORIZATION_WORDS[shown.status.value]
    more = words.removeprefix(word).removeprefix(",").strip()
    late = is_overdue(shown, payer, context.now, context.zone)
    return Status(word.capitalize(), "late" if late else icon_of(shown.status), more)


def _lacking(held: Standing, context: RowContext, verb: str) -> tuple[Fact, ...]:
    told = (lack_words(each, context.catalogue, verb) for each in held.lacks)
    return tuple(Fact("" if place else "But", words, "warning", "warn") for place, words in enumerate(told))


def _facts(shown: Authorization, payer: str | None, context: RowContext) -> tuple[Fact, ...]:
    """The reference of the submission apart from the number of the approval; the payer where another one pays now."""
    people = {each.code: each.name for each in context.catalogue.resources}
    begin, end = wording.birth_date(shown.valid_from), wording.birth_date(shown.valid_to)
    dates = " – ".join(part for part in (begin, end) if part) if begin else (f"until {end}" if end else "")
    units = wording.count(shown.units, "unit", "units") if shown.units is not None else ""
    codes = ", ".join((*shown.cpt, *((units,) if units else ())))
    levels = wording.count(shown.levels, "level", "levels") if shown.levels is not None else ""
    other = next((each.name for each in context.catalogue.payers if each.code == shown.payer != payer), "")
    rows = (
        ("Payer", other),
        ("Number", shown.number),
        ("Reference", shown.submission_reference),
        ("Sent", _sent(shown, context)),
        ("Clock ends", _clock(shown, context)),
        ("Valid", dates),
        ("Codes", codes),
        ("Good for", ", ".join(part for part in (levels, shown.side) if part)),
        ("Physician", people.get(shown.clinician, shown.clinician)),
        ("Place", shown.place),
        ("Note", shown.note),
    )
    return tuple(Fact(label, text) for label, text in rows if text)


def _sent(shown: Authorization, context: RowContext) -> str:
    if shown.submitted_at is None:
        return ""
    when = wording.moment(shown.submitted_at, context.zone, context.today)
    return f"{when}, urgent" if shown.expedited else when


def _clock(shown: Authorization, context: RowContext) -> str:
    payer = payer_of(context.catalogue, shown.payer)
    clock = running_clock(shown.status, shown.submitted_at, shown.expedited, payer, context.zone)
    if clock is None or shown.status not in UNDECIDED:
        return ""
    if clock.has_run_out(context.now):
        return ran_out_words(clock.end, context.now, context.zone).removeprefix("clock ")
    return wording.moment(clock.end, context.zone, context.today)


def _earlier(approvals: Iterable[Authorization], shown: Authorization, context: RowContext) -> tuple[Fact, ...]:
    """Those it has replaced, newest first."""
    names = {each.code: each.short_name or each.name for each in context.catalogue.payers}
    mine = [each for each in approvals if each.id != shown.id and each.procedure == shown.procedure]
    return tuple(
        Fact(
            "Earlier" if place == 0 else "",
            ", ".join(
                part
                for part in (
                    wording.AUTHORIZATION_WORDS[each.status.value],
                    names.get(each.payer or "", ""),
                    each.number or each.submission_reference,
                )
                if part
            ),
            role="text2",
        )
        for place, each in enumerate(reversed(mine))
    )


def _contacts(card: RequestCard | VisitCard, shown: Authorization, context: RowContext) -> tuple[str, ...]:
    """Newest first: ``Fri 20 Nov 10:15 M. Lindahl: Denise, C-889, 9 min on hold. Wants six weeks of care.``"""
    mine = [each for each in card.contacts if each.authorization_id == shown.id]
    return tuple(_contact(each, card, context) for each in reversed(mine[-MOST_CONTACTS:]))


def _contact(said: AuthorizationContact, card: RequestCard | VisitCard, context: RowContext) -> str:
    hold = f"{said.hold_minutes} min on hold" if said.hold_minutes else ""
    told = ", ".join(part for part in (said.spoken_to, said.call_reference, hold) if part) or "spoke to the payer"
    return f"{_who(said.user_id, card)}{wording.moment(said.at, context.zone, context.today)}: {told}" + (
        f". {said.note}" if said.note else ""
    )


def _documents(card: RequestCard | VisitCard, shown: Authorization, context: RowContext) -> tuple[str, ...]:
    mine = [each for each in card.documents if each.authorization_id == shown.id]
    return tuple(_document(each, card, context) for each in reversed(mine))


def _document(sent: AuthorizationDocument, card: RequestCard | VisitCard, context: RowContext) -> str:
    way = f" by {sent.way}" if sent.way else ""
    when = wording.moment(sent.sent_at, context.zone, context.today)
    return f"{_who(sent.user_id, card)}{when}: sent {sent.name}{way}" + (f". {sent.note}" if sent.note else "")


def _who(user_id: int | None, card: RequestCard | VisitCard) -> str:
    name = card.users.get(user_id, "") if user_id is not None else ""
    return f"{name}, " if name else ""
