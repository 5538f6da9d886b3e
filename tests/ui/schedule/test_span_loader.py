"""Weeks and months come from the worker once, are there at once a page on, and are read anew where a commit says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desk_app.application.outcome import Changes, Record
from desk_app.domain.calendar_pages import week_of
from desk_app.ui.screens.schedule.span_loader import Kind, SpanLoader
from desk_app.ui.screens.schedule.turning import FIRST, LAST, MONTH, WEEK, turned
from tests.ui.schedule.days import MONDAY
from tests.ui.schedule.fakes import FakeTasks

NEXT = MONDAY + timedelta(days=7)


class Shelf:
    """Counts what was read; one week may fail."""

    def __init__(self) -> None:
        self.read: list[date] = []
        self.shown: list[object] = []
        self.broken: date | None = None

    def work(self, first: date) -> Callable[[], str]:
        def work() -> str:
            self.read.append(first)
            if first == self.broken:
                raise OSError("disk")
            return f"{first} #{self.read.count(first)}"

        return work


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def tasks() -> FakeTasks:
    return FakeTasks()


@pytest.fixture
def loader(qapp: QApplication, shelf: Shelf, tasks: FakeTasks) -> SpanLoader:
    kind = Kind(shelf.work, week_of, lambda day, by: turned(WEEK, day, by))
    made = SpanLoader(kind, tasks, QObject(qapp))
    made.ready.connect(shelf.shown.append)
    made.want(MONDAY + timedelta(days=2))
    tasks.run()
    return made


def test_a_week_is_read_once_with_its_neighbours_and_the_next_is_there_at_once(
    loader: SpanLoader, shelf: Shelf
) -> None:
    assert shelf.shown == ["2026-11-23 #1"]
    assert sorted(shelf.read) == [MONDAY - timedelta(days=7), MONDAY, NEXT]
    loader.want(NEXT)
    assert shelf.shown[-1] == "2026-11-30 #1"


def test_a_commit_in_the_week_is_read_anew_and_one_elsewhere_reads_nothing(
    loader: SpanLoader, shelf: Shelf, tasks: FakeTasks
) -> None:
    before = len(shelf.read)
    loader.apply(Changes(days=frozenset({MONDAY + timedelta(days=90)}), seq=1))
    loader.renew()
    tasks.run()
    assert len(shelf.read) == before
    loader.apply(Changes(days=frozenset({MONDAY + timedelta(days=4)}), seq=2))
    loader.renew()
    tasks.run()
    assert shelf.shown[-1] == "2026-11-23 #2"


@pytest.mark.parametrize("record", [Record.PRACTICE, Record.BLOCKOUT, Record.SESSION])
def test_when_openings_change_every_week_is_read_anew(
    loader: SpanLoader, shelf: Shelf, tasks: FakeTasks, record: Record
) -> None:
    loader.apply(Changes(frozenset({(record, 1)}), seq=1))
    loader.renew()
    tasks.run()
    assert shelf.shown[-1] == "2026-11-23 #2"
    assert shelf.read.count(NEXT) == 2


def test_what_a_commit_has_overtaken_while_it_was_read_is_not_shown(
    loader: SpanLoader, shelf: Shelf, tasks: FakeTasks
) -> None:
    loader.forget()
    loader.want(MONDAY)
    overtaken = tasks.waiting.pop()
    loader.apply(Changes(days=frozenset({MONDAY}), seq=1))
    shelf.shown.clear()
    overtaken()
    assert shelf.shown == []
    tasks.run()
    assert shelf.shown == ["2026-11-23 #3"]


def test_a_week_that_cannot_be_read_is_told_and_can_be_asked_for_again(
    loader: SpanLoader, shelf: Shelf, tasks: FakeTasks
) -> None:
    failed: list[object] = []
    loader.failed.connect(failed.append)
    shelf.broken = far = MONDAY + timedelta(days=70)
    loader.want(far)
    tasks.run()
    assert len(failed) == 1
    shelf.broken = None
    loader.want(far)
    tasks.run()
    assert shelf.shown[-1] == f"{far} #2"


def test_pages_turn_by_week_and_month_and_end_where_the_calendar_does() -> None:
    assert turned(WEEK, MONDAY, -1) == date(2026, 11, 16)
    assert turned(MONTH, date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert turned(MONTH, LAST, 1) == LAST
    assert turned(WEEK, FIRST, -1) == FIRST
