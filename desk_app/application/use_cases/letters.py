"""Letters to patients: what one says now, and the record of what went out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desk_app.application.case_of import procedure_in
from desk_app.application.desk import Desk
from desk_app.application.letter_settling import settle_letter_calls
from desk_app.application.letter_values import LetterPractice, common_values, visit_values
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.tray import user_of
from desk_app.domain.call_records import Letter
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.languages import LetterLanguage, letter_language
from desk_app.domain.letters import FilledLetter, LetterKind, fill, template_of
from desk_app.domain.readiness import standings
from desk_app.domain.records import Contact, Patient
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import AlertKind

TO_COME = frozenset({AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED})


@dataclass(frozen=True, slots=True)
class LetterWish:
    """A letter about a visit, a request or a patient (one of the three).

    Without a ``language`` it is the patient's. ``callback_id`` is the call that the letter stands in for.
    """

    kind: LetterKind
    appointment_id: int | None = None
    request_id: int | None = None
    patient_id: int | None = None
    language: LetterLanguage | None = None
    callback_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it would go out now. ``start`` is the visit's, ``version`` one more than went out before."""

    kind: LetterKind
    language: LetterLanguage
    whose: str
    filled: FilledLetter
    version: int
    made_at: datetime
    patient_id: int | None = None
    request_id: int | None = None
    appointment_id: int | None = None
    callback_id: int | None = None
    start: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Subject:
    """To whom and about what, with what was sent about it before."""

    person: Patient | Contact
    said_language: tuple[str, ...]
    letters: tuple[Letter, ...]
    patient_id: int | None
    request_id: int | None = None
    appointment_id: int | None = None


def compose(desk: Desk, wish: LetterWish) -> LetterDraft:
    """The letter with what is known now.

    Raises RuleViolation: ``letter_no_visit`` where no visit is to come, ``letter_visit_over``, ``letter_no_name``;
    WrongInput ``unknown_record``.
    """
    desk.slots.catch_up(desk.queries)
    if wish.kind is LetterKind.PREPARATION:
        return _preparation(desk, wish)
    subject = _subject(desk, wish)
    language = wish.language or letter_language(*subject.said_language)
    return _draft(desk, wish, subject, language, _common(desk, subject, language))


def chart_of(desk: Desk, mrn: str) -> int:
    """The patient of a chart number. Raises WrongInput ``unknown_mrn``."""
    with desk.open_work(desk.actor) as work:
        patient = work.patients.by_mrn(mrn.strip())
    if patient is None:
        raise WrongInput("unknown_mrn", mrn=mrn)
    return patient.id


@repeated
def record(desk: Desk, draft: LetterDraft, way: str) -> Outcome[Letter]:
    """Keeps the letter as it went out, and settles the call it stands in for. ``way``: printer or pdf.

    As paper cannot be called back, this is no step to be undone.
    """
    user = user_of(desk)
    with desk.open_work(desk.actor) as work:
        version = 1 + len(_same(_earlier(work, draft), draft.kind, draft.appointment_id, draft.request_id))
        if desk.only_looks:
            return Outcome(_letter(draft, user))
        letter = work.letters.add(_letter(draft, user))
        settled = settle_letter_calls(desk, work, draft.kind, letter, user)
        told = {
            "letter": draft.kind.value,
            "language": draft.language.value,
            "version": version,
            "way": way,
            **{name: value for name, value in _about(draft).items() if value is not None},
            **({"start": draft.start.isoformat()} if draft.start is not None else {}),
            **({"settled": settled} if settled else {}),
        }
        changes = work.commit("letter_printed", told)
    desk.slots.catch_up(desk.queries)
    return Outcome(letter, changes)


def _about(draft: LetterDraft) -> dict[str, int | None]:
    return {"appointment": draft.appointment_id, "request": draft.request_id, "patient": draft.patient_id}


def _letter(draft: LetterDraft, user: int) -> Letter:
    return Letter(
        draft.kind.value,
        draft.language.value,
        draft.made_at,
        user,
        draft.filled.text,
        draft.patient_id,
        draft.request_id,
        draft.appointment_id,
        draft.callback_id,
    )


def _earlier(work: UnitOfWork, draft: LetterDraft) -> tuple[Letter, ...]:
    if draft.patient_id is not None:
        return work.letters.of_patient(draft.patient_id)
    return work.letters.of_caller(draft.request_id) if draft.request_id is not None else ()


