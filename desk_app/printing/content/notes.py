"""What there is to say of a visit beside its place: alerts, what is missing, holds, overrides, the night."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from desk_app.application.wording import AUTHORIZATION_WORDS, STATUS_WORDS, clock, weekday_date
from desk_app.domain.practice import ResourceKind, Sedation
from desk_app.domain.statuses import FIRM_VISITS, PRESENT_VISITS, AppointmentStatus, AuthorizationStatus
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.domain.zone import local_date
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.visits import SheetVisit

GRANTED = frozenset(
    {
        AuthorizationStatus.APPROVED,
        AuthorizationStatus.APPROVED_IN_PART,
        AuthorizationStatus.MODIFIED,
        AuthorizationStatus.USED,
    }
)
TO_COME = frozenset({AppointmentStatus.HELD, *FIRM_VISITS})
DANGERS = {
    AlertKind.LATEX: ("LATEX ALLERGY", "LATEX ALLERGY: {}"),
    AlertKind.ALLERGY: ("ALLERGY", "ALLERGY: {}"),
}
ALLERGIES = {AlertKind.ALLERGY: ("allergy", "allergy: {}")}
CARE = {
    AlertKind.ANTICOAGULANT: ("anticoagulant", "anticoagulant: {}"),
    AlertKind.PACEMAKER: ("cardiac device", "cardiac device: {}"),
    AlertKind.INTERPRETER: ("interpreter", "{} interpreter"),
    AlertKind.MOBILITY: ("help with walking", "{}"),
}
"""What an alert is called without a detail and with one."""


def notes_of(visit: SheetVisit, profile: Profile, zone: ZoneInfo) -> tuple[str, ...]:
    """The notes of a row, the weightiest first."""
    return tuple(
        note.rstrip(" .")
        for note in (
            *(_alert(DANGERS, alert) for alert in visit.alerts),
            "NO ESCORT NAMED" if lacks_escort(visit) else "",
            _hold(visit, zone),
            "not confirmed" if visit.status == AppointmentStatus.BOOKED else "",
            _night(visit),
            *(_alert(CARE, alert) for alert in visit.alerts),
            _override(visit, profile),
            visit.note,
            _on_the_day(visit, zone),
        )
        if note
    )


def lacks_escort(visit: SheetVisit) -> bool:
    """No escort, no sedation; a held visit is not yet asked for one."""
    awaited = visit.status in FIRM_VISITS or visit.status in (AppointmentStatus.ARRIVED, AppointmentStatus.READY)
    return awaited and visit.sedation != Sedation.NONE and not visit.escort


def authorization_words(visit: SheetVisit, zone: ZoneInfo) -> str:
    """``auth. approved``, ``auth. pended``, ``auth. ends 20 Nov``, ``auth. approved for 1 level, 2 are booked``"""
    if not visit.needs_authorization:
        return "auth. not required"
    ended = visit.authorized_to is not None and visit.authorized_to < local_date(visit.start, zone)
    if visit.lack and not ended:
        return f"auth. {visit.lack}"
    if ended and visit.authorization in GRANTED and visit.authorized_to is not None:
        return f"auth. ends {weekday_date(visit.authorized_to)}"
    return f"auth. {AUTHORIZATION_WORDS.get(visit.authorization, visit.authorization)}"


def lacks_authorization(visit: SheetVisit, zone: ZoneInfo) -> bool:
    """A visit to come without an approval good for its day, and without an override for that."""
    if not visit.needs_authorization or visit.status not in TO_COME or visit.is_authorization_passed:
        return False
    ended = visit.authorized_to is not None and visit.authorized_to < local_date(visit.start, zone)
    return visit.authorization not in GRANTED or ended or bool(visit.lack)


def warnings_of(visit: SheetVisit, profile: Profile, zone: ZoneInfo) -> tuple[str, ...]:
    """What somebody has to see to before the day starts."""
    if visit.status not in TO_COME | {AppointmentStatus.ARRIVED, AppointmentStatus.READY}:
        return ()
    latex = any(alert.kind is AlertKind.LATEX for alert in visit.alerts)
    return tuple(
        warning
        for warning in (
            "latex-free room set" if latex else "",
            *(_alert(ALLERGIES, alert) for alert in visit.alerts),
            "no escort" if lacks_escort(visit) else "",
            f"held until {moment_words(visit.hold_until, zone)}" if visit.hold_until is not None else "",
            "not confirmed" if visit.status == AppointmentStatus.BOOKED else "",
            "no authorization" if profile.shows_payers and lacks_authorization(visit, zone) else "",
        )
        if warning
    )


def moment_words(instant: datetime, zone: ZoneInfo) -> str:
    """``Mon 23 Nov 10:45``: paper lies about for longer than a weekday means."""
    return f"{weekday_date(local_date(instant, zone))} {clock(instant, zone)}"


def _alert(words: Mapping[AlertKind, tuple[str, str]], alert: Alert) -> str:
    """``LATEX ALLERGY``, ``ALLERGY: penicillin``, ``French interpreter``; nothing for a kind not asked for."""
    if alert.kind not in words:
        return ""
    bare, detailed = words[alert.kind]
    detail = plain(alert.detail)
    return detailed.replace("{}", detail) if detail else bare


def _hold(visit: SheetVisit, zone: ZoneInfo) -> str:
    return f"held, lapses {moment_words(visit.hold_until, zone)}" if visit.hold_until is not None else ""


def _night(visit: SheetVisit) -> str:
    beds = ", ".join(bed.name for bed in visit.of_kind(ResourceKind.OVERNIGHT_BED))
    return f"stays tonight, {plain(beds)}" if beds else ""


def _override(visit: SheetVisit, profile: Profile) -> str:
    """The reason may speak of the payer, so only the desk's sheet gives it."""
    if not visit.override_reason:
        return ""
    return f"OVERRIDE: {visit.override_reason}" if profile.shows_payers else "by override"


def _on_the_day(visit: SheetVisit, zone: ZoneInfo) -> str:
    """How far the patient is, on a sheet printed while the day runs."""
    if visit.status not in PRESENT_VISITS | {AppointmentStatus.DISCHARGED}:
        return ""
    word = STATUS_WORDS[visit.status].lower()
    return f"{word} {clock(visit.status_since, zone)}" if visit.status_since is not None else word
