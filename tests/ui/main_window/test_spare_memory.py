"""Memory goes back once a start has read what it needed, and after every look at all calls."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desk_app.ui.main_window.background import REST_MS
from desk_app.ui.main_window.work import Work
from desk_app.ui.services import Services


@pytest.fixture
def given(work: Work, services: Services) -> list[bool]:
    """Every time that memory was given back from now on."""
    given: list[bool] = []
    services.office.desk.give_back_memory = lambda: given.append(True)
    return given


def test_memory_is_given_back_when_the_day_stands_and_when_the_index_is_built(
    work: Work, given: list[bool], qtbot: QtBot
) -> None:
    feed = work.background._feed
    assert feed is not None
    given.clear()
    work.background.follow(feed)  # as when it is opened
    qtbot.waitUntil(lambda: len(given) >= 1, timeout=10 * REST_MS)
    before = len(given)
    work.background._on_index_built(None)
    assert len(given) == before + 1


def test_a_pass_over_all_calls_gives_back_what_it_took_and_one_without_news_took_nothing(
    work: Work, given: list[bool]
) -> None:
    work.background._keep_calls()
    assert len(given) == 1
    work.background._keep_calls()
    assert len(given) == 1
