"""``letter … --pdf FILE``: what is written says what the database says, what is recorded, and how a refusal ends."""

from __future__ import annotations

import json
import re
import shlex
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving, patients, practice
from desk_app.cli.parser import build_parser
from desk_app.cli.run import run
from desk_app.domain.practice_rules import GateKind, ReadinessGate
from desk_app.domain.records import Patient
from desk_app.domain.visit_parts import Alert, AlertKind
from tests.helpers.small_practice import CATALOGUE, StandingClock, at
from tests.printing.test_files import posix, room_for

ALERTS = (Alert(AlertKind.ALLERGY, "penicillin"), Alert(AlertKind.ANTICOAGULANT, "apixaban"))
FASTING = ReadinessGate("fast", GateKind.FASTING, "Fasting", 24, procedures=("JOINT",))


@dataclass
class OpenDesk:
    """A program whose database is open already, with one patient and one visit."""

    there: Desk
    patient: Patient
    visit: int
    target: Path

    def desk(self) -> Desk:
        return self.there

    def close(self) -> None:
        """The test still asks the desk what was recorded."""

    def letter(self, words: str) -> int:
        args = build_parser().parse_args(["letter", *shlex.split(words), "--pdf", str(self.target)])
        return run(self, args)  # type: ignore[arg-type]

    def read(self) -> str:
        text = "".join(page.extract_text() for page in PdfReader(self.target).pages)
        return unicodedata.normalize("NFC", re.sub(r"\s", "", text))

    def says(self, text: str) -> bool:
        return re.sub(r"\s", "", text) in self.read()

    def recorded(self) -> int:
        return len(self.there.queries.patient_card(self.patient.id, self.there.now()).letters)


@pytest.fixture
def program(sqlite_address: str, clock: StandingClock, qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    from desk_app.bootstrap.graph import build_desk

    desk = build_desk(sqlite_address, "A. Reyes", clock)
    settings = replace(CATALOGUE.settings, phone="413 555-0100", address="12 Elm Street")
    practice.load(desk, replace(CATALOGUE, settings=settings, readiness_gates=(FASTING,)))
    patient = patients.add(desk, Patient("", "Ibarra-Núñez", "José", language="español", alerts=ALERTS), True).value
    wish = booking.BookAppointment(at("2026-12-04T10:30"), "JOINT", patient_id=patient.id)
    yield OpenDesk(desk, patient, booking.book(desk, wish).value.id, tmp_path / "letter.pdf")
    desk.close()


def test_the_sheet_says_what_the_database_says_in_the_patients_language(
    program: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.letter(f"--appointment {program.visit} --kind preparation --json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in ("file", "kind", "language", "version")} == {
        "file": str(program.target),
        "kind": "preparation",
        "language": "es",
        "version": 1,
    }
    assert told["pages"] == len(PdfReader(program.target).pages)
    for text in (
        "Estimado/a José Ibarra-Núñez:",
        "Su visita: viernes 4 de diciembre, 10:30",
        "esta hora: 09:30",
        "viernes 4 de diciembre, 04:30",
        "viernes 4 de diciembre, 08:30",
        "usted toma apixaban",
        "penicillin",
        f"Página 1 de {told['pages']}",
        "Versión 1, martes 24 de noviembre de 2026",
    ):
        assert program.says(text)
    assert program.recorded() == 1


def test_a_moved_visit_gives_new_times_and_the_next_version(program: OpenDesk) -> None:
    assert program.letter(f"--appointment {program.visit} --kind preparation --language en") == 0
    assert program.says("Last light meal, such as toast: Friday, December 4, 4:30 AM.")
    moving.move(program.there, moving.MoveAppointment(program.visit, at("2026-12-07T14:00"), reason="patient"))
    assert program.letter(f"--patient {program.patient.mrn} --kind preparation --language en --paper A4") == 0
    for text in ("Last light meal, such as toast: Monday, December 7, 8:00 AM.", "Version 2", "be here at 1:00 PM."):
        assert program.says(text)
    assert not program.says("December 4")


def test_the_letter_to_whoever_could_not_be_reached_names_no_procedure(program: OpenDesk) -> None:
    for language in ("en", "es"):
        assert program.letter(f"--patient {program.patient.mrn} --kind unreachable --language {language}") == 0
        assert program.says("413 555-0100")
        read = program.read().casefold()
        assert not any(word in read for word in ("joint", "injection", "apixaban", "penicillin", "visit"))


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("--patient 999999 --kind preparation", 2, "There is no chart 999999."),
        ("--appointment 999 --kind preparation", 2, "There is no appointment 999."),
        ("--request 999 --kind unreachable", 2, "There is no request 999."),
    ],
)
def test_a_refusal_has_its_status_and_sentence_and_writes_nothing(
    program: OpenDesk, capsys: pytest.CaptureFixture[str], words: str, status: int, sentence: str
) -> None:
    assert program.letter(words) == status
    assert capsys.readouterr().err == f"{sentence}\n"
    assert program.letter(f"{words} --json") == status
    assert json.loads(capsys.readouterr().out)["error"]["text"] == sentence
    assert not program.target.exists()


def test_without_a_visit_to_come_there_is_nothing_to_prepare_for(
    program: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    other = patients.add(program.there, Patient("", "Lee", "Hana"), True).value
    assert program.letter(f"--patient {other.mrn} --kind preparation") == 1
    assert capsys.readouterr().err == "No visit is to come, so there is nothing to prepare for.\n"


@pytest.mark.parametrize(
    "words",
    [
        "--kind preparation",
        "--appointment 1 --patient 2 --kind preparation",
        "--appointment 1",
        "--appointment x --kind preparation",
        "--appointment 1 --kind hello",
        "--appointment 1 --kind preparation --language fr",
    ],
)
def test_wrong_usage_ends_with_two(program: OpenDesk, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        program.letter(words)
    assert end.value.code == 2
    assert capsys.readouterr().err


@posix
def test_on_a_full_disk_the_old_file_stays_and_nothing_is_recorded(
    program: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    program.target.write_bytes(b"old")
    with room_for(3000):
        assert program.letter(f"--appointment {program.visit} --kind preparation") == 3
    assert capsys.readouterr().err == "The disk is full. Nothing was changed.\n"
    assert program.target.read_bytes() == b"old"
    assert program.recorded() == 0
