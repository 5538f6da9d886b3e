"""A small file of the user's that the program keeps for itself, and can do without."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


class KeptFile:
    """JSON in one file, replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Any:
        """None where it is absent, cut off or no JSON."""
        try:
            return json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    def write(self, value: Any) -> None:
        """Nothing is written on a full or read-only disk, and what was there stays."""
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with suppress(OSError):
                fresh.unlink()
