from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.application.desk import Desk
from desk_app.application.read_models import SetAsideLine
from desk_app.application.start_runs import start_runs
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.domain.practice import Stay
from desk_app.ui.models.search_model import Found, HitRole, SearchModel
from desk_app.ui.models.set_aside_model import SetAsideModel, reason_words
from desk_app.ui.models.slot_model import RowRole, SlotModel
from desk_app.ui.services import Services
from tests.helpers.small_practice import CATALOGUE, at

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_starts_say_day_setup_resources_and_home(desk: Desk, services: Services) -> None:
    model = SlotModel()
    tester = QAbstractItemModelTester(model, FATAL)
    runs = start_runs(find(desk, FindSlots("KYPHO", 2, limit=1000)), CATALOGUE)
    model.show(runs, services.office.context())
    row = model.data(model.index(0), RowRole)
    assert (row.key, row.day, row.setup, row.resources, row.home, row.latest) == (
        "1", "Tue 24 Nov", "10:00", "R1 · ALG · C1 · B1", "12:40", "15:20",
    )  # fmt: skip
    assert [model.data(model.index(place), RowRole).key for place in range(12)] == [*"123456789", "", "", ""]
    assert (
        model.data(model.index(0), Qt.ItemDataRole.AccessibleDescriptionRole)
        == "Room 1, Dr. Algendy, Nurse One, C-arm A, Bay 1"
    )
    model.show((), services.office.context())
    assert (model.rowCount(), model.slot_at(0)) == (0, None)
    del tester


def test_a_row_turns_to_a_later_start_of_its_run_and_back_but_not_beyond(desk: Desk, services: Services) -> None:
    model = SlotModel()
    tester = QAbstractItemModelTester(model, FATAL)
    runs = start_runs(find(desk, FindSlots("KYPHO", 2, limit=1000)), CATALOGUE)
    model.show(runs, services.office.context())
    assert not model.shift(0, -1)
    assert model.shift(0, 2)
    assert model.data(model.index(0), RowRole).setup == "10:10"
    assert model.choose(runs[0].last.start) == 0
    assert not model.shift(0, 1)
    assert model.choose(at("2027-12-01T08:00")) is None
    assert not model.shift(len(runs), 1)
    del tester


def test_a_planned_night_is_said(desk: Desk, services: Services) -> None:
    model = SlotModel()
    found = find(desk, FindSlots("KYPHO", stay=Stay.PLANNED, limit=1))
    model.show(start_runs(found, CATALOGUE), services.office.context())
    row = model.data(model.index(0), RowRole)
    assert (row.home, row.latest) == ("stays", "")


def test_what_was_set_aside_says_why_in_a_sentence_and_how_it_begins(services: Services) -> None:
    model = SetAsideModel()
    tester = QAbstractItemModelTester(model, FATAL)
    line = SetAsideLine(1, "cheap.eml", at("2026-11-24T08:12"), "spam", "Buy <b>now</b>\n\n  & save " + "x" * 999)
    model.show((line,), services.office.context())
    words = [model.data(model.index(0, column)) for column in range(model.columnCount())]
    assert words[:3] == ["08:12", "cheap.eml", "Looks like advertising"]
    assert words[3].startswith("Buy <b>now</b> & save xxx")
    assert len(words[3]) == 160
    assert (model.line_at(0), model.line_at(1)) == (line, None)
    assert reason_words("never seen before") == "Never seen before."
    del tester


def test_the_search_list_speaks_all_of_a_hit(services: Services) -> None:
    model = SearchModel()
    tester = QAbstractItemModelTester(model, FATAL)
    hit = Found("patient", 7, "Ortiz, Marisol", "12 Mar 1951 · MRN 204 118", "next Wed", "patients")
    model.show((Found("day", date(2026, 12, 4), "Go to Fri 4 Dec 2026"), hit))
    assert model.data(model.index(1)) == "Ortiz, Marisol 12 Mar 1951 · MRN 204 118 next Wed"
    assert model.data(model.index(1), HitRole) == hit
    assert model.at(5) is None
    del tester
