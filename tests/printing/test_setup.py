"""How a sheet is set up: hours, rooms, fields, size, one page each; and what is remembered of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desk_app.domain.faults import WrongInput
from desk_app.printing.content.marks import printed_line
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.content.setup import (
    FIELDS,
    SIZES,
    SheetSetup,
    checked,
    part_told,
    setup_of,
    setup_text,
    usual_setup,
)
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.pages.items import Words
from desk_app.printing.pages.lay_out import lay_out, paper_for
from desk_app.printing.painting.fonts import letters
from desk_app.printing.sheets import content_of
from tests.helpers.small_practice import ZONE
from tests.printing.days import PRACTICE, facts, full_day, line, texts

THREE = (line(1, 480, "R1"), line(2, 600, "R2"), line(3, 780, "R1"))


def made(setup: SheetSetup, kind: str = "rooms", profile: str = "desk") -> SheetContent:
    return content_of(facts(THREE), kind, PROFILES[profile], setup)


def names(content: SheetContent) -> list[str]:
    return [row.cells[1][0].text.split(",")[0] for section in content.sections for row in section.rows]


def test_only_some_rooms_are_printed_and_the_sheet_says_so() -> None:
    content = made(SheetSetup(only=frozenset({"R1"})))
    assert [section.name for section in content.sections] == ["Room 1"]
    assert names(content) == ["ORTIZ1", "ORTIZ3"]
    assert content.subtitle == "Day sheet by room · Bay State Pain · only Room 1"
    assert content.facts[0].startswith("2 of 3 visits")


def test_only_some_hours_are_printed_with_whoever_is_there_in_them() -> None:
    """The first visit lasts from 08:00 to 09:40, with its recovery."""
    content = made(SheetSetup(first=time(9, 30), last=time(12)))
    assert names(content) == ["ORTIZ1", "ORTIZ2"]
    assert content.subtitle.endswith("only from 09:30 until 12:00")
    assert names(made(SheetSetup(first=time(9, 40)))) == ["ORTIZ3", "ORTIZ2"]
    assert names(made(SheetSetup(last=time(8)))) == []
    assert made(SheetSetup(last=time(8), only=frozenset({"R3"}))).empty == "No visits in this part of the day."


def test_a_clinicians_sheet_is_for_that_clinician() -> None:
    content = made(SheetSetup(only=frozenset({"OSE"})), "clinicians")
    assert names(content) == ["ORTIZ2"]


@pytest.mark.parametrize("field", [code for code, _ in FIELDS["rooms"]])
def test_each_field_can_be_left_out_and_leaves_the_others(field: str) -> None:
    usual, without = made(SheetSetup()), made(SheetSetup(hidden=frozenset({field})))
    lost = set(texts(usual)) - set(texts(without))
    wanted = {
        "what": {"Kyphoplasty T12\u00a0L1", "moderate"},
        "sedation": {"moderate"},
        "born": {text for text in texts(usual) if "MRN" in text},
        "place": {"C-arm A"},
        "recovery": {text for text in texts(usual) if text.startswith("Bay ")},
        "escort": {"Luis O. 555-0187"},
        "authorization": {"auth. approved"},
    }
    assert wanted.get(field, set()) <= lost
    assert all(len(row.cells) == len(without.columns) for section in without.sections for row in section.rows)
    assert names(without) == names(usual)


def test_a_visit_that_went_says_why_also_where_no_notes_are_printed() -> None:
    from desk_app.printing.content.visits import standing

    there = standing(line(9, 480, "R1"), PRACTICE)
    went = replace(there, status="cancelled")
    day = facts(
        (line(1, 600),), {1: printed_line(standing(line(1, 600), PRACTICE), ZONE), 9: printed_line(there, ZONE)}
    )
    day = replace(day, gone=(went,))
    content = content_of(day, "rooms", PROFILES["desk"], SheetSetup(hidden=frozenset({"notes", "what", "place"})))
    (row,) = [row for section in content.sections for row in section.rows if row.mark]
    assert [each.text for each in row.cells[1]][-1] == "cancelled"
    assert row.struck == {0, 1}


def test_what_a_part_leaves_out_is_kept_as_it_was_printed() -> None:
    """A change in room 2 is marked on the next whole sheet, though room 1 was printed alone in between."""
    before = {1: "old 1", 2: "old 2", 3: "old 3", 8: "08:00\t08:00\tR2"}
    day = facts(THREE, before)
    part = content_of(day, "rooms", PROFILES["desk"], SheetSetup(only=frozenset({"R1"})))
    assert part.printed_lines == {1: day.lines[1], 2: "old 2", 3: day.lines[3], 8: "08:00\t08:00\tR2"}
    first = content_of(facts(THREE), "rooms", PROFILES["desk"], SheetSetup(only=frozenset({"R1"})))
    assert first.printed_lines == day.lines


@pytest.mark.parametrize(("size", "scale"), SIZES.items())
def test_everything_is_set_larger_on_the_same_paper(size: str, scale: float, qapp: QApplication) -> None:
    content = content_of(facts(full_day(40)), "rooms", PROFILES["desk"], SheetSetup(size=size))
    pages = lay_out(content, paper_for(content, "Letter"), letters())
    assert (pages.scale, pages.paper.width) == (scale, 816)
    used = [
        item.x + letters().width(item.text, item.style)
        for page in pages.pages
        for _, items in page
        for item in items
        if isinstance(item, Words)
    ]
    assert max(used) * scale <= 816 - 40


def test_each_room_can_have_its_own_page(qapp: QApplication) -> None:
    content = content_of(facts(full_day(9)), "rooms", PROFILES["desk"], SheetSetup(page_each=True))
    assert len(lay_out(content, paper_for(content, "A4"), letters()).pages) == 3
    assert len(lay_out(replace(content, page_each=False), paper_for(content, "A4"), letters()).pages) == 1


def test_a_sheet_lies_across_the_paper(qapp: QApplication) -> None:
    content = made(SheetSetup(landscape=True))
    assert paper_for(content, "Letter").width == 1056
    assert paper_for(made(SheetSetup()), "Letter").width == 816


@pytest.mark.parametrize(
    ("setup", "code"),
    [
        (SheetSetup(only=frozenset({"R9"})), "unknown_word"),
        (SheetSetup(hidden=frozenset({"name"})), "unknown_word"),
        (SheetSetup(size="tiny"), "unknown_word"),
        (SheetSetup(first=time(9), last=time(9)), "sheet_hours"),
    ],
)
def test_a_word_that_means_nothing_is_refused(setup: SheetSetup, code: str) -> None:
    with pytest.raises(WrongInput) as refused:
        checked(setup, "rooms", PRACTICE)
    assert refused.value.code == code


SETUPS = st.builds(
    SheetSetup,
    st.sampled_from([None, time(6), time(7, 30)]),
    st.sampled_from([None, time(12), time(17, 5)]),
    st.frozensets(st.sampled_from(["R1", "R2", "R3"])),
    st.frozensets(st.sampled_from([code for code, _ in FIELDS["rooms"]])),
    st.sampled_from(list(SIZES)),
    st.booleans(),
    st.booleans(),
)


@given(SETUPS)
def test_a_setup_comes_back_as_it_was_remembered(setup: SheetSetup) -> None:
    assert setup_of(setup_text(setup), "rooms", PRACTICE) == setup
    assert checked(setup, "rooms", PRACTICE) == setup
    assert bool(part_told(setup, "rooms", PRACTICE)) == setup.is_part


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rainbow",
        "[]",
        "3",
        '{"only": 5, "hidden": [1], "size": ["x"], "first": "25:99"}',
        '{"first": "10:00", "last": "09:00"}',
    ],
)
def test_what_cannot_be_read_any_more_gives_way_to_the_usual(text: str) -> None:
    assert setup_of(text, "rooms", PRACTICE) == usual_setup("rooms")
