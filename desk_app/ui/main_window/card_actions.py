"""What the buttons and keys of a card do."""

from __future__ import annotations

from typing import Protocol

from desk_app.application.call_rows import CallCard
from desk_app.application.gap_left import gap_left
from desk_app.application.holds import hold_until
from desk_app.application.read_models import PatientCard, RequestCard, RequestLine, SetAsideLine, VisitCard
from desk_app.application.start_runs import room_and_clinicians
from desk_app.application.use_cases.blockouts import BlockoutCard
from desk_app.application.use_cases.blocks import SessionCard
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.letters import LetterWish
from desk_app.application.use_cases.look_at_stay import PlaceCard, StayCard
from desk_app.application.wording import moment
from desk_app.domain.records import Patient, Request
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import AppointmentStatus, CancelReason, EndReason, RequestStatus
from desk_app.ui.main_window.authorizing import open_authorization
from desk_app.ui.main_window.beds_desk import BED_ACTIONS, BedsDesk
from desk_app.ui.main_window.calls_desk import CallsDesk
from desk_app.ui.main_window.cards import Cards, original_content
from desk_app.ui.main_window.escort_and_note import escort_form
from desk_app.ui.main_window.letters_wanted import CardWithLetter, letter_of
from desk_app.ui.main_window.longer_hold import hold_form
from desk_app.ui.main_window.openings import OpeningsDesk
from desk_app.ui.main_window.preparing import preparation_form
from desk_app.ui.main_window.short_notice_desk import ShortNoticeDesk
from desk_app.ui.main_window.slot_seeking import SlotSeeking
from desk_app.ui.operations.holding import extending
from desk_app.ui.operations.people import charting, linking, stepping_request
from desk_app.ui.operations.visits import booking, cancelling, stepping, stepping_back
from desk_app.ui.panels.call_subject import of_call
from desk_app.ui.panels.cancel_form import CancelForm
from desk_app.ui.panels.end_form import EndForm
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.merge_form import MergeForm
from desk_app.ui.panels.patient_form import NO_PATIENT, PatientForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.panels.request_form import RequestForm
from desk_app.ui.panels.subject import NOBODY, Subject, of_patient, of_request, of_visit
from desk_app.ui.questions import Question
from desk_app.ui.services import Services
from desk_app.ui.widgets.keys_ahead import KeysAhead

REQUEST_STEPS = {
    "duplicate": RequestStatus.DUPLICATE,
    "reopen": RequestStatus.IN_REVIEW,
}
ENDS = {"decline": RequestStatus.DECLINED, "withdraw": RequestStatus.WITHDRAWN}


LIST_ACTIONS = ("short_notice_", "offer_")


class Host(Protocol):
    """What the window does for a card."""

    @property
    def keys(self) -> KeysAhead: ...
    @property
    def seeking(self) -> SlotSeeking: ...
    @property
    def openings(self) -> OpeningsDesk: ...
    @property
    def calls(self) -> CallsDesk: ...
    @property
    def short_notice(self) -> ShortNoticeDesk: ...
    @property
    def beds(self) -> BedsDesk: ...
    def show_form(self, form: Form) -> None: ...
    def show_record(self, kind: str, number: int) -> None: ...
    def print_letter(self, wish: LetterWish, whose: str) -> None: ...
    def print_slip(self, appointment_id: int, whose: str) -> None: ...


