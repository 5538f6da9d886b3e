"""A folder into which others put files with requests: which of them are complete and have not been given out yet.

Nothing is ever deleted or moved there. What was taken in before a restart is given out again once, and the import's
ledger says ``seen``; within one run a file is given out again only where its size or time has changed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import WrongInput

SETTLES = timedelta(seconds=4)
"""A file that has not changed for so long is complete: whoever wrote it has finished."""
SETTLES_EMPTY = timedelta(minutes=1)
AT_ONCE = 500
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".swp")


@dataclass(frozen=True, slots=True)
class _State:
    size: int
    written_ns: int


class WatchedFolder:
    """Files lying in the folder itself; folders within it, links and unfinished downloads are left alone."""

    def __init__(self, folder: Path, settles: timedelta = SETTLES) -> None:
        self._folder, self._settles = folder, settles
        self._given: dict[str, _State] = {}
        self._since: dict[str, tuple[_State, datetime]] = {}
        self._told: set[str] = set()

    def look(self, now: datetime) -> tuple[Path, ...]:
        """The files that are complete and new, oldest first; the rest at the next look where there are many.

        Raises WrongInput ``unreadable`` where the folder, or a file in it, cannot be read: once, until it can again.
        """
        try:
            there = self._there()
        except OSError as error:
            self._tell(str(self._folder), error.strerror or "it cannot be opened")
            return ()
        self._told.discard(str(self._folder))
        self._forget_gone(there)
        complete = [name for name, state in there.items() if self._is_complete(name, state, now)]
        complete.sort(key=lambda name: (there[name].written_ns, name))
        ready = [name for name in complete if os.access(self._folder / name, os.R_OK)][:AT_ONCE]
        for name in ready:
            self._given[name] = there[name]
            del self._since[name]
        if not ready:
            self._tell_closed(complete)
        return tuple(self._folder / name for name in ready)

    def forget(self, paths: Iterable[Path]) -> None:
        """Gives these out again: they could not be taken in, because the storage was not there or they had gone."""
        for path in paths:
            self._given.pop(path.name, None)

    def _there(self) -> dict[str, _State]:
        found = {}
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if is_unfinished(entry.name) or not entry.is_file(follow_symlinks=False):
                    continue
                try:
                    state = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # gone since the folder was listed
                    continue
                found[entry.name] = _State(state.st_size, state.st_mtime_ns)
        return found

    def _is_complete(self, name: str, state: _State, now: datetime) -> bool:
        if self._given.get(name) == state:
            return False
        before, since = self._since.get(name, (None, now))
        if before != state or since > now:
            self._since[name] = (state, now)
            return False
        return now - since >= (self._settles if state.size else max(self._settles, SETTLES_EMPTY))

    def _forget_gone(self, there: dict[str, _State]) -> None:
        self._given = {name: state for name, state in self._given.items() if name in there}
        self._since = {name: state for name, state in self._since.items() if name in there}
        self._told = {name for name in self._told if name in there or name == str(self._folder)}

    def _tell_closed(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self._told:
                self._tell(name, "there is no right to read it")

    def _tell(self, name: str, reason: str) -> None:
        if name not in self._told:
            self._told.add(name)
            raise WrongInput("unreadable", file=name, reason=reason)


def is_unfinished(name: str) -> bool:
    """Names that programs use while they write, and those that are hidden."""
    folded = name.casefold()
    return folded.startswith((".", "~")) or folded.endswith(("~", *_UNFINISHED))
