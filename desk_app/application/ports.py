"""What the use cases need from outside: storage, a clock, holidays. Implemented in ``db`` and ``interop``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID

from desk_app.application import read_models as rm
from desk_app.application.call_rows import CallCard, CallCounts, CallGaps, CallLine
from desk_app.application.day_plan import DayPlan
from desk_app.application.outcome import Changes, Record
from desk_app.application.reports.facts import ReportQueries
from desk_app.domain.call_records import Attempt, AuthorizationContact, AuthorizationDocument, Letter
from desk_app.domain.coverage import Treatment
from desk_app.domain.dataclass import dataclass
from desk_app.domain.day_records import BedState, DischargeCheck, VisitStep
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate
from desk_app.domain.practice import Blockout, Catalogue, Session
from desk_app.domain.readiness import Readiness
from desk_app.domain.records import (
    Appointment,
    Authorization,
    Callback,
    Message,
    Offer,
    Patient,
    Request,
    ShortNotice,
    User,
)
from desk_app.domain.statuses import CallbackKind


class Clock(Protocol):
    """The one source of the present instant (aware UTC)."""

    def now(self) -> datetime: ...


class HolidayCalendar(Protocol):
    """Public holidays of a region such as ``"US-MA"``; None has none. Raises WrongInput for an unknown region."""

    def holidays(self, region: str | None, first: date, last: date) -> Mapping[date, str]: ...


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One incoming item in the ledger that recognises it again. ``result``: created, duplicate or set_aside."""

    fingerprint: str
    message_id: str
    source: str
    result: str
    received_at: datetime
    request_id: int | None = None
    reason: str = ""
    original: bytes = b""
    preview: str = ""


@dataclass(frozen=True, slots=True)
class TrayItem:
    """A visit or a request that somebody carries along; it keeps its place until it is dropped elsewhere."""

    user_id: int
    put_at: datetime
    appointment_id: int | None = None
    request_id: int | None = None
    position: int = 0
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class SavedView:
    """How somebody likes to see the schedule: a name, what belongs to it as text, and the place of its key."""

    user_id: int
    name: str
    settings: str
    position: int
    id: int = 0
    version: int = 0


class PatientRepository(Protocol):
    """Raises WrongInput ``unknown_record`` where there is none; ``save`` Conflict where its version has moved on."""

    def get(self, patient_id: int) -> Patient: ...
    def current(self, patient_id: int) -> Patient:
        """The chart, or the one that has replaced it; whoever merges it meanwhile waits for the end of this work."""

    def hold(self, *patient_ids: int) -> None:
        """Nothing new is kept under these charts by anybody else until the end of this work."""

    def by_mrn(self, mrn: str) -> Patient | None: ...
    def next_mrn(self) -> str: ...
    def add(self, patient: Patient) -> Patient: ...
    def save(self, patient: Patient) -> Patient: ...
    def alike(
        self, family: str, given: str, birth_date: date | None, phones: Sequence[str]
    ) -> tuple[rm.PersonMatch, ...]:
        """Charts that share a folded name's beginning, a sound-alike family name, the birth date or a phone (E.164).

        Those that were merged into another are left out.
        """


class RequestRepository(Protocol):
    def get(self, request_id: int) -> Request: ...
    def find(self, request_id: int) -> Request | None:
        """None where it was taken back."""

    def open_of_patient(self, patient_id: int) -> tuple[Request, ...]: ...
    def add(self, request: Request) -> Request: ...
    def save(self, request: Request) -> Request: ...
    def add_message(self, request_id: int, message: Message) -> None: ...
    def alike(
        self, family: str, given: str, birth_date: date | None, phones: Sequence[str]
    ) -> tuple[rm.PersonMatch, ...]:
        """Open requests that may be the same person's, by the same measure as charts."""


class ImportLedger(Protocol):
    def seen(self, fingerprint: str, message_id: str) -> bool: ...
    def add(self, item: ImportItem) -> None: ...


