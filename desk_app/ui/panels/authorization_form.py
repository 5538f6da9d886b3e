"""One form for all that happens to an authorization: sent, answered, talked about; it asks only what the step needs."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk_app.application.authorization_steps import Decision, PayerContact, Submission
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Payer, ResourceKind
from desk_app.domain.procedure_codes import codes_for
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.domain.visit_parts import Treated
from desk_app.domain.zone import wall_instant
from desk_app.ui.models.authorization_wish import FIELDS, NOTES, SENT, SPOKEN, Wish, likely, offered
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.hold_form import typed_moment
from desk_app.ui.widgets.fields import DateEdit, Field, TextEdit
from desk_app.ui.widgets.pick import Pick

Z = AuthorizationStatus
CAPTIONS = {
    "reference": "Reference of the submission", "at": "Sent on", "expedited": "Clock",
    "number": "Approval number", "valid_from": "Good from", "valid_to": "Good until",
    "codes": "CPT codes", "levels": "Levels", "units": "Units", "side": "Side", "clinician": "Physician",
    "place": "Place", "until": "Until", "name": "What was sent", "way": "How", "note": "Note",
}  # fmt: skip
ROWS = (
    ("reference", "number"), ("at", "expedited"), ("valid_from", "valid_to"), ("name", "way"), ("codes",),
    ("levels", "units", "side"), ("clinician", "place"), ("until",), ("note",),
)  # fmt: skip
DATES = ("at", "valid_from", "valid_to")
NOON = time(12)
LONGEST_COUNT = 4
"""A number has fewer digits."""

WAYS = ("fax", "portal", "mail", "phone")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form begins with: whose it is, what is wanted of the payer, and by whose catalogue and clock."""

    whose: str
    wanted: Treated
    authorization: Authorization
    catalogue: Catalogue
    payer: Payer | None
    now: datetime
    today: date
    zone: ZoneInfo
    urgent: bool = False


class Unread(Exception):
    """What stands in a field cannot be read; it has been said there."""


