"""The demo's practice and what is made of it at an instant, each made once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from desk_app.application.demo.present import Present, present_of
from desk_app.application.demo.records import Records
from desk_app.application.demo.store import SEED, made
from desk_app.domain.practice import Catalogue
from desk_app.interop.holiday_calendar import LibraryHolidays
from desk_app.interop.practice_file import load
from tests.helpers.small_practice import at

FILE = Path(__file__).parents[3] / "resources" / "demo" / "bay_state_pain.toml"


@dataclass(frozen=True)
class Demo:
    """What the demo holds at an instant."""

    present: Present
    catalogue: Catalogue
    records: Records


DemoAt = Callable[[str], Demo]


@lru_cache(maxsize=1)
def practice() -> Catalogue:
    return load(FILE).catalogue


def make(when: str, seed: int = SEED) -> Demo:
    present = present_of(at(when), LibraryHolidays(), practice(), seed)
    return Demo(present, practice(), made(present, practice(), (2, 3)))


@pytest.fixture(scope="session")
def demo_at() -> DemoAt:
    return lru_cache(maxsize=16)(make)


@pytest.fixture
def bay_state() -> Catalogue:
    return practice()
