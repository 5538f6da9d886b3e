"""``appointments book``, ``move``, ``cancel``, ``status`` and ``list``, with every refusal's exit status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desk_app.application.use_cases import blockouts
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import Resource, ResourceKind
from tests.cli.conftest import Cli
from tests.cli.people import a_chart, an_approval
from tests.helpers.small_practice import CATALOGUE, at

BOOK = ("appointments", "book")
WEDNESDAY = ("appointments", "list", "--date", "2026-11-25")


def visit(cli: Cli, start: str = "2026-11-25T09:00", *words: object, procedure: str = "JOINT") -> int:
    number = cli.book(start, "--patient", a_chart(cli, f"P{start}"), "--procedure", procedure, *words)["id"]
    assert isinstance(number, int)
    return number


def steps_to(cli: Cli, number: int, *statuses: str) -> None:
    for status in statuses:
        assert cli.json("appointments", "status", number, status)["status"] == status


def test_a_booking_is_told_as_the_day_lists_it(each: Cli) -> None:
    mrn = a_chart(each)
    told = each.book("2026-11-25T09:00", "--patient", mrn, "--procedure", "JOINT")
    assert told == {
        "id": told["id"],
        "patient": {"mrn": mrn, "name": "Ortiz, Marisol"},
        "procedure": "JOINT",
        "levels": 1,
        "status": "booked",
        "start": "2026-11-25T09:00:00-05:00",
        "end": "2026-11-25T09:25:00-05:00",
        "hold_until": None,
        "override": None,
        "phases": [
            {
                "kind": "procedure",
                "start": "2026-11-25T09:00:00-05:00",
                "end": "2026-11-25T09:15:00-05:00",
                "resources": {"room": "R1", "physician": "ALG"},
            },
            {
                "kind": "recovery",
                "start": "2026-11-25T09:15:00-05:00",
                "end": "2026-11-25T09:25:00-05:00",
                "resources": {"bay": "B1"},
            },
        ],
    }
    assert each.json(*WEDNESDAY) == {"date": "2026-11-25", "appointments": [told]}


def test_what_is_done_with_it_is_told_too(each: Cli) -> None:
    mrn, also = a_chart(each), ("--also", "JOINT:1")
    words = ("--patient", mrn, "--procedure", "KYPHO", "--override", "agreed", *also)
    told = each.book("2026-11-25T09:00", *words)
    assert told["further"] == [{"procedure": "JOINT", "levels": 1}]
    assert (told["phases"][1]["start"], told["phases"][1]["end"]) == (
        "2026-11-25T09:10:00-05:00",
        "2026-11-25T10:05:00-05:00",
    )
    assert each.json(*WEDNESDAY) == {"date": "2026-11-25", "appointments": [told]}


def test_a_day_without_visits_says_so(cli: Cli) -> None:
    assert cli.json(*WEDNESDAY) == {"date": "2026-11-25", "appointments": []}
    assert cli(*WEDNESDAY).out == "No visits.\n"


def test_without_authorization_it_is_refused_unless_held_or_overridden(cli: Cli) -> None:
    ask = (*BOOK, "--patient", a_chart(cli), "--procedure", "KYPHO", "--start", "2026-11-25T09:00")
    assert cli.refused(*ask) == (1, "authorization_missing")
    assert cli.json(*WEDNESDAY)["appointments"] == []
    held = cli.json(*ask, "--hold-until", "2026-11-24T17:00")
    assert (held["status"], held["hold_until"]) == ("held", "2026-11-24T17:00:00-05:00")
    cli.json("appointments", "cancel", held["id"], "--reason", "mistake")
    overridden = cli.json(*ask, "--override", "cannot walk")
    assert (overridden["status"], overridden["override"]) == ("booked", "cannot walk")


def test_an_approval_good_for_the_day_lets_it_be_booked(cli: Cli) -> None:
    mrn = a_chart(cli)
    an_approval(cli, mrn, date(2026, 11, 25), levels=1)
    ask = (*BOOK, "--patient", mrn, "--procedure", "KYPHO")
    assert cli.refused(*ask, "--start", "2026-11-26T09:00") == (1, "authorization_missing")
    assert cli.refused(*ask, "--start", "2026-11-25T09:00", "--levels", 2) == (1, "authorization_missing")
    assert cli.json(*ask, "--start", "2026-11-25T09:00")["override"] is None


def test_a_start_that_does_not_fit_is_refused_with_every_obstacle(cli: Cli) -> None:
    visit(cli)
    ran = cli(*BOOK, "--patient", a_chart(cli), "--procedure", "JOINT", "--start", "2026-11-25T09:10")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == (
        "This start does not fit. Room 1 is taken from 09:00 to 09:15. Dr. Algendy is taken from 09:00 to 09:15.\n"
    )


@pytest.mark.parametrize("start", ["2026-11-25T09:02", "2026-11-24T09:00", "2026-11-25T09:00:00.25"])
def test_off_the_grid_or_in_the_past_nothing_is_booked_even_with_a_reason(cli: Cli, start: str) -> None:
    ask = (*BOOK, "--patient", a_chart(cli), "--procedure", "JOINT", "--start", start)
    assert cli.refused(*ask, "--override", "please") == (1, "does_not_fit")


def test_a_closed_room_needs_a_reason_and_then_yields(cli: Cli) -> None:
    ask = (*BOOK, "--patient", a_chart(cli), "--procedure", "JOINT", "--start", "2026-11-28T09:00")
    ran = cli(*ask)
    assert ran.status == 1
    assert ran.err.endswith("A manager's override with a reason would let it pass.\n")
    assert cli.json(*ask, "--override", "snowed in on Friday")["override"] == "snowed in on Friday"


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("--procedure", "JOINT"), 2, "patient_or_request"),
        (("--patient", "MRN"), 2, "procedure_missing"),
        (("--patient", "no-such-chart", "--procedure", "JOINT"), 2, "unknown_record"),
        (("--request", 77), 2, "unknown_record"),
        (("--patient", "MRN", "--procedure", "NOSUCH"), 2, "unknown_procedure"),
        (("--patient", "MRN", "--procedure", "JOINT", "--levels", 2), 2, "levels"),
        (("--patient", "MRN", "--procedure", "JOINT", "--levels", 0), 2, "levels"),
        (("--patient", "MRN", "--procedure", "JOINT", "--stay", "planned"), 2, "no_overnight_phase"),
        (("--patient", "MRN", "--procedure", "JOINT", "--clinician", "NOSUCH"), 2, "unknown_clinician"),
        (("--patient", "MRN", "--procedure", "JOINT", "--hold-until", "soon"), 2, "bad_datetime"),
        (("--patient", "MRN", "--procedure", "JOINT", "--hold-until", "2026-11-24T10:00"), 1, "hold_in_the_past"),
    ],
)
def test_what_is_wrong_with_a_booking_has_its_own_code(
    cli: Cli, words: tuple[object, ...], status: int, code: str
) -> None:
    mrn = a_chart(cli)
    asked = [mrn if word == "MRN" else word for word in words]
    assert cli.refused(*BOOK, "--start", "2026-11-25T09:00", *asked) == (status, code)


@pytest.mark.parametrize("number", ["0", "-1", "one", "99999999999", "99999999999999999999999"])
def test_no_number_of_a_record_is_wrong_usage(cli: Cli, number: str) -> None:
    assert cli("appointments", "status", number, "arrived").status == 2
    assert cli(*BOOK, "--request", number, "--start", "2026-11-25T09:00").status == 2


@pytest.mark.parametrize(
    "words", [("move", 77, "--start", "2026-11-25T09:00"), ("cancel", 77, "--reason", "ill"), ("status", 77, "arrived")]
)
def test_a_visit_that_is_not_there_is_wrong_input(each: Cli, words: tuple[object, ...]) -> None:
    assert each.refused("appointments", *words) == (2, "unknown_record")


def test_a_move_takes_the_whole_chain_along(each: Cli) -> None:
    number = visit(each)
    moved = each.json("appointments", "move", number, "--start", "2026-11-26T11:00", "--reason", "asked for it")
    assert [phase["start"] for phase in moved["phases"]] == ["2026-11-26T11:00:00-05:00", "2026-11-26T11:15:00-05:00"]
    assert each.json(*WEDNESDAY)["appointments"] == []
    assert each.refused("appointments", "move", number, "--start", "2026-11-26T11:01") == (1, "does_not_fit")


def test_a_cancellation_takes_a_known_reason_and_frees_the_place(cli: Cli) -> None:
    number = visit(cli)
    ran = cli("appointments", "cancel", number, "--reason", "rain")
    assert ran.status == 2
    assert ran.err == (
        "“rain” is not one of: patient, ill, authorization, practice, weather, no_escort, not_prepared, died, "
        "mistake, other.\n"
    )
    assert cli.refused("appointments", "cancel", number, "--reason", "lapsed") == (2, "unknown_word")
    assert cli.json("appointments", "cancel", number, "--reason", "weather")["status"] == "cancelled"
    assert cli.json(*WEDNESDAY)["appointments"] == []
    assert cli.refused("appointments", "cancel", number, "--reason", "weather") == (1, "appointment_step")
    visit(cli, "2026-11-25T09:00")


def test_the_day_is_walked_through_step_by_step_and_no_step_is_left_out(cli: Cli) -> None:
    cli.clock.instant = at("2026-11-25T08:00")
    number = visit(cli, "2026-11-25T09:00")
    assert cli.refused("appointments", "status", number, "ready") == (1, "appointment_step")
    steps_to(cli, number, "confirmed", "arrived", "ready", "in_procedure")
    assert cli.refused("appointments", "status", number, "cancelled") == (1, "appointment_step")
    assert cli.refused("appointments", "move", number, "--start", "2026-11-26T09:00") == (1, "not_movable")
    steps_to(cli, number, "in_recovery", "ambulating", "in_recovery", "overnight", "discharged")
    assert cli.refused("appointments", "status", number, "arrived") == (1, "appointment_step")


def test_a_step_that_is_no_status_is_wrong_input(cli: Cli) -> None:
    assert cli.refused("appointments", "status", visit(cli), "sleeping") == (2, "unknown_word")


def test_who_did_not_come_may_still_arrive_that_day_but_not_the_next(cli: Cli) -> None:
    cli.clock.instant = at("2026-11-25T10:00")
    number = visit(cli, "2026-11-25T11:00")
    steps_to(cli, number, "no_show", "arrived")
    other = visit(cli, "2026-11-25T12:00")
    steps_to(cli, other, "no_show")
    cli.clock.instant = at("2026-11-26T10:00")
    assert cli.refused("appointments", "status", other, "arrived") == (1, "appointment_step")


def test_a_hold_is_made_firm_by_its_authorization_or_a_reason(cli: Cli) -> None:
    number = visit(cli, "2026-11-25T09:00", "--hold-until", "2026-11-24T17:00", procedure="KYPHO")
    assert cli.refused("appointments", "status", number, "booked") == (1, "authorization")
    firm = cli.json("appointments", "status", number, "booked", "--override", "payer agreed by phone")
    assert (firm["status"], firm["hold_until"], firm["override"]) == ("booked", None, "payer agreed by phone")


def test_a_hold_past_its_time_is_free_to_the_next(cli: Cli) -> None:
    number = visit(cli, "2026-11-25T09:00", "--hold-until", "2026-11-24T12:00")
    cli.clock.instant = at("2026-11-24T12:00")
    assert cli.json(*WEDNESDAY)["appointments"] == []
    assert cli.refused("appointments", "status", number, "booked") == (1, "hold_lapsed")
    visit(cli, "2026-11-25T09:00")
    assert cli.json("check") == {"breaches": []}


def test_lines_for_people_name_time_status_patient_and_resources(cli: Cli) -> None:
    number = visit(cli)
    (line,) = cli(*WEDNESDAY).out.splitlines()
    mrn = cli.json(*WEDNESDAY)["appointments"][0]["patient"]["mrn"]
    assert line == (
        f"{number:>6}  2026-11-25 09:00–09:25  booked       P2026-11-25T09:00, Marisol ({mrn})  JOINT  R1 · ALG · B1"
    )


def test_a_procedure_whose_room_is_out_begins_elsewhere_or_with_a_reason(each: Cli) -> None:
    desk = build_desk(each.address, "desk 2", each.clock)
    room = Resource("R2", ResourceKind.PROCEDURE_ROOM, "Room 2", ("fluoroscopy",))
    hours = (*CATALOGUE.sessions, replace(CATALOGUE.sessions[0], resource="R2"))
    with desk.open_work(desk.actor) as work:
        work.practice.store(replace(CATALOGUE, resources=(*CATALOGUE.resources, room), sessions=hours))
        work.commit("practice_edited")
    number, other = visit(each, "2026-11-24T10:00"), visit(each, "2026-11-24T10:20")
    for ready in (number, other):
        steps_to(each, ready, "arrived", "ready")
    begin, end = at("2026-11-24T10:00"), at("2026-11-24T12:00")
    blockouts.enter(desk, BlockoutWish(("R1",), begin, end, reason="flood"), frozenset({number, other}))
    desk.close()
    begin_it = ("appointments", "status", number, "in_procedure")
    assert each(*begin_it).err == (
        "Room 1 is blocked from 10:00 to 12:00: flood. Room 2 is free. Ask for it by --use R2. "
        "A manager's override with a reason would let it pass.\n"
    )
    assert each.refused(*begin_it) == (1, "blocked")
    assert each(*begin_it, "--use", "R7").status == 2
    assert each.refused(*begin_it, "--use", "B2") == (1, "spare_taken")
    assert each.json(*begin_it, "--use", "R2")["phases"][0]["resources"]["room"] == "R2"
    steps_to(each, number, "in_recovery")
    told = each.json("appointments", "status", other, "in_procedure", "--override", "dry again")
    assert (told["status"], told["override"]) == ("in_procedure", "dry again")
