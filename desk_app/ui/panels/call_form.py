"""An open call: who, what to say, what can come of it and what comes next, and what was said.

A digit chooses the outcome, Enter records it and goes on to the next call. Nothing that was typed is lost when the
call was settled meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desk_app.application.call_line_words import is_payers, minutes_left
from desk_app.application.call_prospect import Choice, Prospect
from desk_app.application.call_rows import CallCard, CallLine
from desk_app.application.call_words import voicemail_text
from desk_app.application.wording import count
from desk_app.domain.call_outcomes import Act
from desk_app.domain.call_phones import number_of, right_ones
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome
from desk_app.ui.fonts import Type
from desk_app.ui.panels.call_body import CallBody
from desk_app.ui.panels.call_card import OPEN
from desk_app.ui.panels.call_facts import (
    CONSENT,
    beside_number,
    history_words,
    say_title,
    subtitle_words,
    title_words,
    what_to_say,
)
from desk_app.ui.panels.call_fields import CallFields
from desk_app.ui.panels.call_head import CallHead
from desk_app.ui.panels.card_parts import chip, fact_rows
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.outcome_list import STEPS, OutcomeChoice, OutcomeList
from desk_app.ui.panels.person_words import alert_chips
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

MORE, FEWER = "more", "fewer"
REST_KEY = "8"
DIGITS = "123456789"
CHOOSE = "Choose an outcome: a digit, or the arrows."
BELOW = 60
"""Pixels that come into sight below the field with the keyboard: the next one too."""

TICK = 15_000
"""Milliseconds from one look at the clock to the next."""

ACTIONS: Mapping[str, str] = {
    "S": "snooze_call", "A": "assign_call", "P": "call_priority", "F": "find_slot", "R": "show_request",
    "V": "show_visit", "H": "show_patient", "I": "letter",
}  # fmt: skip


class CallForm(Form):
    """``recorded`` with what was said, ``next_wanted`` where nothing is to be recorded any more.

    ``action_wanted`` with the code of a card's action; ``touched`` while somebody works at it: the claim goes on.
    A call that is opened is recorded once, under its ``write_id``, however often somebody presses.
    """

    recorded = Signal(object)
    next_wanted = Signal()
    action_wanted = Signal(str)
    touched = Signal()
    is_short = True
    waits_under = True
    margins = (0, 0, 0, 8)

    def __init__(self, services: Services, card: CallCard, ahead: Prospect, user: str) -> None:
        self.head = CallHead()
        super().__init__("Call", "", "Enter", "check")
        self._services, self._user = services, user
        self.write_id = uuid4()
        self._card, self._ahead, self._chosen = card, ahead, ""
        self._next: CallLine | None = None
        self._seen: tuple[object, ...] = ()
        self._in_rest = False
        self._in_sight: QWidget | None = None
        self._dialled = card.line.phone
        office = services.office
        region = office.catalogue.settings.phone_region
        self.fields = CallFields(self, is_payers(card.line), office.today, office.zone, region)
        self.outcomes = OutcomeList()
        self._same_call = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._on_tick)
        self.fields.answers.ask(ahead.questions)
        self._body = CallBody(self.outcomes, self.fields, card.callback.kind is CallbackKind.LETTER)
        self.body.addWidget(self._body)
        self.foot.addWidget(self._same_call)
        self._same_call.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._connect()
        self.show_card(card, ahead)
        self.is_stored()
        self.setFocusProxy(self.outcomes)

    # What is shown

    @property
    def card(self) -> CallCard:
        return self._card

    @property
    def is_open(self) -> bool:
        """Whether the call can still be recorded."""
        return self._card.callback.status in OPEN

    def show_card(self, card: CallCard, ahead: Prospect) -> None:
        """The call as it stands now; what is typed and chosen stays."""
        context = self._services.office.context()
        self._card, self._ahead = card, ahead if not self._was_redialled() else ahead.dialling(self._dialled)
        self.head.say_person(title_words(card), subtitle_words(card, context))
        if card.patient is not None and not is_payers(card.line):
            self.head.show_chips([chip(spec) for spec in alert_chips(card.patient.alerts)])
        self._show_number()
        self._body.show_facts(say_title(card), fact_rows(what_to_say(card, context)))
        self._body.show_history(history_words(card, context))
        self._offer()
        self._say_claim()
        self._show_chosen()
        self.setAccessibleName(f"Call: {title_words(card)}")

    def show_next(self, line: CallLine | None) -> None:
        """Which call comes after this one."""
        self._next = line
        self._show_primary()

    def say_settled(self, sentence: str) -> None:
        """Somebody else, or another step of this desk, has settled it: what was typed stays until it is left."""
        self.complain(sentence)
        self._show_primary()

    # What is done

    def choose(self, key: str) -> None:
        """The outcome behind a digit; 8 lists the rest, and the usual ones again."""
        code = self.outcomes.code_of(key)
        if code:
            self._take(code)

    def submit(self) -> None:
        """Records what was chosen; a call that is settled leads on to the next."""
        if not self.is_open:
            self.next_wanted.emit()
            return
        self.forgive()
        if self.outcomes.value() in (MORE, FEWER):
            self._take(self.outcomes.value())
            return
        choice = self._choice()
        if choice is None:
            self.complain(CHOOSE)
            return
        sentence, field = self.fields.wrong(choice.next)
        if sentence or choice.next.refused:
            self.complain(sentence or choice.told, field)
            return
        self.recorded.emit(self.fields.tried(choice.outcome, self._dialled if self._was_redialled() else ""))

    def wants_booking(self) -> bool:
        """Whether the outcome is a booking, which is made in the diary."""
        choice = self._choice()
        return choice is not None and choice.next.act is Act.BOOK

    def other_number(self) -> None:
        """Another of the person's numbers: it is the one that was dialled from now on."""
        numbers = [number_of(phone) for phone in right_ones(self._card.phones)]
        if is_payers(self._card.line) or len(numbers) < 2:
            self.complain("No other number is known.")
            return
        at = numbers.index(self._dialled) if self._dialled in numbers else -1
        self._dialled = numbers[(at + 1) % len(numbers)]
        self._ahead = self._ahead.dialling(self._dialled)
        self._show_number()
        self._offer()
        self._show_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only the keys that no field has typed come here."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        typed = event.text().upper() if plain else ""
        if plain and event.key() in STEPS and self.outcomes.has_keyboard():
            self._take(self.outcomes.step(STEPS[Qt.Key(event.key())]), stays=True)
        elif typed and typed in DIGITS:
            self.choose(typed)
        elif not (typed and self._take_letter(typed)):
            super().keyPressEvent(event)

    def go_to(self, editor: QWidget) -> None:
        """Fields that have only just been shown get their place later: see :meth:`_bring_into_sight`."""
        self._in_sight = editor
        super().go_to(editor)
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """The field with the keyboard, and some of what follows it."""
        if self._in_sight is not None and self._in_sight.hasFocus():
            self.area.ensureWidgetVisible(self._in_sight, 0, BELOW)

    def lend_keyboard(self) -> None:
        """Its rows may be others when the keyboard comes back: the list stands for them."""
        super().lend_keyboard()
        if self.outcomes.has_keyboard():
            self._had_keyboard = self.outcomes

    def stops(self) -> list[QWidget]:
        """The number, the outcomes, the fields, the buttons."""
        rows = [self.outcomes.focusProxy() or self.outcomes]
        fields: list[QWidget] = []
        for field in self._fields.values():
            answers = self.fields.answers
            fields += answers.stops() if field.editor is answers else [field.editor.focusProxy() or field.editor]
        buttons = [button for button in self.findChildren(KeyButton) if button not in (self.primary, self.head.number)]
        return [self.head.number, *rows, *fields, self.primary, *buttons]

    def _take_letter(self, letter: str) -> bool:
        if letter == "D":
            self.head.dial()
        elif letter == "C":
            self._services.feedback.say(f"Copied {self.head.copy_number()}")
        elif letter == "O":
            self.other_number()
        elif letter == "M":
            self.go_to(self.fields.note)
        elif letter in ACTIONS:
            self.action_wanted.emit(ACTIONS[letter])
        else:
            return False
        return True

    def _on_enter(self) -> None:
        focused = self.window().focusWidget()
        if isinstance(focused, KeyButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            self.submit()

    # Outcomes

    def _take(self, code: str, stays: bool = False) -> None:
        """``stays``: the keyboard walks, and stays with the outcomes."""
        if code in (MORE, FEWER):
            self._turn(code, stays)
            return
        self._chosen = code
        self.forgive()
        self.outcomes.mark(code)
        asked = self._show_chosen()
        if stays or asked is None:
            self.outcomes.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._set_tab_order()
            self.go_to(asked)

    def _turn(self, code: str, stays: bool) -> None:
        """The other outcomes, or the usual ones again; the arrows only walk over the row that leads there."""
        self._chosen = ""
        if not stays:
            self._in_rest = code == MORE
            self._offer()
        else:
            self.outcomes.mark(code)
        self.outcomes.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()

    def _offer(self) -> None:
        choices = self._ahead.rest() if self._in_rest else self._ahead.usual()
        rows = [OutcomeChoice(each.outcome, each.key, each.title, each.told) for each in choices]
        if self._in_rest:
            rows.append(OutcomeChoice(FEWER, REST_KEY, "The usual outcomes"))
        elif self._ahead.rest():
            rows.append(OutcomeChoice(MORE, REST_KEY, "Another outcome", ", ".join(_names(self._ahead.rest()))))
        self.outcomes.offer(rows)
        self.outcomes.mark(self._chosen)

    def _choice(self) -> Choice | None:
        """The chosen outcome with what comes next by what is typed."""
        if not self._chosen:
            return None
        return self._ahead.after(CallOutcome(self._chosen), self.fields.said())

    def _show_chosen(self) -> QWidget | None:
        choice = self._choice()
        asked = self.fields.show_for(choice.next if choice is not None else None)
        if choice is not None:
            self.outcomes.tell(choice.outcome, choice.told)
        self._say_told(choice)
        self._show_primary()
        return asked

    def _say_told(self, choice: Choice | None) -> None:
        """What to leave on a machine; that the nurse is called."""
        text, role = "", "text2"
        if choice is not None and choice.outcome is CallOutcome.VOICEMAIL and not choice.next.refused:
            text = self._voicemail()
        elif choice is not None and choice.outcome is CallOutcome.DONE and choice.next.told == "nurse":
            text, role = "These answers alarm: the nurse is called at once.", "bad"
        self._body.tell(text, role)

    def _voicemail(self) -> str:
        patient, request = self._card.patient, self._card.request
        given = patient.given if patient is not None else request.contact.given if request is not None else ""
        language = patient.language if patient is not None else ""
        phone = self._services.office.catalogue.settings.phone
        asked = "" if self._card.line.messages == "yes" else "Nobody has asked whether messages may be left.\n"
        return f"{asked}Say: “{voicemail_text(language, given, self._user, phone)}”"

    def _on_said(self) -> None:
        self._show_chosen()

    # Words

    def _show_primary(self) -> None:
        following = f", next: {_family(self._next)}" if self._next is not None else ""
        if not self.is_open:
            self.primary.say(f"Next: {_family(self._next)}" if self._next is not None else "Leave the call")
        elif not self._chosen:
            self.primary.say("Choose an outcome")
        else:
            choice = self._ahead.after(CallOutcome(self._chosen))
            self.primary.say(f"{choice.title.removesuffix(' at …')}{following}")
        same = self._next is not None and is_payers(self._card.line) and is_payers(self._next)
        same = same and self._next is not None and self._next.payer == self._card.line.payer
        self._same_call.setText(f"Same call: {_family(self._next)} has the same payer." if same else "")
        self._same_call.setVisible(same)

    def _show_number(self) -> None:
        line = self._card.line
        if self._was_redialled():
            phone = next((each for each in self._card.phones if self._dialled == number_of(each)), None)
            line = line._replace(
                phone=self._dialled,
                phone_label=phone.label if phone is not None else "",
                messages=phone.messages if phone is not None else "",
            )
        more = len(right_ones(self._card.phones)) - 1
        if is_payers(line):
            self.head.say_number(line.phone, beside_number(line), "")
            return
        consent = CONSENT.get(line.messages, "") if line.phone else ""
        others = f"O: {count(more, 'other number', 'other numbers')}" if more > 0 else ""
        below = " · ".join(part for part in (consent, others) if part)
        self.head.say_number(line.phone, line.phone_label, below)

    def _was_redialled(self) -> bool:
        return self._dialled != self._card.line.phone

    def _say_claim(self) -> None:
        line, context = self._card.line, self._services.office.context()
        if not self.is_open:
            done = self._card.callback.status is CallbackStatus.DONE
            self.head.say_claim("settled" if done else "no longer needed")
        elif line.claimed_by == self._user and minutes_left(line, context.now):
            self.head.say_claim(f"yours, {minutes_left(line, context.now)} min")
        else:
            self.head.say_claim(line.claimed_by if line.claimed_by not in ("", self._user) else "not claimed")

    def _on_tick(self) -> None:
        self._say_claim()
        now = (*self.typed(), self._chosen)
        if now != self._seen:
            self._seen = now
            self.touched.emit()

    # Building

    def _head(self) -> QWidget:
        self.head.left.connect(self.leave)
        return self.head

    def _connect(self) -> None:
        self.outcomes.chosen.connect(self._take)
        self._body.key_taken.connect(self._take_letter)
        self.fields.said_changed.connect(self._on_said)
        self.fields.finished.connect(lambda: self.go_to(self.primary))
        self.fields.went_on.connect(self.go_to)
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._bring_into_sight())
        self._clock.start()


def _names(choices: Iterable[Choice]) -> tuple[str, ...]:
    return tuple(each.title.lower() for each in choices)


def _family(line: CallLine | None) -> str:
    return " ".join(line.name.partition(", ")[0].split()) or "the next" if line is not None else ""
