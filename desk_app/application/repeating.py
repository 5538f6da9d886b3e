"""A use case that collided with another writer is done again from its beginning, a few times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from desk_app.application.desk import Desk
from desk_app.domain.faults import Conflict, NeedsConfirmation, RuleViolation

TRIES = 4
P = ParamSpec("P")
T = TypeVar("T")


def repeated(use_case: Callable[P, T]) -> Callable[P, T]:
    """For use cases of one transaction: where the database let another writer win, nothing of it was kept."""

    @wraps(use_case)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(TRIES - 1):
            try:
                return use_case(*args, **kwargs)
            except Conflict as collision:
                if not collision.params.get("again"):
                    raise
        return use_case(*args, **kwargs)

    return run


@contextmanager
def done_once(desk: Desk, write_id: UUID | None) -> Iterator[None]:
    """A write sent a second time finds what it did itself in its way: Conflict ``already_done`` says so."""
    try:
        yield
    except (Conflict, NeedsConfirmation, RuleViolation):
        if write_id is None or desk.queries.write_result(write_id) is None:
            raise
        raise Conflict("already_done") from None
