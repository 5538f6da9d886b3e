"""The authorization of the card that is shown: its form, and what becomes of what was filled in."""

from __future__ import annotations

from typing import Protocol

from shiboken6 import isValid

from desk_app.application.authorization_steps import Stepped
from desk_app.application.gap_left import gap_left
from desk_app.application.read_models import RequestCard, VisitCard
from desk_app.domain.authorization_need import is_needed, payer_of
from desk_app.domain.authorization_status import GONE
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import Urgency
from desk_app.domain.visit_parts import Treated
from desk_app.ui.main_window.openings import OpeningsDesk
from desk_app.ui.models.authorization_wish import Wish
from desk_app.ui.operations.authorizations import beginning, beginning_for_visit, noting
from desk_app.ui.panels.authorization_form import Asked, AuthorizationForm
from desk_app.ui.panels.authorization_section import current_of
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive

Card = RequestCard | VisitCard


class Host(Protocol):
    @property
    def openings(self) -> OpeningsDesk: ...
    def show_form(self, form: Form) -> None: ...


def open_authorization(services: Services, host: Host, card: Card) -> None:
    """The form for the card's authorization; one is begun first where none is alive."""
    wanted = _wanted(services, card)
    if wanted is None:
        return
    known = current_of(card.approvals, wanted.procedure)
    if known is not None and known.status not in GONE:
        host.show_form(authorization_form(services, host, card, known, wanted))
        return

    def begun(made: Authorization) -> None:
        host.show_form(authorization_form(services, host, card, made, wanted))

    change = (
        beginning(card.request.id, begun)
        if isinstance(card, RequestCard)
        else beginning_for_visit(card.appointment.id, wanted.procedure, begun)
    )
    services.operations.run(change)


def authorization_form(
    services: Services, host: Host, card: Card, authorization: Authorization, wanted: Treated
) -> AuthorizationForm:
    office = services.office
    patient = card.patient
    whose = patient.name if patient is not None else card.request.contact.name if isinstance(card, RequestCard) else ""
    urgent = isinstance(card, RequestCard) and card.request.urgency is Urgency.URGENT
    form = AuthorizationForm(
        Asked(
            whose, wanted, authorization, office.catalogue, payer_of(office.catalogue, authorization.payer),
            office.clock.now(), office.today, office.zone, urgent,
        )
    )  # fmt: skip

    def stored(done: object) -> None:
        form.left.emit()
        _offer_gap(services, host, done)

    def refusing(fault: Exception) -> bool:
        return isValid(form) and form.refuse(fault)

    def note(wish: Wish) -> None:
        change = noting(services.operations.run, office, authorization, wish, while_alive(form, stored), refusing)
        services.operations.run(change)

    form.chosen.connect(note)
    return form


def _offer_gap(services: Services, host: Host, done: object) -> None:
    """What a denial has freed is offered at once to who would come."""
    freed = done.holds.freed if isinstance(done, Stepped) else ()
    for visit in freed:
        gap = gap_left(visit, services.office.catalogue, services.office.clock.now())
        if gap is not None:
            host.openings.show_who_fits(gap.column, gap.start)
            return


def _wanted(services: Services, card: Card) -> Treated | None:
    """The procedure that is asked for: of a sitting, the first that has no approval yet."""
    if isinstance(card, RequestCard):
        request = card.request
        if request.procedure is None:
            services.feedback.say("Choose the procedure first: the request names none.")
            return None
        return Treated(request.procedure, "", request.levels, request.level_names, request.side)
    visit, catalogue = card.appointment, services.office.catalogue
    payer = payer_of(catalogue, card.patient.payer, card.request_payer)
    asked = [each for each in visit.treated if is_needed(catalogue, each.procedure, payer)]
    open_ones = [each for each in asked if not _is_granted(card, each)]
    return next(iter(open_ones or asked), visit.treated[0])


def _is_granted(card: VisitCard, treated: Treated) -> bool:
    known = current_of(card.approvals, treated.procedure)
    return known is not None and known.is_granted
