"""The list of calls on paper: what it says, what a profile leaves out, and what the PDF holds."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from desk_app.application.call_rows import CallLine
from desk_app.application.read_models import PrintedSheet
from desk_app.application.use_cases.calls import CallList
from desk_app.printing.content.calls import CALLS, CALLS_BY_PAYER, CallFacts, call_sheet
from desk_app.printing.content.profiles import profile_of
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.painting.pdf import pdf_of
from desk_app.printing.papers import PAPERS, paper_of
from tests.helpers.call_lines import call_line, payer_line
from tests.helpers.small_practice import CATALOGUE, ZONE, at
from tests.printing.days import texts

DAY = date(2026, 11, 24)
NOW = at("2026-11-24T10:00")
LATE = call_line(1, due=at("2026-11-23T17:00"), attempts=2, messages="no", call_window="after 3 pm")
DUE = call_line(2, name="Asante, Kwame", mrn="", phone="", phone_label="", kind="call_patient")
PAYER = payer_line(3, "Petrosyan, Anahit", units=2, level_names="T12 L1")
OTHER = payer_line(4, "Dubois, Marcel", reference="", member_id="")


def facts(*lines: CallLine, **fields: Any) -> CallFacts:
    return CallFacts(DAY, NOW, ZONE, "A. Reyes", fields.pop("catalogue", CATALOGUE), CallList(lines), None, **fields)


def sheet(*lines: CallLine, kind: str = CALLS, profile: str = "desk") -> SheetContent:
    return call_sheet(facts(*lines), kind, profile_of(profile))


def printed(content: SheetContent, paper: str = "Letter") -> str:
    """What a reader finds in the PDF, without spaces, which are where the layout put them."""
    document, _ = pdf_of(content, paper_of(paper))
    pages = PdfReader(io.BytesIO(document)).pages
    return unicodedata.normalize("NFC", re.sub(r"\s", "", "".join(page.extract_text() for page in pages)))


def test_the_plain_list_is_late_first_with_what_each_call_needs() -> None:
    content = sheet(LATE, DUE, PAYER)
    assert [(section.name, len(section.rows)) for section in content.sections] == [("Late", 1), ("Due", 2)]
    assert content.facts == ("3 calls, 1 late", "1 to payers, 2 to patients")
    assert content.subtitle == "Call list · Small practice"
    assert {
        "Mon 23 Nov", "Ortiz, Marisol", "12 Mar 1951 · MRN 204118", "413 555-0142", "mobile, no messages",
        "Confirm · Large joint injection", "after 3 pm", "no number",
        "22514, 22515, 2 units, T12 L1 · submitted, day 5 of 7", "member OC 8810 2217 · ref. OC-77120",
    } <= set(texts(content))  # fmt: skip


def test_by_payer_one_heading_serves_all_its_patients() -> None:
    npi = replace(CATALOGUE, settings=replace(CATALOGUE.settings, npi="1932000000"))
    content = call_sheet(facts(LATE, PAYER, OTHER, catalogue=npi), CALLS_BY_PAYER, profile_of("desk"))
    assert [section.name for section in content.sections] == ["Old Colony Health", "Patients"]
    assert content.sections[0].aside == "NPI 1932000000 · 2 calls"
    assert {"OC 8810 2217", "ref. OC-77120", "–", "ref. none yet"} <= set(texts(content))


@pytest.mark.parametrize("paper", sorted(PAPERS))
@pytest.mark.parametrize("kind", [CALLS, CALLS_BY_PAYER])
def test_every_word_of_the_list_is_on_the_paper(kind: str, paper: str, qapp: object) -> None:
    content = sheet(LATE, DUE, PAYER, OTHER, kind=kind)
    said = printed(content, paper)
    for text in [*texts(content), content.title, content.subtitle, *content.facts, content.printed, content.profile]:
        assert re.sub(r"\s", "", text) in said


def test_a_clinical_list_says_nothing_of_payers_and_a_wall_s_no_name(qapp: object) -> None:
    clinical = sheet(LATE, PAYER, profile="clinical")
    assert "Petrosyan, Anahit" not in texts(clinical)
    assert clinical.facts == ("1 call, 1 late",)
    wall = printed(sheet(LATE, PAYER, profile="wall"))
    assert "OM" in wall or "MO" in wall
    for secret in ("Ortiz", "Marisol", "5550142", "MRN", "Petrosyan"):
        assert secret not in wall


def test_the_next_version_marks_what_is_new_and_what_changed() -> None:
    first = sheet(LATE, DUE)
    last = PrintedSheet(first.version, NOW, dict(first.printed_lines))
    again = replace(facts(LATE, replace_due(DUE), PAYER), last=last)
    content = call_sheet(again, CALLS, profile_of("desk"))
    marks = {row.cells[1][0].text: row.mark for section in content.sections for row in section.rows}
    assert marks == {"Ortiz, Marisol": "", "Asante, Kwame": "changed", "Petrosyan, Anahit": "new"}
    assert content.changes_told == "version 2, marks what changed since version 1"


def test_a_day_without_calls_says_so() -> None:
    assert sheet().empty == "No call is due by the end of this day."


def test_a_list_names_nobody_in_its_title() -> None:
    assert sheet(LATE, kind=CALLS_BY_PAYER).file_title == "Call list by payer 2026-11-24"


def replace_due(line: CallLine) -> CallLine:
    return line._replace(due=at("2026-11-24T16:00"))


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_a_due_day_of_any_length_stands_on_one_line(paper: str) -> None:
    lines = [call_line(number, due=at(f"2026-12-{number:02}T17:00")) for number in range(1, 32)]
    document, _ = pdf_of(sheet(*lines), paper_of(paper))
    said = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    assert "Wed 30 Dec" in said
    assert len(re.findall(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ Dec\b", said)) >= 31
