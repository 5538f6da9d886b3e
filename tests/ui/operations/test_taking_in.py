"""Files are read beside the work and stored one by one; what cannot be stored is kept for another try."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes
from desk_app.application.use_cases import practice
from desk_app.domain.faults import StorageUnavailable
from desk_app.interop.practice_file import load
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.office import Office
from desk_app.ui.operations.taking_in import TakingIn
from desk_app.ui.task_runner import ImmediateTaskRunner
from tests.helpers.small_practice import StandingClock

ROOT = Path(__file__).resolve().parents[3]
MAILS = ROOT / "tests" / "data" / "requests"
PATIENCE_MS = 20_000


@pytest.fixture
def address(sqlite_address: str) -> str:
    return sqlite_address


@pytest.fixture
def office(desks: Callable[[], Desk], clock: StandingClock) -> Office:
    desk = desks()
    practice.load(desk, load(ROOT / "resources" / "demo" / "bay_state_pain.toml").catalogue)
    office = Office(clock)
    office.catalogue = office.open(desk)
    return office


class Heard:
    """What was said, and what screens were told."""

    def __init__(self, office: Office) -> None:
        self.bus, self.feedback = ChangeBus(), Feedback()
        self.said: list[str] = []
        self.refused: list[str] = []
        self.changes: list[Changes] = []
        self.feedback.said.connect(lambda text, _: self.said.append(text))
        self.feedback.refused.connect(self.refused.append)
        self.feedback.storage_failed.connect(self.refused.append)
        self.bus.changed.connect(lambda changes, _: self.changes.append(changes))
        self.taking_in = TakingIn(office, ImmediateTaskRunner(), self.bus, self.feedback)


def test_a_folder_is_taken_in_and_told_in_one_sentence(office: Office, qtbot: QtBot) -> None:
    heard = Heard(office)
    heard.taking_in.take([MAILS])
    qtbot.waitUntil(lambda: bool(heard.said), timeout=PATIENCE_MS)
    assert heard.said == ["15 new requests, 2 joined to one that was there, 4 set aside"]
    assert len(heard.changes) == 1


def test_further_files_wait_for_those_under_way(office: Office, qtbot: QtBot) -> None:
    heard = Heard(office)
    heard.taking_in.take([MAILS / "001.eml"])
    heard.taking_in.take([MAILS / "002.eml", MAILS / "001.eml"])
    qtbot.waitUntil(lambda: len(heard.said) == 2, timeout=PATIENCE_MS)
    assert heard.said == ["1 new request", "1 new request, 1 seen before"]


def test_a_path_that_cannot_be_read_is_refused_in_words(office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    heard = Heard(office)
    heard.taking_in.take([tmp_path / "gone.eml"])
    qtbot.waitUntil(lambda: bool(heard.refused), timeout=PATIENCE_MS)
    assert "gone.eml" in heard.refused[0]
    assert heard.said == []


def test_what_could_not_be_stored_is_told_and_taken_again_without_twice(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, desk = Heard(office), office.desk
    failed: list[tuple[Path, ...]] = []
    heard.taking_in.failed.connect(failed.append)

    def away(*_: object) -> object:
        raise StorageUnavailable("locked", path="desk.db")

    with monkeypatch.context() as patch:
        patch.setattr(desk, "open_work", away)
        heard.taking_in.take([MAILS / "001.eml"])
        qtbot.waitUntil(lambda: bool(failed), timeout=PATIENCE_MS)
    assert (heard.said, len(heard.refused)) == ([], 1)
    heard.taking_in.take(failed[0])
    qtbot.waitUntil(lambda: bool(heard.said), timeout=PATIENCE_MS)
    assert heard.said == ["1 new request"]
