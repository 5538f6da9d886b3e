"""What the status bar says of a change."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases.visit_status import INSTEAD_OF
from desk_app.application.wording import STATUS_WORDS, moment
from desk_app.domain.day_moves import place_of
from desk_app.domain.records import Appointment, Contact, Patient

ACTION_NOUNS: Mapping[str, str] = {
    "appointment_booked": "booking",
    "appointment_held": "hold",
    "hold_extended": "longer hold",
    "series_booked": "series of visits",
    "appointment_moved": "move",
    "appointment_lengthened": "length of a visit",
    "appointment_written_on": "escort and note of a visit",
    "view_saved": "saved view",
    "view_renamed": "name of a view",
    "view_removed": "removal of a view",
    "tray_put": "laying into the tray",
    "tray_put_back": "putting back",
    "short_notice_on": "place on the short-notice list",
    "short_notice_changed": "days and times of the short-notice list",
    "short_notice_off": "taking off the short-notice list",
    "offer_made": "offer",
    "offer_accepted": "accepted offer",
    "offer_declined": "declined offer",
    "patients_moved": "moves out of a bed",
    "places_assigned": "bays and beds given anew",
    "stay_given": "bed for the night",
    "stay_given_back": "bed given back",
    "bed_wishes": "wishes for the bed",
    "place_state": "state of a bay or bed",
    "discharge_checked": "check before going home",
    "appointment_cancelled": "cancellation",
    "appointment_status": "status of a visit",
    "appointment_step_back": "step back",
    "patient_moved": "move to another place",
    "request_received": "new request",
    "request_imported": "request taken in",
    "request_edited": "changes to a request",
    "request_linked": "chart of a request",
    "request_status": "status of a request",
    "call_recorded": "outcome of a call",
    "call_snoozed": "putting off a call",
    "call_assigned": "whose call it is",
    "call_prioritised": "priority of a call",
    "call_noted": "note of a call",
    "patient_added": "new chart",
    "patient_edited": "changes to a chart",
    "patients_merged": "merging of two charts",
    "letter_changed": "text of a letter",
    "letter_put_back": "usual text of a letter",
    "replanned": "re-plan",
    "appointments_swapped": "change of places",
    "told_later": "call about a later time",
    "blockout_entered": "blockout",
    "blockout_changed": "changes to a blockout",
    "blockout_removed": "removal of a blockout",
    "session_added": "new block",
    "session_changed": "changes to a block",
    "session_removed": "removal of a block",
    "block_released": "release of a block",
    "block_kept_again": "keeping of a block",
    "authorization_begun": "new authorization",
    "authorization_submitted": "submission to the payer",
    "authorization_contact": "contact with the payer",
    "authorization_documents": "documents sent to the payer",
    "authorization_approved": "approval",
    "authorization_approved_in_part": "approval in part",
    "authorization_modified": "approval with changes",
    "authorization_denied": "denial",
    "authorization_pended": "pended authorization",
    "authorization_more_info_needed": "payer's question",
    "authorization_peer_to_peer_due": "peer to peer call",
    "authorization_not_required": "authorization that is not required",
    "authorization_appealed": "appeal",
    "authorization_withdrawn": "withdrawn authorization",
}


def undone_words(what: Mapping[str, object]) -> str:
    """What a step was, as a noun."""
    action, status = str(what.get("of") or what.get("action") or ""), str(what.get("status", ""))
    noun = ACTION_NOUNS.get(action, action.replace("_", " "))
    return f"{noun}, {STATUS_WORDS[status].lower()}" if status in STATUS_WORDS else noun


def short_name(person: Patient | Contact) -> str:
    """``M. Ortiz``: enough for the status bar."""
    initial = f"{person.given[0]}. " if person.given else ""
    return (initial + person.family) or "no name"


def visit_words(desk: Desk, verb: str, outcome: Outcome[Appointment]) -> str:
    """``Moved M. Ortiz to Wed 25 Nov 13:25``; on the worker."""
    visit = outcome.value
    name = short_name(desk.queries.visit_card(visit.id).patient)
    return f"{verb.format(name)} {moment(visit.start, desk.zone(), desk.today())}"


def step_words(desk: Desk, outcome: Outcome[Appointment], elsewhere: str = "", use: tuple[str, ...] = ()) -> str:
    """``M. Ortiz: in recovery, Bay 3 (Bay 2 is not free)``; on the worker. ``use`` is named beside the place."""
    visit, catalogue = outcome.value, desk.catalogue()
    card = desk.queries.visit_card(visit.id)
    told = f"{short_name(card.patient)}: {STATUS_WORDS[visit.status].lower()}"
    place = place_of(catalogue, visit.status, visit.phases)
    if elsewhere or place is None:
        return f"{told}, {elsewhere}" if elsewhere else told
    booked = next((each.removeprefix(INSTEAD_OF) for each in outcome.warnings if each.startswith(INSTEAD_OF)), None)
    instead = f" ({catalogue.resource(booked).name} is not free)" if booked is not None else ""
    also = "".join(f", {catalogue.resource(code).name}" for code in use if code != place)
    return f"{told}, {catalogue.resource(place).name}{instead}{also}"
