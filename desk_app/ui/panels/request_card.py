"""A request's card: who asks, whether they are perhaps known, what they want, and the messages as received."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.read_models import RequestCard
from desk_app.domain.authorization_need import AuthorizationNeed
from desk_app.domain.records import Request
from desk_app.domain.request_review import MISSING_WORDS, missing, need_of
from desk_app.domain.statuses import OPEN_REQUESTS, RequestStatus, Urgency
from desk_app.ui.models.comparison import compared
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.authorization_section import request_section
from desk_app.ui.panels.card_content import Action, CardContent, ChipSpec, Fact, Section
from desk_app.ui.panels.person_words import alert_chips, number, person_line, phone_words, since, spaced
from desk_app.ui.panels.short_notice_card import PUT_ON, listed_section, offered_section
from desk_app.ui.panels.visit_card import history_words

DAY_NAMES = wording.WEEKDAYS
MAX_MESSAGE = 1500
GONE = frozenset({RequestStatus.DECLINED, RequestStatus.WITHDRAWN, RequestStatus.DUPLICATE})
COMPLETING = {
    "person": "Find or make the chart",
    "procedure": "Choose the procedure",
    "payer": "Say who pays",
    "birth_date": "Add the birth date",
    "member_id": "Add the member number",
    "diagnoses": "Add a diagnosis code",
    "levels": "Name the levels",
    "phone": "Add a phone number",
}
"""What leads to the field of what is missing."""


def request_content(card: RequestCard, context: RowContext) -> CardContent:
    """The card in words; everything a stranger wrote stays plain text."""
    request, patient = card.request, card.patient
    phones = patient.phones if patient and patient.phones else request.contact.phones
    phone, phone_more = phone_words(phones)
    subtitle = f"Request {wording.SOURCE_WORDS[request.source.value]}, {since(request.received_at, context.now)}"
    return CardContent(
        name=patient.name if patient else request.contact.name or "No name",
        subtitle=person_line(patient, context.today) if patient else subtitle,
        phone=phone,
        phone_more=phone_more,
        badge=_badge(request),
        chips=alert_chips(patient.alerts) if patient else (),
        sections=tuple(section for section in _sections(card, context) if section is not None),
        primary=_primary(card),
        secondary=_secondary(card),
    )


def _sections(card: RequestCard, context: RowContext) -> tuple[Section | None, ...]:
    return (
        _ended(card, context),
        _suggestion(card),
        _duplicate(card.request),
        _next(card, context),
        _missing(card, context),
        _wants(card, context),
        _contact(card, context),
        _payer(card),
        request_section(card, context),
        offered_section(card.offer, context),
        _visits(card, context),
        listed_section(card.short_notice),
        _messages(card, context),
        _history(card, context),
    )


def _badge(request: Request) -> ChipSpec | None:
    if request.urgency is Urgency.URGENT:
        return ChipSpec("urgent", "warning", "bad")
    if request.urgency is Urgency.SOON:
        return ChipSpec("soon")
    return None


def _suggestion(card: RequestCard) -> Section | None:
    known = card.suggestion
    if known is None or card.patient is not None:
        return None
    return Section(
        headline=f"Perhaps known: likeness {card.likeness} %",
        paragraphs=(f"What was written, and the chart with MRN {spaced(known.mrn)}",),
        compared=compared(card.request.contact, known),
        actions=(Action("link", "Same person", "L", "link"), Action("create_patient", "Create", "C", "plus")),
        icon="patients",
        tone="warn",
    )


def _duplicate(request: Request) -> Section | None:
    if request.possible_duplicate_of is None:
        return None
    other = request.possible_duplicate_of
    return Section(
        headline=f"Perhaps the same person as request {other}",
        paragraphs=("Name, birth date or phone are very alike.",),
        actions=(
            Action(f"show_request:{other}", f"Show request {other}"),
            Action("duplicate", "It is a duplicate", "U"),
        ),
        icon="link",
        tone="warn",
    )


def _ended(card: RequestCard, context: RowContext) -> Section | None:
    """Why and when, of one that is declined, withdrawn or a duplicate."""
    request = card.request
    if request.status not in GONE:
        return None
    when = wording.moment(card.ended_at, context.zone, context.today) if card.ended_at else ""
    word = wording.STATUS_WORDS[request.status.value]
    facts = [Fact(word, when)] if when else []
    if request.status is RequestStatus.DUPLICATE and request.possible_duplicate_of is not None:
        facts.append(Fact("Why", f"the same as request {request.possible_duplicate_of}"))
    elif card.end_reason:
        facts.append(Fact("Why", wording.END_WORDS.get(card.end_reason, card.end_reason)))
    return Section("Ended", facts=tuple(facts)) if facts else None


def _next(card: RequestCard, context: RowContext) -> Section | None:
    """The one next action, as the inbox tells it."""
    call = card.next_action
    if card.request.status not in OPEN_REQUESTS or call is None:
        return None
    late = call.due < context.now
    due = wording.due(call.due, context.now, context.zone)
    told = wording.CALL_WORDS.get(call.kind.value, call.kind.value)
    return Section("Next action", facts=(Fact(due, told, "late" if late else "", "warn" if late else "text"),))


def _missing(card: RequestCard, context: RowContext) -> Section | None:
    """What keeps it from its next step, each a button that leads to its field."""
    if card.request.status not in OPEN_REQUESTS:
        return None
    lacks = missing(context.catalogue, card.request, card.patient)
    if not lacks:
        return None
    need = need_of(context.catalogue, card.request, card.patient)
    needed = card.request.procedure is not None and need is not AuthorizationNeed.NOT_NEEDED
    words = ", ".join(MISSING_WORDS[field] for field in lacks)
    actions = tuple(
        Action(f"review:{field}", COMPLETING[field], "M" if place == 0 else "") for place, field in enumerate(lacks)
    )
    return Section(
        headline=f"Missing for {'the authorization' if needed else 'booking'}",
        paragraphs=(f"{words[0].upper()}{words[1:]}.",),
        actions=actions,
        icon="info",
        tone="warn",
    )


def _wants(card: RequestCard, context: RowContext) -> Section:
    request, wishes = card.request, card.request.wishes
    facts = [Fact("Procedure", _procedure(request, context))]
    if request.procedure is not None and request.procedure_text:
        facts.append(Fact("In their words", " ".join(request.procedure_text.split())[:200]))
    if request.side:
        facts.append(Fact("Side", request.side))
    if request.diagnoses:
        facts.append(Fact("Diagnosis", ", ".join(request.diagnoses)))
    days = ", ".join(DAY_NAMES[day] for day in wishes.weekdays)
    best = " ".join(part for part in (days, wishes.part_of_day) if part)
    facts += [Fact(label, text) for label, text in (("Best times", best), ("Call", wishes.call_window)) if text]
    facts += [Fact(label, text) for label, text in (("Referred by", request.referrer), ("Note", request.note)) if text]
    return Section("Wants", facts=tuple(facts))


def _procedure(request: Request, context: RowContext) -> str:
    if request.procedure is None:
        words = " ".join(request.procedure_text.split())[:200]
        return f"not chosen: “{words}”" if words else "not chosen"
    known = context.catalogue.has_procedure(request.procedure)
    name = context.catalogue.procedure(request.procedure).name if known else request.procedure
    levels = wording.count(request.levels, "level", "levels")
    return f"{name} {request.level_names}".rstrip() + f", {levels}"


def _contact(card: RequestCard, context: RowContext) -> Section | None:
    contact = card.request.contact
    if card.patient is not None:
        return None
    born = wording.birth_date(contact.birth_date) or contact.birth_date_text
    odd = contact.birth_date is None and bool(contact.birth_date_text)
    facts = [Fact("Born", born or "not given", "warning" if odd else "", "warn" if odd else "text")]
    facts += [Fact("Phone", number(phone)) for phone in contact.phones]
    if contact.email:
        facts.append(Fact("Mail", contact.email))
    return Section("As written", facts=tuple(facts))


def _payer(card: RequestCard) -> Section | None:
    contact = card.request.contact
    payer = card.payer or contact.payer_text
    if not payer:
        return None
    member = (card.patient.member_id if card.patient else "") or contact.member_id
    return Section("Payer", facts=(Fact("Payer", " · ".join(part for part in (payer, member) if part)),))


def _visits(card: RequestCard, context: RowContext) -> Section | None:
    if not card.visits:
        return None
    facts = tuple(
        Fact(wording.moment(line.start, context.zone, context.today), wording.STATUS_WORDS[line.status])
        for line in card.visits
    )
    return Section("Visits", facts=facts)


def _messages(card: RequestCard, context: RowContext) -> Section | None:
    if not card.messages:
        return None
    title = "As received" if len(card.messages) == 1 else f"As received, {len(card.messages)} messages"
    told = tuple(
        f"{wording.moment(message.received_at, context.zone, context.today)}\n{message.text.strip()[:MAX_MESSAGE]}"
        for message in card.messages
    )
    return Section(title, paragraphs=told)


def _history(card: RequestCard, context: RowContext) -> Section | None:
    if not card.history:
        return None
    lines = tuple(
        f"{wording.moment(line.at, context.zone, context.today)} {line.user}: {history_words(line)}"
        for line in card.history[:6]
    )
    return Section("History", paragraphs=lines)


def _primary(card: RequestCard) -> Action | None:
    request = card.request
    if request.status not in OPEN_REQUESTS:
        return None
    if request.procedure is None:
        return Action("review:procedure", "Choose the procedure", "Enter", "requests")
    return Action("find_slot", "Find slot", "Enter", "find-slot")


def _secondary(card: RequestCard) -> tuple[Action, ...]:
    request = card.request
    if request.status in OPEN_REQUESTS:
        chart = card.patient is None and card.suggestion is None
        return (
            Action("review", "Review", "R", "setup"),
            *((Action("create_patient", "New chart", "C", "plus"),) if chart else ()),
            Action("decline", "Decline", "D", "close"),
            Action("withdraw", "Withdrawn", "W", "cancelled"),
            Action("tray", "To the tray", "T", "tray"),
            Action("letter", "Letter", "I", "letter"),
            *((PUT_ON,) if card.patient is not None and card.short_notice is None else ()),
        )
    if request.status in GONE:
        return (Action("reopen", "Open again", "O", "undo"),)
    return ()
