"""The slip that a patient takes home: when to come, where, to whom, and whom to call. In the patient's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk_app.application.case_of import procedure_in
from desk_app.application.day_plan import DayPlanLine
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.phone_words import written_number
from desk_app.application.read_models import PrintedSheet, VisitCard
from desk_app.application.use_cases.sheets import SlipPrinted, record_slips
from desk_app.application.wording import clock, full_date
from desk_app.domain.arrival import arrival
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation
from desk_app.domain.languages import LetterLanguage, letter_language
from desk_app.domain.letters import LetterLine, LineKind
from desk_app.domain.names import initials
from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind, Sedation
from desk_app.domain.readiness import standings
from desk_app.domain.records import Appointment
from desk_app.domain.spoken_times import clock_words, day_words, hours_words, moment_words
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import local_date
from desk_app.printing.content.letter import PAGE, LetterContent
from desk_app.printing.content.plain import plain
from desk_app.printing.content.profiles import Profile
from desk_app.printing.content.visits import SheetVisit, gone

KIND, NAME = "slip", "Patient slip"
OVER = frozenset({AppointmentStatus.CANCELLED, AppointmentStatus.NO_SHOW, AppointmentStatus.DISCHARGED})
EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
WORDS: Mapping[LetterLanguage, Mapping[str, str]] = {
    EN: {
        "title": "Your visit on {day}",
        "when": "When",
        "arrive": "Please be here at {time}.",
        "start": "Your visit begins at {time}.",
        "leave": "You can expect to leave at about {time}.",
        "stay": "You stay for the night and can expect to leave on {time}.",
        "held": "This time is kept for you until {time}. It is not booked yet: please call us before then.",
        "where": "Where",
        "room": "Ask for {room}.",
        "who": "With whom",
        "what": "What is planned",
        "escort": "Who takes you home",
        "escort_missing": "You may not drive yourself. Please tell us who takes you home.",
        "phone": "Questions, or if you cannot come",
        "call": "Call us at {phone}.",
        "hours": "We answer {hours}.",
        "again": "This slip takes the place of the one of {day}. What has changed says so.",
        "changed": "{text} (changed)",
    },
    ES: {
        "title": "Su cita del {day}",
        "when": "Cuándo",
        "arrive": "Llegue a las {time}, por favor.",
        "start": "Su cita empieza a las {time}.",
        "leave": "Podrá irse hacia las {time}.",
        "stay": "Se queda a pasar la noche y podrá irse el {time}.",
        "held": "Guardamos esta hora para usted hasta el {time}. Aún no está reservada: llámenos antes.",
        "where": "Dónde",
        "room": "Pregunte por {room}.",
        "who": "Con quién",
        "what": "Qué está previsto",
        "escort": "Quién le lleva a casa",
        "escort_missing": "Usted no puede conducir. Díganos quién le lleva a casa.",
        "phone": "Preguntas, o si no puede venir",
        "call": "Llámenos al {phone}.",
        "hours": "Contestamos {hours}.",
        "again": "Esta hoja sustituye a la del {day}. Lo que ha cambiado está indicado.",
        "changed": "{text} (ha cambiado)",
    },
}


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of one visit: what goes on paper, and what is kept of it to tell later what has changed."""

    appointment_id: int
    day: date
    content: LetterContent
    version: int
    kept: str
    language: LetterLanguage


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """A visit as of ``now``, with the slip printed before."""

    card: VisitCard
    catalogue: Catalogue
    now: datetime
    zone: ZoneInfo
    user: str
    last: PrintedSheet | None
    arrives: datetime


def slip_of_visit(desk: Desk, appointment_id: int, profile: Profile, language: LetterLanguage | None = None) -> Slip:
    """The slip as it would go out now. Raises RuleViolation ``slip_visit_off``, WrongInput ``unknown_record``."""
    desk.slots.catch_up(desk.queries)
    last = desk.queries.slips_printed([appointment_id]).get(appointment_id)
    return slip_of(_read(desk, appointment_id, last), profile, language)


