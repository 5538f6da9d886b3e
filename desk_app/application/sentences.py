"""One English sentence for every code a rule, a fault or an obstacle can have; the window translates the template.

Parameters are filled in as text; instants are given as the practice's wall clock by whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # what the practice's rules refuse
    "does_not_fit": "This start does not fit.",
    "authorization_missing": (
        "{procedure} needs the payer's authorization, and none is approved for {day}. "
        "Hold the slot, or override with a reason."
    ),
    "override_right": "Only a manager can override this.",
    "request_step": "A request that is “{before}” cannot become “{after}”.",
    "appointment_step": "A visit that is “{before}” cannot become “{after}”.",
    "request_not_open": "This request is “{status}”, so nothing can be held for it.",
    "request_without_procedure": "Choose the procedure first: the request names none.",
    "request_of_another_patient": "This request belongs to another patient.",
    "request_booked_by_visit": "A request becomes booked by a visit that is booked for it.",
    "request_has_visit": "A visit is booked for this request. Cancel the visit first.",
    "request_has_patient": "This request already has its patient.",
    "hold_in_the_past": "A hold must last until a time that is still to come.",
    "visit_over": "Nothing more is written on a visit that is over.",
    "hold_lapsed": "This hold has lapsed; book the slot anew.",
    "hold_at_start": "The visit begins now: a hold would lapse at once. Book it firmly, or choose a later start.",
    "hold_beyond_visit": "A hold cannot last longer than until the visit begins, {start}.",
    "hold_not_extended": "The hold already lasts until {until}.",
    "not_together": "{procedure} and {other} cannot be done in one sitting.",
    "not_held": "Only a held visit has a hold to extend; this one is “{status}”.",
    "no_procedure_phase": "This visit has no procedure phase, so it cannot be made longer.",
    "report": "There is no report “{report}”; there are {known}.",
    "period_ends_before": "The period ends before it begins.",
    "period_too_long": "A report covers three years at most.",
    "moment_to_come": "That is still to come: the day can only be shown as it stood.",
    "not_swappable": "Two visits of one room on one day can change places; these are not.",
    "no_swap": "They cannot change places: {name} does not fit.",
    "not_movable": "A visit that is “{status}” cannot be moved.",
    "in_use_still": "{resource} is in use still by the visit of {start}, which is “{status}”. Move that one on first.",
    "no_bay": "No bay is free now. The patient stays in the room until one is.",
    "place_unfit": "{resource} is no {kind} of the practice.",
    "place_taken": "{resource} is not free now. Choose another, or none: the program finds one.",
    "no_step_back": "This visit has taken no step that could be taken back.",
    "name_missing": "A name is needed.",
    "no_contact": "A phone number with ten digits or a mail address is needed.",
    "birth_date": "This birth date cannot be right.",
    "mrn_in_use": "Chart number {mrn} belongs to somebody else.",
    "other_practice": "This database already holds another practice, {name}.",
    "resource_in_use": "{item} cannot go: visits use it.",
    "procedure_in_use": "{item} cannot go: visits were booked with it.",
    "blockout_of_nothing": "Say what is blocked.",
    "blockout_ends_before": "It must end after it begins.",
    "blockout_too_long": "A blockout lasts two years at most.",
    "too_many_blockouts": "That would be more than {most} blockouts at once. Let it end sooner.",
    "repeat_without_end": "Say until when it repeats.",
    "repeat_ends_before": "It must repeat until a day after it begins.",
    "repeat_too_long": "It can repeat for two years at most.",
    "repeat_never": "It would never happen on these days.",
    "one_blockout": "One blockout is changed at a time.",
    "no_day_of_the_block": "{day} is no day of this block.",
    "released_already": "{day} has been released already.",
    "kept_already": "{day} is kept already.",
    "release_days": "A block opens from 0 to {most} days ahead.",
    "short_notice_visit": "Only a booked visit that is still to come can come forward; this one is “{status}”.",
    "short_notice_request": "This request is “{status}”, so nobody waits for a start with it.",
    "short_notice_chart": "Say whose request this is first: link a chart or make one.",
    "short_notice_hours": "Notice is written as 4 h, 2 days or 1 week, at most {most} days.",
    "short_notice_gone": "Nobody waits for an earlier start with this any more.",
    "short_notice_procedure": "The procedure is not known.",
    "short_notice_day": "They can come on {days} only.",
    "short_notice_time": "They can come in the {part} only.",
    "short_notice_notice": "They must know {notice}.",
    "short_notice_offered": "Another start is offered to them already.",
    "short_notice_declined": "They have said no to this start.",
    "short_notice_not_ready": "The request is not ready to book: {status}.",
    "offer_open": "This start is kept for somebody's answer. Take the answer down: accepted or declined.",
    "offer_none": "No offer is open here any more.",
    "offer_lapsed": "The offer's time is over and the start is free to everybody. Offer it anew.",
    "offer_not_sooner": "The visit begins at {start} by now, before the start that is offered.",
    "offer_other_length": "The visit's length has changed since the offer. Offer the start anew.",
    "nothing_to_undo": "There is nothing to undo.",
    "nothing_to_redo": "There is nothing to redo.",
    "view_name": "Give the view a name.",
    "view_name_taken": "Another view is called “{name}” already.",
    # questions
    "perhaps_known": "Perhaps this is somebody known: chart {mrn}. Say whether it is the same person.",
    "visits_concerned": "Visits stand there: look at them first.",
    "authorization": "No authorization is approved for that day.",
    "authorization_none": "{procedure} needs the payer's authorization, and none is approved for {day}.",
    "authorization_payer": (
        "{procedure} needs the payer's authorization, and none is approved for {day}; who pays is not known."
    ),
    "authorization_ends": "The authorization ends {until}, before this visit.",
    "authorization_begins": "The authorization is valid only from {since} on.",
    "authorization_levels": "The authorization is good for {approved} of the {levels} levels.",
    "authorization_procedure": "The authorization is for another procedure, {other}.",
    "authorization_denied": "The payer has denied the authorization.",
    "authorization_undecided": "The authorization is not decided yet: {authorization}.",
    "authorization_side": "The authorization is for the {approved} side, the visit for the {side} one.",
    "lead_time": "Sedation asks for {hours} h of preparation, and {left} h are left.",
    "escort": "No escort is named, and without one there is no sedation.",
    "thinner": "The patient takes {thinner}. Less than {time} may be too short to pause it: ask the physician.",
    "gate_time": "{gate} has to be there {hours} h ahead, and {left} h are left.",
    "coverage_sessions": (
        "{rule}: {count} {region}sessions in {months} months with this one (the first {first}); payers cover {most}."
    ),
    "coverage_interval": "{rule}: {between} days from the one of {last}; payers ask for at least {days}.",
    "coverage_region": "{rule}: payers cover one region a session, and that day has two.",
    "stay_limit": "The stay would last {hours} h; the practice's limit is {limit} h.",
    "same_day": "The patient has another visit that day: {procedure} at {at}.",
    "hold_soon": "The hold lapses at {until}.",
    "no_bed": "No bed is free tonight. Say where the patient stays instead, and why.",
    "step_back": "“{status}” is taken back to “{before}”. The reason is kept in the visit's history.",
    "move_reason": "The visit moves to another day. The reason is kept in its history.",
    # somebody was faster
    "plan_outdated": "Meanwhile somebody changed what this plan was made from. Look at it anew.",
    "taken": "Somebody was faster: {resource} has just been taken at that time.",
    "patient_elsewhere": "The patient is in another visit at that time ({start}).",
    "offered_already": "A start is offered to this person already.",
    "on_the_list_already": "Another desk has just put this on the short-notice list.",
    "changed": "{who} has changed this meanwhile. It is shown anew.",
    "gone": "This is no longer there.",
    "built_upon": "Something else refers to this by now, so it cannot be taken back.",
    "busy": "Another desk is writing just now. Try again.",
    "already_done": "This has been done already.",
    # what cannot be read
    "unknown_procedure": "There is no procedure {procedure} in the catalogue.",
    "unknown_payer": "There is no payer {payer} in the catalogue.",
    "unknown_resource": "There is no resource {resource}.",
    "unknown_clinician": "There is no clinician {resource} in the practice.",
    "no_such_clinician_need": "{procedure} needs no clinician, so none can be asked for.",
    "unknown_region": "No holidays are known for the region {region}.",
    "unknown_record": "There is no {record} {record_id}.",
    "minutes": "A procedure lasts whole steps of {cell_minutes} minutes, at least one and at most twelve hours.",
    "unknown_gate": "“{gate}” is not asked of this visit, or cannot be “{state}”.",
    "levels": "{procedure} is done on 1 to {max_levels} levels.",
    "no_overnight_phase": "{procedure} has no overnight phase, so no stay can be planned.",
    "procedure_missing": "Say which procedure.",
    "patient_or_request": "Say for whom: a request or a chart number.",
    "unknown_word": "“{value}” is not one of: {allowed}.",
    "bad_datetime": "“{value}” is no date and time; write 2026-11-24T09:30.",
    "bad_address": "This is no address of a database; write a path, or postgresql://user@server/name.",
    "bad_date": "“{value}” is no date; write 2026-11-24.",
    "practice_file": "{file}, line {line}: {key}: expected {expected}.",
    "unreadable": "{file} cannot be read: {reason}",
    "series_too_long": "A series has at most {most} visits.",
    "series_without_patient": "A series is booked for a patient with a chart. Book the first visit alone.",
    "bad_rrule": "“{rrule}” is no rule for days: daily, weekly, monthly or yearly ones are.",
    "visit_resource_missing": "{where}: the visit names no resource for “{label}”.",
    "visit_resource_unfit": "{where}: “{label}” needs {expected}; {resource} is none.",
    "visit_overlap": "{where}: {what} is in another visit of this file at that time ({other}).",
    "sheet_kind": "There is no sheet of the kind “{kind}”.",
    # the printer
    "no_printer": "No printer is set up on this computer. Save the sheet as PDF instead.",
    "printer_gone": "There is no printer {printer} any more. Nothing was sent.",
    "printer_stopped": "The printer {printer} is stopped or paused. Nothing was sent.",
    "printer_rejecting": "The printer {printer} takes no new sheets now. Nothing was sent.",
    "printer_refused": "The printer {printer} did not take the sheet.",
    # storage
    "no_practice": "No practice is set up in this database yet.",
    "in_use": "The database is in use by another program: {path}",
    "locked": "The database is locked by another program: {path}",
    "full": "The disk is full. Nothing was changed.",
    "disk_error": "The disk reports an error, or has no room left: {path}. Nothing was changed.",
    "read_only": "The database can only be read, not written: {path}",
    "no_rights": "There is no right to use {path}",
    "damaged": "The database file is damaged: {path}. Restore the last backup.",
    "foreign": "This is not a Front Desk database: {path}",
    "too_new": "This database was made by a newer Front Desk ({revision}). Update this program: {path}",
    "too_old": "This database needs to be brought up to date first: {path}",
    "missing_folder": "There is no folder {path}",
    "unwritable": "{path} cannot be written: {reason}",
    "server_backup": "A database server is backed up with its own tools.",
    "missing": "There is no database at {path}",
    "network_drive": "{path} lies on a network drive, where a database file can be lost. Use PostgreSQL to share it.",
    "unreachable": "The database server cannot be reached.",
    "no_driver": "The driver for this database is not installed: {driver}",
    # obstacles of a start
    "past": "This start has passed.",
    "off_grid": "Visits start on the {cell_minutes}-minute grid.",
    "no_resource": "Nothing in the practice can serve as {label}.",
    "closed": "{resource} is closed from {start} to {end}.",
    "reserved": "{resource} is kept for {reserved_for} from {start} to {end}.",
    "blocked": "{resource} is blocked from {start} to {end}: {reason}.",
    "taken_until": "{resource} is taken from {start} to {end}.",
    "unsuitable": "{resource} cannot serve for this: {procedure}.",
    "same_resource": "Two different resources are needed at the same time, and only the same one is free.",
    "patient": "The patient is in another visit from {start} to {end}.",
    "night": "With this visit the night's beds would not suffice often enough ({chance} against {limit}).",
    # items set aside
    "spam": "looks like advertising",
    "empty": "the form is empty",
    "too_long": "a field is far too long",
    "unknown_kind": "this kind of file is not read",
    "no_form": "no filled-in form was found in it",
    "no_columns": "the first row names no columns for a name and a phone or mail",
    "wrong_cells": "the row has more cells than the first row names",
    "broken_row": "a quotation mark in this row is never closed",
    "too_many_rows": "the table has too many rows; those from here on were not read",
    "too_large": "the file is far too large",
    "too_hard": "reading it takes too much time or memory",
    "cannot_be_read": "it cannot be read",
    "cannot_be_opened": "it could not be opened: there was no right to read it, or it had gone",
}


UNKNOWN: Mapping[str, Mapping[str, object]] = {"changed": {"who": "Somebody else"}}
"""What a sentence says where a particular is not known."""


class _Words(dict[str, object]):
    """Leaves out what is not known instead of failing in the middle of a refusal."""

    def __missing__(self, key: str) -> str:
        return "…"


def fill(template: str, params: Mapping[str, object]) -> str:
    """The template with its parameters as plain text."""
    return template.format_map(_Words(params))


def sentence(code: str, params: Mapping[str, object] | None = None) -> str:
    """The sentence of a code; an unknown code is shown as it is rather than hidden."""
    known = {**UNKNOWN.get(code, {}), **(params or {})}
    return fill(SENTENCES.get(code, code.replace("_", " ") + "."), known)
