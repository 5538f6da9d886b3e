"""Letters on paper: every word of them, on both papers, whatever a name is made of."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desk_app.application.letter_values import LetterPractice, common_values
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import FilledLetter, LetterKind, LetterLine, LineKind, fill, usual_template
from desk_app.domain.records import Patient
from desk_app.printing.content.letter import LetterContent, content_of
from desk_app.printing.pages.items import Words
from desk_app.printing.pages.letter_pages import BULLET, paginate_letter
from desk_app.printing.painting.pdf import pdf_of
from desk_app.printing.papers import LETTER, PAPERS, paper_of
from desk_app.printing.sheets import save_pdf
from tests.helpers.small_practice import CATALOGUE, ZONE
from tests.printing.letters import EvenLetters

pytestmark = pytest.mark.usefixtures("qapp")
EN, ES = LetterLanguage.ENGLISH, LetterLanguage.SPANISH
BOTH = pytest.mark.parametrize("paper", sorted(PAPERS))
SETTINGS = replace(CATALOGUE.settings, phone="413 555-0100", address="12 Elm Street")


def content(lines: list[LetterLine], title: str = "Title", whose: str = "Ana Ortiz") -> LetterContent:
    return content_of(SETTINGS, FilledLetter(title, tuple(lines)), EN, whose, "Version 1", "Letter, visit 7, version 1")


def unreachable(name: str, language: LetterLanguage = EN) -> LetterContent:
    practice = LetterPractice(replace(CATALOGUE, settings=SETTINGS), ZONE, date(2026, 11, 24), language)
    values = common_values(practice, Patient("204118", name, ""), "204118")
    filled = fill(usual_template(LetterKind.UNREACHABLE, language), values)
    return content_of(SETTINGS, filled, language, values["patient"], "Version 1", "Letter, chart 7, version 1")


def read(letter: LetterContent, paper: str = "Letter") -> PdfReader:
    document, pages = pdf_of(letter, paper_of(paper))
    reader = PdfReader(io.BytesIO(document))
    assert len(reader.pages) == pages
    return reader


def squeezed(text: str) -> str:
    return unicodedata.normalize("NFC", re.sub(r"\s", "", text))


def said(letter: LetterContent, paper: str = "Letter") -> str:
    return squeezed("".join(page.extract_text() for page in read(letter, paper).pages))


@BOTH
@pytest.mark.parametrize("language", [EN, ES])
def test_every_word_of_a_letter_is_on_the_paper(paper: str, language: LetterLanguage) -> None:
    letter = unreachable("Ibarra-Núñez", language)
    words = said(letter, paper)
    for text in (letter.practice, *letter.contact, letter.title, letter.foot, *(line.text for line in letter.lines)):
        assert squeezed(text) in words
    assert squeezed("Página 1 de 1" if language is ES else "Page 1 of 1") in words


@BOTH
def test_the_paper_has_its_size_and_its_letters_inside(paper: str) -> None:
    (page,) = read(unreachable("Ortiz", ES), paper).pages
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx({"Letter": (612, 792), "A4": (595, 842)}[paper], abs=1)


@pytest.mark.parametrize(
    "name",
    [
        "<b>Ortiz</b> & Söhne",
        "Ibarra-Nu\u0301n\u0303ez",
        "Đặng Nguyễn",
        "O’Brien “Bob” {patient} %s",
        "# Ortiz",
        "- Lee",
    ],
)
def test_a_name_is_drawn_to_the_letter(name: str) -> None:
    assert squeezed(f"Dear {name},") in said(unreachable(name))


@pytest.mark.parametrize("name", ["عبد الرحمن", "כהן", "山田太郎", "김", "नेहरू", "ж" * 400, "Wolfe " * 60, "🙂"])
def test_a_name_in_any_script_leaves_the_rest_alone(name: str) -> None:
    words = said(unreachable(name))
    assert squeezed("We have tried to reach you by phone, and we could not.") in words
    assert squeezed("Page 1 of 1") in words


def lines_of(letter: LetterContent) -> list[list[Words]]:
    pages = paginate_letter(letter, LETTER, EvenLetters()).pages
    return [[item for block in page for item in block.items if isinstance(item, Words)] for page in pages]


def long_letter(paragraphs: int) -> LetterContent:
    made = []
    for number in range(paragraphs):
        made += [LetterLine(LineKind.HEADING, f"H{number}"), LetterLine(LineKind.ITEM, f"I{number} " + "word " * 30)]
        made.append(LetterLine(LineKind.GAP))
    return content(made)


def test_no_heading_stands_at_the_end_of_a_page_and_nothing_over_the_foot() -> None:
    for paragraphs in range(1, 40):
        pages = lines_of(long_letter(paragraphs))
        for page in pages:
            *body, foot, number = page
            assert not re.fullmatch(r"H\d+", body[-1].text)
            assert max(words.y for words in body) < foot.y == number.y
            assert number.text == f"Page {pages.index(page) + 1} of {len(pages)}"
        text = [words.text for page in pages for words in page]
        assert [each for each in text if re.fullmatch(r"H\d+", each)] == [f"H{n}" for n in range(paragraphs)]


def test_every_further_page_says_whose_it_is() -> None:
    first, *further = lines_of(long_letter(30))
    assert further
    assert "Title · Ana Ortiz" not in [words.text for words in first]
    assert all(page[0].text == "Title · Ana Ortiz" for page in further)


def test_an_item_has_one_bullet_and_hangs_beside_it() -> None:
    (page,) = lines_of(content([LetterLine(LineKind.ITEM, "word " * 40)]))
    bullets = [words for words in page if words.text == BULLET]
    hanging = [words for words in page if words.text.startswith("word")]
    assert len(bullets) == 1
    assert len(hanging) > 1
    assert len({words.x for words in hanging}) == 1
    assert bullets[0].x < hanging[0].x
    assert bullets[0].y == hanging[0].y


def test_a_paragraph_longer_than_a_page_goes_on_on_the_next_one() -> None:
    pages = lines_of(content([LetterLine(LineKind.PLAIN, " ".join(f"w{n}" for n in range(1500)))]))
    assert len(pages) > 1
    text = " ".join(words.text for page in pages for words in page if words.text.startswith("w"))
    assert text.split() == [f"w{n}" for n in range(1500)]


def test_the_document_is_titled_without_a_name_and_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "letter.pdf"
    assert save_pdf(unreachable("Ortiz"), target, "A4") == 1
    metadata = PdfReader(target).metadata
    assert metadata is not None
    assert metadata.title == "Letter, chart 7, version 1"
    assert not any("ortiz" in str(value).casefold() for value in metadata.values())
    assert [file.name for file in tmp_path.iterdir()] == ["letter.pdf"]


def closing(items: int) -> LetterContent:
    made = [LetterLine(LineKind.HEADING, "First"), *(LetterLine(LineKind.ITEM, f"I{n}") for n in range(items // 2))]
    made += [LetterLine(LineKind.GAP), LetterLine(LineKind.HEADING, "Last")]
    made += [LetterLine(LineKind.ITEM, f"J{n}") for n in range(items - items // 2)]
    regards = (LetterLine(LineKind.PLAIN, "Regards,"), LetterLine(LineKind.PLAIN, "Us"))
    return content([*made, LetterLine(LineKind.GAP), *regards])


def test_the_closing_words_never_stand_alone_on_a_page() -> None:
    """Whatever the length: the letter is drawn together, or takes its last part along; no word is lost."""
    numbers = set()
    for items in range(20, 60):
        pages = [[word.text for word in page if word.text != BULLET] for page in lines_of(closing(items))]
        numbers.add(len(pages))
        assert "Us" in pages[-1]
        if len(pages) > 1:
            assert "J" in "".join(pages[-1])
        every = [text for page in pages for text in page]
        assert [text for text in every if re.fullmatch(r"[IJ]\d+", text)] == [
            *(f"I{n}" for n in range(items // 2)), *(f"J{n}" for n in range(items - items // 2))
        ]  # fmt: skip
    assert numbers == {1, 2}