def _read(desk: Desk, appointment_id: int, last: PrintedSheet | None) -> SlipFacts:
    card = desk.queries.visit_card(appointment_id)
    visit = card.appointment
    if visit.status in OVER or not visit.is_active(desk.now()):
        raise RuleViolation("slip_visit_off")
    catalogue = desk.catalogue()
    asked = standings(catalogue, visit, procedure_in(catalogue, visit), card.patient, card.readiness)
    arrives = arrival(visit.start, (each.gate for each in asked))
    return SlipFacts(card, catalogue, desk.now(), desk.zone(), desk.actor.user_name, last, arrives)


def slips_of_day(desk: Desk, day: date, profile: Profile) -> tuple[Slip, ...]:
    """One for every visit of the day that is still to come or under way, in their order.

    Raises RuleViolation ``slips_none`` where there is no such visit.
    """
    desk.slots.catch_up(desk.queries)
    lines = desk.queries.day_plan(day, desk.now()).lines
    own = [line for line in lines if local_date(line.start, desk.zone()) == day and line.status not in OVER]
    if not own:
        raise RuleViolation("slips_none")
    last = desk.queries.slips_printed([line.appointment_id for line in own])
    read = (_read(desk, line.appointment_id, last.get(line.appointment_id)) for line in sorted(own, key=_begins))
    return tuple(slip_of(facts, profile) for facts in read)


def _begins(line: DayPlanLine) -> tuple[datetime, int]:
    return (line.start, line.appointment_id)


def record_slip_sheets(desk: Desk, slips: tuple[Slip, ...], profile: str, way: str) -> Outcome[int]:
    """Keeps what went out, with who printed it. ``way``: printer or pdf."""
    printed = [SlipPrinted(slip.appointment_id, slip.day, slip.version, slip.kept) for slip in slips]
    return record_slips(desk, printed, profile, way)


def slip_of(facts: SlipFacts, profile: Profile, language: LetterLanguage | None = None) -> Slip:
    """The slip of what was read of a visit."""
    patient, visit = facts.card.patient, facts.card.appointment
    maker = _Maker(facts, profile, language or letter_language(patient.language))
    version = facts.last.version + 1 if facts.last else 1
    settings = facts.catalogue.settings
    printed = f"{full_date(local_date(facts.now, facts.zone))} {clock(facts.now, facts.zone)}"
    content = LetterContent(
        plain(settings.name),
        tuple(plain(text) for text in (settings.address, written_number(settings.phone)) if text.strip()),
        maker.title(),
        maker.whose(),
        maker.lines(),
        plain(f"Printed {printed} by {facts.user} · profile: {profile.told} · version {version}"),
        PAGE[maker.language],
        f"{NAME}, visit {visit.id}, version {version}",
    )
    return Slip(visit.id, local_date(visit.start, facts.zone), content, version, maker.kept(), maker.language)


