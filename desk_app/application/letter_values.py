"""What a letter's fields say of a practice, a person and a visit. Nothing is said that the desk does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.domain.arrival import arrival, is_on_the_day
from desk_app.domain.dataclass import dataclass
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.practice import Catalogue, PhaseKind, Sedation, Stay
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import GateStanding, GateState
from desk_app.domain.records import Appointment, Contact, Patient
from desk_app.domain.spoken_times import clock_words, day_words, hours_words, length_words, moment_words
from desk_app.domain.visit_parts import AlertKind
from desk_app.domain.zone import local_date

EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
Words = Mapping[LetterLanguage, str]
SEDATION: Mapping[Sedation, Words] = {
    Sedation.LIGHT: {EN: "light sedation", ES: "sedación ligera"},
    Sedation.MODERATE: {EN: "moderate sedation", ES: "sedación moderada"},
    Sedation.MAC: {EN: "monitored anesthesia care", ES: "anestesia monitorizada"},
    Sedation.GENERAL: {EN: "general anesthesia", ES: "anestesia general"},
}
THINNER: Mapping[GateState, tuple[str, Words]] = {
    GateState.OPEN: ("thinner_open", {EN: "the plan is not here yet", ES: "todavía no hay indicaciones"}),
    GateState.PLAN_RECEIVED: ("thinner_received", {EN: "the plan is here", ES: "las indicaciones han llegado"}),
    GateState.TOLD: ("thinner_told", {EN: "you have been told the plan", ES: "se le explicaron las indicaciones"}),
    GateState.HELD: ("thinner_held", {EN: "you follow the plan", ES: "usted sigue las indicaciones"}),
}
UNNAMED: Mapping[AlertKind, Words] = {
    AlertKind.ANTICOAGULANT: {EN: "a blood thinner", ES: "un anticoagulante"},
    AlertKind.LATEX: {EN: "latex", ES: "látex"},
    AlertKind.PACEMAKER: {EN: "kind not noted", ES: "tipo sin anotar"},
    AlertKind.MOBILITY: {EN: "help with walking", ES: "ayuda para caminar"},
    AlertKind.ALLERGY: {EN: "kind not noted", ES: "tipo sin anotar"},
}
NIGHT: Words = {EN: "one night", ES: "una noche"}


@dataclass(frozen=True, slots=True)
class LetterPractice:
    """The practice as of a moment, in a letter's language."""

    catalogue: Catalogue
    zone: ZoneInfo
    today: date
    language: LetterLanguage


def common_values(practice: LetterPractice, person: Patient | Contact, reference: str) -> dict[str, str]:
    """What every letter can say."""
    settings, language = practice.catalogue.settings, practice.language
    return {
        "patient": _line(f"{person.given} {person.family}"),
        "today": day_words(practice.today, language),
        "practice": _line(settings.name),
        "practice_phone": _line(settings.phone),
        "practice_address": _line(settings.address),
        "office_hours": hours_words(practice.catalogue.business_hours, language),
        "reference": _line(reference),
    }


def visit_values(
    practice: LetterPractice, visit: Appointment, patient: Patient, asked: Iterable[GateStanding]
) -> dict[str, str]:
    """What the preparation sheet says beside that: every time is counted back from the visit as it stands."""
    gates, language = tuple(asked), practice.language
    day = local_date(visit.start, practice.zone)
    arrives = arrival(visit.start, (each.gate for each in gates))
    return {
        "visit_date": day_words(day, language, day.year != practice.today.year),
        "visit_time": _clock(visit.start, day, practice),
        "arrive_at": _clock(arrives, day, practice),
        "procedure": _treated(visit),
        "physician": _physician(practice.catalogue, visit),
        "escort": _line(visit.escort),
        "sedation": SEDATION[visit.sedation][language] if visit.sedation in SEDATION else "",
        **_fasting(practice, visit, gates),
        **_thinner(practice, patient, gates),
        **_alerts(patient, language),
        **_to_bring(gates),
        **_afterwards(practice, visit, day),
    }


