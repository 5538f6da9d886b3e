"""The calls as small text pictures: best first, by payer, by patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.application.call_rows import CallLine
from desk_app.domain.practice import Payer
from desk_app.ui.models.call_cells import NAME, TRIES, cells
from desk_app.ui.models.call_groups import BEST, BY_PATIENT, BY_PAYER, CallGroup, Grouping
from desk_app.ui.models.call_model import CallModel
from desk_app.ui.models.request_cells import RowContext
from tests.helpers.call_lines import call_line, payer_line
from tests.helpers.small_practice import CATALOGUE, KYPHO, ZONE, at

OLD_COLONY = Payer(
    "OLDCOL",
    "Old Colony Health",
    "Old Colony",
    "+18005550136",
    phone_option="3",
    opens=time(8),
    closes=time(17),
)
PRACTICE = replace(
    CATALOGUE,
    payers=(OLD_COLONY,),
    procedures=(replace(KYPHO, cpt=("22514",), cpt_extra_level=("22515",)), *CATALOGUE.procedures[1:]),
)
CONTEXT = RowContext(at("2026-11-24T10:00"), ZONE, PRACTICE, {})


def grouped(order: str, lines: Iterable[CallLine], user: str = "A. Reyes") -> tuple[CallGroup, ...]:
    return Grouping(order, CONTEXT, user, {"OLDCOL": 9}).groups(lines)


def picture(order: str, lines: Iterable[CallLine]) -> str:
    told = []
    for group in grouped(order, lines):
        told.append(" | ".join(part for part in (group.title, group.phone, group.hint, group.aside) if part))
        for row in group.rows:
            words = ["·".join(part for part in (cell.text, cell.more) if part) for cell in row]
            told.append("  " + " | ".join(words))
    return "\n".join(told)


LATE = call_line(1, due=at("2026-11-24T09:30"), attempts=2, visit_start=at("2026-11-26T13:20"))
SOON = call_line(
    2, kind="call_patient", due=at("2026-11-24T11:50"), urgency="urgent", name="Asante, Kwame", phone_label="son"
)
LATER = call_line(3, kind="preparation", due=at("2026-11-27T17:00"), name="Achterberg, Joost")
PENDED = payer_line(4, "Petrosyan, Anahit", authorization="pended", decide_by=at("2026-11-23T10:00"), attempts=3)
SUBMITTED = payer_line(5, "Dubois, M.", due=at("2026-11-24T12:00"), reference="", attempts=1)


def test_best_first_is_late_then_today_then_later() -> None:
    assert (
        picture(BEST, (LATE, SOON, SUBMITTED, LATER))
        == """\
Late | 1 call
  09:30 | Ortiz, Marisol | 413 555-0142·mobile |  | Confirm·Thu 26 Nov 13:20, Large joint injection |  |  | 2
Today | 2 calls
  by 11:50 | Asante, Kwame | 413 555-0142·son |  | Call back·urgent, Large joint injection |  |  | 0
  by 12:00 | Dubois, M. | 12 Mar 1951 | OC 8810 2217 | 22514, +22515 | none yet | Old Colony: submitted, day 5 of 7 | 1
Later | 1 call
  Fri 27 | Achterberg, Joost | 413 555-0142·mobile |  | Prepare·Large joint injection |  |  | 0"""
    )


def test_one_call_to_a_payer_serves_every_patient_there() -> None:
    assert (
        picture(BY_PAYER, (LATE, PENDED, SUBMITTED))
        == """\
Old Colony Health | 800 555-0136, option 3 | 08:00–17:00, 9 min hold today | 2 patients, one call
  today | Petrosyan, Anahit | 12 Mar 1951 | OC 8810 2217 | 22514, +22515 | OC-77120 | pended, over 72 h | 3
  by 12:00 | Dubois, M. | 12 Mar 1951 | OC 8810 2217 | 22514, +22515 | none yet | submitted, day 5 of 7 | 1
