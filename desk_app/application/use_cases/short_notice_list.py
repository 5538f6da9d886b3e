"""The whole short-notice list at one look: who was asked and has not answered, what to offer next, and who waits."""

from __future__ import annotations

from datetime import datetime

from desk_app.application.desk import Desk
from desk_app.application.read_models import OfferLine, ShortNoticePerson
from desk_app.application.request_callbacks import is_open
from desk_app.application.use_cases import gap_fits
from desk_app.application.use_cases.short_notice_fits import ShortFit
from desk_app.domain.dataclass import dataclass
from desk_app.domain.statuses import FIRM_VISITS, OfferStatus

UNANSWERED = frozenset({OfferStatus.DECLINED, OfferStatus.LAPSED, OfferStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked, and the offer that stands."""

    person: ShortNoticePerson
    line: OfferLine


@dataclass(frozen=True, slots=True)
class GapAhead:
    """A gap that somebody did not take, with who could be asked next."""

    column: str
    start: datetime
    next: ShortFit


@dataclass(frozen=True, slots=True)
class ShortNoticeList:
    """Offers by the time they lapse, gaps by their start, people in the order in which they were put on the list."""

    asked: tuple[Asked, ...] = ()
    gaps: tuple[GapAhead, ...] = ()
    people: tuple[ShortNoticePerson, ...] = ()


def look(desk: Desk) -> ShortNoticeList:
    """What there is to do with it now."""
    everybody = desk.queries.short_notice(desk.today(), desk.now())
    asked = [one for person in everybody if (one := _asked(desk, person)) is not None]
    places = {
        (offer.start, offer.column)
        for person in everybody
        for offer in person.offers
        if offer.status in UNANSWERED and offer.start > desk.now()
    }
    gaps = [(column, start, gap_fits.fits(desk, column, start).short.able) for start, column in sorted(places)]
    return ShortNoticeList(
        tuple(sorted(asked, key=lambda one: one.line.hold_until or desk.now())),
        tuple(GapAhead(column, start, able[0]) for column, start, able in gaps if able),
        tuple(person for person in everybody if _waits(desk, person)),
    )


def _asked(desk: Desk, person: ShortNoticePerson) -> Asked | None:
    for offer in person.offers:
        if offer.status is OfferStatus.OPEN:
            line = desk.queries.visit_card(offer.appointment_id).offer
            return Asked(person, line) if line is not None else None
    return None


def _waits(desk: Desk, person: ShortNoticePerson) -> bool:
    visit, request = person.visit, person.request
    if visit is not None:
        return visit.status in FIRM_VISITS and visit.start > desk.now()
    return request is not None and is_open(request)
