"""How far a paper is, told from the thread that makes it, and the way to stop it before anything has gone out."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class Stopped(Exception):
    """Somebody stopped it: nothing was written, nothing was sent."""


class Progress:
    """One piece of work. Whoever watches calls :meth:`stop`, whoever works the others; one of its own is unwatched."""

    def __init__(self, tell: Callable[[int, int], object] | None = None) -> None:
        self._tell, self._lock = tell, Lock()
        self._is_stopped = self._is_settled = False

    def stop(self) -> bool:
        """Answers whether it comes in time: what is on its way to the disk or the queue stays whole."""
        with self._lock:
            self._is_stopped = not self._is_settled
            return self._is_stopped

    @property
    def is_stopped(self) -> bool:
        return self._is_stopped

    def reached(self, done: int, total: int) -> None:
        """So many pages of so many. Raises Stopped."""
        if self._tell is not None:
            self._tell(done, total)
        if self._is_stopped:
            raise Stopped

    def settle(self) -> None:
        """Everything is ready to go out as a whole, and from here on it does. Raises Stopped for the last time."""
        with self._lock:
            if self._is_stopped:
                raise Stopped
            self._is_settled = True
