"""A visit's card: the patient, the phases, what has to be there before the visit, the history, the next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk_app.application import wording
from desk_app.application.day_plan import encode_further, further_words
from desk_app.application.gap_left import gap_left
from desk_app.application.gate_words import state_words
from desk_app.application.objection_text import override_words
from desk_app.application.read_models import HistoryLine, VisitCard
from desk_app.application.use_cases.visit_notes import GONE
from desk_app.domain.languages import language_named
from desk_app.domain.practice import PhaseKind
from desk_app.domain.practice_rules import CallEvent, GateKind, call_rules, readiness_gates
from desk_app.domain.readiness import GateState
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import LAPSES_SOON, AppointmentStatus, CallbackKind, CallbackStatus
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.authorization_section import visit_sections
from desk_app.ui.panels.card_content import Action, CardContent, ChipSpec, Fact, PhaseRow, Section, Status
from desk_app.ui.panels.person_words import alert_chips, person_line, phone_words
from desk_app.ui.panels.preparation_facts import coverage_facts, gate_facts, sheet_facts, standings_of
from desk_app.ui.panels.short_notice_card import (
    listed_section,
    listing_actions,
    offer_primary,
    offer_secondary,
    offer_section,
)
from desk_app.ui.panels.step_actions import STATUS_ICONS, further_steps, lateness, next_step

PHASE_WORDS: Mapping[PhaseKind, str] = {
    PhaseKind.SETUP: "Setup",
    PhaseKind.PROCEDURE: "Procedure",
    PhaseKind.TURNOVER: "Turnover",
    PhaseKind.RECOVERY: "Recovery",
    PhaseKind.OVERNIGHT: "Overnight",
}
A = AppointmentStatus
WHO_FITS = Action("who_fits", "Who could take the gap", "G", "swap")
"""Of a visit that is off, while its time is still ahead."""

SLIP = Action("slip", "Slip to take home", "K", "print")
PREPARATION_SHEET = Action("letter", "Instructions", "I", "letter")

BEFORE_ARRIVAL = frozenset({A.HELD, A.BOOKED, A.CONFIRMED})


def visit_content(card: VisitCard, context: RowContext) -> CardContent:
    """The card in words."""
    visit, patient = card.appointment, card.patient
    phone, phone_more = phone_words(patient.phones)
    return CardContent(
        name=patient.name,
        subtitle=person_line(patient, context.today),
        phone=phone,
        phone_more=phone_more,
        chips=alert_chips(patient.alerts),
        sections=tuple(
            section
            for section in (
                _visit(card, context),
                offer_section(card, context) or _lapse(visit, context),
                lateness(card, context),
                _override(visit),
                _before(card, context),
                *visit_sections(card, context),
                listed_section(card.short_notice),
                _history(card.history, context),
            )
            if section is not None
        ),
        primary=offer_primary(card, context) or _primary(card, context),
        secondary=offer_secondary(card, context) or (*_secondary(card, context), *listing_actions(card, context)),
    )


def _visit(card: VisitCard, context: RowContext) -> Section:
    visit = card.appointment
    also = further_words(encode_further(visit.further))
    what = " ".join(part for part in (visit.procedure_name, visit.level_names, visit.side, also) if part)
    physician = _clinician(visit, context)
    more = " · ".join(part for part in (wording.SEDATION_WORDS[visit.sedation.value], physician) if part)
    local = context.day_of(visit.start)
    day = wording.weekday_date(local) if local.year == context.today.year else wording.full_date(local)
    times = wording.clock_range(visit.start, visit.end, context.zone)
    status = Status(wording.STATUS_WORDS[visit.status.value], STATUS_ICONS[visit.status], _status_more(visit, context))
    return Section(
        "Visit",
        what,
        more,
        status=status,
        phases=_phases(visit, context),
        facts=(Fact("When", f"{day}, {times}"), *((Fact("Note", visit.note),) if visit.note else ())),
    )


def _status_more(visit: Appointment, context: RowContext) -> str:
    if visit.status is A.HELD and visit.hold_until is not None:
        lapsed = visit.hold_until <= context.now
        return ("lapsed " if lapsed else "until ") + wording.moment(visit.hold_until, context.zone, context.today)
    if visit.status is A.CANCELLED and visit.cancel_reason is not None:
        note = f", {visit.cancel_note}" if visit.cancel_note else ""
        return wording.CANCEL_WORDS[visit.cancel_reason.value].lower() + note
    if visit.status_since is None:
        return ""
    return f"since {wording.moment(visit.status_since, context.zone, context.today)}"


def _phases(visit: Appointment, context: RowContext) -> tuple[PhaseRow, ...]:
    """Each phase with the resources that it adds: the room is named once, the physician in the headline."""
    named = {code for phase in visit.phases for label, code in phase.resources if label == "physician"}
    rows = []
    for phase in visit.phases:
        codes = [code for _, code in phase.resources]
        new = [code for code in dict.fromkeys(codes) if code not in named] or codes[:1]
        named.update(codes)
        rows.append(
            PhaseRow(
                phase.kind.value,
                PHASE_WORDS[phase.kind],
                wording.clock_range(phase.start, phase.end, context.zone),
                ", ".join(_name(code, context) for code in new),
                now=phase.start <= context.now < phase.end,
            )
        )
    return tuple(rows)


def _name(code: str, context: RowContext) -> str:
    """A resource's name, which no line breaks."""
    name = next((each.name for each in context.catalogue.resources if each.code == code), code)
    return name.replace(" ", "\u00a0").replace("-", "\u2011")


