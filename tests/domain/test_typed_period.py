"""Periods as a manager types them over the reports."""

from __future__ import annotations

from datetime import date

import pytest

from desk_app.domain.typed_period import typed_period

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("26 Oct to 20 Nov", date(2026, 10, 26), date(2026, 11, 20)),
        ("2026-10-01..2026-10-31", date(2026, 10, 1), date(2026, 10, 31)),
        ("10/1 – 10/31", date(2026, 10, 1), date(2026, 10, 31)),
        ("1 dec 2025 until 30 Nov 2026", date(2025, 12, 1), date(2026, 11, 30)),
        ("october", date(2026, 10, 1), date(2026, 10, 31)),
        ("dec", date(2025, 12, 1), date(2025, 12, 31)),
        ("Feb 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("yesterday", date(2026, 11, 25), date(2026, 11, 25)),
        ("fri", date(2026, 11, 20), date(2026, 11, 20)),
        ("20 dec to 5 jan", date(2025, 12, 20), date(2026, 1, 5)),
    ],
)
def test_a_period_looks_back_from_today(typed: str, first: date, last: date) -> None:
    assert typed_period(typed, TODAY) == (first, last)


@pytest.mark.parametrize("typed", ["", "soon", "0000", "3 Nov 2026 to 1 Nov 2026", "1 to 2 to 3", "31/31"])
def test_what_is_no_period_is_none(typed: str) -> None:
    assert typed_period(typed, TODAY) is None