class AppointmentRepository(Protocol):
    def get(self, appointment_id: int) -> Appointment: ...
    def find(self, appointment_id: int) -> Appointment | None:
        """None where it was taken back."""

    def add(self, appointment: Appointment) -> Appointment:
        """Stores the visit and its allocations. Raises Conflict ``taken``, ``patient_elsewhere`` (constraints)."""

    def save(self, appointment: Appointment) -> Appointment:
        """Replaces the visit; its allocations are rewritten only where they differ, inactive once it is gone."""

    def vacate(self, appointment_ids: Iterable[int]) -> None:
        """These visits give up their places before any takes another's; each is to be saved with other places."""

    def for_request(self, request_id: int) -> tuple[Appointment, ...]: ...
    def of_patient(self, patient_id: int) -> tuple[Appointment, ...]:
        """Every visit that takes its resources, past and to come."""

    def for_patient(self, patient_id: int, start: datetime, end: datetime) -> tuple[Appointment, ...]:
        """Visits not gone whose presence overlaps ``[start, end)``."""

    def lapsed_holds(
        self, now: datetime, resources: Iterable[str] | None = None, patient_id: int | None = None
    ) -> tuple[Appointment, ...]:
        """Held visits past their time that still hold allocations, on these resources or of this patient."""


class ReadinessRepository(Protocol):
    def of_visit(self, appointment_id: int) -> tuple[Readiness, ...]: ...
    def add(self, value: Readiness) -> Readiness: ...
    def save(self, value: Readiness) -> Readiness: ...


class VisitStepRepository(Protocol):
    """The steps of a visit, oldest first."""

    def add(self, value: VisitStep) -> VisitStep: ...
    def of_visit(self, appointment_id: int) -> tuple[VisitStep, ...]: ...


class DischargeCheckRepository(Protocol):
    """What was checked before somebody went home, oldest first."""

    def add(self, value: DischargeCheck) -> DischargeCheck: ...
    def save(self, value: DischargeCheck) -> DischargeCheck: ...
    def of_visit(self, appointment_id: int) -> tuple[DischargeCheck, ...]: ...


class BedStateRepository(Protocol):
    """The physical state of bays and beds, by code; one without a state is free."""

    def of(self, resource: str) -> BedState | None: ...
    def all(self) -> tuple[BedState, ...]: ...
    def put(self, value: BedState) -> BedState: ...


class AuthorizationRepository(Protocol):
    def get(self, authorization_id: int) -> Authorization: ...
    def add(self, authorization: Authorization) -> Authorization: ...
    def save(self, authorization: Authorization) -> Authorization: ...
    def for_request(self, request_id: int) -> tuple[Authorization, ...]: ...
    def for_patient(self, patient_id: int) -> tuple[Authorization, ...]: ...
    def ran_out(self, today: date) -> tuple[Authorization, ...]:
        """Those granted whose last day has passed."""

    def unasked(self) -> tuple[Authorization, ...]:
        """Undecided ones of open requests for which no call to the payer is open."""


class ContactRepository(Protocol):
    """Contacts with payers, oldest first."""

    def add(self, value: AuthorizationContact) -> AuthorizationContact: ...
    def of_authorization(self, authorization_id: int) -> tuple[AuthorizationContact, ...]: ...


class DocumentRepository(Protocol):
    """What was sent to payers, oldest first."""

    def add(self, value: AuthorizationDocument) -> AuthorizationDocument: ...
    def of_authorization(self, authorization_id: int) -> tuple[AuthorizationDocument, ...]: ...


class AttemptRepository(Protocol):
    """Tries at a call, oldest first."""

    def add(self, value: Attempt) -> Attempt: ...
    def of_callback(self, callback_id: int) -> tuple[Attempt, ...]: ...


class LetterRepository(Protocol):
    """Letters that were made, oldest first."""

    def add(self, value: Letter) -> Letter: ...
    def of_patient(self, patient_id: int) -> tuple[Letter, ...]: ...
    def of_caller(self, request_id: int) -> tuple[Letter, ...]:
        """Those about a request whose caller had no chart."""


