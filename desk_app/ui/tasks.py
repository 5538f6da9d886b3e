"""What everybody who asks the database worker for something needs of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Tasks(Protocol):
    """Runs work on the database worker and answers on the window's thread; see ``task_runner.TaskRunner``."""

    def submit(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        key: str = "",
    ) -> object: ...
