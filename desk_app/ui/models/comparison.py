"""What somebody wrote beside what a chart says, line by line: the same, different, or told by one side only."""

from __future__ import annotations

from dataclasses import dataclass

from desk_app.application import wording
from desk_app.application.phone_words import shown_number
from desk_app.domain.likeness import Described, differences, likeness, person
from desk_app.domain.records import Contact, Patient

LABELS = {"name": "Name", "birth_date": "Born", "phone": "Phone"}


@dataclass(frozen=True, slots=True)
class Compared:
    """``theirs`` is what was written, ``ours`` what the chart says."""

    label: str
    theirs: str
    ours: str
    same: bool


def compared(written: Contact | Patient, known: Patient) -> tuple[Compared, ...]:
    """Name, birth date and phone."""
    apart = differences(written, known)
    theirs, ours = _told(written), _told(known)
    odd = written.birth_date_text if isinstance(written, Contact) and written.birth_date is None else ""
    theirs["birth_date"] = theirs["birth_date"] or odd
    return tuple(
        Compared(label, theirs[key] or "not given", ours[key] or "not known", key not in apart)
        for key, label in LABELS.items()
    )


def how_alike(written: Described, known: Described) -> int:
    """0 to 100."""
    return likeness(person(written), person(known))


def _told(who: Contact | Patient) -> dict[str, str]:
    return {
        "name": who.name,
        "birth_date": wording.birth_date(who.birth_date),
        "phone": shown_number(who.phones[0]) if who.phones else "",
    }
