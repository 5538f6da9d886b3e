"""Holds in the window: their end on the card and in the inbox, extended by a key, and what is said once they lapse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking
from desk_app.application.use_cases import requests as request_cases
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.domain.records import Appointment, Patient, Request
from desk_app.domain.statuses import RequestStatus
from desk_app.ui.main_window.background import Background
from desk_app.ui.main_window.longer_hold import hold_form
from desk_app.ui.models.request_cells import NEXT_ACTION, cells
from desk_app.ui.operations.holding import extending
from desk_app.ui.panels.card_content import CardContent
from desk_app.ui.panels.hold_form import typed_moment
from desk_app.ui.panels.inspector import Inspector
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import ZONE, StandingClock, at
from tests.ui.panels.fixtures import Key, Keyboard, focused

START, SOON = at("2026-12-09T09:00"), at("2026-11-24T10:45")


@pytest.fixture
def held(desk: Desk, take_down: Callable[..., Request]) -> Appointment:
    request = request_cases.set_status(desk, take_down().id, RequestStatus.READY_TO_BOOK).value
    return booking.book(desk, BookAppointment(START, request_id=request.id, hold_until=SOON)).value


@pytest.fixture
def card(desk: Desk, services: Services, held: Appointment) -> Callable[[], CardContent]:
    return lambda: visit_content(desk.queries.visit_card(held.id), services.office.context())


@pytest.fixture
def background(services: Services) -> Iterator[Background]:
    made = Background(services)
    yield made
    made.stop()


def test_a_hold_that_lapses_within_the_hour_is_amber_on_its_card(
    card: Callable[[], CardContent], clock: StandingClock
) -> None:
    assert (card().sections[1].headline, card().sections[1].tone) == ("The hold lapses at 10:45, in 45 minutes", "warn")
    assert [(action.text, action.key) for action in card().secondary][:2] == [("Extend hold", "E"), ("Hold until", "U")]
    clock.instant = at("2026-11-24T09:00")
    assert "lapses" not in card().sections[1].headline
    clock.instant = SOON
    assert "E" not in {action.key for action in card().secondary}


def test_one_key_extends_it_and_undo_takes_that_back(
    services: Services, held: Appointment, heard: list[str], desk: Desk
) -> None:
    services.operations.run(extending(held.id, held.version))
    services.operations.undo()
    assert heard == ["Y. Haddad: held until Tue 1 Dec 10:00", "Taken back: longer hold"]
    assert desk.queries.visit_card(held.id).appointment.hold_until == SOON


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("17:00", "2026-11-24T17:00"),
        ("fri 12:00", "2026-11-27T12:00"),
        ("12/4 9am", "2026-12-04T09:00"),
        ("fri", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_alone_is_todays(text: str, instant: str | None) -> None:
    meant: datetime | None = at(instant) if instant else None
    assert typed_moment(text, date(2026, 11, 24), ZONE) == meant


def test_another_end_is_typed_and_what_cannot_be_is_said_beside_the_field(
    services: Services, inspector: Inspector, held: Appointment, desk: Desk, keys: Keyboard, heard: list[str]
) -> None:
    inspector.show_form(hold_form(services, desk.queries.visit_card(held.id)))
    keys.write("soon")
    keys.press(Key.Key_Return)
    assert "Write a time" in focused().accessibleDescription()
    for text, told in (("12/10 9:00", "cannot last longer"), ("9:00", "still to come")):
        focused().clear()  # type: ignore[attr-defined]
        keys.write(text)
        keys.press(Key.Key_Return)
        assert told in focused().accessibleDescription()
    focused().clear()  # type: ignore[attr-defined]
    keys.write("17:00")
    keys.press(Key.Key_Return)
    assert inspector.form is None
    assert heard == ["Y. Haddad: held until 17:00"]


def test_the_inbox_says_until_when_in_amber_within_the_hour(
    desk: Desk, services: Services, held: Appointment, clock: StandingClock
) -> None:
    def shown() -> tuple[str, str]:
        line = desk.queries.requests("open", desk.now())[0]
        cell = cells(line, services.office.context())[NEXT_ACTION]
        return cell.text, cell.role

    assert shown() == ("Held 9 Dec 09:00 to 10:45", "warn")
    clock.instant = at("2026-11-24T09:00")
    assert shown() == ("Held 9 Dec 09:00 to 10:45", "text")


def test_a_lapse_is_said_once_with_what_is_due_next(
    background: Background, held: Appointment, clock: StandingClock, heard: list[str]
) -> None:
    background._sweep_holds()
    assert heard == []
    clock.instant = SOON
    background._sweep_holds()
    background._sweep_holds()
    assert heard == ["Hold of Y. Haddad lapsed; call to book is due"]


def test_several_lapses_are_said_together(
    background: Background, held: Appointment, clock: StandingClock, heard: list[str], desk: Desk, ortiz: Patient
) -> None:
    wish = BookAppointment(at("2026-12-10T09:00"), "JOINT", patient_id=ortiz.id, hold_until=SOON)
    booking.book(desk, wish)
    clock.instant = SOON
    background._sweep_holds()
    assert heard == ["2 holds lapsed: Y. Haddad, M. Ortiz"]


def test_giving_a_request_up_says_that_its_hold_goes_too(
    services: Services, held: Appointment, heard: list[str]
) -> None:
    from desk_app.ui.operations.people import stepping_request

    assert held.request_id is not None
    services.operations.run(stepping_request(held.request_id, RequestStatus.WITHDRAWN))
    assert heard == ["Y. Haddad: withdrawn, and the hold is given up"]
