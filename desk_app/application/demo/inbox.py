"""Requests that wait, with exactly the calls that their stage makes due; and those that have been settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from desk_app.application.charts import contact_of
from desk_app.application.demo.diary import Diary
from desk_app.application.demo.inbox_words import OPEN, SETTLED, Asked
from desk_app.application.demo.messages import web_message
from desk_app.application.demo.papers import REFERRERS, Papers, authorization_for
from desk_app.application.demo.people import People
from desk_app.application.demo.present import Present
from desk_app.application.demo.records import Records
from desk_app.application.demo.wishes import Wish, wish_for
from desk_app.domain.levels import typed_levels
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Contact, Message, Patient, Request
from desk_app.domain.statuses import (
    OPEN_REQUESTS,
    AuthorizationStatus,
    CallbackKind,
    CallbackStatus,
    RequestSource,
    RequestStatus,
    Urgency,
)

Z, K, C = AuthorizationStatus, CallbackKind, CallbackStatus
NOT_COMING = timedelta(days=10)
"""Whoever asks has no visit ahead."""

AGAIN = timedelta(minutes=50)
TO_PAYER = {
    Z.MORE_INFO_NEEDED: (K.SEND_RECORDS, K.CALL_PAYER),
    Z.PEER_TO_PEER_DUE: (K.PEER_TO_PEER, K.CALL_PAYER),
    Z.DENIED: (K.DENIED, K.PEER_TO_PEER),
}
"""Whom a payer's answer makes call; while there is none the payer is called every business day."""