class LetterTemplateRepository(Protocol):
    """The practice's own letters, in place of the usual ones."""

    def own(self, kind: LetterKind, language: LetterLanguage) -> LetterTemplate | None: ...
    def put(self, template: LetterTemplate) -> None: ...
    def remove(self, template: LetterTemplate) -> None:
        """One that is the practice's own: the usual one stands again."""


class CallbackRepository(Protocol):
    """Stamps when a call arose and was settled, and takes the claim off one that is settled."""

    def get(self, callback_id: int) -> Callback: ...
    def add(self, callback: Callback) -> Callback: ...
    def save(self, callback: Callback) -> Callback: ...
    def open_for_request(self, request_id: int) -> tuple[Callback, ...]: ...
    def open_for_appointment(self, appointment_id: int) -> tuple[Callback, ...]: ...
    def open_for_patient(self, patient_id: int) -> tuple[Callback, ...]:
        """Those about the person, their requests and their visits."""

    def claim(self, callback_id: int, user_id: int, until: datetime, now: datetime) -> bool:
        """Takes an open call for somebody, unless another has it now; of two at once exactly one is told True.

        A claim and its end are no change of the record: its version stays, and nothing is taken back with them.
        """

    def release(self, callback_id: int, user_id: int) -> bool:
        """Gives up somebody's own claim; False where they have none."""

    def release_run_out(self, now: datetime) -> tuple[int, ...]:
        """Ends every claim past its time; answers the calls."""


class ShortNoticeRepository(Protocol):
    """Who would come earlier. What is taken off the list stays, inactive."""

    def get(self, number: int) -> ShortNotice: ...
    def add(self, value: ShortNotice) -> ShortNotice: ...
    def save(self, value: ShortNotice) -> ShortNotice: ...
    def of_visit(self, appointment_id: int) -> ShortNotice | None:
        """The active entry of a visit, None where it has none."""

    def of_request(self, request_id: int) -> ShortNotice | None: ...


class OfferRepository(Protocol):
    """Offers made to who is on the list. Raises Conflict ``offered_already`` for a second open one to somebody."""

    def add(self, value: Offer) -> Offer: ...
    def save(self, value: Offer) -> Offer: ...
    def open_of_hold(self, appointment_id: int) -> Offer | None:
        """The open offer that a held visit keeps the start for."""

    def open_of_entry(self, short_notice_id: int) -> Offer | None: ...


class PracticeRepository(Protocol):
    def load(self) -> Catalogue | None: ...
    def store(self, catalogue: Catalogue) -> None: ...


class OpeningsRepository(Protocol):
    """Blockouts and sessions, one by one; what is added comes last in the practice's order."""

    def blockout(self, number: int) -> Blockout: ...
    def add_blockout(self, value: Blockout) -> Blockout: ...
    def save_blockout(self, value: Blockout) -> Blockout: ...
    def remove_blockout(self, value: Blockout) -> None: ...
    def together_with(self, value: Blockout) -> tuple[Blockout, ...]: ...
    def session(self, number: int) -> Session: ...
    def add_session(self, value: Session) -> Session: ...
    def save_session(self, value: Session) -> Session: ...
    def remove_session(self, value: Session) -> None: ...


class UserRepository(Protocol):
    def get(self, user_id: int) -> User: ...
    def by_name(self, name: str) -> User | None: ...
    def add(self, user: User) -> User: ...
    def all(self) -> tuple[User, ...]: ...


class SavedViewRepository(Protocol):
    def of_user(self, user_id: int) -> tuple[SavedView, ...]:
        """Somebody's views, by the place of their keys."""

    def add(self, view: SavedView) -> int: ...
    def save(self, view: SavedView) -> None: ...
    def remove(self, view: SavedView) -> None: ...


