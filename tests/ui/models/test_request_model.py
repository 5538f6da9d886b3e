"""The inbox's rows as small text pictures, before and after changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.application.desk import Desk
from desk_app.application.read_models import RequestLine
from desk_app.application.use_cases import requests
from desk_app.domain.records import Contact, Phone, Request
from desk_app.domain.statuses import EndReason, RequestStatus, Urgency
from desk_app.ui.models.grouped_model import CellRole
from desk_app.ui.models.request_model import RequestModel
from desk_app.ui.screens.requests.inbox import filtered, read_inbox, waiting_words
from desk_app.ui.services import Services
from tests.helpers.small_practice import StandingClock


def picture(model: RequestModel) -> str:
    lines = []
    for place in range(model.rowCount()):
        group = model.index(place, 0)
        lines.append(f"{model.data(group)}")
        for row in range(model.rowCount(group)):
            cells = [model.data(model.index(row, column, group)) for column in range(model.columnCount())]
            lines.append("  " + " | ".join(cells))
    return "\n".join(lines)


@pytest.fixture
def model(dressed: object) -> RequestModel:
    made = RequestModel()
    made.tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def show(model: RequestModel, desk: Desk, services: Services) -> Callable[..., str]:
    def shown(lines: Iterable[RequestLine] | None = None, order: str = "status", segment: str = "open") -> str:
        inbox, ended = read_inbox(desk, segment), segment == "closed"
        model.show(inbox.lines if lines is None else lines, services.office.context(inbox.slots), order, ended)
        return picture(model)

    return shown


def test_rows_follow_what_happens_to_a_request(
    show: Callable[..., str], desk: Desk, take_down: Callable[..., Request], clock: StandingClock
) -> None:
    assert show() == ""
    first = take_down(urgency=Urgency.URGENT, procedure="KYPHO", levels=2, payer="OLDCOL")
    clock.instant += timedelta(hours=3)
    second = take_down("Lindgren", "Astrid")
    assert (
        show()
        == """\
New, 2 requests
  3 h | urgent | Haddad, Youssef | Kyphoplasty 2 levels | Old Colony | not checked | Call the patient | 12:00
  0 min | routine | Lindgren, Astrid | Large joint injection |  | not required | Call the patient | Wed 25"""
    )
    requests.set_status(desk, first.id, RequestStatus.IN_REVIEW)
    requests.set_status(desk, second.id, RequestStatus.READY_TO_BOOK)
    assert (
        show()
        == """\
In review, 1 request
  3 h | urgent | Haddad, Youssef | Kyphoplasty 2 levels | Old Colony | to submit | Call the patient | 12:00
