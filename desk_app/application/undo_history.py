"""Which commits of this desk can be undone and redone: the last thirty, newest first."""

from __future__ import annotations

STEPS = 30


class UndoHistory:
    """Two stacks of commit numbers. A new step empties the redo stack."""

    def __init__(self) -> None:
        self._undo: list[int] = []
        self._redo: list[int] = []

    def did(self, seq: int) -> None:
        self._undo = [*self._undo, seq][-STEPS:]
        self._redo.clear()

    def undone(self, by: int) -> None:
        """The newest step was taken back by commit ``by``."""
        self._undo.pop()
        self._redo = [*self._redo, by][-STEPS:]

    def redone(self, by: int) -> None:
        """The newest undo was itself taken back by commit ``by``."""
        self._redo.pop()
        self._undo = [*self._undo, by][-STEPS:]

    def drop_undo(self) -> None:
        """The newest step cannot be taken back any more."""
        self._undo.pop()

    def drop_redo(self) -> None:
        self._redo.pop()

    def next_undo(self) -> int | None:
        return self._undo[-1] if self._undo else None

    def next_redo(self) -> int | None:
        return self._redo[-1] if self._redo else None
