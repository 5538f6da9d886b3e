"""What every test stands on: no screen, nothing unexpected goes unseen, a database server for who asks."""

from __future__ import annotations

import gc
import logging
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.postgres import Server, ServerUnavailable, shared_server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.helpers.desks"]

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


class UnexpectedRecords(logging.Handler):
    """Collects log records of WARNING and above, and knows which of them the test asked for."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, *patterns: str) -> None:
        """Expect messages in which one of these regular expressions is found; without any, all."""
        self.expected += [re.compile(pattern) for pattern in patterns or ("",)]

    def unexpected(self) -> list[str]:
        messages = [(record, record.getMessage()) for record in self.records]
        return [
            f"{record.levelname} {record.name}: {message}"
            for record, message in messages
            if not any(pattern.search(message) for pattern in self.expected)
        ]


@pytest.fixture(autouse=True)
def _log_watch(request: pytest.FixtureRequest) -> Iterator[UnexpectedRecords]:
    handler = UnexpectedRecords()
    for marker in request.node.iter_markers("expected_warnings"):
        handler.expect(*marker.args)
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)
    unexpected = handler.unexpected()
    if unexpected:
        pytest.fail("Logged, and not expected by the test:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture
def expected_warnings(_log_watch: UnexpectedRecords) -> Callable[..., None]:
    """A function that takes regular expressions of log messages that may come."""
    return _log_watch.expect


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style that the program asks Qt for, whatever the desktop's own is."""
    return ["tests", "-style", "Fusion"]


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The PostgreSQL server of this run; skips without one, but fails in CI."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    own_folder: Path = tmp_path_factory.getbasetemp()
    try:
        if is_worker:
            return shared_server(own_folder.parent, os.getppid())
        return shared_server(own_folder, os.getpid())
    except ServerUnavailable as error:
        if os.environ.get("CI"):
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """A database of this worker's own, for all its tests."""
    with postgres_server.fresh_database() as name:
        yield postgres_server.url(name)


@pytest.fixture
def fresh_postgres_url(postgres_server: Server) -> Iterator[str]:
    """An empty database of this test's own."""
    with postgres_server.fresh_database() as name:
        yield postgres_server.url(name)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end; no later collection of garbage looks through it again."""
    gc.collect()
    gc.freeze()
