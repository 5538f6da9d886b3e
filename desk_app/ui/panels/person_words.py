"""A person's line, phone and alerts on a card."""

from __future__ import annotations

from datetime import date, datetime

from desk_app.application import wording
from desk_app.application.phone_words import shown_number as number
from desk_app.domain.records import Patient, Phone
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.alert_icons import ALERT_ICONS
from desk_app.ui.panels.card_content import ChipSpec

__all__ = ["alert_chips", "chart_line", "number", "person_line", "phone_words", "since", "spaced"]

ALERT_WORDS = {
    AlertKind.ALLERGY: "Allergy",
    AlertKind.LATEX: "Latex allergy",
    AlertKind.ANTICOAGULANT: "Blood thinner",
    AlertKind.PACEMAKER: "Pacemaker",
    AlertKind.INTERPRETER: "Interpreter",
    AlertKind.MOBILITY: "Mobility",
}
RED_ALERTS = frozenset({AlertKind.ALLERGY, AlertKind.LATEX})
"""An allergy is the only red chip of a card."""

LONGEST_CHIP = 160


def person_line(patient: Patient, today: date) -> str:
    """``F, 75 · 12 Mar 1951 · MRN 204 118``"""
    years = wording.age(patient.birth_date, today)
    first = ", ".join(part for part in (patient.sex, str(years) if years is not None else "") if part)
    born = wording.birth_date(patient.birth_date) or "birth date not known"
    return " · ".join(part for part in (first, born, f"MRN {spaced(patient.mrn)}") if part)


def chart_line(name: str, born: date | None, mrn: str) -> str:
    """``Ortiz, Marisol · 12 Mar 1951 · MRN 204 118``"""
    return " · ".join(part for part in (name, wording.birth_date(born), f"MRN {spaced(mrn)}") if part)


def spaced(mrn: str) -> str:
    """Six digits in two groups are read aloud more easily."""
    return f"{mrn[:3]} {mrn[3:]}" if len(mrn) == 6 and mrn.isdigit() else mrn


def phone_words(phones: tuple[Phone, ...]) -> tuple[str, str]:
    """The first number, and its label or how many more there are."""
    if not phones:
        return "no phone", ""
    first = phones[0]
    more = f"and {len(phones) - 1} more" if len(phones) > 1 else ""
    return number(first), ", ".join(part for part in (first.label, more) if part)


def alert_chips(alerts: tuple[Alert, ...]) -> tuple[ChipSpec, ...]:
    return tuple(
        ChipSpec(
            (alert.detail or ALERT_WORDS[alert.kind])[:LONGEST_CHIP],
            ALERT_ICONS[alert.kind],
            "bad" if alert.kind in RED_ALERTS else "neutral",
            ": ".join(part for part in (ALERT_WORDS[alert.kind], alert.detail) if part),
        )
        for alert in alerts
    )


def since(when: datetime, now: datetime) -> str:
    return f"{wording.waiting(when, now)} ago"
