"""The fields of a request, and the request that stands in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from desk_app.application.use_cases.requests import NewRequest
from desk_app.domain.diagnoses import typed_diagnoses
from desk_app.domain.levels import shown_levels, typed_levels
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Contact, Patient, Request, Wishes
from desk_app.domain.statuses import RequestSource, Urgency
from desk_app.domain.typed_dates import typed_birth_date
from desk_app.ui.panels.contact_fields import BirthEdit, PhoneEdit
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import DayButtons, TextEdit
from desk_app.ui.widgets.pick import Pick

URGENCIES = ((Urgency.ROUTINE.value, "routine"), (Urgency.SOON.value, "soon"), (Urgency.URGENT.value, "urgent"))
SOURCES = (
    (RequestSource.PHONE.value, "by phone"),
    (RequestSource.REFERRAL.value, "referral"),
    (RequestSource.WALK_IN.value, "walked in"),
    (RequestSource.WEB.value, "web form"),
)
SIDES = ((None, "–"), ("L", "left"), ("R", "right"), ("both", "both"))
PARTS = ((None, "any time"), ("morning", "mornings"), ("afternoon", "afternoons"))


class RequestFields:
    """Editors only; a form lays them out. What is no procedure and no payer stays in the caller's own words."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._today = today
        self.family, self.given, self.born = TextEdit(), TextEdit(), BirthEdit(today)
        self.phone, self.email, self.member = PhoneEdit(catalogue.settings.phone_region), TextEdit(), TextEdit()
        self.procedure, self.levels, self.side = Pick("not chosen"), TextEdit(), Pick("–")
        self.urgency, self.source, self.payer = Pick(), Pick(), Pick("not known")
        self.days, self.part = DayButtons(), Pick("any time")
        self.referrer, self.note = TextEdit(), TextEdit()
        self.diagnoses = TextEdit(placeholder="ICD-10 codes: M54.16, M80.08XA")
        self.call_window = TextEdit(placeholder="mornings, after 16:00")
        self.procedure.offer([(None, "not chosen"), *((each.code, each.name) for each in catalogue.procedures)])
        self.payer.offer([(None, "not known"), *((each.code, each.name) for each in catalogue.payers)])
        self.side.offer(SIDES)
        self.urgency.offer(URGENCIES)
        self.source.offer(SOURCES)
        self.part.offer(PARTS)

    def show_nothing(self) -> None:
        """A request by phone of which nothing is known yet."""
        for pick in (self.procedure, self.payer, self.side, self.part):
            pick.choose(None)
        self.urgency.choose(Urgency.ROUTINE.value)
        self.source.choose(RequestSource.PHONE.value)
        self.levels.show_text("1")

    def show(self, request: Request) -> None:
        contact = request.contact
        self.family.show_text(contact.family)
        self.given.show_text(contact.given)
        self.born.show_birth(contact.birth_date, texts.flat(contact.birth_date_text))
        self.phone.show_phone(contact.phones[0] if contact.phones else None)
        self.email.show_text(contact.email)
        self.member.show_text(contact.member_id)
        _show_choice(self.procedure, request.procedure, texts.flat(request.procedure_text))
        self.levels.show_text(shown_levels(request.levels, request.level_names))
        self.side.choose(request.side or None)
        self.urgency.choose(request.urgency.value)
        self.source.choose(request.source.value)
        _show_choice(self.payer, request.payer, contact.payer_text if request.patient_id is None else "")
        self.days.choose(request.wishes.weekdays)
        self.part.choose(request.wishes.part_of_day or None)
        self.call_window.show_text(request.wishes.call_window)
        self.diagnoses.show_text(", ".join(request.diagnoses))
        self.referrer.show_text(request.referrer)
        self.note.show_text(request.note)

    def show_chart(self, chart: Patient, request: Request) -> None:
        """What a linked request is asked by: the chart's own birth date, number, payer and member number."""
        self.born.show_birth(chart.birth_date)
        self.phone.show_phone(chart.phones[0] if chart.phones else None)
        self.member.show_text(chart.member_id or request.contact.member_id)
        self.payer.choose(chart.payer or request.payer)

    def completed(self, chart: Patient) -> Patient:
        """The chart with what was completed; nothing else of it stands in these fields."""
        phone = self.phone.phone()
        return replace(
            chart,
            birth_date=self.born.born(),
            phones=((phone,) if phone else ()) + chart.phones[1:],
            payer=self.payer.value(),
            member_id=self.member.value(),
        )

    def begin_with(self, typed: str) -> None:
        """A caller of whom a birth date, a number or a name was typed."""
        digits = sum(ch.isdigit() for ch in typed)
        if typed_birth_date(typed, self._today) is not None:
            self.born.setText(typed)
        elif digits >= 7 and not any(ch.isalpha() for ch in typed):
            self.phone.setText(typed)
        else:
            self._begin_with_name(typed)

    def new(self, patient_id: int | None, write_id: UUID) -> NewRequest:
        levels, names = typed_levels(self.levels.value())
        return NewRequest(
            source=RequestSource(self.source.value() or RequestSource.PHONE.value),
            urgency=Urgency(self.urgency.value() or Urgency.ROUTINE.value),
            patient_id=patient_id,
            contact=self._contact(Contact()),
            procedure=self.procedure.value(),
            procedure_text=self.procedure.unknown(),
            levels=levels,
            level_names=names,
            side=self.side.value() or "",
            payer=self.payer.value(),
            wishes=self._wishes(Wishes()),
            referrer=self.referrer.value(),
            note=self.note.value(),
            write_id=write_id,
            diagnoses=typed_diagnoses(self.diagnoses.value()),
        )

    def edited(self, request: Request) -> Request:
        levels, names = typed_levels(self.levels.value())
        words = self.procedure.unknown()
        is_new = bool(words) and words != texts.flat(request.procedure_text)
        return replace(
            request,
            source=RequestSource(self.source.value() or request.source.value),
            urgency=Urgency(self.urgency.value() or request.urgency.value),
            contact=self._contact(request.contact) if request.patient_id is None else request.contact,
            procedure=self.procedure.value(),
            procedure_text=words if is_new else request.procedure_text,
            levels=levels,
            level_names=names,
            side=self.side.value() or "",
            payer=self.payer.value(),
            wishes=self._wishes(request.wishes),
            referrer=self.referrer.value(),
            note=self.note.value(),
            diagnoses=typed_diagnoses(self.diagnoses.value()),
        )

    def _contact(self, known: Contact) -> Contact:
        """What was known beside the fields stays: further phones, the words of an odd birth date."""
        phone = self.phone.phone()
        return replace(
            known,
            family=self.family.value(),
            given=self.given.value(),
            birth_date=self.born.born(),
            phones=((phone,) if phone else ()) + known.phones[1:],
            email=self.email.value(),
            payer_text=self.payer.unknown() or known.payer_text,
            member_id=self.member.value(),
        )

    def _wishes(self, known: Wishes) -> Wishes:
        return replace(
            known,
            weekdays=tuple(sorted(self.days.value() or ())),
            part_of_day=self.part.value() or "",
            call_window=self.call_window.value(),
        )

    def _begin_with_name(self, typed: str) -> None:
        family, comma, given = typed.partition(",")
        if not comma:
            *first, family = typed.split() or [""]
            given = " ".join(first)
        self.family.setText(family.strip())
        self.given.setText(given.strip())


def _show_choice(pick: Pick, code: str | None, words: str) -> None:
    """The choice, else the words that no choice was made of."""
    if code is None and words:
        pick.show_unknown(words)
    else:
        pick.choose(code)