class TrayRepository(Protocol):
    def of_user(self, user_id: int) -> tuple[TrayItem, ...]:
        """What lies in somebody's tray, in the order it was put there."""

    def carried(self, user_name: str, appointment_id: int | None, request_id: int | None) -> tuple[TrayItem, ...]:
        """That visit or that request, as far as it lies in the tray of whoever has this name."""

    def add(self, item: TrayItem) -> TrayItem: ...
    def remove(self, item: TrayItem) -> None: ...


class SheetRepository(Protocol):
    def last(self, day: date, kind: str) -> rm.PrintedSheet | None: ...
    def add(self, day: date, kind: str, profile: str, sheet: rm.PrintedSheet) -> int: ...


class BulkLoader(Protocol):
    """Stores many records at once, unaudited one by one; ids are given by the caller (init and demo only)."""

    def patients(self, values: Iterable[Patient]) -> None: ...
    def requests(self, values: Iterable[tuple[Request, Sequence[Message]]]) -> None: ...
    def appointments(self, values: Iterable[Appointment]) -> None: ...
    def authorizations(self, values: Iterable[Authorization]) -> None: ...
    def callbacks(self, values: Iterable[Callback]) -> None: ...
    def attempts(self, values: Iterable[Attempt]) -> None:
        """Numbered by the database, as are contacts."""

    def contacts(self, values: Iterable[AuthorizationContact]) -> None: ...
    def short_notice(self, values: Iterable[ShortNotice]) -> None: ...
    def readiness(self, values: Iterable[Readiness]) -> None:
        """Numbered by the database, as are steps."""

    def steps(self, values: Iterable[VisitStep]) -> None: ...
    def offers(self, values: Iterable[Offer]) -> None: ...
    def past(self, values: Iterable[PastEvent]) -> None:
        """Events of the audit trail before the one that commits all this, in the order of their time."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, at which desk. Rights: ``override`` is a manager's."""

    user_id: int | None
    user_name: str
    desk: str
    rights: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PastEvent:
    """What somebody did before now. ``images`` are visits by number as they were before it, None for a new one."""

    at: datetime
    actor: Actor
    action: str
    facts: Mapping[str, object]
    touches: tuple[tuple[Record, int], ...]
    days: tuple[date, ...] = ()
    images: tuple[tuple[int, Appointment | None], ...] = ()


class UnitOfWork(Protocol):
    """One transaction that can write. Leaves nothing behind unless ``commit`` was called."""

    @property
    def patients(self) -> PatientRepository: ...
    @property
    def requests(self) -> RequestRepository: ...
    @property
    def imports(self) -> ImportLedger: ...
    @property
    def appointments(self) -> AppointmentRepository: ...
    @property
    def readiness(self) -> ReadinessRepository: ...
    @property
    def steps(self) -> VisitStepRepository: ...
    @property
    def discharge_checks(self) -> DischargeCheckRepository: ...
    @property
    def beds(self) -> BedStateRepository: ...
    @property
    def authorizations(self) -> AuthorizationRepository: ...
    @property
    def callbacks(self) -> CallbackRepository: ...
    @property
    def attempts(self) -> AttemptRepository: ...
    @property
    def contacts(self) -> ContactRepository: ...
    @property
    def documents(self) -> DocumentRepository: ...
    @property
    def letters(self) -> LetterRepository: ...
    @property
    def letter_templates(self) -> LetterTemplateRepository: ...
    @property
    def short_notice(self) -> ShortNoticeRepository: ...
    @property
    def offers(self) -> OfferRepository: ...
    @property
    def practice(self) -> PracticeRepository: ...
    @property
    def openings(self) -> OpeningsRepository: ...
    @property
    def users(self) -> UserRepository: ...
    @property
    def tray(self) -> TrayRepository: ...
    @property
    def views(self) -> SavedViewRepository: ...
    @property
    def sheets(self) -> SheetRepository: ...
    @property
    def bulk(self) -> BulkLoader: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def lock_days(self, days: Iterable[date]) -> None:
        """Holds other writers off these days until the end (a no-op where the whole file is locked already)."""

    def lock_calls(self) -> None:
        """Holds other programs' passes over all calls off until the end (as :meth:`lock_days` does)."""

    def call_gaps(self, now: datetime, kinds: Collection[CallbackKind], limit: int) -> CallGaps:
        """As :meth:`Queries.call_gaps`, within this transaction."""

    def changes_since(self, seq: int) -> Changes:
        """What other commits changed after commit number ``seq``, as this transaction sees it."""

    def index_rows_of(self, appointment_ids: Iterable[int]) -> rm.IndexRows:
        """Those visits as they are now, for the slot index; a visit missing from the answer takes nothing."""

    def concerned(self, stretches: Sequence[rm.Stretch], now: datetime) -> tuple[rm.ConcernedVisit, ...]:
        """Visits not gone home yet that use such a resource at such a time, lapsed holds left out."""

    def in_house(self, today: date) -> tuple[rm.InHouse, ...]:
        """Who has come and not gone home: of today, and those who stay from a day before."""

    def uses_between(self, start: datetime, end: datetime) -> tuple[rm.BookedUse, ...]:
        """What is taken of any resource at some time in ``[start, end)``, holds that have lapsed too."""

    def hand_over(self, patient_id: int, into: int) -> int:
        """Everything that is kept under one chart is kept under another from now on; answers how many records."""

    def restore(self, seq: int) -> Mapping[str, object]:
        """Puts every record of commit ``seq`` back as it was before. Raises Conflict where one has moved on since.

        Answers the action's code and data, for the sentence.
        """

    def commit(self, action: str, data: Mapping[str, object] | None = None, undoes: int | None = None) -> Changes:
        """Writes the audit event with before- and after-images, and makes all of it lasting."""


