"""``requests authorization``: told, sent, answered and talked about from the command line."""

from __future__ import annotations

from desk_app.application.use_cases.patients import add
from desk_app.application.use_cases.requests import NewRequest, set_status, take_down
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Patient
from desk_app.domain.statuses import RequestSource, RequestStatus
from tests.cli.conftest import Cli


def a_request(cli: Cli) -> int:
    desk = build_desk(cli.address, "desk 2", cli.clock)
    patient = add(desk, Patient("", "Ortiz", "Marisol", payer="OLDCOL"), True).value
    number = take_down(desk, NewRequest(RequestSource.PHONE, patient_id=patient.id, procedure="KYPHO")).value.id
    set_status(desk, number, RequestStatus.IN_REVIEW)
    desk.close()
    return number


def test_an_authorization_goes_its_way(each: Cli) -> None:
    number = a_request(each)
    (begun,) = each.json("requests", "authorization", number)["authorizations"]
    assert (begun["status"], begun["payer"], begun["standing"]) == ("to_submit", "OLDCOL", "to submit")
    sent = each.json(
        "requests", "authorization", number, "submitted", "--reference", "REF1", "--cpt", "22513",
        "--at", "2026-11-20T09:00", "--spoken-to", "Denise", "--hold-minutes", 9,
    )  # fmt: skip
    (paper,) = sent["authorizations"]
    assert (paper["reference"], paper["standing"]) == ("REF1", "submitted, day 4 of 7")
    assert paper["contacts"][0]["spoken_to"] == "Denise"
    each.json("requests", "authorization", number, "documents", "--document", "MRI", "--way", "fax")
    told = each.json("requests", "authorization", number, "A1", "--number", "OC-1", "--to", "2027-01-31")
    (paper,) = told["authorizations"]
    assert (paper["status"], paper["x12_306"], paper["number"]) == ("approved", "A1", "OC-1")
    assert paper["documents"][0]["name"] == "MRI"
    assert each("requests", "authorization", number).out.endswith("approved, to 31 Jan, OC-1\n")


def test_what_cannot_be_is_refused_with_its_sentence(cli: Cli) -> None:
    number = a_request(cli)
    assert cli.refused("requests", "authorization", number, "nonsense") == (2, "unknown_word")
    assert cli.refused("requests", "authorization", 999) == (2, "unknown_record")
    assert cli.refused("requests", "authorization", number, "begin") == (1, "authorization_alive")
    assert cli.refused("requests", "authorization", number, "documents") == (1, "document_name")
    cli.json("requests", "authorization", number, "withdrawn")
    assert cli.refused("requests", "authorization", number, "approved") == (1, "authorization_none_alive")
    again = cli.json("requests", "authorization", number, "begin")["authorizations"]
    assert [each["status"] for each in again] == ["withdrawn", "to_submit"]
    assert cli.refused(
        "requests", "authorization", number, "submitted", "--clinician", "NOBODY"
    ) == (2, "unknown_clinician")  # fmt: skip
