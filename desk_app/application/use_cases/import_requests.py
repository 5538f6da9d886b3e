"""Requests from outside: each item becomes a request, joins one, or is set aside; once, however often sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from desk_app.application import request_callbacks
from desk_app.application.charts import best_match
from desk_app.application.desk import Desk
from desk_app.application.incoming import ImportResult, Incoming, IncomingRequest, SetAside
from desk_app.application.joined_request import joined
from desk_app.application.outcome import Outcome
from desk_app.application.ports import ImportItem, UnitOfWork
from desk_app.application.read_models import PersonMatch
from desk_app.domain.likeness import NEAR_MATCH, Person, likeness
from desk_app.domain.names import fold_name
from desk_app.domain.records import Contact

ONE_AFTER_ANOTHER = date.min
"""A day nobody books: while it is locked, no other desk takes in what may be the same message or the same person."""


def import_requests(desk: Desk, items: Iterable[Incoming]) -> Iterator[Outcome[ImportResult]]:
    """Takes in one item after the other, each in its own transaction, and tells what became of it.

    It is no step of the desk's undo: who undoes the last thing means what was done by hand, not a mail that came in.
    """
    for item in items:
        yield _take_in(desk, item)


def _take_in(desk: Desk, item: Incoming) -> Outcome[ImportResult]:
    fingerprint, message_id = _marks(item)
    with desk.open_work(desk.actor) as work:
        work.lock_days((ONE_AFTER_ANOTHER,))
        if work.imports.seen(fingerprint, message_id):
            return Outcome(ImportResult(item.source_name, "duplicate", reason="seen"))
        result = _set_aside(work, item) if isinstance(item, SetAside) else _join_or_create(desk, work, item)
        changes = work.commit("request_imported", {"result": result.result, "request": result.request})
    desk.slots.catch_up(desk.queries)
    return Outcome(result, changes)


def _marks(item: Incoming) -> tuple[str, str]:
    if isinstance(item, SetAside):
        return item.fingerprint, item.message_id
    return item.message.fingerprint, item.message.message_id


def _set_aside(work: UnitOfWork, item: SetAside) -> ImportResult:
    work.imports.add(
        ImportItem(
            fingerprint=item.fingerprint,
            message_id=item.message_id,
            source=item.source_name,
            result="set_aside",
            received_at=item.received_at,
            reason=item.reason,
            original=item.original,
            preview=item.preview,
        )
    )
    return ImportResult(item.source_name, "set_aside", reason=item.reason)


def _join_or_create(desk: Desk, work: UnitOfWork, item: IncomingRequest) -> ImportResult:
    contact = item.request.contact
    near = work.requests.alike(contact.family, contact.given, contact.birth_date, _numbers(contact))
    same = next((match for match in near if _same_person(contact, match)), None)
    if same is not None:
        _join(desk, work, same.record_id, item)
        return ImportResult(item.source_name, "duplicate", request=same.record_id, reason="same_person")
    request = work.requests.add(
        replace(
            item.request,
            possible_duplicate_of=_nearest(contact, near),
            suggested_patient_id=best_match(work, contact),
        )
    )
    work.requests.add_message(request.id, item.message)
    _note(work, item, "created", request.id)
    request_callbacks.received(desk, work, request)
    return ImportResult(item.source_name, "created", request.id, request.possible_duplicate_of)


def _join(desk: Desk, work: UnitOfWork, request_id: int, item: IncomingRequest) -> None:
    """The message joins the open request; what the person adds fills what was missing, and more urgent wins."""
    known = work.requests.get(request_id)
    fuller = joined(known, item.request)
    if fuller != known:
        request_callbacks.hasten(desk, work, known, work.requests.save(fuller))
    work.requests.add_message(request_id, item.message)
    _note(work, item, "duplicate", request_id)


def _note(work: UnitOfWork, item: IncomingRequest, result: str, request_id: int) -> None:
    work.imports.add(
        ImportItem(
            fingerprint=item.message.fingerprint,
            message_id=item.message.message_id,
            source=item.source_name,
            result=result,
            received_at=item.message.received_at,
            request_id=request_id,
        )
    )


def _same_person(contact: Contact, match: PersonMatch) -> bool:
    """The rule of the import: the folded name with the birth date or a phone equal."""
    if _folded(contact.family, contact.given) != _folded(match.family, match.given):
        return False
    same_birth = contact.birth_date is not None and contact.birth_date == match.birth_date
    return same_birth or bool(set(_numbers(contact)) & {phone.e164 for phone in match.phones if phone.e164})


def _folded(family: str, given: str) -> str:
    """Order does not matter: ``Lowell, Harriet`` and ``Harriet Lowell`` are one name."""
    return " ".join(sorted(fold_name(f"{given} {family}").split()))


def _nearest(contact: Contact, near: Iterable[PersonMatch]) -> int | None:
    person = Person(contact.family, contact.given, contact.birth_date, tuple(_numbers(contact)))
    best = max(
        (
            (likeness(person, Person(m.family, m.given, m.birth_date, tuple(p.e164 for p in m.phones))), m.record_id)
            for m in near
        ),
        default=(0, 0),
    )
    return best[1] if best[0] >= NEAR_MATCH else None


def _numbers(contact: Contact) -> list[str]:
    return [phone.e164 for phone in contact.phones if phone.e164]
