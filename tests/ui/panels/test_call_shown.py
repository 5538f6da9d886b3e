"""What a call's card and its form say of who is called: by hand-made cards, no database."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk_app.application.call_rows import CallCard
from desk_app.domain.call_records import Attempt, AuthorizationContact
from desk_app.domain.records import Callback, Patient
from desk_app.domain.statuses import CallbackKind, CallbackStatus, CallOutcome
from desk_app.domain.visit_parts import Alert, AlertKind
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.call_card import call_content
from desk_app.ui.panels.call_facts import history_words, what_to_say
from tests.helpers.call_lines import call_line, payer_line
from tests.helpers.small_practice import CATALOGUE, ZONE, at
from tests.ui.models.test_call_model import PRACTICE

OURS = replace(PRACTICE.settings, npi="1932000000", phone="413 555-0100")
CONTEXT = RowContext(at("2026-11-24T10:00"), ZONE, replace(PRACTICE, settings=OURS), {})
TO_PAYER = Callback(CallbackKind.CALL_PAYER, at("2026-11-24T17:00"), "KYPHO", request_id=1, id=4)
CONFIRM = Callback(CallbackKind.CONFIRMATION, at("2026-11-24T17:00"), "JOINT", appointment_id=1, id=1)
ORTIZ = Patient("204118", "Ortiz", "Marisol", language="es", id=9)


def facts(card: CallCard, context: RowContext = CONTEXT) -> dict[str, str]:
    return {fact.label: fact.text for fact in what_to_say(card, context)}


def test_a_payer_is_told_all_that_it_asks_for() -> None:
    line = payer_line(4, "Petrosyan, Anahit", units=2, level_names="T12 L1", levels=2, note="ask for Denise")
    assert facts(CallCard(line, TO_PAYER)) == {
        "Member": "OC 8810 2217",
        "Born": "12 Mar 1951",
        "Codes": "22514, +22515, 2 units, T12 L1",
        "Reference": "OC-77120",
        "Our line": "NPI 1932 000 000",
        "Call back": "413 555-0100",
        "Stands": "submitted, day 5 of 7",
        "Answers": "08:00–17:00",
        "Note": "ask for Denise",
    }


def test_what_is_missing_for_a_payer_is_amber() -> None:
    bare = RowContext(at("2026-11-24T18:00"), ZONE, replace(PRACTICE, settings=CATALOGUE.settings), {})
    line = payer_line(4, "Petrosyan, Anahit", member_id="", reference="", birth_date=None, cpt=())
    told = {fact.label: (fact.text, fact.role) for fact in what_to_say(CallCard(line, TO_PAYER), bare)}
    assert told["Member"] == ("not known", "warn")
    assert told["Our line"] == ("not set up", "text")
    assert told["Codes"][0] == "no procedure chosen"
    assert told["Answers"] == ("08:00–17:00 · closed now", "warn")


@pytest.mark.parametrize(
    ("fields", "label", "told"),
    [
        ({"call_window": "after 3 pm"}, "Reached", "after 3 pm · not now"),
        ({"call_window": "mornings"}, "Reached", "mornings"),
        ({"call_window": "after work"}, "Reached", "after work"),
        ({"do_not_contact": True}, "Calls", "wishes none"),
        ({"priority": 2}, "Priority", "first of all"),
    ],
)
def test_when_and_whether_somebody_can_be_reached(fields: dict[str, Any], label: str, told: str) -> None:
    assert facts(CallCard(call_line(1, **fields), CONFIRM))[label] == told


def test_the_language_is_told_where_it_is_not_english() -> None:
    line = call_line(1)
    assert facts(CallCard(line, CONFIRM, patient=ORTIZ))["Language"] == "es"
    assert "Language" not in facts(CallCard(line, CONFIRM, patient=replace(ORTIZ, language="en")))
    french = replace(ORTIZ, alerts=(Alert(AlertKind.INTERPRETER, "French"),))
    assert facts(CallCard(line, CONFIRM, patient=french))["Language"] == "French"


def test_the_history_is_newest_first_and_tells_a_contact_once() -> None:
    tried = at("2026-11-23T09:12")
    attempt = Attempt(4, tried, 2, CallOutcome.PAYER_PENDING, "Denise", "wants six weeks", call_reference="C-889", id=1)
    same = AuthorizationContact(7, tried, 2, "Denise", outcome=CallOutcome.PAYER_PENDING)
    other = AuthorizationContact(7, at("2026-11-20T15:00"), 3, note="submitted by fax")
    card = CallCard(
        payer_line(4, "A"), TO_PAYER, (attempt,), contacts=(other, same), users={2: "M. Lindahl", 3: "A. Reyes"}
    )
    assert history_words(card, CONTEXT) == (
        "Mon 23 Nov 09:12 M. Lindahl: payer pending, spoke to Denise, ref. C-889, wants six weeks",
        "Fri 20 Nov 15:00 A. Reyes: submitted by fax",
    )


def test_a_card_offers_to_open_the_call_and_what_it_is_about() -> None:
    content = call_content(CallCard(call_line(1), CONFIRM, patient=ORTIZ), CONTEXT)
    assert content.primary is not None
    assert (content.primary.code, content.primary.key) == ("open_call", "Enter")
    assert [action.key for action in content.secondary] == ["S", "A", "P", "M", "H"]
    assert (content.phone, content.phone_more) == ("413 555-0142", "mobile, nobody has asked about messages")


def test_a_settled_call_can_only_be_looked_at() -> None:
    settled = replace(CONFIRM, status=CallbackStatus.DROPPED)
    content = call_content(CallCard(call_line(1), settled, patient=ORTIZ), CONTEXT)
    assert content.primary is None
    assert content.badge is not None
    assert (content.badge.text, [action.key for action in content.secondary]) == ("no longer needed", ["H"])


def test_whose_call_it_is_stands_on_the_card() -> None:
    line = call_line(1, claimed_by="M. Lindahl", claimed_until=at("2026-11-24T10:05"))
    badge = call_content(CallCard(line, CONFIRM), CONTEXT).badge
    assert badge is not None
    assert (badge.text, badge.icon, badge.spoken) == ("M. Lindahl", "lock", "M. Lindahl has it open")
