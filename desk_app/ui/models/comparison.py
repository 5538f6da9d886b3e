"""What somebody wrote beside what a chart says, line by line: the same, different, or told by one side only."""

from __future__ import annotations

from desk_app.application import wording
from desk_app.application.phone_words import shown_number
from desk_app.application.read_models import PatientCard
from desk_app.domain.dataclass import dataclass
from desk_app.domain.likeness import Described, differences, likeness, person
from desk_app.domain.records import Contact, Patient

LABELS = {"name": "Name", "birth_date": "Born", "phone": "Phone"}


@dataclass(frozen=True, slots=True)
class Compared:
    """``theirs`` is what was written, ``ours`` what the chart says; ``same`` None where the two need not agree."""

    label: str
    theirs: str
    ours: str
    same: bool | None


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


def compared_charts(kept: PatientCard, other: PatientCard) -> tuple[Compared, ...]:
    """Two charts line by line: the one that stays first."""
    one, two = kept.patient, other.patient
    pairs = (
        ("Name", one.name, two.name, "name" not in differences(one, two)),
        *(
            (label, mine, theirs, not (mine and theirs) or mine == theirs)
            for label, mine, theirs in (
                ("Born", wording.birth_date(one.birth_date), wording.birth_date(two.birth_date)),
                ("Sex", one.sex, two.sex),
                ("Phones", _numbers(one), _numbers(two)),
                ("Mail", one.email, two.email),
                ("Payer", kept.payer, other.payer),
                ("Member", one.member_id, two.member_id),
            )
        ),
        ("Visits", _visits(kept), _visits(other), None),
        ("Requests", str(len(kept.requests)), str(len(other.requests)), None),
    )
    return tuple(Compared(label, mine or "–", theirs or "–", same) for label, mine, theirs, same in pairs)


def _numbers(chart: Patient) -> str:
    return ", ".join(shown_number(phone) for phone in chart.phones)


def _visits(card: PatientCard) -> str:
    return str(len(card.upcoming) + len(card.past))


def how_alike(written: Described, known: Described) -> int:
    """0 to 100."""
    return likeness(person(written), person(known))


def _told(who: Contact | Patient) -> dict[str, str]:
    return {
        "name": who.name,
        "birth_date": wording.birth_date(who.birth_date),
        "phone": shown_number(who.phones[0]) if who.phones else "",
    }
