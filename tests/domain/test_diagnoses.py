from __future__ import annotations

import pytest

from desk_app.domain.diagnoses import MOST_DIAGNOSES, typed_diagnoses
from desk_app.domain.faults import RuleViolation


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ()),
        ("  ", ()),
        ("m54.16", ("M54.16",)),
        ("M5416", ("M54.16",)),
        ("s22.080a, m80.08xa", ("S22.080A", "M80.08XA")),
        ("M48.56XA;m48.56xa M54.5", ("M48.56XA", "M54.5")),
        ("G89", ("G89",)),
        ("C7A.1 U07.1", ("C7A.1", "U07.1")),
        ("M54.", ("M54",)),
    ],
)
def test_codes_are_folded_pointed_and_kept_once(typed: str, codes: tuple[str, ...]) -> None:
    assert typed_diagnoses(typed) == codes


@pytest.mark.parametrize(
    "typed", ["54.16", "MM4.16", "M5", "M54.12345", "M54..1", "M54.1-", "backache", "M54.16é", "Mّ54"]
)
def test_what_has_not_the_form_of_a_code_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        typed_diagnoses(typed)
    assert (refused.value.code, refused.value.params["field"]) == ("diagnosis", "diagnoses")


def test_a_request_names_no_more_codes_than_a_claim_has_room_for() -> None:
    codes = [f"M54.{number}" for number in range(MOST_DIAGNOSES + 1)]
    assert len(typed_diagnoses(" ".join(codes[:-1]))) == MOST_DIAGNOSES
    with pytest.raises(RuleViolation, match="diagnoses"):
        typed_diagnoses(" ".join(codes))
