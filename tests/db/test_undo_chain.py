"""A record stands as a commit left it where all that was done since has been taken back in turn."""

from __future__ import annotations

import pytest

from db.undo_chain import cancel_out


@pytest.mark.parametrize(
    ("commits", "whole"),
    [
        ([], True),
        ([(5, None)], False),
        ([(5, None), (6, 5)], True),
        ([(5, None), (6, 5), (7, 6)], False),
        ([(5, None), (6, 5), (7, 6), (8, 7)], True),
        ([(5, None), (6, None), (7, 6), (8, 5)], True),
        ([(5, None), (6, None), (7, 6)], False),
        ([(5, None), (6, None), (7, 5)], False),
        ([(8, 5)], False),
    ],
)
def test_steps_there_and_back_leave_nothing(commits: list[tuple[int, int | None]], whole: bool) -> None:
    assert cancel_out(commits) is whole