def _same(letters: Iterable[Letter], kind: LetterKind, visit: int | None, request: int | None) -> list[Letter]:
    """Those of a kind about the same."""
    return [
        each
        for each in letters
        if each.code == kind.value and (each.appointment_id, each.request_id) == (visit, request)
    ]


def _preparation(desk: Desk, wish: LetterWish) -> LetterDraft:
    card = desk.queries.visit_card(_visit_of(desk, wish))
    visit, patient = card.appointment, card.patient
    if visit.status not in TO_COME or not visit.is_active(desk.now()) or visit.start <= desk.now():
        raise RuleViolation("letter_visit_over")
    said = (patient.language, *_interpreted(patient))
    subject = _Subject(patient, said, card.letters, patient.id, appointment_id=visit.id)
    language = wish.language or letter_language(*said)
    catalogue = desk.catalogue()
    asked = standings(catalogue, visit, procedure_in(catalogue, visit), patient, card.readiness)
    practice = LetterPractice(catalogue, desk.zone(), desk.today(), language)
    values = {**_common(desk, subject, language), **visit_values(practice, visit, patient, asked)}
    return replace(_draft(desk, wish, subject, language, values), start=visit.start)


def _visit_of(desk: Desk, wish: LetterWish) -> int:
    """The visit itself, else the next one of the request or the patient."""
    if wish.appointment_id is not None:
        return wish.appointment_id
    now = desk.now()
    if wish.request_id is not None:
        lines = desk.queries.request_card(wish.request_id, now).visits
    else:
        lines = desk.queries.patient_card(_standing(desk, wish), now).upcoming
    ahead = [line for line in lines if line.status in TO_COME and line.start > now]
    if not ahead:
        raise RuleViolation("letter_no_visit")
    return min(ahead, key=lambda line: line.start).appointment_id


def _subject(desk: Desk, wish: LetterWish) -> _Subject:
    if wish.appointment_id is not None:
        card = desk.queries.visit_card(wish.appointment_id)
        said = (card.patient.language, *_interpreted(card.patient))
        return _Subject(card.patient, said, card.letters, card.patient.id, appointment_id=wish.appointment_id)
    if wish.request_id is not None:
        asked = desk.queries.request_card(wish.request_id, desk.now())
        patient = asked.patient
        if patient is None:
            return _Subject(asked.request.contact, (), asked.letters, None, request_id=asked.request.id)
        said = (patient.language, *_interpreted(patient))
        return _Subject(patient, said, asked.letters, patient.id, request_id=asked.request.id)
    of_patient = desk.queries.patient_card(_standing(desk, wish), desk.now())
    patient = of_patient.patient
    return _Subject(patient, (patient.language, *_interpreted(patient)), of_patient.letters, patient.id)


def _standing(desk: Desk, wish: LetterWish) -> int:
    """The patient's chart, or the one that it was merged into."""
    if wish.patient_id is None:
        raise WrongInput("letter_subject")
    number, seen = wish.patient_id, set[int]()
    while number not in seen:
        seen.add(number)
        merged = desk.queries.patient_card(number, desk.now()).patient.merged_into
        number = merged if merged is not None else number
    return number


def _interpreted(patient: Patient) -> tuple[str, ...]:
    """The interpreter's language, where the chart itself names none."""
    return tuple(alert.detail for alert in patient.alerts if alert.kind is AlertKind.INTERPRETER)


def _common(desk: Desk, subject: _Subject, language: LetterLanguage) -> dict[str, str]:
    practice = LetterPractice(desk.catalogue(), desk.zone(), desk.today(), language)
    person = subject.person
    reference = person.mrn if isinstance(person, Patient) else f"R{subject.request_id}"
    values = common_values(practice, person, reference)
    if not values["patient"]:
        raise RuleViolation("letter_no_name")
    return values


def _draft(
    desk: Desk, wish: LetterWish, subject: _Subject, language: LetterLanguage, values: dict[str, str]
) -> LetterDraft:
    filled = fill(template_of(desk.catalogue(), wish.kind, language), values)
    before = _same(subject.letters, wish.kind, subject.appointment_id, subject.request_id)
    return LetterDraft(
        wish.kind,
        language,
        values["patient"],
        filled,
        1 + len(before),
        desk.now(),
        subject.patient_id,
        subject.request_id,
        subject.appointment_id,
        wish.callback_id,
    )