Ready to book, 1 request
  0 min | routine | Lindgren, Astrid | Large joint injection |  | not required | Book 13:00 | today"""
    )


def test_the_same_rows_again_reset_nothing(
    model: RequestModel, show: Callable[..., str], take_down: Callable[..., Request], qtbot: object
) -> None:
    take_down()
    show()
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    show()
    assert resets == []


def test_every_cell_speaks_with_its_column(
    model: RequestModel, show: Callable[..., str], take_down: Callable[..., Request], clock: StandingClock
) -> None:
    take_down(urgency=Urgency.URGENT)
    clock.instant += timedelta(hours=3)
    show()
    group = model.index(0, 0)
    spoken = [model.data(model.index(0, column, group), Qt.ItemDataRole.AccessibleTextRole) for column in range(8)]
    assert spoken == [
        "Waiting: 3 h",
        "Urgency: urgent",
        "Haddad, Youssef, by phone",
        "Procedure: Large joint injection",
        "Payer: none",
        "Authorization: not required",
        "Next action: Call the patient",
        "Due: 12:00, late",
    ]
    assert model.data(group, Qt.ItemDataRole.AccessibleTextRole) == "New, 1 request"


def test_a_name_with_markup_and_line_breaks_is_one_plain_line(
    model: RequestModel, show: Callable[..., str], take_down: Callable[..., Request]
) -> None:
    phones = (Phone("413 555-0102", "+14135550102"),)
    take_down(contact=Contact("<b>Bold</b>\n& Sons", "\u202eNora", phones=phones))
    assert "| <b>Bold</b> & Sons, \u202eNora |" in show()


def test_one_list_by_due_time_by_next_action_or_by_waiting_time(
    show: Callable[..., str], desk: Desk, take_down: Callable[..., Request], clock: StandingClock
) -> None:
    take_down(procedure="KYPHO")
    clock.instant += timedelta(minutes=10)
    second = take_down("Lindgren", "Astrid", urgency=Urgency.URGENT)
    third = take_down("Park", "Ji-woo")
    requests.set_status(desk, third.id, RequestStatus.READY_TO_BOOK)
    requests.set_status(desk, second.id, RequestStatus.IN_REVIEW)

    def names(order: str) -> list[str]:
        return [row.split(" | ")[2] if " | " in row else row for row in show(order=order).splitlines()]

    haddad, lindgren, park = "Haddad, Youssef", "Lindgren, Astrid", "Park, Ji-woo"
    assert names("due") == ["By due time, 3 requests", lindgren, park, haddad]
    assert names("waiting") == ["By waiting time, 3 requests", haddad, lindgren, park]
    assert names("action") == ["Call the patient, 2 requests", lindgren, haddad, "Call to book, 1 request", park]


def test_the_head_of_the_column_that_orders_the_list_says_so(
    model: RequestModel, show: Callable[..., str], take_down: Callable[..., Request]
) -> None:
    take_down()

    def heads() -> list[str]:
        return [model.headerData(column, Qt.Orientation.Horizontal) for column in (0, 6, 7)]

    show()
    assert heads() == ["Waiting", "Next action", "Due"]
    show(order="due")
    assert heads() == ["Waiting", "Next action", "Due ↓"]
    show(segment="closed")
    assert heads() == ["Waited", "Why", "When"]


def test_requests_that_ended_say_how_long_they_waited_why_and_when(
    show: Callable[..., str], desk: Desk, take_down: Callable[..., Request], clock: StandingClock
) -> None:
    first, second, third = take_down(), take_down("Lindgren", "Astrid"), take_down("Park", "Ji-woo")
    clock.instant += timedelta(days=3)
    requests.set_status(desk, first.id, RequestStatus.DECLINED, why=EndReason.NO_RECORDS)
    requests.set_status(desk, second.id, RequestStatus.WITHDRAWN, "moves to Maine", EndReason.OTHER)
    clock.instant += timedelta(days=2)
    requests.set_status(desk, third.id, RequestStatus.WITHDRAWN)
    assert (
        show(segment="closed")
        == """\
Declined, 1 request
  3 days | routine | Haddad, Youssef | Large joint injection |  | not required | No referral or records | Fri 27
Withdrawn, 2 requests
  5 days | routine | Park, Ji-woo | Large joint injection |  | not required | Withdrawn | Sun 29
  3 days | routine | Lindgren, Astrid | Large joint injection |  | not required | moves to Maine | Fri 27"""
    )


def test_a_long_wait_is_amber_by_its_urgency_and_a_missing_phone_is_said(
    model: RequestModel, show: Callable[..., str], take_down: Callable[..., Request], clock: StandingClock
) -> None:
    take_down(urgency=Urgency.URGENT)
    take_down("Lindgren", contact=Contact("Lindgren", "Astrid", email="a@mail.example"), urgency=Urgency.SOON)
    clock.instant += timedelta(days=3)
    show(order="waiting")
    group = model.index(0, 0)
    waited = [model.data(model.index(row, 0, group), CellRole) for row in range(2)]
    assert [(cell.text, cell.role) for cell in waited] == [("3 days", "warn"), ("3 days", "text2")]
    assert model.index(1, 6, group).data() == "Call the patient: no phone"
    assert waiting_words([model.line_at(model.index(row, 0, group)) for row in range(2)], clock.now()) == (  # type: ignore[misc]
        "median wait 3 days, longest 3, 1 too long"
    )


def test_where_a_request_stands_is_found_again(
    model: RequestModel, show: Callable[..., str], desk: Desk, take_down: Callable[..., Request]
) -> None:
    first, second = take_down(), take_down("Lindgren", "Astrid")
    requests.set_status(desk, second.id, RequestStatus.IN_REVIEW)
    show()
    assert [model.place_of(first.id), model.place_of(second.id)] == [0, 1]
    line = model.line_at(model.near(1))
    assert line is not None
    assert line.request_id == second.id
    assert model.line_at(model.near(99)) == line
    assert model.index_of(99) == QModelIndex()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("haddad", 1), ("you had", 1), ("555-0102", 2), ("5550102", 2), ("kypho", 1), ("xyz", 0), ("", 2), ("URGENT", 1)],
)
def test_every_typed_word_is_found_somewhere_in_the_row(
    desk: Desk, take_down: Callable[..., Request], typed: str, found: int
) -> None:
    take_down(urgency=Urgency.URGENT)
    take_down("Lindgren", "Astrid", procedure="KYPHO")
    assert len(filtered(desk.queries.requests("open", desk.now()), typed, None)) == found
