"""Ends of audit trails in a file: kept side by side, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.application.read_models import AuditEnd
from desk_app.interop.kept_audit_ends import KeptAuditEnds

ONE, TWO = AuditEnd("one", 7, "aa"), AuditEnd("two", 9, "bb")


def test_each_practice_has_its_newest_end(tmp_path: Path) -> None:
    file = tmp_path / "state" / "audit-ends.json"
    ends = KeptAuditEnds(file)
    assert ends.known("one", "here") is None
    for end in (AuditEnd("one", 3, "00"), TWO, ONE):
        ends.keep(end, "here")
    assert (KeptAuditEnds(file).known("one", "here"), KeptAuditEnds(file).known("two", "here")) == (ONE, TWO)
    assert KeptAuditEnds(file).known("one", "elsewhere") is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"one here": 3}', '{"one here": ["7", "aa"]}', '{"one here": [7]}']
)
def test_a_file_that_is_none_knows_nothing_and_is_written_anew(tmp_path: Path, text: str) -> None:
    file = tmp_path / "audit-ends.json"
    file.write_text(text, encoding="utf-8")
    ends = KeptAuditEnds(file)
    assert ends.known("one", "here") is None
    ends.keep(ONE, "here")
    assert ends.known("one", "here") == ONE


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    ends = KeptAuditEnds(tmp_path / "state" / "audit-ends.json")
    ends.keep(ONE, "here")
    assert ends.known("one", "here") is None