def _clinician(visit: Appointment, context: RowContext) -> str:
    for phase in visit.phases:
        for label, code in phase.resources:
            if label == "physician":
                return _name(code, context)
    return ""


def _override(visit: Appointment) -> Section | None:
    if not visit.override_codes:
        return None
    passed = override_words(visit.override_codes)
    return Section(
        headline=f"Booked by override: {passed}", paragraphs=(visit.override_reason,), icon="warning", tone="warn"
    )


def _lapse(visit: Appointment, context: RowContext) -> Section | None:
    """A hold that lapses within the hour is amber, with what can be done about it."""
    until = visit.hold_until
    if visit.status is not A.HELD or until is None or not context.now < until < context.now + LAPSES_SOON:
        return None
    at = wording.clock(until, context.zone)
    minutes = wording.count(-(-int((until - context.now).total_seconds()) // 60), "minute", "minutes")
    return Section(
        headline=f"The hold lapses at {at}, in {minutes}",
        paragraphs=("Then the start is free to everybody, and the request waits for its next call.",),
        icon="late",
        tone="warn",
    )


def _before(card: VisitCard, context: RowContext) -> Section:
    facts = (
        *coverage_facts(card, context), *gate_facts(card, context),
        *sheet_facts(card, context), _confirmation(card, context),
    )  # fmt: skip
    payer = Fact("Payer", " · ".join(part for part in (card.payer, card.patient.member_id) if part) or "not known")
    return Section("Before the visit", facts=(payer, *facts))


def _confirmation(card: VisitCard, context: RowContext) -> Fact:
    if card.appointment.status not in (A.HELD, A.BOOKED):
        return Fact("Confirmed", "yes", "confirmed")
    calls = [call for call in card.callbacks if call.kind is CallbackKind.CONFIRMATION]
    tried = next((call.attempts for call in calls if call.status in (CallbackStatus.DUE, CallbackStatus.CLAIMED)), 0)
    return Fact("Confirmed", f"not yet{_tries(tried, context)}", "phone", "text2")


def _tries(tried: int, context: RowContext) -> str:
    """``, 2 of 4 tries``; without the number where the practice tries for ever."""
    if not tried:
        return ""
    rule = call_rules(context.catalogue).get(CallEvent.CONFIRMATION)
    return (
        f", {tried} of {wording.count(rule.tries, 'try', 'tries')}"
        if rule and rule.tries
        else (f", {wording.count(tried, 'try', 'tries')}")
    )


def _history(history: tuple[HistoryLine, ...], context: RowContext) -> Section | None:
    if not history:
        return None
    lines = tuple(
        f"{wording.moment(line.at, context.zone, context.today)} {line.user}: {visit_history_words(line, context)}"
        for line in history[:8]
    )
    return Section("History", paragraphs=lines)


ACTION_WORDS: Mapping[str, str] = {
    "appointment_booked": "booked",
    "appointment_held": "held",
    "series_booked": "booked in a series",
    "appointment_moved": "moved",
    "patients_moved": "moved to another bed",
    "places_assigned": "bay or bed given anew",
    "stay_given": "bed for the night given",
    "stay_given_back": "goes home after all",
    "bed_wishes": "wishes for the bed",
    "discharge_checked": "checked before going home",
    "authorization_begun": "authorization begun",
    "authorization_submitted": "submitted to the payer",
    "authorization_contact": "spoke to the payer",
    "authorization_documents": "documents sent to the payer",
    "authorization_approved": "approved by the payer",
    "authorization_approved_in_part": "approved in part by the payer",
    "authorization_modified": "approved with changes by the payer",
    "authorization_denied": "denied by the payer",
    "authorization_pended": "pended by the payer",
    "authorization_more_info_needed": "payer asked for more",
    "authorization_peer_to_peer_due": "payer offered a peer to peer call",
    "authorization_not_required": "authorization not required",
    "authorization_appealed": "appealed to the payer",
    "authorization_withdrawn": "authorization withdrawn",
    "replanned": "moved by a re-plan",
    "appointments_swapped": "changed places with another visit",
    "told_later": "to be told to come later",
    "appointment_lengthened": "procedure made longer or shorter",
    "appointment_written_on": "escort and note",
    "appointment_prepared": "preparation",
    "appointment_cancelled": "cancelled",
    "offer_made": "offered",
    "offer_accepted": "offer accepted",
    "offer_declined": "offer declined",
    "short_notice_off": "taken off the short-notice list",
    "appointment_status": "",
    "appointment_step_back": "",
    "patient_moved": "",
    "holds_lapsed": "hold lapsed",
    "hold_extended": "hold extended",
    "request_received": "taken down",
    "request_imported": "received",
    "request_edited": "edited",
    "request_linked": "chart linked",
    "request_status": "",
    "patient_added": "chart made",
    "patient_edited": "chart edited",
    "patients_merged": "charts merged",
    "practice_loaded": "loaded with the practice",
    "demo_loaded": "loaded with the demo practice",
    "undo": "undone",
    "redo": "done again",
}
LETTER_WAYS: Mapping[str, str] = {"printer": "printed", "pdf": "saved as PDF"}


MOVES = frozenset({"appointment_moved", "offer_accepted"})


def history_words(line: HistoryLine) -> str:
    """What an audit event did, in a word or two; of a letter which one it was."""
    if line.action == "letter_printed":
        return letter_words(line)
    word = ACTION_WORDS.get(line.action, line.action.replace("_", " "))
    status = str(line.data.get("status", ""))
    return word or wording.STATUS_WORDS.get(status, status).lower()


def letter_words(line: HistoryLine) -> str:
    """``preparation sheet printed, Spanish, version 2``"""
    kind, way = str(line.data.get("letter")), str(line.data.get("way"))
    noun = "preparation sheet" if kind == "preparation" else f"letter “{wording.LETTER_WORDS.get(kind, kind)}”"
    language = language_named(str(line.data.get("language", "")))
    return f"{noun} {LETTER_WAYS.get(way, way)}, {language}, version {line.data.get('version')}"


def visit_history_words(line: HistoryLine, context: RowContext) -> str:
    """As :func:`history_words`; a move says from when, and why it went to another day."""
    if line.action == "appointment_written_on":
        escort = "escort named" if line.data.get("escort_named") else "no escort named"
        return escort + (", note changed" if line.data.get("note_changed") else "")
    if line.action in STEPPED:
        return _stepped(line, context)
    if line.action == "appointment_prepared":
        return f"preparation, {_prepared(line, context)}"
    if line.action == "appointment_lengthened":
        return f"procedure of {line.data.get('minutes')} min, before {line.data.get('before')}"
    begun = line.data.get("from")
    if line.action not in MOVES or not isinstance(begun, str):
        return history_words(line)
    before, now = datetime.fromisoformat(begun), datetime.fromisoformat(str(line.data.get("start")))
    same_day = context.day_of(before) == context.day_of(now)
    day = "" if same_day else f"{wording.weekday_date(context.day_of(before))} "
    since = day + wording.clock(before, context.zone)
    if line.action == "offer_accepted":
        return f"offer accepted, moved from {since}"
    reason = str(line.data.get("reason") or "")
    why = wording.MOVE_WORDS[reason].lower() if reason in wording.MOVE_WORDS else reason
    return f"moved from {since}" + (f", {why}" if why else "")


STEPPED = frozenset({"appointment_status", "appointment_step_back", "patient_moved"})


def _stepped(line: HistoryLine, context: RowContext) -> str:
    """``in recovery, Bay 3``; ``back to ready: wrong card``; ``moved to Bay 2``"""
    place = str(line.data.get("place") or "")
    where = _name(place, context) if place else ""
    if line.action == "patient_moved":
        return f"moved to {where}"
    if line.action == "appointment_step_back":
        return f"back to {history_words(line)}: {line.data.get('reason')}"
    return ", ".join(part for part in (history_words(line), where) if part)


def _prepared(line: HistoryLine, context: RowContext) -> str:
    """``blood thinner held, consent signed``; a gate that is asked no more by its code."""
    gates = {gate.code: gate for gate in readiness_gates(context.catalogue)}
    noted, told = line.data.get("gates"), []
    for code, state in noted.items() if isinstance(noted, dict) else ():
        gate = gates.get(code)
        told.append(f"{gate.name} {state_words(gate.kind, GateState(state))}" if gate else code)
    return ", ".join(told)


def _primary(card: VisitCard, context: RowContext) -> Action | None:
    visit = card.appointment
    if visit.status is not A.NO_SHOW and gap_left(visit, context.catalogue, context.now) is not None:
        return WHO_FITS
    return next_step(card, context)


def _secondary(card: VisitCard, context: RowContext) -> tuple[Action, ...]:
    visit, actions = card.appointment, []
    if visit.status is A.HELD and visit.is_active(context.now):
        actions.append(Action("extend_hold", "Extend hold", "E", "held"))
        actions.append(Action("hold_until", "Hold until", "U", "late"))
    actions += further_steps(card, context)
    if visit.status in BEFORE_ARRIVAL:
        actions.append(Action("find_slot", "Other time", "F", "find-slot"))
        actions.append(Action("cancel", "Cancel", "Del", "cancelled"))
        actions.append(Action("tray", "To the tray", "T", "tray"))
    if visit.status not in GONE:
        actions.append(Action("escort", "Escort, note", "W", "escort"))
    if visit.status in BEFORE_ARRIVAL and visit.is_active(context.now):
        actions.append(PREPARATION_SHEET)
    if visit.status not in (*GONE, A.DISCHARGED) and visit.is_active(context.now):
        actions.append(SLIP)
    if visit.status not in GONE and any(each.gate.kind is not GateKind.ESCORT for each in standings_of(card, context)):
        actions.append(Action("prepare", "Preparation", "P", "nurse"))
    if visit.status in (A.BOOKED, A.CONFIRMED) and context.day_of(visit.start) <= context.today:
        actions.append(Action("status:no_show", "No show", "X", "no-show"))
    if visit.status in (A.ARRIVED, A.READY):
        actions.append(Action("cancel", "Cancel", "Del", "cancelled"))
    if visit.status is A.NO_SHOW and gap_left(visit, context.catalogue, context.now) is not None:
        actions.append(WHO_FITS)
    return tuple(actions)


def status_chip(status: AppointmentStatus) -> ChipSpec:
    return ChipSpec(wording.STATUS_WORDS[status.value], STATUS_ICONS[status])
