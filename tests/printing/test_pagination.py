"""Pages without fonts: no row is split, no heading stands alone, every page says what it belongs to."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.printing.content.sheet import Column, Line, Notice, Row, Section, SheetContent, Style
from desk_app.printing.pages.items import Page, Rule, Words
from desk_app.printing.pages.paginate import FOOT, MARGIN, MOST_NOTICES, paginate
from desk_app.printing.pages.rows import GAP, LEAD, tracks_of
from desk_app.printing.papers import A4, LETTER, Paper
from tests.printing.letters import EvenLetters

COLUMNS = (Column("Time", 60), Column("Patient", 200, 1), Column("Note", 120, 1))
words = st.lists(st.sampled_from(["Ortiz", "Nakamura-Featherstonehaugh", "x" * 90, "L4", "bed"]), max_size=30)


def row(number: int, note: str = "") -> Row:
    """Every cell carries its row's number, so that a split would be seen."""
    return Row(
        ((Line(f"#{number}", Style.STRONG),), (Line(f"#{number}"), Line(f"#{number}")), (Line(f"#{number} {note}"),))
    )


def content(*sections: Section, **more: object) -> SheetContent:
    told: dict[str, object] = {
        "title": "Monday 23 November 2026",
        "subtitle": "Day sheet by room · Bay State Pain",
        "facts": ("18 visits", "tonight: 2 planned"),
        "columns": COLUMNS,
        "sections": sections,
        "version": 3,
        "file_title": "Day sheet by room 2026-11-23",
        "printed": "Printed Mon 23 Nov 2026 07:38 by A. Reyes",
        "profile": "profile: desk (all)",
        "keeping": "Keep covered.",
    }
    return SheetContent(**{**told, **more})  # type: ignore[arg-type]


def laid_out(sheet: SheetContent, paper: Paper = LETTER) -> tuple[Page, ...]:
    return paginate(sheet, paper, EvenLetters()).pages


def said(page: Page) -> list[str]:
    return [item.text for block in page for item in block.items if isinstance(item, Words)]


def numbers(page: Page) -> list[int]:
    return [int(found[1]) for text in said(page) if (found := re.match(r"#(\d+)", text))]


days = st.lists(st.lists(words.map(" ".join), max_size=40), max_size=6)


@given(days, st.sampled_from([LETTER, A4]))
@settings(max_examples=60)
def test_every_row_stands_whole_on_one_page_under_its_heading(notes: list[list[str]], paper: Paper) -> None:
    sections, number = [], 0
    for place, rows in enumerate(notes):
        made = tuple(row(number + step, note) for step, note in enumerate(rows))
        sections.append(Section(f"Room {place}", "Dr. Osei", "09:00 to 16:00", made))
        number += len(rows)
    pages = laid_out(content(*sections), paper)
    assert [each for page in pages for each in numbers(page)] == [each for each in range(number) for _ in range(4)]
    for page in pages:
        headings = [text for text in said(page) if text.startswith("Room ")]
        assert headings or not number
        assert is_under_a_heading_with_captions(page)


def is_under_a_heading_with_captions(page: Page) -> bool:
    """A heading with rows has its first row on the same page, and the first one the columns' names."""
    texts = [text for text in said(page) if text.startswith(("Room ", "#", "Time"))]
    filled = [text for text in texts if text.startswith("#")]
    if not filled:
        return True
    return (
        texts[0].startswith("Room ") and "Time" in texts[: texts.index(filled[0])] and not texts[-1].startswith("Time")
    )


@given(st.integers(0, 200), st.sampled_from([LETTER, A4]))
@settings(max_examples=30)
def test_nothing_leaves_the_paper_and_rows_end_above_the_foot(rows: int, paper: Paper) -> None:
    pages = laid_out(content(Section("Room 1", "", "", tuple(row(n) for n in range(rows)))), paper)
    for page in pages:
        for block in page:
            for item in block.items:
                assert 0 < item.y + block.y < paper.height - 20
                assert item.x >= MARGIN - 10
            if block.y:
                assert block.y + max(item.y for item in block.items) < paper.height - FOOT