class _Maker:
    """Says every fact in the patient's language, and of each whether it was another one on the slip before."""

    def __init__(self, facts: SlipFacts, profile: Profile, language: LetterLanguage) -> None:
        self._facts, self._profile, self.language = facts, profile, language
        self._words = WORDS[language]
        self._visit: SheetVisit = gone(facts.card, facts.catalogue)
        last = facts.last.lines.get(self._visit.id, "") if facts.last else ""
        self._before = last.split("\t") if last else []

    def title(self) -> str:
        return self._words["title"].format(day=day_words(self._day, self.language, self._day.year != self._today.year))

    def whose(self) -> str:
        """The name, and the initials alone where anybody might read them."""
        patient = self._facts.card.patient
        if not self._profile.names_patients:
            return initials(plain(patient.family), plain(patient.given)) or "–"
        return plain(f"{patient.given} {patient.family}")

    def lines(self) -> tuple[LetterLine, ...]:
        told = [LetterLine(LineKind.PLAIN, self.whose())]
        if self._before and self._facts.last is not None:
            printed = day_words(local_date(self._facts.last.printed_at, self._facts.zone), self.language)
            told.append(LetterLine(LineKind.PLAIN, self._words["again"].format(day=printed)))
        parts = (("when", self._when()), ("where", self._where()), ("who", self._who()), ("what", self._what()))
        for heading, lines in (*parts, ("escort", self._escort()), ("phone", self._phone())):
            if lines:
                told.append(LetterLine(LineKind.HEADING, self._words[heading]))
                told += [LetterLine(LineKind.ITEM, plain(line)) for line in lines]
        return tuple(told)

    def kept(self) -> str:
        return "\t".join(self._facts_kept())

    def _facts_kept(self) -> tuple[str, ...]:
        """Arrival, start, end, room, physician, procedure: values, so that another language is no change."""
        visit = self._visit
        return (
            self._facts.arrives.isoformat(),
            visit.start.isoformat(),
            visit.end.isoformat(),
            ", ".join(room.code for room in visit.of_kind(ResourceKind.PROCEDURE_ROOM)),
            ", ".join(each.code for each in visit.physicians()),
            visit.procedure,
        )

    def _marked(self, place: int, text: str) -> str:
        """The text, with the word where that fact was another one."""
        is_changed = len(self._before) > place and self._before[place] != self._facts_kept()[place]
        return self._words["changed"].format(text=text) if is_changed else text

    def _when(self) -> list[str]:
        words, visit = self._words, self._visit
        told = [
            self._marked(0, words["arrive"].format(time=self._clock(self._facts.arrives))),
            self._marked(1, words["start"].format(time=self._clock(visit.start))),
            self._marked(2, words["stay" if self._stays else "leave"].format(time=self._clock(visit.end))),
        ]
        until = self._appointment.hold_until
        if self._appointment.status is AppointmentStatus.HELD and until is not None:
            told.append(words["held"].format(time=self._moment(until)))
        return told

    def _where(self) -> list[str]:
        settings = self._facts.catalogue.settings
        rooms = ", ".join(room.name for room in self._visit.of_kind(ResourceKind.PROCEDURE_ROOM))
        place = ", ".join(text for text in (settings.name, settings.address) if text.strip())
        return [place, *([self._marked(3, self._words["room"].format(room=rooms))] if rooms else [])]

    def _who(self) -> list[str]:
        who = ", ".join(each.name for each in self._visit.physicians())
        return [self._marked(4, who)] if who else []

    def _what(self) -> list[str]:
        return [self._marked(5, self._visit.procedure)] if self._profile.names_patients else []

    def _escort(self) -> list[str]:
        """Who is sedated does not drive; an escort's name hangs on no wall."""
        if self._appointment.sedation is Sedation.NONE or not self._profile.names_patients:
            return []
        return [self._appointment.escort or self._words["escort_missing"]]

    def _phone(self) -> list[str]:
        settings, words = self._facts.catalogue.settings, self._words
        hours = hours_words(self._facts.catalogue.business_hours, self.language)
        call = [words["call"].format(phone=written_number(settings.phone))] if settings.phone.strip() else []
        return [*call, words["hours"].format(hours=hours)]

    @property
    def _appointment(self) -> Appointment:
        return self._facts.card.appointment

    @property
    def _stays(self) -> bool:
        return self._visit.phase(PhaseKind.OVERNIGHT) is not None

    @property
    def _day(self) -> date:
        return local_date(self._visit.start, self._facts.zone)

    @property
    def _today(self) -> date:
        return local_date(self._facts.now, self._facts.zone)

    def _clock(self, instant: datetime) -> str:
        """The time alone on the visit's own day."""
        local = instant.astimezone(self._facts.zone)
        return clock_words(local.time(), self.language) if local.date() == self._day else self._moment(instant)

    def _moment(self, instant: datetime) -> str:
        return moment_words(instant, self._facts.zone, self.language, self._today)
