"""Where audit trails ended, in a file of the user's beside the logs: not where the databases lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desk_app.application.read_models import AuditEnd
from desk_app.interop.kept_file import KeptFile


class KeptAuditEnds:
    """Implements ``audit_watch.AuditEnds``: one entry a practice and place."""

    def __init__(self, path: Path) -> None:
        self._file = KeptFile(path)

    def known(self, practice: str, place: str) -> AuditEnd | None:
        match self._all().get(_key(practice, place)):
            case [int(seq), str(chain)]:
                return AuditEnd(practice, seq, chain)
            case _:
                return None

    def keep(self, end: AuditEnd, place: str) -> None:
        self._file.write({**self._all(), _key(end.practice, place): [end.seq, end.chain]})

    def _all(self) -> dict[str, Any]:
        stored = self._file.read()
        return stored if isinstance(stored, dict) else {}


def _key(practice: str, place: str) -> str:
    return f"{practice} {place}"
