"""Objections in words: names for codes, the practice's wall clock for instants."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from desk_app.application.obstacle_text import obstacle_text
from desk_app.application.sentences import sentence
from desk_app.application.wording import AUTHORIZATION_WORDS, clock, day_month, weekday_date
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date, zone_of

if TYPE_CHECKING:
    from desk_app.application.objections import Objection
    from desk_app.application.out_of_use import Spare

OVERRIDE_WORDS = {
    "authorization": "no authorization",
    "blocked": "blockout",
    "closed": "outside the opening hours",
    "night": "beds of the night",
    "no_bed": "no free bed",
    "reserved": "kept for others",
    "share_room": "room shared with the other sex",
}
"""What a manager let pass, as the visit's card says it."""


def objection_text(objection: Objection, catalogue: Catalogue) -> str:
    """One sentence."""
    if objection.obstacle is not None:
        return obstacle_text(objection.obstacle, catalogue)
    params = {name: _word(name, value, catalogue) for name, value in objection.params.items()}
    return sentence(objection.sentence, params)


def objection_texts(found: Iterable[Objection], catalogue: Catalogue) -> tuple[str, ...]:
    """Each sentence once, in order."""
    return tuple(dict.fromkeys(objection_text(each, catalogue) for each in found))


def spare_text(spare: Spare, catalogue: Catalogue) -> str:
    """``C-arm B is free until 10:40.``"""
    name, until = catalogue.resource(spare.code).name, spare.until
    if until is None:
        return sentence("spare", {"resource": name})
    return sentence("spare_until", {"resource": name, "until": clock(until, zone_of(catalogue.settings))})


def override_words(codes: Iterable[str]) -> str:
    """``no authorization, beds of the night``"""
    return ", ".join(OVERRIDE_WORDS.get(code, code.replace("_", " ")) for code in codes)


def _word(name: str, value: object, catalogue: Catalogue) -> object:
    zone = zone_of(catalogue.settings)
    if isinstance(value, datetime):
        at = clock(value, zone)
        return f"{at} on {weekday_date(local_date(value, zone))}" if name == "until" else at
    if isinstance(value, date):
        return weekday_date(value) if name == "day" else day_month(value)
    if name in ("procedure", "other") and catalogue.has_procedure(str(value)):
        return catalogue.procedure(str(value)).name
    if name == "clinician" and str(value) in {each.code for each in catalogue.resources}:
        return catalogue.resource(str(value)).name
    if name == "payer":
        return next((each.name for each in catalogue.payers if each.code == value), value)
    return AUTHORIZATION_WORDS.get(str(value), value) if name == "authorization" else value
