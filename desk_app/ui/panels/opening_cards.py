"""The cards of a blocked stretch and of a block: what, why, until when, who stands in it, and what can be done."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk_app.application import wording
from desk_app.application.blockout_calls import can_move
from desk_app.application.read_models import ConcernedVisit, HistoryLine
from desk_app.application.use_cases.blockouts import BlockoutCard
from desk_app.application.use_cases.blocks import SessionCard
from desk_app.domain.practice import BlockoutKind
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.block_fields import rule_words
from desk_app.ui.panels.card_content import Action, CardContent, Fact, Section

KEYS = "123456789"
MOST_HISTORY = 8
HISTORY = {
    "blockout_entered": "entered",
    "blockout_changed": "changed",
    "session_added": "entered",
    "session_changed": "changed",
    "block_released": "a day released",
    "block_kept_again": "a day kept again",
    "undo": "a step taken back",
    "redo": "a step done again",
}


def blockout_content(card: BlockoutCard, context: RowContext) -> CardContent:
    """A blockout; each visit that stands in it can be moved by its key."""
    blockout = card.blockout
    kind = "Blocked" if blockout.kind is BlockoutKind.OTHER else f"Blocked: {blockout.kind.value}"
    facts = [Fact("From", _when(blockout.start, context)), Fact("Until", _end(blockout.end, context))]
    if blockout.reason:
        facts.append(Fact("Reason", blockout.reason))
    if card.together > 1:
        facts.append(Fact("Entered", f"with {card.together - 1} others"))
    actions = [Action("edit_blockout", "Edit", "E"), Action("remove_blockout", "Remove", "Del", "close")]
    movable = sum(can_move(visit) for visit in card.visits)
    replan = Action("replan", f"Re-plan {wording.count(movable, 'visit', 'visits')}", "Enter", "swap")
    if card.together > 1:
        actions.append(Action("remove_together", f"Remove all {card.together}", "A", "close"))
    return CardContent(
        name=card.resource_name,
        subtitle=kind,
        sections=(
            Section("Blocked", facts=tuple(facts)),
            *_visits(card.visits, context),
            *_history(card.history, context),
        ),
        primary=replan if movable else None,
        secondary=tuple(actions),
    )


def _visits(visits: tuple[ConcernedVisit, ...], context: RowContext) -> tuple[Section, ...]:
    if not visits:
        return ()
    sections = [Section(wording.count(len(visits), "visit stands there", "visits stand there"), tone="warn")]
    for visit, key in zip(visits, KEYS, strict=False):
        sections.append(_visit(visit, key, context))
    if len(visits) > len(KEYS):
        sections.append(Section("", paragraphs=(f"And {len(visits) - len(KEYS)} more, each with its call.",)))
    return tuple(sections)


def _visit(visit: ConcernedVisit, key: str, context: RowContext) -> Section:
    when = wording.moment(visit.start, context.zone, context.today)
    more = f"{visit.procedure_name}, {when}, {wording.STATUS_WORDS[visit.status].lower()}"
    show = Action(f"show_visit:{visit.appointment_id}", "Show")
    if not can_move(visit):
        return Section("", visit.name, f"{more}. Is here already.", actions=(show,))
    move = Action(f"move_visit:{visit.appointment_id}", "Move", key, "swap")
    phone = (Fact("Call", visit.phone_written or visit.phone),) if visit.phone else ()
    return Section("", visit.name, more, facts=phone, actions=(move, show))


def session_content(card: SessionCard, context: RowContext) -> CardContent:
    """A block, seen from one of its days, which can be released."""
    session, catalogue = card.session, context.catalogue
    names = [catalogue.procedure(c).name for c in session.reserved_for if catalogue.has_procedure(c)]
    kept = ", ".join(names)
    facts = [Fact("When", rule_words(session.rrule)), Fact("Hours", f"{session.start:%H:%M}–{session.end:%H:%M}")]
    if session.reserved_for:
        days = session.release_days
        opens = "never by itself" if days is None else wording.count(days, "day ahead", "days ahead")
        facts.append(Fact("Opens to all", opens))
        facts.append(Fact(wording.weekday_date(card.day), _day_words(card)))
    actions = []
    if session.reserved_for and (card.by_hand or not card.released):
        release = Action("release", "Release this day", "R") if not card.by_hand else Action("keep", "Keep again", "R")
        actions.append(release)
    actions += [Action("edit_session", "Edit", "E"), Action("remove_session", "Remove", "Del", "close")]
    return CardContent(
        name=card.resource_name,
        subtitle=f"Kept for {kept}" if kept else "Open",
        sections=(Section("Block" if kept else "Session", facts=tuple(facts)), *_history(card.history, context)),
        secondary=tuple(actions),
    )


def _history(history: tuple[HistoryLine, ...], context: RowContext) -> tuple[Section, ...]:
    """Who entered it and who changed it, newest first; what came with the practice's file has none."""
    lines = [
        f"{wording.moment(each.at, context.zone, context.today)}  {HISTORY.get(each.action, each.action)}, {each.user}"
        for each in history[:MOST_HISTORY]
    ]
    return (Section("History", paragraphs=tuple(lines)),) if lines else ()


def _day_words(card: SessionCard) -> str:
    if card.by_hand:
        return "released by hand"
    if card.released:
        return "open to all"
    days = card.session.release_days
    if days is None:
        return "kept"
    return f"kept until {wording.weekday_date(card.day - timedelta(days=days))}"


def _when(instant: datetime, context: RowContext) -> str:
    return f"{wording.full_date(context.day_of(instant))}, {wording.clock(instant, context.zone)}"


def _end(instant: datetime, context: RowContext) -> str:
    """Midnight is said as the end of the day before."""
    if wording.clock(instant, context.zone) == "00:00":
        return f"{wording.full_date(context.day_of(instant) - timedelta(days=1))}, 24:00"
    return _when(instant, context)
