"""Garbage is collected where Qt's objects live."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer

from desk_app.ui.collector import THRESHOLDS, Collector


class Circle(QObject):
    """Known to nobody but itself; notes on which thread it ends."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.me, self.timer, self._ended = self, QTimer(self), ended

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def collector(qapp: QObject) -> Iterator[Collector]:
    made = Collector(qapp)
    made.start()
    yield made
    made.stop()


def many() -> list[list[int]]:
    """More objects than the youngest generation may have, and than Python's own threshold."""
    return [[number] for number in range(THRESHOLDS[0] + 1000)]


def test_a_worker_that_makes_many_objects_ends_no_widget(collector: Collector) -> None:
    ended: list[int] = []
    Circle(ended)
    made: list[list[list[int]]] = []
    worker = threading.Thread(target=lambda: made.append(many()))
    worker.start()
    worker.join()
    assert ended == []
    assert collector.collect() is not None
    assert ended == [threading.get_ident()]


def test_nothing_is_collected_before_enough_was_made(collector: Collector) -> None:
    gc.collect()
    assert collector.collect() is None


def test_the_oldest_are_looked_at_after_many_younger_collections(collector: Collector) -> None:
    gc.collect()
    looked: list[int | None] = []
    while 2 not in looked and len(looked) < 2 * THRESHOLDS[1] * THRESHOLDS[2]:
        kept = many() if gc.get_count()[1] < THRESHOLDS[1] else []
        looked.append(collector.collect())
        del kept
    assert looked[:20] == [0] * 20
    assert (looked.count(1), looked.count(2)) == (THRESHOLDS[2], 1)


def test_python_collects_by_itself_again_once_the_window_is_closed(qapp: QObject) -> None:
    collector = Collector(qapp)
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    collector.stop()
    assert gc.isenabled()
