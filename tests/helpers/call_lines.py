"""Lines of the list of calls, made by hand: what a test does not say is as usual."""

from __future__ import annotations

from datetime import date
from typing import Any

from desk_app.application.call_rows import CallLine
from tests.helpers.small_practice import at

USUAL: dict[str, Any] = {
    "version": 1, "kind": "confirmation", "status": "due", "due": at("2026-11-24T17:00"), "late": False, "attempts": 0,
    "priority": 0, "assigned_to": "", "note": "", "reason": "", "why": "Large joint injection", "arisen_at": None,
    "patient_id": None, "request_id": None, "appointment_id": None, "authorization_id": None, "name": "Ortiz, Marisol",
    "mrn": "204118", "birth_date": date(1951, 3, 12), "phone": "+14135550142", "phone_label": "mobile",
    "messages": "", "call_window": "", "do_not_contact": False, "payer": None, "payer_name": "", "member_id": "",
    "urgency": "routine", "procedure": "JOINT", "levels": 1, "level_names": "", "side": "", "cpt": (), "units": None,
    "reference": "", "authorization": "", "submitted_at": None, "decide_by": None, "clock_day": None,
    "clock_days": None, "visit_start": None, "visit_status": "", "referrer": "", "claimed_by": "",
    "claimed_until": None,
}  # fmt: skip


def call_line(number: int, **fields: Any) -> CallLine:
    """A confirmation call to somebody, due this evening; late where its time has passed by ten."""
    values = {**USUAL, "id": number, "patient_id": number, **fields}
    values["late"] = values["due"] < at("2026-11-24T10:00")
    return CallLine(**values)


def payer_line(number: int, name: str, **fields: Any) -> CallLine:
    """A call to Old Colony about an epidural."""
    usual = {
        "kind": "call_payer", "name": name, "phone": "+18005550136", "phone_label": "3", "payer": "OLDCOL",
        "payer_name": "Old Colony", "member_id": "OC 8810 2217", "procedure": "KYPHO", "cpt": ("22514", "22515"),
        "reference": "OC-77120", "authorization": "submitted", "submitted_at": at("2026-11-20T10:00"),
        "decide_by": at("2026-11-27T10:00"), "clock_day": 5, "clock_days": 7,
    }  # fmt: skip
    return call_line(number, **{**usual, **fields})
