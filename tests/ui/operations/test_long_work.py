"""Pages are made beside the reading of the database, are told of, and can be stopped until they go out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Outcome
from desk_app.domain.faults import StorageUnavailable
from desk_app.printing.content.profiles import PROFILES
from desk_app.printing.progress import Progress
from desk_app.printing.sheets import content_of, save_pdf
from desk_app.ui.change_bus import ChangeBus
from desk_app.ui.feedback import Feedback
from desk_app.ui.office import Office
from desk_app.ui.operations import Operations, long_work
from desk_app.ui.operations.change import Change
from desk_app.ui.operations.long_work import LongWork, LongWorks
from desk_app.ui.task_runner import TaskRunner
from tests.helpers.small_practice import StandingClock
from tests.printing.days import facts, full_day


@dataclass
class Bench:
    """Two real threads, and what was noted and said."""

    works: LongWorks
    tasks: TaskRunner
    noted: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def work(self, make: Callable[[str, Progress], object], name: str = "Sheet") -> LongWork[str]:
        def note(_: str) -> Change:
            def noting(_: Desk) -> Outcome[None]:
                self.noted.append(name)
                return Outcome(None, Changes())

            return Change(noting, lambda desk, outcome: f"{name} is out")

        return LongWork(name, lambda desk: "read", make, note)


@pytest.fixture
def bench(desk: Desk, clock: StandingClock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(long_work, "QUIET_S", 0.0)
    office, feedback, tasks, papers = Office(clock), Feedback(), TaskRunner(), TaskRunner("paper")
    office.catalogue = office.open(desk)
    operations = Operations(office, tasks, ChangeBus(), feedback, papers)
    made = Bench(operations.long_works, tasks)
    operations.long_works.told.connect(lambda text, _: made.told.append(text))
    operations.long_works.stopped.connect(made.said.append)
    feedback.said.connect(lambda text, _: made.said.append(text))
    feedback.refused.connect(made.refused.append)
    feedback.storage_failed.connect(made.refused.append)
    yield made
    papers.close()
    tasks.close()


def test_the_database_is_read_meanwhile_and_the_paper_is_noted_once_it_is_out(bench: Bench, qtbot: QtBot) -> None:
    gate, read = threading.Event(), []

    def make(_: str, progress: Progress) -> None:
        progress.reached(0, 200)
        assert gate.wait(10)
        progress.reached(56, 200)
        progress.settle()

    bench.works.run(bench.work(make))
    qtbot.waitUntil(lambda: bench.told == ["Sheet: page 1 of 200"])
    bench.tasks.submit(lambda: "a patient", read.append)
    qtbot.waitUntil(lambda: read == ["a patient"])
    assert bench.works.is_running
    assert bench.noted == []
    gate.set()
    qtbot.waitUntil(lambda: bench.said == ["Sheet is out"])
    assert bench.told == ["Sheet: page 1 of 200", "Sheet: page 57 of 200"]
    assert bench.noted == ["Sheet"]
    assert not bench.works.is_running


def test_what_is_stopped_is_noted_nowhere_and_what_waits_behind_it_follows(bench: Bench, qtbot: QtBot) -> None:
    gate, stopped = threading.Event(), threading.Event()

    def make(_: str, progress: Progress) -> None:
        progress.reached(0, 2)
        assert stopped.wait(10)
        progress.reached(1, 2)
        raise AssertionError("a stopped sheet goes no further")

    bench.works.run(bench.work(make))
    bench.works.run(bench.work(lambda _, progress: gate.wait(10), "Second sheet"))
    qtbot.waitUntil(lambda: bool(bench.told))
    assert bench.works.stop()
    stopped.set()
    qtbot.waitUntil(lambda: bench.said == ["Sheet: stopped, nothing went out"])
    assert bench.works.is_running
    gate.set()
    qtbot.waitUntil(lambda: bench.noted == ["Second sheet"])
    assert bench.told == ["Sheet: page 1 of 2", "Sheet: stopping …"]


def test_what_is_on_its_way_is_not_stopped_any_more(bench: Bench, qtbot: QtBot) -> None:
    settled, gate = threading.Event(), threading.Event()

    def make(_: str, progress: Progress) -> None:
        progress.settle()
        settled.set()
        assert gate.wait(10)

    bench.works.run(bench.work(make))
    qtbot.waitUntil(settled.is_set)
    assert not bench.works.stop()
    gate.set()
    qtbot.waitUntil(lambda: bench.said == ["Sheet is out"])


def test_what_waits_is_stopped_before_it_begins(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    content = content_of(facts(full_day(3)), "rooms", PROFILES["desk"])
    gate, target = threading.Event(), tmp_path / "second.pdf"
    second = bench.work(lambda _, progress: save_pdf(content, target, "Letter", progress), "Second sheet")
    bench.works.run(bench.work(lambda _, progress: gate.wait(10)))
    bench.works.run(second)
    assert bench.works.stop(second)
    gate.set()
    qtbot.waitUntil(lambda: not bench.works.is_running)
    qtbot.waitUntil(lambda: bench.noted == ["Sheet"])
    assert not target.exists()


def test_a_fault_is_told_and_nothing_is_noted(bench: Bench, qtbot: QtBot) -> None:
    def make(_: str, progress: Progress) -> None:
        raise StorageUnavailable("full", path="x.pdf", reason="")

    bench.works.run(bench.work(make))
    qtbot.waitUntil(lambda: bool(bench.refused))
    assert bench.refused == ["The disk is full. Nothing was changed."]
    assert bench.noted == []
