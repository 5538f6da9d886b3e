"""What was printed, version by version, on either database."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.application.desk import Desk
from desk_app.application.use_cases.sheets import SlipPrinted, record_printed, record_slips

DAY = date(2026, 11, 25)


def test_the_newest_version_of_every_kind_is_read_for_each_day_of_a_stretch(desk: Desk) -> None:
    after = DAY + timedelta(days=1)
    for day, kind, text in (
        (DAY, "rooms", "first"),
        (DAY, "rooms", "second"),
        (DAY, "changes", "slip"),
        (after, "rooms", "next"),
        (after + timedelta(days=1), "rooms", "too late"),
    ):
        record_printed(desk, day, kind, "desk", {7: text}, "pdf")
    found = desk.queries.sheets_printed(DAY, after)
    assert {
        day: {kind: (sheet.version, sheet.lines) for kind, sheet in kinds.items()} for day, kinds in found.items()
    } == {
        DAY: {"rooms": (2, {7: "second"}), "changes": (1, {7: "slip"})},
        after: {"rooms": (1, {7: "next"})},
    }
    assert found[DAY]["rooms"] == desk.queries.last_printed(DAY, "rooms")
    assert desk.queries.sheets_printed(date(2026, 1, 1), date(2026, 1, 31)) == {}


def test_the_slips_of_a_visit_are_counted_on_when_it_moves_to_another_day(desk: Desk) -> None:
    record_slips(desk, [SlipPrinted(7, DAY, 1, "09:00"), SlipPrinted(8, DAY, 1, "10:00")], "desk", "pdf")
    record_slips(desk, [SlipPrinted(7, DAY + timedelta(days=1), 2, "11:00")], "desk", "pdf")
    found = desk.queries.slips_printed([7, 8, 9])
    assert {number: (slip.version, slip.lines) for number, slip in found.items()} == {
        7: (2, {7: "11:00"}),
        8: (1, {8: "10:00"}),
    }
    assert desk.queries.slips_printed([]) == {}