class AuthorizationForm(Form):
    """``chosen(Wish)``; it stays until that is stored."""

    chosen = Signal(object)

    def __init__(self, asked: Asked) -> None:
        super().__init__("Authorization", "Save", "Ctrl+Enter", "check")
        self._asked = asked
        payer = asked.payer.name if asked.payer is not None else "payer not known"
        self.say_title("Authorization", f"{asked.whose}, {payer}")
        self._step = Pick()
        self._step.offer(offered(asked.authorization))
        self._step.choose(likely(asked.authorization))
        self.add_row(self.add_field("step", "What happened", self._step))
        self._editors: dict[str, TextEdit | Pick] = {}
        self._boxes: dict[str, Field] = {}
        for row in ROWS:
            self.add_row(*(self._add(name) for name in row))
        self._spoken_to, self._call_reference, self._hold = TextEdit(), TextEdit(), TextEdit(placeholder="0")
        self.add_row(
            self.add_field("spoken_to", "Spoke to", self._spoken_to),
            self.add_field("call_reference", "Call reference", self._call_reference),
            self.add_field("hold_minutes", "Min on hold", self._hold),
        )
        self._fill()
        self._step.picked.connect(self._show_step)
        self._show_step()
        self.setFocusProxy(self._step)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if self.choices_are_known("step", *(name for name in self._asks() if isinstance(self._editors[name], Pick))):
            try:
                wish = self._wish()
            except Unread:
                return
            self.chosen.emit(wish)

    def catalogue(self) -> Catalogue | None:
        return self._asked.catalogue

    def _add(self, name: str) -> Field:
        editor: TextEdit | Pick
        if name in ("expedited", "clinician", "way"):
            editor = Pick("as asked" if name == "clinician" else "")
        elif name in DATES:
            editor = DateEdit("12/31, +90" if name == "valid_to" else "today")
        else:
            hints = {"until": "fri 13:30", "side": "L, R, both"}
            editor = TextEdit(placeholder=hints.get(name, ""))
        self._editors[name] = editor
        self._boxes[name] = self.add_field(name, CAPTIONS[name], editor)
        return self._boxes[name]

    def _fill(self) -> None:
        """What was asked for already, else what the catalogue says of what is wanted."""
        asked, now = self._asked, self._asked.authorization
        known = asked.catalogue.has_procedure(asked.wanted.procedure)
        procedure = asked.catalogue.procedure(asked.wanted.procedure) if known else None
        codes = codes_for(procedure, asked.wanted.levels, asked.wanted.level_names) if procedure else ()
        levels = now.levels if now.levels is not None else asked.wanted.levels
        units = now.units if now.units is not None else sum(count for _, count in codes) or levels
        self._text("reference", now.submission_reference)
        self._text("number", now.number)
        self._text("codes", ", ".join(now.cpt or tuple(code for code, _ in codes)))
        self._text("levels", str(levels))
        self._text("units", str(units))
        self._text("side", now.side or asked.wanted.side)
        self._text("place", now.place or asked.catalogue.settings.name)
        clock, payer = self._pick("expedited"), asked.payer
        hours, days = (payer.urgent_hours, payer.standard_days) if payer is not None else (72, 7)
        clock.offer((("standard", f"standard, {days} days"), ("urgent", f"urgent, {hours} h")))
        clock.choose("urgent" if now.expedited or asked.urgent else "standard")
        people = [each for each in asked.catalogue.of_kind(ResourceKind.CLINICIAN) if "physician" in each.capabilities]
        self._pick("clinician").offer(((None, "any"), *((each.code, each.name) for each in people)))
        self._pick("clinician").choose(now.clinician or None)
        self._pick("way").offer((way, way) for way in WAYS)
        for name, day in (
            ("at", asked.today),
            ("valid_from", now.valid_from or asked.today),
            ("valid_to", now.valid_to),
        ):
            self._date(name).show_date(day, asked.today)

    def _asks(self) -> tuple[str, ...]:
        return FIELDS.get(self._step.value() or SPOKEN, ())

    def _show_step(self) -> None:
        """Only what the step needs is asked."""
        step, asks = self._step.value() or SPOKEN, self._asks()
        for name, box in self._boxes.items():
            box.setVisible(name in asks)
        self._boxes["note"].say_caption(NOTES.get(step, "Note"))
        self._boxes["until"].say_caption("Day and time" if step == Z.PEER_TO_PEER_DUE else "Wanted by")

    def _wish(self) -> Wish:
        """Raises Unread where something cannot be read; that is said beside its field, and nothing is lost."""
        step = self._step.value()
        if step is None:
            raise self._unread("Say what happened.", "step")
        note = self._value("note")
        contact = PayerContact(
            self._spoken_to.value(),
            self._call_reference.value(),
            self._count("hold_minutes", self._hold, least=0) or 0,
            note if step == SPOKEN else "",
        )
        if step == SPOKEN and not contact.is_anything:
            raise self._unread("Say who was spoken to, or what was said.", "spoken_to")
        if step in (SPOKEN, SENT, Z.APPEALED, Z.WITHDRAWN):
            return Wish(step, contact, name=self._value("name"), way=self._value("way"), note=note)
        if step == Z.SUBMITTED:
            return Wish(step, contact, submission=self._submission(note))
        return Wish(step, contact, decision=self._decision(Z(step), note))

    def _submission(self, note: str) -> Submission:
        return Submission(
            reference=self._value("reference"),
            at=self._instant(self._day("at")),
            cpt=self._codes(),
            levels=self._count("levels", self._editors["levels"]),
            units=self._count("units", self._editors["units"]),
            side=self._value("side"),
            clinician=self._value("clinician"),
            place=self._value("place"),
            expedited=self._value("expedited") == "urgent",
            note=note,
        )

    def _decision(self, status: AuthorizationStatus, note: str) -> Decision:
        if "levels" not in self._asks():
            return Decision(status, note=note, until=self._moment())
        return Decision(
            status,
            number=self._value("number"),
            valid_from=self._day("valid_from"),
            valid_to=self._day("valid_to"),
            levels=self._count("levels", self._editors["levels"]),
            units=self._count("units", self._editors["units"]),
            cpt=self._codes(),
            side=self._value("side"),
            clinician=self._value("clinician"),
            place=self._value("place"),
            note=note,
        )

    def _codes(self) -> tuple[str, ...]:
        return tuple(self._value("codes").replace(",", " ").split())

    def _instant(self, day: date | None) -> datetime:
        """Today's submission is this minute's; an earlier one, that day's noon."""
        if day is None or day == self._asked.today:
            return self._asked.now
        return wall_instant(day, NOON, self._asked.zone)

    def _day(self, name: str) -> date | None:
        editor = self._date(name)
        editor.editingFinished.emit()
        if not editor.is_understood():
            raise self._unread(f"“{editor.text()}” is no date; write fri, 12/4 or +90.", name)
        return editor.date()

    def _moment(self) -> datetime | None:
        text = self._value("until")
        if "until" not in self._asks() or not text:
            return None
        found = typed_moment(text, self._asked.today, self._asked.zone)
        if found is None:
            raise self._unread("Write a day and a time, such as fri 13:30.", "until")
        return found

    def _count(self, name: str, editor: QWidget, least: int = 1) -> int | None:
        text = editor.value() if isinstance(editor, TextEdit) else ""
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < LONGEST_COUNT and int(text) >= least:
            return int(text)
        raise self._unread(f"Write a number from {least} on.", name)

    def _unread(self, text: str, field: str) -> Unread:
        self.complain(text, field)
        return Unread(text)

    def _value(self, name: str) -> str:
        editor = self._editors[name]
        return editor.value() if isinstance(editor, TextEdit) else (editor.value() or "")

    def _text(self, name: str, text: str) -> None:
        editor = self._editors[name]
        assert isinstance(editor, TextEdit)
        editor.show_text(text)

    def _pick(self, name: str) -> Pick:
        editor = self._editors[name]
        assert isinstance(editor, Pick)
        return editor

    def _date(self, name: str) -> DateEdit:
        editor = self._editors[name]
        assert isinstance(editor, DateEdit)
        return editor
