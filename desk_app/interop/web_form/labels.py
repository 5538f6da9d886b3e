"""What the form's fields are called, in every layout seen, as one name each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desk_app.domain.names import fold_name

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "your name", "full name", "patient name", "name of patient", "patient", "nombre completo"),
    "given": ("first name", "given name", "given names", "first", "nombre", "nombres"),
    "family": ("last name", "family name", "surname", "last", "apellido", "apellidos"),
    "birth_date": ("date of birth", "dob", "birth date", "birthdate", "birthday", "born", "fecha de nacimiento"),
    "phone": (
        "phone",
        "telephone",
        "mobile",
        "mobile phone",
        "cell",
        "cell phone",
        "phone number",
        "home phone",
        "work phone",
        "contact number",
        "tel",
        "telefono",
        "celular",
    ),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "correo", "correo electronico"),
    "payer": ("insurance", "insurer", "insurance company", "payer", "health plan", "insurance plan", "seguro"),
    "member_id": (
        "member id",
        "policy no",
        "policy number",
        "policy",
        "insurance id",
        "member number",
        "id number",
        "subscriber id",
    ),
    "procedure": ("procedure requested", "procedure", "requested procedure", "service", "treatment"),
    "reason": ("reason", "reason for visit", "reason for request", "complaint", "motivo"),
    "message": ("message", "notes", "note", "comments", "comment", "additional information", "mensaje"),
    "days": ("preferred days", "preferred day", "days", "best days", "dias preferidos"),
    "time": ("preferred time", "preferred times", "time of day", "hora preferida"),
    "call_window": ("best time to call", "when to call", "call me"),
    "urgency": ("how urgent", "how urgent is it", "urgency", "priority"),
    "referrer": ("referred by", "referring physician", "referring doctor", "referrer"),
    "submitted": ("submitted", "date", "timestamp", "submitted at", "submitted on", "received"),
}
_NAMES = {fold_name(word): name for name, words in SYNONYMS.items() for word in words}
_BESIDE = re.compile(r"\([^)]*\)|\brequired\b|\boptional\b", re.IGNORECASE)
LONGEST_LABEL = 60
LONG_FIELDS = frozenset({"reason", "message", "procedure"})
"""Fields in which people write freely, over several lines."""
SEVERAL = LONG_FIELDS | {"phone"}
"""Fields of which a form may have several: they are all kept."""


def field_name(label: str) -> str | None:
    """The field a label stands for; None for what is no field of the form."""
    if len(label) > LONGEST_LABEL:
        return None
    return _NAMES.get(fold_name(label)) or _NAMES.get(fold_name(_BESIDE.sub(" ", label)))


class Fields(dict[str, str]):
    """The values of a form by field. A field that stands there twice keeps its first value, some keep all."""

    def put(self, name: str, value: str) -> None:
        value, there = value.strip(), self.get(name, "")
        if there and name not in SEVERAL:
            return
        self[name] = "\n".join(part for part in (there, value) if part)

    @property
    def is_blank(self) -> bool:
        return not any(value.strip() for value in self.values())