class CardActions:
    """Takes an action of the card that is shown."""

    def __init__(self, services: Services, cards: Cards, host: Host) -> None:
        self._services, self._cards, self._host = services, cards, host

    def take(self, code: str) -> None:
        """``code`` may carry a value behind a colon: ``status:arrived``, ``show_request:12``."""
        name, _, value = code.partition(":")
        card = self._cards.card
        if isinstance(card, PlaceCard):
            self._host.beds.take_place(card, name, value)
            return
        if isinstance(card, StayCard):
            if name in BED_ACTIONS:
                self._host.beds.take_stay(card, name)
                return
            card = card.card
        if name in ("show_request", "show_visit", "show_patient"):
            self._host.show_record(name.removeprefix("show_"), int(value))
        elif name == "tray" and isinstance(card, VisitCard | RequestCard):
            kind, record = ("visit", card.appointment) if isinstance(card, VisitCard) else ("request", card.request)
            self._services.operations.put_in_tray(kind, record.id)
        elif name.startswith(LIST_ACTIONS) and isinstance(card, VisitCard | RequestCard):
            self._host.short_notice.take(card, name)
        elif name == "authorization" and isinstance(card, VisitCard | RequestCard):
            open_authorization(self._services, self._host, card)
        elif name == "letter" and isinstance(card, CardWithLetter):
            self._host.print_letter(*letter_of(card))
        elif isinstance(card, VisitCard):
            self._visit(card, name, value)
        elif isinstance(card, RequestCard):
            self._request(card, name, value)
        elif isinstance(card, PatientCard):
            self._patient(card, name)
        elif isinstance(card, SetAsideLine):
            self._set_aside(card, name)
        elif isinstance(card, CallCard):
            self._host.calls.take(card, name)
        elif isinstance(card, BlockoutCard | SessionCard):
            self._host.openings.take(card, name, value)

    def subject(self) -> Subject:
        """For whom a slot is sought, by what the card shows."""
        card, context = self._cards.card, self._services.office.context()
        if isinstance(card, RequestCard):
            return of_request(card, context)
        if isinstance(card, VisitCard) and card.appointment.status in (
            AppointmentStatus.HELD, AppointmentStatus.BOOKED, AppointmentStatus.CONFIRMED
        ):  # fmt: skip
            return of_visit(card, context)
        if isinstance(card, PatientCard):
            return of_patient(card.patient)
        return of_call(card, context) if isinstance(card, CallCard) else NOBODY

    def ask_cancel(self, appointment_id: int) -> None:
        """The reason first; the card of that visit is read if it is not the one shown."""
        card, office = self._cards.card, self._services.office
        if isinstance(card, VisitCard) and card.appointment.id == appointment_id:
            self._show_cancel_form(card)
            return
        self._host.keys.ask(
            self._services.tasks,
            lambda: office.desk.queries.visit_card(appointment_id),
            self._show_cancel_form,
            self._services.feedback.refuse,
        )

    def ask(self, question: Question) -> None:
        """A use case needs a word first; with the key it is answered, Esc changes nothing."""
        self._host.show_form(QuestionPanel(question))

    def book_first_slot(self, line: RequestLine, slot: Slot) -> None:
        """The start that the inbox offers for a request, in the room and with the physician it named."""
        office, run = self._services.office, self._services.operations.run
        wish = BookAppointment(
            slot.start,
            request_id=line.request_id,
            request_version=line.version,
            wanted=room_and_clinicians(slot, office.catalogue),
        )
        card = self._cards.card
        mine = card if isinstance(card, RequestCard) and card.request.id == line.request_id else None
        asked, paper = (mine.request, mine.authorization) if mine is not None else (None, None)
        until = hold_until(office.catalogue, office.clock.now(), asked, slot.start, paper)
        run(booking(run, office, wish, until, None))

    def edit_patient(self, patient: Patient = NO_PATIENT) -> None:
        form = PatientForm(self._services, patient)
        form.saved.connect(lambda saved: self._host.show_record("patient", saved.id))
        form.known.connect(lambda number: self._host.show_record("patient", number))
        self._host.show_form(form)

    def _visit(self, card: VisitCard, name: str, value: str) -> None:
        visit, operations = card.appointment, self._services.operations
        if name == "status":
            step = AppointmentStatus(value)
            operations.run(stepping(operations.run, self._services.office, visit.id, step, visit.version))
        elif name == "step_back":
            operations.run(stepping_back(operations.run, visit.id, visit.version))
        elif name == "cancel":
            self._show_cancel_form(card)
        elif name == "who_fits":
            office = self._services.office
            gap = gap_left(visit, office.catalogue, office.clock.now())
            if gap is not None:
                self._host.openings.show_who_fits(gap.column, gap.start)
        elif name == "extend_hold":
            operations.run(extending(visit.id, visit.version))
        elif name == "escort":
            self._host.show_form(escort_form(self._services, card))
        elif name == "prepare":
            self._host.show_form(preparation_form(self._services, card))
        elif name == "hold_until":
            self._host.show_form(hold_form(self._services, card))
        elif name == "find_slot":
            self._host.seeking.seek(self.subject())
        elif name == "slip":
            self._host.print_slip(visit.id, card.patient.name)
        elif name == "patient":
            self._host.show_record("patient", card.patient.id)
        elif name in BED_ACTIONS:
            self._host.beds.take_visit(card, name)

    def _show_cancel_form(self, card: VisitCard) -> None:
        visit, office = card.appointment, self._services.office
        form = CancelForm(card.patient.name, moment(visit.start, office.zone, office.today))

        def cancel(reason: CancelReason, note: str) -> None:
            self._services.operations.run(cancelling(visit.id, reason, note, visit.version))

        form.chosen.connect(cancel)
        self._host.show_form(form)

    def _end(self, request: Request, status: RequestStatus) -> None:
        """The reason first."""
        form = EndForm(status, request.contact.name)

        def end(why: EndReason, note: str) -> None:
            self._services.operations.run(stepping_request(request.id, status, note, why))

        form.chosen.connect(end)
        self._host.show_form(form)

    def _review(self, card: RequestCard, field: str) -> None:
        form = RequestForm(self._services, card.request, card.patient)
        form.begin_at(field)
        form.saved.connect(lambda saved, _: self._host.show_record("request", saved.id))
        self._host.show_form(form)

    def _request(self, card: RequestCard, name: str, value: str) -> None:
        request, run = card.request, self._services.operations.run
        if name in ENDS:
            self._end(request, ENDS[name])
        elif name in REQUEST_STEPS:
            run(stepping_request(request.id, REQUEST_STEPS[name]))
        elif name == "link" and card.suggestion is not None:
            run(linking(request.id, card.suggestion.id, request.version))
        elif name == "create_patient":
            run(charting(request.id, request.version))
        elif name == "review":
            self._review(card, value)
        elif name == "find_slot":
            self._host.seeking.seek(self.subject())
        elif name == "patient" and card.patient is not None:
            self._host.show_record("patient", card.patient.id)

    def _patient(self, card: PatientCard, name: str) -> None:
        if name == "new_request":
            self._host.seeking.take_down(RequestForm(self._services, patient=card.patient))
        elif name == "edit_patient":
            self.edit_patient(card.patient)
        elif name == "merge":
            form = MergeForm(self._services, card)
            form.merged.connect(lambda chart: self._host.show_record("patient", chart.id))
            self._host.show_form(form)

    def _set_aside(self, line: SetAsideLine, name: str) -> None:
        if name == "request_by_hand":
            self._host.seeking.take_down(RequestForm(self._services))
        elif name == "show_original":
            office = self._services.office
            self._services.tasks.submit(
                lambda: office.desk.queries.set_aside_original(line.item_id),
                lambda original: self._cards.content_ready.emit(original_content(line, original)),
                self._services.feedback.refuse,
            )
