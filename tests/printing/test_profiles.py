"""Each profile shows what its readers need, and not a word more."""

from __future__ import annotations

import pytest

from desk_app.domain.faults import WrongInput
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.printing.content.profiles import profile_of
from desk_app.printing.content.sheet import SheetContent
from tests.printing.days import alerts, facts, line, sheet, texts

SECRET = line(
    1,
    family="Ortiz",
    given="Marisol",
    note="fragile",
    authorization="denied",
    override_reason="Old Colony agreed by phone",
    status="booked",
    alerts_text=alerts(Alert(AlertKind.LATEX)),
)


def everything(content: SheetContent) -> str:
    """Every word on the paper."""
    notices = [word for notice in content.notices for word in notice]
    heads = [word for section in content.sections for word in (section.name, section.people, section.aside)]
    columns = [column.caption for column in content.columns]
    foot = [content.title, content.subtitle, *content.facts, content.printed, content.profile, content.keeping]
    return "\n".join([*texts(content), *notices, *heads, *columns, *foot, content.file_title])


def test_the_desk_sees_all() -> None:
    said = everything(sheet(facts([SECRET])))
    for word in ("ORTIZ", "12 Mar 1951", "Kyphoplasty", "auth. denied", "Old Colony agreed", "LATEX", "desk (all)"):
        assert word in said


def test_the_clinical_sheet_has_no_payer_and_no_authorization() -> None:
    lines = [SECRET, line(2, 600, family="Park", authorization="pended")]
    said = everything(sheet(facts(lines), "clinical"))
    for word in ("auth", "Old Colony", "payer's", "no authorization"):
        assert word not in said.replace("clinical (no payer)", "")
    for word in ("ORTIZ, Marisol", "by override", "LATEX ALLERGY", "Luis O. 555-0187", "clinical (no payer)"):
        assert word in said


def test_the_wall_sheet_has_time_initials_and_room() -> None:
    content = sheet(facts([SECRET]), "wall")
    assert texts(content) == ["08:10", "08:00–09:40", "MO", "Room 1"]
    said = everything(content)
    for word in ("rtiz", "ORTIZ", "Marisol", "1951", "204", "phoplasty", "moderate", "LATEX", "fragile", "555"):
        assert word not in said
    assert "wall (initials only)" in said
    assert content.notices == ()
    assert content.facts == ("1 visit",)


def test_the_wall_sheet_keeps_the_names_of_those_who_left_to_itself() -> None:
    gone = facts([SECRET]).visits
    day = facts([], last={1: "08:10\t08:00\tR1\nx\ny"}, gone=gone)
    assert texts(sheet(day, "wall")) == ["08:10", "MO", "Room 1"]


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(WrongInput) as refused:
        profile_of("everybody")
    assert refused.value.params["value"] == "everybody"
