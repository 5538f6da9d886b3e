"""The folder of icons, fonts, texts and the demo practice: one place, from the source tree or a frozen build."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """The program's resources."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"
