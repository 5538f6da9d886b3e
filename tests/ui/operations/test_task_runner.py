"""The real worker: one thread, in order, answers on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desk_app.domain.faults import RuleViolation
from desk_app.ui.task_runner import ImmediateTaskRunner, TaskRunner


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_work_runs_in_order_off_the_window_and_answers_on_it(runner: TaskRunner, qtbot: QtBot) -> None:
    worked: list[tuple[int, int]] = []
    answered: list[tuple[int, int]] = []

    def work(number: int) -> int:
        worked.append((number, threading.get_ident()))
        return number

    for number in range(5):
        runner.submit(lambda n=number: work(n), lambda n: answered.append((n, threading.get_ident())))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(answered) == 5)
    here = threading.get_ident()
    assert [number for number, _ in worked] == [number for number, _ in answered] == [0, 1, 2, 3, 4]
    assert {thread for _, thread in answered} == {here}
    assert here not in {thread for _, thread in worked}
    assert len({thread for _, thread in worked}) == 1


def test_of_waiting_searches_only_the_newest_runs(runner: TaskRunner, qtbot: QtBot) -> None:
    gate, ran, answered = threading.Event(), [], []
    runner.submit(gate.wait, lambda _: None)
    for number in range(4):
        runner.submit(lambda n=number: ran.append(n) or n, answered.append, key="search")  # type: ignore[misc,func-returns-value]
    runner.submit(lambda: "other", answered.append, key="other")
    gate.set()
    qtbot.waitUntil(lambda: len(answered) == 2)
    assert (ran, answered) == ([3], [3, "other"])


def test_a_fault_reaches_whoever_asked_and_the_next_piece_still_runs(runner: TaskRunner, qtbot: QtBot) -> None:
    faults: list[Exception] = []
    answered: list[int] = []

    def fail() -> int:
        raise RuleViolation("name_missing")

    runner.submit(fail, answered.append, faults.append)
    runner.submit(lambda: 7, answered.append)
    qtbot.waitUntil(lambda: answered == [7])
    assert [type(fault) for fault in faults] == [RuleViolation]


def test_a_fault_nobody_waits_for_goes_to_the_last_resort(runner: TaskRunner, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        runner.submit(fail, lambda _: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


class Ending:
    """Notes on which thread it ends."""

    def __init__(self, ended: list[int]) -> None:
        self._ended = ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.mark.parametrize("key", ["", "search"])
def test_what_only_a_piece_of_work_knows_any_more_ends_on_the_windows_thread(
    runner: TaskRunner, qtbot: QtBot, key: str
) -> None:
    ended: list[int] = []

    def fail(_: Ending) -> None:
        raise RuleViolation("name_missing")

    for work in (lambda _: None, fail):
        for _ in range(50):
            known = Ending(ended)
            runner.submit(lambda known=known, work=work: work(known), lambda _, k=known: None, lambda _: None, key)  # type: ignore[misc]
            del known
    qtbot.waitUntil(lambda: len(ended) == 100)
    assert set(ended) == {threading.get_ident()}


def test_closing_ends_after_what_is_under_way(qapp: object) -> None:
    runner = TaskRunner()
    done: list[int] = []
    runner.submit(lambda: done.append(1), lambda _: None)
    runner.close()
    assert done == [1]
    assert not runner._thread.is_alive()


def test_the_immediate_runner_answers_and_fails_on_the_spot() -> None:
    answered: list[object] = []
    runner = ImmediateTaskRunner()
    runner.submit(lambda: 3, answered.append)
    runner.submit(lambda: 1 // 0, answered.append, answered.append)
    assert answered[0] == 3
    assert isinstance(answered[1], ZeroDivisionError)
    with pytest.raises(ZeroDivisionError):
        runner.submit(lambda: 1 // 0, answered.append)
    runner.close()
