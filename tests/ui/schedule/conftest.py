"""The light theme with the bundled letters and icons, for everything painted here."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk_app.ui import fonts, icons
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.theme import LIGHT, Theme

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    fonts.load(RESOURCES / "fonts")
    icons.use_folder(RESOURCES / "icons")
    return LIGHT


@pytest.fixture
def inks(theme: Theme) -> Inks:
    return Inks(theme)


@pytest.fixture
def quick_collections() -> Iterator[None]:
    """Collections look at what the test itself has made: all that a long run holds would take seconds each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
