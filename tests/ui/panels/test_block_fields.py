"""What the fields of a blocked stretch or a block ask for, and that what was not touched comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.practice import Blockout, BlockoutKind, ResourceKind, Session
from desk_app.ui.panels.block_fields import KEEP, BlockFields, rule_words
from tests.helpers.small_practice import CATALOGUE, FIRST, at

TODAY = date(2026, 11, 24)


@pytest.fixture
def fields(dressed: QApplication, qtbot: QtBot) -> BlockFields:
    made = BlockFields(CATALOGUE, TODAY)
    for widget in (made.kind, made.who, made.first, made.begins, made.last, made.ends, made.repeat, made.until,
                   made.reason, made.kept, made.opens):  # fmt: skip
        qtbot.addWidget(widget)
    made.show_nothing(TODAY)
    return made


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-25T10:00", "2026-11-25T11:00"),
        ("2026-11-25T22:00", "2026-11-26T00:00"),
        ("2026-11-25T22:00", "2026-11-26T07:00"),
        ("2026-11-01T00:00", "2026-11-02T00:00"),
        ("2027-03-14T01:30", "2027-03-14T03:30"),
    ],
)
def test_a_blockout_that_is_only_looked_at_stays_as_it_was(fields: BlockFields, start: str, end: str) -> None:
    value = Blockout("R1", at(start), at(end), "cable", BlockoutKind.SERVICE)
    fields.show_blockout(value)
    wish = fields.wish()
    assert (wish.start, wish.end, wish.kind, wish.reason) == (value.start, value.end, value.kind, value.reason)


def test_the_second_of_two_equal_hours_and_odd_seconds_are_not_lost(fields: BlockFields) -> None:
    second, odd = datetime(2026, 11, 1, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 15, 0, 30, tzinfo=UTC)
    fields.show_blockout(Blockout("R1", second, odd))
    assert (fields.wish().start, fields.wish().end) == (second, odd)
    fields.ends.setText("11:00")
    assert fields.wish().end == at("2026-11-01T11:00")


def test_groups_are_written_out_and_everything_is_one_sign(fields: BlockFields) -> None:
    fields.who.choose((ResourceKind.CLINICIAN.value, "R1", "ALG"))
    assert fields.wish().resources == ("ALG", "NP1", "R1")
    fields.who.choose(("R1", "*"))
    assert fields.wish().resources == ("*",)


def test_a_block_is_of_one_resource_and_names_its_procedures(fields: BlockFields) -> None:
    fields.kind.choose(KEEP)
    fields.who.choose(("R1", "ALG"))
    assert set(fields.troubles()) == {"resources", "kept"}
    fields.who.choose(("R1",))
    fields.kept.choose(("KYPHO",))
    fields.opens.setText("soon")
    assert set(fields.troubles()) == {"release_days"}
    fields.opens.setText("7")
    assert fields.troubles() == {}


@pytest.mark.parametrize(
    "value",
    [
        Session("ALG", "FREQ=WEEKLY;BYDAY=MO,WE", FIRST, time(8), time(12), ("KYPHO",), 7),
        Session("ALG", "FREQ=DAILY;COUNT=1", FIRST, time(8), time(0), ("KYPHO",)),
        Session("ALG", "FREQ=WEEKLY;UNTIL=20261231", FIRST, time(20), time(2), ("KYPHO", "JOINT"), 0),
        Session("ALG", "FREQ=MONTHLY;BYDAY=1MO", FIRST, time(8, 0, 30), time(12), ("KYPHO",), 7),
    ],
)
def test_a_block_that_is_only_looked_at_stays_as_it_was(fields: BlockFields, value: Session) -> None:
    fields.show_session(replace(value, id=3, version=2))
    assert fields.troubles() == {}
    again = fields.session(replace(value, id=3, version=2))
    assert (again, again.id, again.version) == (value, 3, 2)


def test_a_rule_is_said_in_words_where_there_are_any() -> None:
    assert rule_words("FREQ=WEEKLY;BYDAY=MO,WE") == "every Mon, Wed"
    assert rule_words("FREQ=WEEKLY;UNTIL=20261231") == "every week until Thu 31 Dec 2026"
    assert rule_words("FREQ=DAILY;COUNT=1") == "once"
    assert rule_words("FREQ=MONTHLY;BYDAY=1MO") == "FREQ=MONTHLY;BYDAY=1MO"
