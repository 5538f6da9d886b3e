"""``callbacks list`` and ``callbacks record``: the calls as other programs see them, with codes and exit statuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk_app.application.use_cases import requests
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Authorization, Contact, Patient, Phone
from desk_app.domain.statuses import AuthorizationStatus, CallOutcome, RequestSource, RequestStatus, Urgency
from tests.cli.conftest import Cli
from tests.helpers.small_practice import at

SOON = "2026-12-01T09:00"


def a_request(cli: Cli, procedure: str | None = "JOINT", **more: Any) -> int:
    desk = build_desk(cli.address, "test", cli.clock)
    caller = Contact("Ortiz", "Marisol", phones=(Phone("508 555 0142", "+15085550142"),))
    wish = requests.NewRequest(RequestSource.PHONE, contact=caller, procedure=procedure)
    number = requests.take_down(desk, replace(wish, **more)).value.id
    desk.close()
    return number


def waiting_for_payer(cli: Cli, family: str = "Lowell") -> int:
    """A request with a chart that waits for the payer's decision."""
    desk = build_desk(cli.address, "test", cli.clock)
    with desk.open_work(desk.actor) as work:
        chart = work.patients.add(
            Patient(
                work.patients.next_mrn(),
                family,
                "Kwame",
                phones=(Phone("413 555 0119", "+14135550119"),),
                payer="OLDCOL",
                member_id="M-7",
            )
        )
        work.commit("patient_added")
    wish = requests.NewRequest(RequestSource.PHONE, patient_id=chart.id, procedure="KYPHO")
    request = requests.take_down(desk, wish).value
    if request.status is not RequestStatus.AWAITING_AUTHORIZATION:
        requests.set_status(desk, request.id, RequestStatus.AWAITING_AUTHORIZATION)
    with desk.open_work(desk.actor) as work:
        papers = work.authorizations.for_request(request.id)
        sent = {"status": AuthorizationStatus.SUBMITTED, "submission_reference": "S-1", "submitted_at": desk.now()}
        if papers:
            work.authorizations.save(replace(papers[-1], **sent))  # type: ignore[arg-type]
        else:
            work.authorizations.add(Authorization(request.id, chart.id, "OLDCOL", "KYPHO", **sent))  # type: ignore[arg-type]
        work.commit("authorization_submitted")
    desk.close()
    return request.id


