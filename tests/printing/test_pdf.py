"""The PDF says what the database says, on both papers, whatever a name is made of."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from desk_app.printing.content.sheet import SheetContent, Style
from desk_app.printing.painting.application import gui_application
from desk_app.printing.painting.fonts import UNITS, letters, load_fonts
from desk_app.printing.painting.pdf import pdf_of
from desk_app.printing.papers import PAPERS, paper_of
from desk_app.printing.sheets import save_pdf
from tests.printing.days import facts, full_day, line, sheet, texts

pytestmark = pytest.mark.usefixtures("qapp")
BOTH = pytest.mark.parametrize("paper", sorted(PAPERS))


def read(content: SheetContent, paper: str = "Letter") -> PdfReader:
    document, pages = pdf_of(content, paper_of(paper))
    reader = PdfReader(io.BytesIO(document))
    assert len(reader.pages) == pages
    return reader


def words(reader: PdfReader) -> str:
    """All text without its spaces and line ends, which are where the layout put them."""
    said = "".join(page.extract_text() for page in reader.pages)
    return unicodedata.normalize("NFC", re.sub(r"\s", "", said))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@BOTH
def test_every_word_of_the_sheet_is_on_the_paper(paper: str) -> None:
    content = sheet(facts(full_day(24)))
    said = words(read(content, paper))
    for text in [*texts(content), content.title, content.subtitle, *content.facts, content.printed, content.profile]:
        assert squeezed(text) in said
    for notice in content.notices:
        assert squeezed(notice.what) in said


@BOTH
def test_the_paper_has_its_size_and_its_letters_inside(paper: str) -> None:
    (page,) = read(sheet(facts(full_day(5))), paper).pages
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx({"Letter": (612, 792), "A4": (595, 842)}[paper], abs=1)
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all("Inter" in font["/BaseFont"] for font in fonts)
    assert all("/FontFile2" in each for each in descriptors)


HOSTILE = (
    "<b>Ortiz</b> & Söhne",
    "=1+1",
    "&lt;Novák&gt;",
    "Ibarra-Nu\u0301n\u0303ez",
    "Đặng Nguyễn",
    "O’Brien “Bob” {x} %s \\n $(y)",
    "<img src='file:///etc/passwd'>",
)


@pytest.mark.parametrize("family", HOSTILE)
def test_a_name_is_drawn_to_the_letter(family: str) -> None:
    said = words(read(sheet(facts([line(1, family=family, note=family)]))))
    plain = unicodedata.normalize("NFC", family)
    assert squeezed(plain.upper()) in said
    assert squeezed(plain) in said


@pytest.mark.parametrize("family", ["عبد الرحمن", "כהן", "山田", "김", "नेहरू", "ж" * 300, "🙂"])
def test_a_name_in_any_script_makes_a_page_and_leaves_its_neighbours_alone(family: str) -> None:
    """Inter has no letters for some of these: the system's fonts come in, where there are any."""
    lines = [line(1, family=family, given=""), line(2, 600, family="Next")]
    reader = read(sheet(facts(lines)))
    assert len(reader.pages) == 1
    said = words(reader)
    assert "NEXT,Marisol" in said
    assert squeezed("12 Mar 1951 · MRN 204001") in said


def test_an_override_of_the_writing_direction_is_left_out() -> None:
    assert "ORTIZ,Marisol" in words(read(sheet(facts([line(1, family="Or\u202etiz")]))))


@BOTH
def test_an_empty_day_is_one_page_that_says_so(paper: str) -> None:
    reader = read(sheet(facts()), paper)
    assert len(reader.pages) == 1
    assert "Novisitsonthisday." in words(reader)
    assert "page1of1" in words(reader)


@BOTH
def test_a_day_of_120_visits_is_a_few_full_pages(paper: str) -> None:
    content = sheet(facts(full_day(120)))
    reader = read(content, paper)
    assert 4 <= len(reader.pages) <= 7
    said = [squeezed(page.extract_text()) for page in reader.pages]
    for number, text in enumerate(said, 1):
        assert f"page{number}of{len(said)}" in text
    for mrn in range(204001, 204121):
        assert sum(f"MRN{mrn}" in text for text in said) == 1


def test_the_documents_title_names_the_day_and_no_patient() -> None:
    reader = read(sheet(facts([line(1, family="Ortiz")])))
    assert reader.metadata is not None
    assert reader.metadata.title == "Day sheet by room 2026-11-23"
    assert not any("ortiz" in str(value).casefold() for value in reader.metadata.values())


def test_a_saved_sheet_is_the_same_document(tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    assert save_pdf(sheet(facts(full_day(70))), target, "A4") == len(PdfReader(target).pages)
    assert [file.name for file in tmp_path.iterdir()] == ["sheet.pdf"]


def test_the_running_application_serves_and_the_bundled_font_is_there(qapp: QApplication) -> None:
    assert gui_application() is qapp
    assert "Inter" in load_fonts()


def test_a_text_measured_letter_by_letter_is_about_as_wide_as_it_is_drawn() -> None:
    """Kerning draws some pairs closer, so that a text may have a little more room than it needs."""
    measured = letters()
    for text in ("NAKAMURA, Haruto", "09:25–10:50", "12 Mar 1951 · MRN 204 118", "Transforaminal epidural"):
        drawn = QFontMetricsF(measured.fonts[Style.BODY]).horizontalAdvance(text) / UNITS
        assert drawn - 0.5 < measured.width(text, Style.BODY) < drawn * 1.03


def test_spaces_and_apostrophes_can_be_searched_and_copied() -> None:
    said = read(sheet(facts([line(1, family="O’Brien", note="“Bob” Kaʼia")]))).pages[0].extract_text()
    for text in ("Day sheet by room · Bay State Pain", "O’BRIEN, Marisol", "“Bob” Kaʼia"):
        assert text in said