class Inbox:
    """Makes the open and the settled requests."""

    def __init__(
        self, present: Present, catalogue: Catalogue, people: People, diary: Diary, records: Records, papers: Papers
    ) -> None:
        self._present, self._catalogue = present, catalogue
        self._people, self._diary, self._records, self._papers = people, diary, records, papers
        self._chance = present.chance("inbox")
        self._last: Request | None = None

    def fill(self) -> None:
        for asked in (*SETTLED, *OPEN):
            if asked.procedure is None or self._catalogue.has_procedure(asked.procedure):
                self._last = self._take(asked)

    def _take(self, asked: Asked) -> Request:
        received, wish = self._received_at(asked), self._wish(asked)
        if asked.likeness == "request" and self._last is not None:
            draft = self._again(asked, received, self._last)
        else:
            draft = self._draft(asked, received, wish, self._patient(asked, wish))
        request = self._records.add_request(draft, self._messages(asked, draft))
        if wish is not None and asked.authorization is not None:
            self._authorize(asked, request, wish)
        self._calls(asked, request)
        return request

    def _again(self, asked: Asked, received: datetime, known: Request) -> Request:
        """Somebody asks who is very like whoever asked before: only an initial, and another phone."""
        contact = replace(
            known.contact,
            given=f"{known.contact.given[:1]}.",
            phones=(self._people.phone("mobile"),),
            email="",
        )
        return replace(
            known,
            id=0,
            source=asked.source,
            received_at=received,
            status=asked.status,
            urgency=asked.urgency,
            patient_id=None,
            contact=contact,
            procedure=asked.procedure,
            procedure_text=asked.words,
            wishes=asked.wishes,
            note=asked.note,
            possible_duplicate_of=known.id,
        )

    def _received_at(self, asked: Asked) -> datetime:
        at = self._present.hours_ago(asked.hours)
        if asked.source is RequestSource.WEB and asked.hours > 9:
            at -= timedelta(hours=self._chance.randrange(2, 9))  # written in the evening or at night
        return at.replace(second=0, microsecond=0)

    def _wish(self, asked: Asked) -> Wish | None:
        if asked.procedure is None:
            return None
        procedure = self._catalogue.procedure(asked.procedure)
        if asked.where or asked.side:
            levels, _ = typed_levels(asked.where)
            return Wish(procedure, min(levels, procedure.max_levels), asked.where, asked.side)
        return wish_for(procedure, self._chance)

    def _patient(self, asked: Asked, wish: Wish | None) -> Patient | None:
        if not asked.known or wish is None:
            return None
        patient = self._diary.somebody(wish, self._present.today + NOT_COMING, self._chance)
        if patient is not None:
            self._diary.spoken_for.add(patient.id)
        return patient

    def _contact(self, asked: Asked, patient: Patient | None) -> Contact:
        if patient is not None:
            return contact_of(patient)
        if asked.likeness == "patient":
            known = contact_of(self._likely())
            return replace(known, phones=(self._people.phone("mobile"),), email="", member_id="")
        new = self._people.somebody()
        payer = self._chance.choice(self._catalogue.payers) if self._catalogue.payers else None
        words = (payer.aliases or (payer.name,))[0] if payer else ""
        return replace(contact_of(new), payer_text=words, member_id=self._people.member_id(payer))

    def _likely(self) -> Patient:
        """Whom the web form's person very much resembles: the same name and birth date, another phone."""
        return self._diary.patients[self._chance.randrange(len(self._diary.patients) // 2)]

    def _draft(self, asked: Asked, received: datetime, wish: Wish | None, patient: Patient | None) -> Request:
        contact = self._contact(asked, patient)
        payer = patient.payer if patient else self._payer_of(contact)
        return Request(
            source=asked.source,
            received_at=received,
            status=asked.status,
            urgency=asked.urgency,
            patient_id=patient.id if patient else None,
            contact=contact,
            procedure=asked.procedure,
            procedure_text=asked.words,
            levels=wish.levels if wish else 1,
            level_names=wish.level_names if wish else "",
            side=wish.side if wish else "",
            payer=payer,
            wishes=asked.wishes,
            referrer=self._chance.choice(REFERRERS) if asked.source is RequestSource.REFERRAL else "",
            note=asked.note,
            suggested_patient_id=self._suggested(asked, contact),
        )

    def _suggested(self, asked: Asked, contact: Contact) -> int | None:
        if asked.likeness != "patient":
            return None
        same = (contact.family, contact.given, contact.birth_date)
        return next(p.id for p in self._diary.patients if (p.family, p.given, p.birth_date) == same)

    def _payer_of(self, contact: Contact) -> str | None:
        words = contact.payer_text
        return next((p.code for p in self._catalogue.payers if words and words in (*p.aliases, p.name)), None)

    def _messages(self, asked: Asked, request: Request) -> tuple[Message, ...]:
        texts = [text for text in (asked.text, asked.more) if text]
        times = [min(request.received_at + n * AGAIN, self._present.now) for n in range(len(texts))]
        return tuple(web_message(request, text, at, n) for n, (text, at) in enumerate(zip(texts, times, strict=True)))

    def _authorize(self, asked: Asked, request: Request, wish: Wish) -> None:
        assert asked.authorization is not None
        self._records.add_authorization(
            authorization_for(self._present, request, wish, asked.authorization, self._chance)
        )

    def _calls(self, asked: Asked, request: Request) -> None:
        """Of an open request: the call that takes it on; before that, the first call to the person was made."""
        if request.status is RequestStatus.RECEIVED:
            self._papers.first_call(request, C.DUE, asked.tried)
            return
        settled = C.DROPPED if request.status not in (*OPEN_REQUESTS, RequestStatus.CLOSED) else C.DONE
        self._papers.first_call(request, settled, max(1, asked.tried))
        if request.status in OPEN_REQUESTS:
            yesterday = self._present.calendar.closing(self._present.business_days_ago(1))
            if request.status is RequestStatus.AWAITING_AUTHORIZATION and request.received_at < yesterday:
                self._papers.call(request, K.CALL_PAYER, yesterday, C.DONE, 1)
            for kind in stage_calls(request.status, asked.authorization):
                self._papers.call(request, kind, self._due(asked, request, kind), C.DUE, asked.tried)

    def _due(self, asked: Asked, request: Request, kind: CallbackKind) -> datetime:
        """By the end of the business day; a call about a decision that came yesterday is late."""
        calendar = self._present.calendar
        if kind is K.CALL_PATIENT and request.urgency is Urgency.ROUTINE:
            return calendar.closing(calendar.add_days(calendar.date_of(self._present.end_of_business()), 1))
        if kind in (K.BOOK, K.DENIED) and asked.tried:
            return calendar.closing(self._present.business_days_ago(1))
        return self._present.end_of_business()


def stage_calls(status: RequestStatus, authorization: AuthorizationStatus | None) -> tuple[CallbackKind, ...]:
    """The calls an open request beyond its first needs, by where it stands and what the payer said."""
    if status is RequestStatus.IN_REVIEW:
        return (K.CALL_PATIENT,)
    if status is RequestStatus.READY_TO_BOOK:
        return (K.BOOK,)
    return TO_PAYER.get(authorization or Z.TO_SUBMIT, (K.CALL_PAYER,))
