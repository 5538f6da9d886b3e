"""The preview of a letter as a person uses it: look, choose the language, Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton

from desk_app.application.use_cases import moving, patients
from desk_app.application.use_cases.letters import LetterWish
from desk_app.domain.letters import LetterKind
from desk_app.domain.records import Callback, Patient
from desk_app.domain.statuses import CallbackKind
from desk_app.printing.pages.items import Words
from desk_app.printing.painting import printer as painting_printer
from desk_app.ui.print_preview import LetterPreview, asking, paper_dialog
from tests.helpers.small_practice import at
from tests.ui.print_preview.conftest import DAY, Front


def visit_of(front: Front) -> int:
    return front.desk.queries.day_plan(DAY, front.desk.now()).lines[0].appointment_id


def patient_of(front: Front) -> int:
    return front.desk.queries.day_plan(DAY, front.desk.now()).lines[0].patient_id


def words(shown: LetterPreview) -> list[str]:
    pages = shown.view.pages
    assert pages is not None
    return [item.text for page in pages.pages for block in page for item in block.items if isinstance(item, Words)]


def opened(front: Front, kind: LetterKind = LetterKind.PREPARATION, **about: int) -> LetterPreview:
    wish = LetterWish(kind, **(about or {"appointment_id": visit_of(front)}))  # type: ignore[arg-type]
    made = LetterPreview(front.services, wish, "Ortiz, Marisol", front.window)
    front.window.show()
    made.open()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    return made


def segment(shown: LetterPreview, name: str) -> QToolButton:
    return next(button for button in shown.findChildren(QToolButton) if button.accessibleName() == name)


def letters(front: Front) -> list[tuple[str, str]]:
    card = front.desk.queries.patient_card(patient_of(front), front.desk.now())
    return [(letter.code, letter.language) for letter in card.letters]


def speaks(front: Front, language: str) -> None:
    patient = front.desk.queries.patient_card(patient_of(front), front.desk.now()).patient
    outcome = patients.edit(front.desk, replace(patient, language=language))
    front.services.bus.changed.emit(outcome.changes, True)


@pytest.fixture(autouse=True)
def printers(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """No printer unless a test says so."""

    def known(*names: str) -> None:
        monkeypatch.setattr(paper_dialog, "printer_names", lambda: names)

    known()
    return known


def test_the_language_is_the_patients_until_another_is_chosen(front: Front) -> None:
    speaks(front, "español")
    shown = opened(front)
    assert "Estimado/a Marisol Ortiz:" in words(shown)
    assert segment(shown, "Language: Spanish").isChecked()
    segment(shown, "Language: English").click()
    assert "Dear Marisol Ortiz," in words(shown)
    segment(shown, "Letter: Could not reach you").click()
    assert "We have tried to reach you by phone, and we could not." in words(shown)
    assert shown.wish().language == "en"


def test_another_letter_does_not_decide_the_language(front: Front) -> None:
    speaks(front, "Spanish")
    shown = opened(front)
    segment(shown, "Letter: Could not reach you").click()
    assert "Hemos intentado hablar con usted por teléfono y no lo hemos conseguido." in words(shown)
    assert shown.wish().language is None


def test_no_title_names_the_patient(front: Front) -> None:
    shown = opened(front)
    assert "ortiz" not in shown.windowTitle().casefold()
    assert shown.accessibleName() == "Print a letter to Ortiz, Marisol"


def test_enter_saves_the_letter_and_it_is_recorded_and_told(front: Front, tmp_path: Path) -> None:
    shown, visit = opened(front), visit_of(front)
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    dialog = shown.findChild(QFileDialog)
    assert dialog is not None
    assert [Path(file).name for file in dialog.selectedFiles()] == [f"preparation-visit-{visit}-en.pdf"]
    dialog.accept()
    text = PdfReader(tmp_path / f"preparation-visit-{visit}-en.pdf").pages[0].extract_text()
    assert "Your visit: Wednesday, November 25, 9:00 AM" in text
    assert letters(front) == [("preparation", "en")]
    assert front.said == [f"Preparation sheet saved as preparation-visit-{visit}-en.pdf"]
    assert not shown.isVisible()


def test_a_letter_goes_to_the_printer_that_is_picked(
    front: Front, printers: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    printers("Front desk")
    sent: list[str] = []
    monkeypatch.setattr(painting_printer, "send", lambda content, printer, progress: sent.append(content.file_title))
    monkeypatch.setattr(asking, "ask_printer", lambda *given: given[-1](QPrinter()))
    shown = opened(front, LetterKind.UNREACHABLE, patient_id=patient_of(front))
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert sent == [f"Letter, chart {patient_of(front)}, version 1"]
    assert letters(front) == [("unreachable", "en")]
    assert front.said[0].startswith("Could not reach you sent to the queue")


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_recorded(front: Front, tmp_path: Path) -> None:
    shown = opened(front)
    shown.save_to(tmp_path / "nowhere" / "x.pdf")
    assert shown.told().startswith("There is no folder")
    assert shown.isVisible()
    assert letters(front) == []


def test_what_is_shown_follows_a_move(front: Front) -> None:
    shown = opened(front)
    outcome = moving.move(front.desk, moving.MoveAppointment(visit_of(front), at("2026-11-25T14:00")))
    front.services.bus.changed.emit(outcome.changes, False)
    assert "Your visit: Wednesday, November 25, 2:00 PM" in words(shown)


def test_a_letter_that_cannot_be_is_told_and_neither_shown_nor_printed(front: Front, tmp_path: Path) -> None:
    other = patients.add(front.desk, Patient("", "Lee", "Hana"), True).value
    shown = opened(front, LetterKind.UNREACHABLE, patient_id=other.id)
    assert "Dear Hana Lee," in words(shown)
    segment(shown, "Letter: Preparation sheet").click()
    assert shown.told() == "No visit is to come, so there is nothing to prepare for."
    assert shown.view.count == 0
    QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert shown.findChild(QFileDialog) is None
    segment(shown, "Letter: Could not reach you").click()
    assert "Dear Hana Lee," in words(shown)


def test_it_is_told_what_the_practice_has_not_said_of_itself(front: Front) -> None:
    assert "Left out, as it is not known: the practice's phone, the practice's address." in opened(front).told()


def test_printing_for_a_call_settles_it(front: Front, tmp_path: Path) -> None:
    visit, patient = visit_of(front), patient_of(front)
    with front.desk.open_work(front.desk.actor) as work:
        call = work.callbacks.add(
            Callback(CallbackKind.LETTER, front.desk.now(), "4 tries", appointment_id=visit, patient_id=patient)
        )
        front.desk.committed(work, work.commit("call_recorded"))
    shown = opened(front, LetterKind.UNREACHABLE, appointment_id=visit, callback_id=call.id)
    shown.save_to(tmp_path / "x.pdf")
    statuses = {each.id: each.status for each in front.desk.queries.visit_card(visit).callbacks}
    assert statuses[call.id] == "done"


def test_escape_leaves_without_a_trace(front: Front) -> None:
    shown = opened(front)
    QTest.keyClick(shown.view, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    assert letters(front) == []
