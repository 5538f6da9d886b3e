"""What becomes of the short-notice list and its offers as visits are held, booked and cancelled and requests closed.

An offer keeps its start by a held visit of its own: so the database's constraints, the sweep of lapsed holds and every
reader treat it as any other hold, and nothing but the answer is written down beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desk_app.application.ports import UnitOfWork
from desk_app.domain.faults import RuleViolation
from desk_app.domain.records import Appointment, Request, ShortNotice
from desk_app.domain.statuses import CancelReason, OfferStatus

ENDS: Mapping[CancelReason | None, OfferStatus] = {CancelReason.LAPSED: OfferStatus.LAPSED}
"""What an open offer becomes with its hold; by any other reason the desk took it back."""


def hold_gone(work: UnitOfWork, visit: Appointment) -> None:
    """A held visit is cancelled: if it kept a start for somebody, the offer ends."""
    offer = work.offers.open_of_hold(visit.id)
    if offer is not None:
        work.offers.save(replace(offer, status=ENDS.get(visit.cancel_reason, OfferStatus.WITHDRAWN)))


def visit_gone(work: UnitOfWork, visit: Appointment) -> Appointment | None:
    """A booked visit is cancelled: it leaves the list; answers the hold of an offer that has lost its sense."""
    return leave_list(work, work.short_notice.of_visit(visit.id))


def request_gone(work: UnitOfWork, request: Request) -> Appointment | None:
    """A request is no longer open: it leaves the list. Answers as :func:`visit_gone`."""
    return leave_list(work, work.short_notice.of_request(request.id))


def leave_list(work: UnitOfWork, entry: ShortNotice | None) -> Appointment | None:
    """Takes an entry off; answers the hold of its open offer, which is to be cancelled."""
    if entry is None:
        return None
    work.short_notice.save(replace(entry, active=False))
    offer = work.offers.open_of_entry(entry.id)
    return work.appointments.get(offer.appointment_id) if offer is not None else None


def request_booked(work: UnitOfWork, visit: Appointment) -> None:
    """Who would come earlier still would: the place on the list is the visit's from now on."""
    entry = work.short_notice.of_request(visit.request_id) if visit.request_id is not None else None
    if entry is not None:
        work.short_notice.save(replace(entry, appointment_id=visit.id, request_id=None))


def refuse_while_offered(work: UnitOfWork, visit: Appointment) -> None:
    """Raises RuleViolation ``offer_open``: what is kept for an answer becomes firm by the answer alone."""
    if work.offers.open_of_hold(visit.id) is not None:
        raise RuleViolation("offer_open")