def test_a_heading_whose_first_row_does_not_fit_goes_to_the_next_page_with_it() -> None:
    for rows in range(1, 60):
        first = Section("Room 1", "", "", tuple(row(n) for n in range(rows)))
        pages = laid_out(content(first, Section("Room 2", "", "", (row(1000),))))
        page = next(page for page in pages if "Room 2" in said(page))
        assert 1000 in numbers(page)


def test_a_continued_page_repeats_the_day_the_heading_and_the_columns() -> None:
    pages = laid_out(content(Section("Room 1", "Dr. Osei", "09:00 to 16:00", tuple(row(n) for n in range(60)))))
    assert len(pages) > 1
    for page in pages[1:]:
        texts = said(page)
        assert texts[0] == "Monday 23 November 2026"
        assert "Room 1, continued" in texts
        assert "Patient" in texts
        assert "09:00 to 16:00" not in texts


def test_every_page_counts_itself_and_says_who_printed_which_version() -> None:
    pages = laid_out(content(Section("Room 1", "", "", tuple(row(n) for n in range(90)))))
    for number, page in enumerate(pages, 1):
        assert f"version 3 · page {number} of {len(pages)}" in said(page)
        assert "Printed Mon 23 Nov 2026 07:38 by A. Reyes · profile: desk (all)" in said(page)
        assert "Keep covered." in said(page)


def test_a_very_long_user_name_is_cut_before_the_profile() -> None:
    (page,) = laid_out(content(printed="Printed by " + "x" * 300))
    assert any(text.endswith("… · profile: desk (all)") for text in said(page))


def test_a_heading_too_long_for_one_line_puts_its_words_below() -> None:
    aside = (
        "kept for Vertebroplasty, Kyphoplasty and Stimulator trial, opens Mon 30 Nov; closed 11:30 to 12:45 (service)"
    )
    (page,) = laid_out(content(Section("Room 1", "Dr. Algendy, Dr. Osei, Dr. Lindqvist", aside, (row(1),))))
    assert "kept for Vertebroplasty" in " ".join(said(page))
    assert is_under_a_heading_with_captions(page)


def test_many_notices_are_bounded_and_the_rest_is_counted() -> None:
    notices = tuple(Notice(f"Name{n}", "no escort") for n in range(100))
    texts = said(laid_out(content(notices=notices))[0])
    assert f"Name{MOST_NOTICES - 1}: " in texts
    assert f"and {100 - MOST_NOTICES} more: see the notes" in texts


def test_a_changed_row_has_a_bar_in_the_margin_and_its_word_in_a_box() -> None:
    changed = row(1)._replace(mark="moved")
    (page,) = laid_out(content(Section("Room 1", "", "", (changed, row(2)))))
    bars = [item for block in page for item in block.items if isinstance(item, Rule) and item.width == 4]
    assert len(bars) == 1
    assert bars[0].x < MARGIN
    assert said(page).count("moved") == 1


def test_a_gone_row_has_no_box_to_tick_and_a_line_through_what_no_longer_holds() -> None:
    gone = row(1)._replace(to_tick=False, struck=frozenset({0, 1}))
    (struck,) = laid_out(content(Section("Room 1", "", "", (gone,))))
    (whole,) = laid_out(content(Section("Room 1", "", "", (row(1),))))

    def rules(page: Page) -> int:
        return sum(isinstance(item, Rule) for block in page for item in block.items)

    assert rules(struck) == rules(whole) + 2


@pytest.mark.parametrize("paper", [LETTER, A4])
def test_columns_fill_the_paper_between_its_margins(paper: Paper) -> None:
    tracks = tracks_of(COLUMNS, MARGIN, paper.width - 2 * MARGIN)
    assert tracks[0].x == MARGIN + LEAD
    assert tracks[-1].x + tracks[-1].width + GAP == pytest.approx(paper.width - MARGIN)
    for left, right in pairwise(tracks):
        assert left.x + left.width + GAP == pytest.approx(right.x)
