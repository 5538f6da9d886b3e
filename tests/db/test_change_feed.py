"""What one desk commits, another learns: on both databases, without its own echo, and after a lost connection."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Record
from desk_app.application.ports import ChangeFeed
from desk_app.application.use_cases import moving, undo
from desk_app.bootstrap.graph import feed_of
from desk_app.domain.faults import StorageUnavailable
from tests.db.plain import plain
from tests.db.work import Desks, add_patient, book
from tests.helpers.postgres import Server
from tests.helpers.small_practice import at

PATIENCE_S = 30


@pytest.fixture
def other(desk: Desk, desks: Desks) -> Desk:
    return desks()


@pytest.fixture
def feed(desk: Desk) -> ChangeFeed:
    return feed_of(desk)


def told(feed: ChangeFeed) -> Changes:
    """The next changes. A server's word may be a moment on its way."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if (changes := feed.poll()) is not None:
            return changes
    raise AssertionError("nothing was told")


def test_nothing_is_told_where_nothing_was_committed(feed: ChangeFeed, other: Desk) -> None:
    assert feed.poll() is None
    with other.open_work(other.actor) as work:
        work.patients.next_mrn()
    assert feed.poll() is None


def test_what_another_desk_commits_is_told_once(feed: ChangeFeed, other: Desk) -> None:
    visit = book(other, "09:00")
    changes = told(feed)
    assert changes.ids(Record.APPOINTMENT) == {visit}
    assert changes.days == {at("2026-11-25T12:00").date()}
    assert changes.seq == other.queries.last_seq()
    assert feed.poll() is None


def test_several_commits_are_told_as_one(feed: ChangeFeed, other: Desk) -> None:
    visit = book(other, "09:00")
    moving.move(other, moving.MoveAppointment(visit, at("2026-11-27T09:00")))
    undo.undo(other)
    last = told(feed)
    while (more := feed.poll()) is not None:
        last = last.merged(more)
    assert last.days == {at("2026-11-25T12:00").date(), at("2026-11-27T12:00").date()}
    assert last.seq == other.queries.last_seq()


def test_this_desks_own_commits_are_not_told(feed: ChangeFeed, desk: Desk, other: Desk) -> None:
    add_patient(desk, "Mine")
    theirs = add_patient(other, "Theirs")
    add_patient(desk, "Mine too")
    assert told(feed).ids(Record.PATIENT) == {theirs}
    undo.undo(desk)
    assert feed.poll() is None


def test_each_desk_hears_of_the_other(feed: ChangeFeed, desk: Desk, other: Desk) -> None:
    others = feed_of(other)
    mine, theirs = add_patient(desk, "Mine"), add_patient(other, "Theirs")
    assert (told(feed).ids(Record.PATIENT), told(others).ids(Record.PATIENT)) == ({theirs}, {mine})


def test_what_was_committed_before_it_began_is_not_told(desk: Desk, other: Desk) -> None:
    add_patient(other, "Earlier")
    feed = feed_of(desk)
    assert feed.poll() is None
    add_patient(other, "Later")
    assert len(told(feed).ids(Record.PATIENT)) == 1


@pytest.fixture
def listening(postgresql_address: str, clock: Any) -> tuple[Desk, Desk, ChangeFeed]:
    from desk_app.application.use_cases import practice
    from desk_app.bootstrap.graph import build_desk
    from tests.helpers.small_practice import CATALOGUE

    desk, other = (build_desk(postgresql_address, name, clock) for name in ("one", "two"))
    practice.load(desk, CATALOGUE)
    yield desk, other, feed_of(desk)
    desk.close()
    other.close()


def cut_off(address: str) -> Callable[[], None]:
    """Ends every connection that listens."""

    def end() -> None:
        with plain(address) as program:
            here = "datname = current_database() AND position('LISTEN' in query) = 1"
            listeners = f"SELECT pid FROM pg_stat_activity WHERE {here}"
            pids = [pid for (pid,) in program.run(listeners)]
            assert pids
            for pid in pids:
                program.run("SELECT pg_terminate_backend(?, 5000)", pid)

    return end


def test_what_was_committed_while_the_connection_was_lost_is_told_afterwards(
    listening: tuple[Desk, Desk, ChangeFeed], postgresql_address: str
) -> None:
    _, other, feed = listening
    cut_off(postgresql_address)()
    missed = add_patient(other, "Missed")
    assert told(feed).ids(Record.PATIENT) == {missed}
    later = add_patient(other, "Later")
    assert told(feed).ids(Record.PATIENT) == {later}


def test_a_server_that_is_gone_is_told_in_words_and_nothing_is_missed_when_it_is_back(
    listening: tuple[Desk, Desk, ChangeFeed], postgresql_address: str, postgres_server: Server
) -> None:
    _, other, feed = listening
    missed = add_patient(other, "Missed")
    name = postgresql_address.partition("?")[0].rpartition("/")[2]
    with postgres_server.connect() as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (name,))
    for _ in range(2):
        with pytest.raises(StorageUnavailable):
            feed.poll()
    with postgres_server.connect() as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert told(feed).ids(Record.PATIENT) == {missed}


def test_the_feed_is_closed_with_its_desk(desk: Desk, desks: Desks, address: str) -> None:
    one = desks()
    feed_of(one)
    one.close()
    if "://" not in address:
        from pathlib import Path

        from db.files import empty_log

        desk.close()
        empty_log(Path(address))
