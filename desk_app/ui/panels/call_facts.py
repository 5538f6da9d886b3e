"""What a call's card and its form tell: who is called, what to say, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application import wording
from desk_app.application.call_line_words import (
    PRIORITIES,
    about_words,
    codes_words,
    is_payers,
    kind_words,
    payer_words,
)
from desk_app.application.call_rows import CallCard, CallLine
from desk_app.application.call_words import OUTCOME_WORDS
from desk_app.application.phone_words import hours_words, is_closed, option_words, written_number
from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.call_windows import window_of
from desk_app.domain.practice import Payer
from desk_app.domain.visit_parts import AlertKind
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Fact
from desk_app.ui.panels.person_words import person_line

MOST_HISTORY = 6
CONSENT: Mapping[str, str] = {
    "yes": "messages may be left",
    "no": "no messages, please",
    "": "nobody has asked about messages",
}


def title_words(card: CallCard) -> str:
    return " ".join(card.line.name.split()) or "No name"


def subtitle_words(card: CallCard, context: RowContext) -> str:
    """``M, 69 · 17 Sep 1957 · MRN 198 442``; of somebody without a chart what is known."""
    if card.patient is not None:
        return person_line(card.patient, context.today)
    born = wording.birth_date(card.line.birth_date)
    return " · ".join(part for part in (born, "no chart yet") if part)


def number_words(line: CallLine) -> str:
    return written_number(line.phone) or "no number"


def beside_number(line: CallLine) -> str:
    """What is pressed there and whose line it is; of a person's number its label and whether messages may be left."""
    if is_payers(line):
        return ", ".join(part for part in (option_words(line.phone_label), line.payer_name) if part)
    if not line.phone:
        return ""
    return ", ".join(part for part in (line.phone_label, CONSENT.get(line.messages, "")) if part)


def what_to_say(card: CallCard, context: RowContext) -> tuple[Fact, ...]:
    """For a payer all that it asks for; for a person what the call is about."""
    return _to_payer(card.line, context) if is_payers(card.line) else _to_person(card, context)


def say_title(card: CallCard) -> str:
    return "Say this" if is_payers(card.line) else "About"


def _to_payer(line: CallLine, context: RowContext) -> tuple[Fact, ...]:
    settings = context.catalogue.settings
    units = wording.count(line.units, "unit", "units") if line.units else ""
    levels = line.level_names or (wording.count(line.levels, "level", "levels") if line.levels > 1 else "")
    codes = ", ".join(part for part in (codes_words(line, context.catalogue), units, levels, line.side) if part)
    npi = f"NPI {settings.npi[:4]} {settings.npi[4:7]} {settings.npi[7:]}".rstrip() if settings.npi else ""
    facts = [
        Fact("Member", line.member_id or "not known", "" if line.member_id else "warning", _needed(line.member_id)),
        Fact("Born", wording.birth_date(line.birth_date) or "not known"),
        Fact("Codes", codes or "no procedure chosen"),
        Fact("Reference", line.reference or "none yet"),
        Fact("Our line", npi or settings.phone or "not set up"),
        *([Fact("Call back", settings.phone)] if npi and settings.phone else []),
        Fact("Stands", payer_words(line, context.now)),
    ]
    hours = hours_words(_payer_of(line, context))
    closed = is_closed(_payer_of(line, context), context.now.astimezone(context.zone).time())
    answers = Fact("Answers", f"{hours} · closed now", "late", "warn") if closed else Fact("Answers", hours)
    return (*facts, *((answers,) if hours else ()), *_noted(line))


def _needed(text: str) -> str:
    return "text" if text else "warn"


def _to_person(card: CallCard, context: RowContext) -> tuple[Fact, ...]:
    line = card.line
    facts = [Fact("Call", kind_words(line)), Fact("About", about_words(line, context.now, context.zone) or "–")]
    if line.call_window:
        window = window_of(line.call_window)
        away = window is not None and not window.is_open(context.now, context.zone)
        more = (" · not now", "late", "warn") if away else ("", "", "text")
        facts.append(Fact("Reached", line.call_window + more[0], *more[1:]))
    if line.do_not_contact:
        facts.append(Fact("Calls", "wishes none", "warning", "warn"))
    if card.patient is not None:
        spoken = next((each for each in card.patient.alerts if each.kind is AlertKind.INTERPRETER), None)
        language = spoken.detail if spoken is not None else card.patient.language
        if spoken is not None or (language and language.casefold() not in ("en", "english")):
            facts.append(Fact("Language", f"{language or 'another one'}", "interpreter"))
    if card.visit is not None and card.visit.escort:
        facts.append(Fact("Escort", card.visit.escort))
    return (*facts, *_noted(line))


def _noted(line: CallLine) -> tuple[Fact, ...]:
    """What somebody left for whoever calls next, and whose it is."""
    told = (("Note", line.note), ("Priority", PRIORITIES.get(line.priority, "")))
    return tuple(Fact(label, text) for label, text in told if text)


def _payer_of(line: CallLine, context: RowContext) -> Payer | None:
    return next((each for each in context.catalogue.payers if each.code == line.payer), None)


def history_words(card: CallCard, context: RowContext) -> tuple[str, ...]:
    """``Fri 20 Nov 09:12 M. Lindahl: still pending, wants six weeks``: newest first."""
    at = {each.at for each in card.attempts}
    told: list[Attempt | AuthorizationContact] = [*card.attempts]
    told += [each for each in card.contacts if each.at not in at]
    told.sort(key=lambda each: each.at, reverse=True)
    return tuple(_told(each, card, context) for each in told[:MOST_HISTORY])


def _told(each: Attempt | AuthorizationContact, card: CallCard, context: RowContext) -> str:
    when = wording.moment(each.at, context.zone, context.today)
    head = f"{when} {card.users.get(each.user_id or 0, '')}".rstrip()
    result = OUTCOME_WORDS.get(each.outcome or "", "").lower().removesuffix(" …")
    spoke = f"spoke to {each.spoken_to}" if each.spoken_to else ""
    reference = f"ref. {each.call_reference}" if each.call_reference else ""
    return f"{head}: {', '.join(part for part in (result, spoke, reference, each.note) if part) or 'called'}"
