"""What a test sees of the calls in the window: the open one, what the status bar says, what is stored."""

from __future__ import annotations

from desk_app.application.call_rows import CallCard
from desk_app.application.desk import Desk
from desk_app.application.use_cases import calls
from desk_app.domain.call_records import Attempt
from desk_app.domain.records import Phone
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.call_form import CallForm
from desk_app.ui.screens.calls.calls_screen import CallsScreen

FAMILIES = ("Haddad", "Lindgren", "Park")
PHONES = (Phone("413 555-0142", "+14135550142", label="mobile"), Phone("413 555-0190", "+14135550190", label="work"))


def opened(work: Work) -> CallForm:
    form = work.frame.inspector.form
    assert isinstance(form, CallForm)
    return form


def whose(work: Work) -> str:
    return opened(work).card.line.name.split(",")[0]


def me(work: Work) -> str:
    return work._services.office.desk.actor.user_name


def said(work: Work) -> str:
    return work.frame.status.message


def card_of(desk: Desk, number: int) -> CallCard:
    return calls.call_card(desk, number)


def tries(desk: Desk, number: int) -> tuple[Attempt, ...]:
    return card_of(desk, number).attempts


def confirmation(screen: CallsScreen) -> int:
    return next(line.id for line in screen._found.lines if line.kind == "confirmation")


def card_number(work: Work) -> int:
    (form,) = (each for each in work.frame.inspector.forms() if isinstance(each, CallForm))
    return form.card.line.id