def calls(cli: Cli, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cli.json("callbacks", "list", *words)["callbacks"]
    return found


def test_an_empty_list_says_so(each: Cli) -> None:
    assert each.json("callbacks", "list") == {"callbacks": []}
    assert each.json("callbacks", "list", "--by-payer") == {"payers": []}
    assert each("callbacks", "list").out == "No calls.\n"


def test_a_call_is_told_with_what_other_programs_ask(each: Cli) -> None:
    number = a_request(each)
    (call,) = calls(each)
    wanted = (
        "id", "kind", "patient", "payer", "request", "appointment", "phone", "due", "late", "attempts", "claimed_by",
        "reason",
    )  # fmt: skip
    assert {key: call[key] for key in wanted} == {
        "id": 1,
        "kind": "call_patient",
        "patient": None,
        "payer": None,
        "request": number,
        "appointment": None,
        "phone": "+15085550142",
        "due": "2026-11-25T17:00:00-05:00",
        "late": False,
        "attempts": 0,
        "claimed_by": None,
        "reason": "JOINT",
    }
    assert call["name"] == "Ortiz, Marisol"
    assert "Call the patient" in each("callbacks", "list").out


def test_a_visits_calls_name_its_patient(cli: Cli) -> None:
    booked = cli.json("appointments", "book", "--request", a_request(cli), "--start", SOON)
    assert {(call["kind"], call["appointment"], call["patient"]["mrn"]) for call in calls(cli)} == {
        ("preparation", booked["id"], booked["patient"]["mrn"]),
        ("confirmation", booked["id"], booked["patient"]["mrn"]),
    }


def test_a_day_narrows_the_list_to_what_is_due_by_its_end(cli: Cli) -> None:
    a_request(cli, urgency=Urgency.URGENT)
    a_request(cli)
    assert [call["due"][:10] for call in calls(cli)] == ["2026-11-24", "2026-11-25"]
    assert [call["due"][:10] for call in calls(cli, "--due", "2026-11-24")] == ["2026-11-24"]
    assert len(calls(cli, "--due", "2026-11-25")) == 2
    cli.clock.instant = at("2026-11-26T10:00")
    assert [call["late"] for call in calls(cli, "--due", "2026-11-26")] == [True, True]


def test_calls_to_payers_are_grouped_so_that_one_call_serves_several(each: Cli) -> None:
    numbers = {waiting_for_payer(each, "Lowell"), waiting_for_payer(each, "Asante")}
    a_request(each)
    (group,) = each.json("callbacks", "list", "--by-payer")["payers"]
    assert group["payer"] == "OLDCOL"
    assert {call["request"] for call in group["callbacks"]} == numbers
    assert {call["member_id"] for call in group["callbacks"]} == {"M-7"}
    assert "Old Colony Health" in each("callbacks", "list", "--by-payer").out


def test_an_outcome_is_recorded_and_what_comes_next_is_told(each: Cli) -> None:
    a_request(each)
    told = each.json("callbacks", "record", "1", "--outcome", "no_answer", "--note", "Rang for long.")
    assert (told["id"], told["due"], told["attempts"]) == (1, "2026-11-24T12:00:00-05:00", 1)
    assert told["next"] == "again at 12:00, then Wed 25 Nov 12:00"
    again = each.json("callbacks", "record", "1", "--outcome", "call_again", "--again", "2026-11-24T18:30")
    assert again["due"] == "2026-11-25T08:00:00-05:00"
    assert again["next"] == "again Wed 25 Nov 08:00, when the hours begin"
    ran = each("callbacks", "record", "1", "--outcome", "unreachable")
    assert (ran.status, ran.err) == (0, "")
    assert "writes a letter" in ran.out
    assert [call["kind"] for call in calls(each)] == ["letter"]


def test_a_rule_refuses_with_status_1_and_its_sentence(cli: Cli) -> None:
    a_request(cli)
    record = ("callbacks", "record", "1", "--outcome")
    assert cli.refused(*record, "payer_decided") == (1, "call_outcome")
    assert cli.refused(*record, "call_again") == (1, "call_again_when")
    assert cli.refused(*record, "call_again", "--again", "2026-11-24T09:00") == (1, "call_again_past")
    assert cli.json(*record, "declined")["arisen"] == []
    assert cli.refused(*record, "no_answer", "--note", "late") == (1, "call_settled_meanwhile")


def test_what_cannot_be_read_is_status_2(cli: Cli) -> None:
    a_request(cli)
    assert cli.refused("callbacks", "record", "1", "--outcome", "shrug") == (2, "unknown_word")
    assert ", ".join(CallOutcome) in cli("callbacks", "record", "1", "--outcome", "shrug").err
    assert cli.refused("callbacks", "record", "99", "--outcome", "done") == (2, "unknown_record")
    assert cli.refused("callbacks", "record", "1", "--outcome", "call_again", "--again", "soon") == (2, "bad_datetime")
    assert cli.refused("callbacks", "record", "1", "--outcome", "done", "--answer", "pain") == (2, "unknown_word")
    for words in (("callbacks",), ("callbacks", "record", "1"), ("callbacks", "list", "--due", "soon")):
        ran = cli(*words)
        assert (ran.status, ran.out) == (2, "")
    assert calls(cli)[0]["attempts"] == 0


def test_a_visit_is_confirmed_or_cancelled_by_its_call(cli: Cli) -> None:
    visit = cli.json("appointments", "book", "--request", a_request(cli), "--start", SOON)["id"]
    confirmation = next(call["id"] for call in calls(cli) if call["kind"] == "confirmation")
    cli.json("callbacks", "record", confirmation, "--outcome", "confirmed")
    day = ("appointments", "list", "--date", "2026-12-01")
    assert [(each["id"], each["status"]) for each in cli.json(*day)["appointments"]] == [(visit, "confirmed")]
    preparation = calls(cli)[0]["id"]
    assert cli.refused("callbacks", "record", preparation, "--outcome", "declined") == (1, "call_reason")
    told = cli.json("callbacks", "record", preparation, "--outcome", "declined", "--reason", "ill")
    assert [each["kind"] for each in told["arisen"]] == ["rebook"]
    assert cli.json(*day)["appointments"] == []
    (again,) = calls(cli)
    assert again["kind"] == "rebook"


def test_a_payers_decision_is_recorded_with_what_it_is_good_for(each: Cli) -> None:
    number = waiting_for_payer(each)
    (call,) = [call for call in calls(each) if call["kind"] == "call_payer"]
    record = ("callbacks", "record", call["id"], "--outcome")
    pending = each.json(*record, "payer_pending", "--spoken-to", "Rita", "--reference", "R-77", "--hold-minutes", "14")
    assert pending["due"] == "2026-11-25T17:00:00-05:00"
    assert each.refused(*record, "payer_decided") == (1, "call_decision_missing")
    approved = ("--decision", "approved", "--number", "A-1", "--valid-from", "2026-11-24", "--valid-to", "2027-02-22")
    told = each.json(*record, "payer_decided", *approved)
    assert [arisen["kind"] for arisen in told["arisen"]] == ["book"]
    (request,) = each.json("requests", "list")["requests"]
    assert (request["id"], request["status"], request["next_action"]["kind"]) == (number, "ready_to_book", "book")


def test_a_clean_check_after_all_of_it(cli: Cli) -> None:
    a_request(cli)
    cli.json("callbacks", "record", "1", "--outcome", "wrong_number", "--phone", "508 555 0177")
    assert calls(cli)[0]["phone"] == "+15085550177"
    cli.json("callbacks", "record", "1", "--outcome", "do_not_contact")
    assert [call["kind"] for call in calls(cli)] == ["letter"]
    assert cli.json("check") == {"breaches": []}
