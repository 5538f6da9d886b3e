"""The fields of an open call: what its outcome asks for, and who was spoken to."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application.authorization_steps import Decision
from desk_app.application.phone_words import dialled
from desk_app.application.tried import Tried
from desk_app.application.wording import CANCEL_WORDS
from desk_app.domain.call_answers import Answers
from desk_app.domain.call_outcomes import Act, Ask, Next, Said
from desk_app.domain.records import Phone
from desk_app.domain.statuses import PROGRAM_REASONS, AuthorizationStatus, CallOutcome, CancelReason
from desk_app.domain.typed_when import typed_when
from desk_app.domain.zone import wall_instant
from desk_app.interop.phones import parse_phone
from desk_app.ui.panels.answers_field import AnswersField
from desk_app.ui.panels.choice_buttons import ChoiceButtons
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.fields import DateEdit, Field, TextEdit
from desk_app.ui.widgets.pick import Pick

APPROVED, IN_PART, DENIED = "approved", "approved_in_part", "denied"
DECISIONS = ((APPROVED, "Approved"), (IN_PART, "In part"), (DENIED, "Denied"))
DECISION_KEYS = {"1": APPROVED, "2": IN_PART, "3": DENIED, "a": APPROVED, "p": IN_PART, "d": DENIED}
WHEN_HINT = "14:00, tomorrow 9:00, fri"
REASONS = tuple(reason for reason in CancelReason if reason not in PROGRAM_REASONS)
NOT_A_TIME = f"Write a time, such as {WHEN_HINT}."
NOT_A_NUMBER = "Write a phone number, or nothing."
NOT_A_DATE = "Write a date, such as 12/4 or +90d."
NOT_A_COUNT = "Write a number from 1 on."


class CallFields(QObject):
    """Belongs to a form; ``said_changed`` where what was typed may change what comes next."""

    said_changed = Signal()
    went_on = Signal(QWidget)
    """An answer leads on to the next field."""

    finished = Signal()
    """The last question is answered."""

    def __init__(self, form: Form, to_payer: bool, today: date, zone: ZoneInfo, region: str) -> None:
        super().__init__(form)
        self._form, self._to_payer, self._today, self._zone, self._region = form, to_payer, today, zone, region
        self.again_at = TextEdit(placeholder=WHEN_HINT)
        self.other_phone = TextEdit(placeholder="if they gave one")
        self.reason = Pick()
        self.reason.offer((reason.value, CANCEL_WORDS[reason.value]) for reason in REASONS)
        self.answers = AnswersField()
        self.decision = ChoiceButtons(DECISIONS, "Decision", DECISION_KEYS)
        self.number, self.levels, self.units = TextEdit(), TextEdit(), TextEdit()
        self.valid_from, self.valid_to = DateEdit("12/8"), DateEdit("+90d")
        for edit in (self.valid_from, self.valid_to):
            edit.show_date(None, today)
        self.spoken_to, self.call_reference, self.hold_minutes = TextEdit(), TextEdit(), TextEdit(placeholder="0")
        self.note = TextEdit(placeholder="for whoever calls next")
        self._connect()

    # Laying out

    def asked(self) -> QWidget:
        """What the outcome asks for; nothing is shown before one is chosen."""
        add, box = self._form.add_field, QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._again = add("again_at", "Call again", self.again_at)
        self._phone = add("phone", "Another number", self.other_phone)
        self._reason = add("reason", "Why is the visit cancelled?", self.reason)
        self._answers = add("answers", "Ask", self.answers)
        self._decision = add("decision", "The payer’s decision", self.decision)
        self._number = add("number", "Number of the approval", self.number)
        self._levels, self._units = add("levels", "Levels", self.levels), add("units", "Units", self.units)
        self._from, self._to = (
            add("valid_from", "Good from", self.valid_from),
            add("valid_to", "Good until", self.valid_to),
        )
        for field in (self._again, self._phone, self._reason, self._answers, self._decision, self._number):
            column.addWidget(field)
        for pair in ((self._levels, self._units), (self._from, self._to)):
            column.addLayout(_row(*pair))
        self._show({})
        return box

    def usual(self) -> QWidget:
        """Who was spoken to, and what was said."""
        add, box = self._form.add_field, QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        spoken = add("spoken_to", "Spoke to", self.spoken_to)
        if self._to_payer:
            reference = add("call_reference", "Reference of the call", self.call_reference)
            held = add("hold_minutes", "On hold, min", self.hold_minutes)
            row = QHBoxLayout()
            row.setSpacing(8)
            for field, stretch in ((spoken, 5), (reference, 5), (held, 3)):
                row.addWidget(field, stretch)
            column.addLayout(row)
        else:
            column.addWidget(spoken)
        column.addWidget(add("note", "Note", self.note))
        return box

    # What is asked

    def show_for(self, step: Next | None) -> QWidget | None:
        """The fields that an outcome asks for; answers the one that the keyboard goes to."""
        asks, act = (step.asks, step.act) if step is not None else ((), Act.NONE)
        decided = self.decision.value() if Ask.DECISION in asks else ""
        granted = decided in (APPROVED, IN_PART)
        self._show(
            {
                "again": Ask.TIME in asks,
                "phone": act is Act.MARK_WRONG,
                "reason": Ask.REASON in asks and act is Act.CANCEL_VISIT,
                "answers": Ask.ANSWERS in asks,
                "decision": Ask.DECISION in asks,
                "number": granted,
                "part": decided == IN_PART,
                "dates": granted,
            }
        )
        if Ask.REASON in asks and act is not Act.CANCEL_VISIT:
            return self.note
        return next((field.editor for field in self._asking() if not field.isHidden()), None)

    def said(self) -> Said:
        """What decides what comes next, as far as it is told."""
        return Said(self._instant(), self._other(), self.answers.value())

    def _asking(self) -> tuple[Field, ...]:
        return (self._again, self._phone, self._reason, self._answers, self._decision)

    def _show(self, shown: dict[str, bool]) -> None:
        pairs = (
            (self._again, "again"),
            (self._phone, "phone"),
            (self._reason, "reason"),
            (self._answers, "answers"),
            (self._decision, "decision"),
            (self._number, "number"),
            (self._levels, "part"),
            (self._units, "part"),
            (self._from, "dates"),
            (self._to, "dates"),
        )
        for field, name in pairs:
            field.setVisible(shown.get(name, False))

    # What was said

    def wrong(self, step: Next) -> tuple[str, str]:
        """A sentence and the field it is about, where what was typed cannot be; else two empty texts."""
        if Ask.TIME in step.asks and self._instant() is None:
            return NOT_A_TIME, "again_at"
        if step.act is Act.MARK_WRONG and self.other_phone.value() and not dialled(self.other_phone.value()):
            return NOT_A_NUMBER, "phone"
        if Ask.REASON in step.asks and step.act is Act.CANCEL_VISIT and self.reason.value() is None:
            return "Choose why.", "reason"
        if Ask.REASON in step.asks and step.act is not Act.CANCEL_VISIT and not self.note.value():
            return "Say why, for the request.", "note"
        if Ask.DECISION in step.asks and not self.decision.value():
            return "Say what the payer decided: 1 approved, 2 in part, 3 denied.", "decision"
        if Ask.ANSWERS in step.asks and step.outcome is CallOutcome.DONE and self.answers.unanswered() is not None:
            return "Answer every question: by keys, or 2 for no.", "answers"
        return self._wrong_figures()

    def tried(self, outcome: CallOutcome, dialled: str) -> Tried:
        """Everything that was said of the call."""
        reason = self.reason.value() if not self._reason.isHidden() else None
        return Tried(
            outcome,
            note=self.note.value(),
            spoken_to=self.spoken_to.value(),
            call_reference=self.call_reference.value(),
            hold_minutes=_count(self.hold_minutes) or 0,
            dialled=dialled,
            phone=self._other() if not self._phone.isHidden() else None,
            again_at=self._instant() if not self._again.isHidden() else None,
            reason=CancelReason(reason) if reason else None,
            decision=self._decided() if not self._decision.isHidden() else None,
            answers=self._told() if not self._answers.isHidden() else (),
        )

    def _told(self) -> Answers:
        return self.answers.value()

    def _decided(self) -> Decision | None:
        chosen = self.decision.value()
        if not chosen:
            return None
        if chosen == DENIED:
            return Decision(AuthorizationStatus.DENIED, note=self.note.value())
        part = chosen == IN_PART
        return Decision(
            AuthorizationStatus(chosen),
            number=self.number.value(),
            valid_from=self.valid_from.date(),
            valid_to=self.valid_to.date(),
            levels=_count(self.levels) if part else None,
            units=_count(self.units) if part else None,
            note=self.note.value(),
        )

    def _wrong_figures(self) -> tuple[str, str]:
        for name, edit in (("levels", self.levels), ("units", self.units), ("hold_minutes", self.hold_minutes)):
            if edit.value() and _count(edit) is None:
                return NOT_A_COUNT, name
        for name, dated in (("valid_from", self.valid_from), ("valid_to", self.valid_to)):
            if not dated.is_understood():
                return NOT_A_DATE, name
        return "", ""

    def _instant(self) -> datetime | None:
        """The time that was typed; of a day alone its beginning, which moves to when the desk opens."""
        found = typed_when(self.again_at.value(), self._today)
        if found is None or found == (None, None):
            return None
        day, clock = found
        return wall_instant(day or self._today, clock or time(0), self._zone)

    def _other(self) -> Phone | None:
        text = self.other_phone.value()
        return parse_phone(text, self._region) if text else None

    def _connect(self) -> None:
        for edit in (self.again_at, self.other_phone):
            edit.textChanged.connect(lambda _: self.said_changed.emit())
        self.answers.answered.connect(self.said_changed)
        self.answers.finished.connect(self.finished)
        self.decision.picked.connect(self._on_decided)

    def _on_decided(self) -> None:
        self.said_changed.emit()
        following = self.number if self.decision.value() != DENIED else self.note
        self.went_on.emit(following)


def _row(*fields: Field) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for field in fields:
        row.addWidget(field, 1)
    return row


def _count(edit: TextEdit) -> int | None:
    text = edit.value()
    return int(text) if text.isascii() and text.isdigit() and int(text) < 10_000 else None