class OpenWork(Protocol):
    """Begins a unit of work. ``write_id`` is made by the client: the same write never happens twice."""

    def __call__(self, actor: Actor, write_id: UUID | None = None) -> UnitOfWork: ...


class Queries(Protocol):
    """The read side. Every answer is one consistent look; ``now`` decides which holds have lapsed."""

    def little_room(self) -> int | None:
        """Bytes left on the disk where they are few; None where there is room enough, or on a server."""

    @property
    def reports(self) -> ReportQueries:
        """The facts that reports are counted from."""

    def catalogue(self) -> Catalogue | None: ...
    def day_plan(self, day: date, now: datetime, with_gone: bool = False) -> DayPlan: ...
    def flow_lines(self, first: date, last: date, now: datetime) -> tuple[rm.FlowLine, ...]:
        """Every visit of the local days ``[first, last]``, gone or not, and who is still in the house from before."""

    def in_house(self, today: date) -> tuple[rm.InHouse, ...]:
        """As the unit of work answers it, as are the two that follow."""

    def uses_between(self, start: datetime, end: datetime) -> tuple[rm.BookedUse, ...]: ...
    def bed_states(self) -> tuple[BedState, ...]: ...
    def days_with_visits(self, first: date, last: date, now: datetime) -> Mapping[date, int]: ...
    def week_lines(
        self, first: date, last: date, now: datetime, with_gone: bool = False
    ) -> tuple[rm.WeekLine, ...]: ...
    def month_rows(self, first: date, last: date, now: datetime) -> rm.MonthRows:
        """Counts of visits, and every stretch taken of rooms, bays and beds."""

    def bed_rows(self, day: date, last_night: date, now: datetime) -> rm.BedRows:
        """Every stretch of a bay on a local day, and of a bed from that day to the end of the last night; by start."""

    def discharge_check(self, appointment_id: int) -> DischargeCheck | None:
        """What was checked last before a patient goes home."""

    def requests(self, group: str, now: datetime) -> tuple[rm.RequestLine, ...]:
        """``group``: ``open``, ``booked``, ``closed`` (every other one), ``all`` or one status."""

    def request_records(self, request_ids: Sequence[int]) -> Mapping[int, Request]:
        """Many requests at once, for a list that tells their contacts too."""

    def request_card(self, request_id: int, now: datetime) -> rm.RequestCard: ...
    def visit_card(self, appointment_id: int) -> rm.VisitCard: ...
    def patient_card(self, patient_id: int, now: datetime) -> rm.PatientCard: ...
    def call_lines(self, now: datetime, due_before: datetime | None = None) -> tuple[CallLine, ...]:
        """Every open call (that is due before an instant), by its due time."""

    def call_card(self, callback_id: int, now: datetime) -> CallCard: ...
    def call_counts(self, now: datetime) -> CallCounts: ...
    def call_gaps(self, now: datetime, kinds: Collection[CallbackKind], limit: int) -> CallGaps:
        """What is missing or settled, at most so many of each; ``kinds`` are made before every visit."""

    def claims_ran_out(self, now: datetime) -> bool:
        """Whether somebody's claim of a call has ended by its time."""

    def hold_minutes_today(self, now: datetime) -> Mapping[str, int]:
        """Minutes waited today in each payer's line, by the payer's code."""

    def find_patients(self, text: str, now: datetime, limit: int = 20) -> tuple[rm.SearchHit, ...]: ...
    def set_aside(self, limit: int = 200) -> tuple[rm.SetAsideLine, ...]: ...
    def set_aside_original(self, item_id: int) -> bytes: ...
    def counts(self, now: datetime) -> rm.Counts: ...
    def index_rows(self, first: date, last: date, now: datetime) -> rm.IndexRows: ...
    def concerned(self, stretches: Sequence[rm.Stretch], now: datetime) -> tuple[rm.ConcernedVisit, ...]:
        """Visits not gone home yet that use such a resource at such a time, lapsed holds left out."""

    def opening_history(self, record: Record, number: int) -> tuple[rm.HistoryLine, ...]:
        """Who did what to a blockout or a session, newest first."""

    def presence(
        self, patient_id: int, first: date, last: date, now: datetime, ignore: int | None = None
    ) -> tuple[tuple[datetime, datetime], ...]:
        """Stretches in which the patient is in some other visit."""

    def short_notice(self, day: date, now: datetime) -> tuple[rm.ShortNoticePerson, ...]:
        """Everybody on the list, in order, with what decides whether they can come on that day."""

    def treatments(
        self, patient_id: int, first: date, last: date, now: datetime, ignore: int | None = None
    ) -> tuple[Treatment, ...]:
        """The patient's visits that stand, past and coming, from the first to the last local day."""

    def last_seq(self) -> int: ...
    def changes_since(self, seq: int) -> Changes: ...
    def index_rows_of(self, appointment_ids: Iterable[int]) -> rm.IndexRows: ...
    def write_result(self, write_id: UUID) -> int | None:
        """The commit number of a write whose answer was lost, or None where it never happened."""

    def last_printed(self, day: date, kind: str) -> rm.PrintedSheet | None: ...
    def sheets_printed(self, first: date, last: date) -> Mapping[date, Mapping[str, rm.PrintedSheet]]:
        """The newest version of every kind of sheet of each day from ``first`` to ``last``."""

    def slips_printed(self, appointment_ids: Collection[int]) -> Mapping[int, rm.PrintedSheet]:
        """The newest slip of each of these visits, whatever day it was printed for."""

    def saved_views(self, user_name: str) -> tuple[rm.SavedViewLine, ...]:
        """Somebody's views of the schedule, by the place of their keys."""

    def tray(self, user_name: str, now: datetime) -> tuple[rm.TrayLine, ...]:
        """Somebody's tray, with what each item is about as it stands now."""

    def breaches(self, now: datetime) -> tuple[rm.Breach, ...]:
        """Integrity of the file, the audit chain, and every stored-data rule of the practice."""

    def audit_end(self) -> rm.AuditEnd | None:
        """Where the audit trail ends now; None without a practice or an event."""

    def audit_chain(self, seq: int) -> str | None:
        """The link of one event, if it is there."""


class ChangeFeed(Protocol):
    """Commits of other programs, as changes; polled on SQLite, notified on PostgreSQL."""

    def poll(self) -> Changes | None: ...
