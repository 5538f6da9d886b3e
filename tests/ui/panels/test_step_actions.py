"""The steps that a visit's card offers: each a key of its own, where they lead, and one back."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking
from desk_app.application.use_cases.booking import BookAppointment
from desk_app.application.use_cases.look_at_visit import visit_look
from desk_app.application.use_cases.visit_status import move_patient, set_status, step_back
from desk_app.domain.practice import Stay
from desk_app.domain.records import Patient
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.ui.panels.card_content import CardContent
from desk_app.ui.panels.visit_card import visit_content
from desk_app.ui.services import Services
from tests.helpers.small_practice import StandingClock, at

STEP_CODES = ("status:", "step_back", "stay_tonight")
PATH = (S.ARRIVED, S.READY, S.IN_PROCEDURE, S.IN_RECOVERY, S.AMBULATING)


def content_of(desk: Desk, services: Services, visit: int) -> CardContent:
    return visit_content(visit_look(desk, visit), services.office.context())


def shown(content: CardContent) -> list[str]:
    """The steps on the card, with their keys."""
    first = [content.primary] if content.primary is not None else []
    actions = [*first, *content.secondary]
    return [f"{each.text} {each.key}" for each in actions if each.code.startswith(STEP_CODES)]


@pytest.fixture
def kypho(desk: Desk, ortiz: Patient) -> int:
    """A kyphoplasty of today, let pass by a manager."""
    wish = BookAppointment(at("2026-11-24T11:00"), "KYPHO", patient_id=ortiz.id, override_reason="by phone")
    return booking.book(desk, wish).value.id


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        (0, ["Arrived Enter", "Confirmed C", "No show X"]),
        (1, ["Ready Enter", "Step back Z"]),
        (2, ["Procedure starts Enter", "Step back Z"]),
        (3, ["To recovery, Bay 1 Enter", "Step back Z"]),
        (4, ["Going home Enter", "Stays tonight O", "Gone home H", "Step back Z"]),
        (5, ["Gone home Enter", "Stays tonight O", "To recovery R", "Step back Z"]),
    ],
)
def test_each_status_offers_its_steps_and_no_key_twice(
    desk: Desk, services: Services, kypho: int, reached: int, told: list[str]
) -> None:
    for status in PATH[:reached]:
        set_status(desk, kypho, status)
    content = content_of(desk, services, kypho)
    assert shown(content) == told
    keys = Counter(each.key for each in (content.primary, *content.secondary) if each is not None)
    assert max(keys.values()) == 1


def test_the_day_after_the_card_asks_whether_the_patient_came(
    desk: Desk, services: Services, kypho: int, clock: StandingClock
) -> None:
    clock.instant += timedelta(days=1)
    assert shown(content_of(desk, services, kypho)) == ["Came Enter", "No show X"]


def test_the_history_says_where_a_step_led_and_why_one_was_taken_back(
    desk: Desk, services: Services, kypho: int
) -> None:
    for status in PATH[:4]:
        set_status(desk, kypho, status)
    move_patient(desk, kypho, "B2")
    step_back(desk, kypho, "wrong card")
    (history,) = [each for each in content_of(desk, services, kypho).sections if each.title == "History"]
    told = [line.partition(": ")[2].replace("\u00a0", " ") for line in history.paragraphs]
    assert told[:3] == ["back to in procedure: wrong card", "moved to Bay 2", "in recovery, Bay 1"]


def test_a_planned_stay_leads_to_its_bed_and_home_by_another_key(
    desk: Desk, services: Services, ortiz: Patient
) -> None:
    wish = BookAppointment(
        at("2026-11-24T11:00"), "KYPHO", patient_id=ortiz.id, stay=Stay.PLANNED, override_reason="by phone"
    )
    visit = booking.book(desk, wish).value.id
    for status in PATH[:4]:
        set_status(desk, visit, status)
    assert shown(content_of(desk, services, visit))[:2] == ["To the night's bed, Bed 1 Enter", "Gone home H"]