Patients | best first | 1 call
  09:30 | Ortiz, Marisol | 413 555-0142·mobile |  | Confirm·Thu 26 Nov 13:20, Large joint injection |  |  | 2"""
    )


def test_a_payer_whose_line_is_closed_says_so() -> None:
    evening = Grouping(BY_PAYER, replace(CONTEXT, now=at("2026-11-24T17:30")), "", {})
    assert evening.groups((SUBMITTED,))[0].hint == "08:00–17:00, closed now"


def test_all_calls_about_one_person_stand_together() -> None:
    own = call_line(6, patient_id=4, name="Petrosyan, Anahit", kind="book")
    told = [
        (group.title, group.phone, [line.id for line in group.lines])
        for group in grouped(BY_PATIENT, (PENDED, LATE, own))
    ]
    assert told == [("Petrosyan, Anahit", "413 555-0142", [4, 6]), ("One call each", "", [1])]


def test_a_payer_that_is_not_known_has_its_heading_too() -> None:
    (group,) = grouped(BY_PAYER, (payer_line(4, "Petrosyan, Anahit", payer=None, payer_name=""),))
    assert (group.title, group.phone, group.aside) == ("Payer not known", "", "1 patient")


def test_who_has_a_call_open_stands_in_its_row_and_mine_at_the_payer() -> None:
    until = at("2026-11-24T10:04")
    mine = payer_line(4, "Petrosyan, Anahit", claimed_by="A. Reyes", claimed_until=until)
    theirs = payer_line(5, "Dubois, Marcel", claimed_by="M. Lindahl", claimed_until=until)
    (group,) = grouped(BY_PAYER, (mine, theirs))
    assert [row[TRIES].text for row in group.rows] == ["yours", "M. Lindahl"]
    assert {row[TRIES].icon for row in group.rows} == {"lock"}
    assert (group.aside, group.is_claimed) == ("claimed by you, 4 min", True)
    assert group.spoken.endswith("2 calls, claimed by you, 4 min")


@pytest.mark.parametrize(
    ("fields", "told", "role"),
    [
        ({"phone": "", "phone_label": ""}, "no phone", "warn"),
        ({"phone": "", "do_not_contact": True}, "wishes no calls", "warn"),
        ({"phone": "call the daughter", "phone_label": ""}, "call the daughter", "text"),
    ],
)
def test_a_number_that_is_missing_or_odd_is_said(fields: dict[str, object], told: str, role: str) -> None:
    number = cells(call_line(1, **fields), CONTEXT, "", False)[2]
    assert (number.text, number.role) == (told, role)


def test_a_denial_is_red_and_a_clock_that_has_run_out_amber() -> None:
    denied = cells(payer_line(4, "A", authorization="denied"), CONTEXT, "", False)
    over = cells(PENDED, CONTEXT, "", False)
    assert (denied[6].text, denied[6].role) == ("denied", "bad")
    assert (over[6].text, over[6].role) == ("pended, over 72 h", "warn")


def test_the_model_is_one_that_views_can_trust() -> None:
    model = CallModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for order, lines in (
        (BEST, (LATE, SOON, LATER)),
        (BY_PAYER, (PENDED, SUBMITTED, LATE)),
        (BY_PATIENT, ()),
        (BEST, (LATE,)),
    ):
        model.show_groups(grouped(order, lines))
    assert tester.model() is model
    assert model.numbers() == [1]


def test_the_calls_after_one_go_on_under_the_next_heading_and_then_from_the_top() -> None:
    model = CallModel()
    model.show_groups(grouped(BEST, (LATE, SOON, LATER)))
    assert [[line.id for line in model.around(number)] for number in (1, 2, 3)] == [[2, 3], [3, 1], [1, 2]]
    assert [line.id for line in model.around(99)] == [1, 2, 3]


def test_whose_call_it_is_and_what_comes_before_others_is_seen_in_the_row() -> None:
    row = cells(call_line(1, assigned_to="nurse", priority=1), CONTEXT, "", False)
    assert (row[NAME].icon, row[4].more) == ("ready", "Large joint injection, for nurse")
    model = CallModel()
    model.show_groups(grouped(BEST, (call_line(1, priority=2),)))
    index = model.index(0, NAME, model.index(0, 0))
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Patient: Ortiz, Marisol, first of all"


def test_the_same_rows_again_reset_nothing() -> None:
    model, resets = CallModel(), list[int]()
    model.show_groups(grouped(BEST, (LATE, SOON)))
    model.modelReset.connect(lambda: resets.append(1))
    model.show_groups(grouped(BEST, (LATE, SOON)))
    assert resets == []


def test_every_cell_speaks_by_what_is_called() -> None:
    model = CallModel()
    model.show_groups(grouped(BY_PAYER, (SUBMITTED, LATE)))
    payers, people = (model.index(0, 0, model.index(row, 0)) for row in (0, 1))

    def spoken(index: object, column: int) -> str:
        return str(model.data(index.siblingAtColumn(column), Qt.ItemDataRole.AccessibleTextRole))  # type: ignore[attr-defined]

    assert [spoken(payers, column) for column in (0, 2, 5)] == [
        "Due: by 12:00",
        "Born: 12 Mar 1951",
        "Reference: none yet",
    ]
    assert [spoken(people, column) for column in (0, 2, 4)] == [
        "Due: 09:30, late",
        "Phone: 413 555-0142, mobile",
        "What: Confirm, Thu 26 Nov 13:20, Large joint injection",
    ]
    assert model.data(model.index(0, 0)) == (
        "Old Colony Health, 800 555-0136, option 3, 08:00–17:00, 9 min hold today, 1 call"
    )


def test_a_name_with_markup_and_line_breaks_is_one_plain_line() -> None:
    assert cells(call_line(1, name="<b>Bold</b>\n& Sons, Nora"), CONTEXT, "", False)[NAME].text == (
        "<b>Bold</b> & Sons, Nora"
    )
