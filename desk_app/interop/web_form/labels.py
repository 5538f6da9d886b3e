"""What the form's fields are called, in every layout seen, as one name each."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.names import fold_name

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "your name", "full name", "patient name", "patient", "nombre"),
    "given": ("first name", "given name", "first"),
    "family": ("last name", "family name", "surname", "last"),
    "birth_date": ("date of birth", "dob", "birth date", "birthdate", "birthday", "born", "fecha de nacimiento"),
    "phone": ("phone", "telephone", "mobile", "cell", "cell phone", "phone number", "home phone", "tel", "telefono"),
    "email": ("email", "e mail", "mail", "email address", "correo"),
    "payer": ("insurance", "insurer", "insurance company", "payer", "health plan", "seguro"),
    "member_id": ("member id", "policy no", "policy number", "policy", "insurance id", "member number", "id number"),
    "procedure": ("procedure requested", "procedure", "requested procedure", "service"),
    "reason": ("reason", "reason for visit", "reason for request", "complaint", "motivo"),
    "message": ("message", "notes", "note", "comments", "comment", "additional information"),
    "days": ("preferred days", "preferred day", "days", "best days"),
    "time": ("preferred time", "preferred times", "time of day"),
    "call_window": ("best time to call", "when to call", "call me"),
    "urgency": ("how urgent", "urgency", "priority"),
    "referrer": ("referred by", "referring physician", "referring doctor", "referrer"),
    "submitted": ("submitted", "date", "timestamp", "submitted at", "received"),
}
_NAMES = {fold_name(word): name for name, words in SYNONYMS.items() for word in words}
LONG_FIELDS = frozenset({"reason", "message", "procedure"})
"""Fields in which people write freely, over several lines."""


def field_name(label: str) -> str | None:
    """The field a label stands for; None for what is no field of the form."""
    return _NAMES.get(fold_name(label)) if len(label) <= 60 else None