def _line(text: str) -> str:
    return " ".join(text.split())


def _clock(instant: datetime, day: date, practice: LetterPractice) -> str:
    """The clock time alone on the visit's own day."""
    local = instant.astimezone(practice.zone)
    if local.date() == day:
        return clock_words(local.time(), practice.language)
    return moment_words(instant, practice.zone, practice.language, practice.today)


def _treated(visit: Appointment) -> str:
    parts = (" ".join(part for part in (each.name, each.level_names, each.side) if part) for each in visit.treated)
    return _line(" + ".join(parts))


def _physician(catalogue: Catalogue, visit: Appointment) -> str:
    codes = (code for phase in visit.phases for label, code in phase.resources if label == "physician")
    first = next(codes, "")
    return next((_line(each.name) for each in catalogue.resources if each.code == first), "")


def _fasting(practice: LetterPractice, visit: Appointment, gates: Iterable[GateStanding]) -> dict[str, str]:
    """With the day, as a fast may begin on the one before; the longest fast that is asked holds."""
    asked = [each.gate for each in gates if each.gate.kind is GateKind.FASTING]
    if not asked:
        return {}
    hours = {
        "last_meal": max(gate.food_hours for gate in asked),
        "last_clear_fluids": max(gate.fluid_hours for gate in asked),
    }
    return {
        name: moment_words(visit.start - timedelta(hours=ahead), practice.zone, practice.language, practice.today)
        for name, ahead in hours.items()
    }


def _thinner(practice: LetterPractice, patient: Patient, gates: Iterable[GateStanding]) -> dict[str, str]:
    """Which one it is, and what the desk has of its plan; never a number of days."""
    found = {"blood_thinner": _details(patient, (AlertKind.ANTICOAGULANT,), practice.language)}
    for standing in gates:
        if standing.gate.kind is GateKind.THINNER:
            name, words = THINNER[standing.state]
            found |= {name: words[practice.language], "thinner_note": _line(standing.note)}
    return found


def _alerts(patient: Patient, language: LetterLanguage) -> dict[str, str]:
    return {
        "allergies": _details(patient, (AlertKind.ALLERGY, AlertKind.LATEX), language),
        "heart_device": _details(patient, (AlertKind.PACEMAKER,), language),
        "mobility": _details(patient, (AlertKind.MOBILITY,), language),
    }


def _details(patient: Patient, kinds: tuple[AlertKind, ...], language: LetterLanguage) -> str:
    """In the desk's own words; the kind where there are none."""
    told = []
    for alert in patient.alerts:
        if alert.kind in kinds:
            detail = _line(alert.detail)
            if alert.kind is AlertKind.LATEX and detail:
                detail = f"{UNNAMED[alert.kind][language]} ({detail})"
            told.append(detail or UNNAMED[alert.kind][language])
    return ", ".join(dict.fromkeys(told))


def _to_bring(gates: Iterable[GateStanding]) -> dict[str, str]:
    """By the names that the practice gave its gates; what is there already is not asked for again."""
    missing = [each.gate for each in gates if each.is_missing]

    def named(kind: GateKind) -> str:
        return ", ".join(_line(gate.name) for gate in missing if gate.kind is kind)

    labs = ", ".join(_line(gate.name) for gate in missing if is_on_the_day(gate))
    return {"images": named(GateKind.IMAGING), "consent": named(GateKind.CONSENT), "labs_on_the_day": labs}


def _afterwards(practice: LetterPractice, visit: Appointment, day: date) -> dict[str, str]:
    language = practice.language
    rest = [phase for phase in visit.phases if phase.kind is PhaseKind.RECOVERY]
    minutes = int(sum((phase.end - phase.start).total_seconds() for phase in rest) // 60)
    stays = visit.stay is Stay.PLANNED
    return {
        "rest": length_words(minutes, language) if minutes else "",
        "home_at": "" if stays else _clock(visit.end, day, practice),
        "overnight": NIGHT[language] if stays else "",
        "may_stay": NIGHT[language] if visit.stay is Stay.POSSIBLE else "",
    }
