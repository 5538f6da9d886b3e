from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.typed_when import typed_time, typed_when

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:30", time(10, 30)),
        ("9.05", time(9, 5)),
        ("14h15", time(14, 15)),
        ("2pm", time(14)),
        ("2 p", time(14)),
        ("12am", time(0)),
        ("12 PM", time(12)),
        ("2:45 pm", time(14, 45)),
        ("at 9", time(9)),
        ("14", time(14)),
        ("noon", time(12)),
        ("24", None),
        ("10:75", None),
        ("13pm", None),
        ("0 am", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_taken_as_people_type_it(text: str, meant: time | None) -> None:
    assert typed_time(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("fri", (FRIDAY, None)),
        ("fri 10:30", (FRIDAY, time(10, 30))),
        ("fri at 2 pm", (FRIDAY, time(14))),
        ("12/4 9", (date(2026, 12, 4), time(9))),
        ("4 dec 2pm", (date(2026, 12, 4), time(14))),
        ("4 dec", (date(2026, 12, 4), None)),
        ("+2w noon", (date(2026, 12, 8), time(12))),
        ("10:30", (None, time(10, 30))),
        ("whenever", None),
        ("fri 25:00", None),
        ("", None),
    ],
)
def test_a_day_and_a_time_are_told_apart(text: str, meant: object) -> None:
    assert typed_when(text, TODAY) == meant


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_day_a_time_both_or_neither(text: str) -> None:
    meant = typed_when(text, TODAY)
    assert meant is None or any(part is not None for part in meant)
