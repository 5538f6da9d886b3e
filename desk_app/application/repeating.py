"""A use case that collided with another writer is done again from its beginning, a few times."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from desk_app.domain.faults import Conflict

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
