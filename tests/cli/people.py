"""Charts and approvals that the command line cannot make yet, written by the same use cases."""

from __future__ import annotations

from datetime import date

from desk_app.application.use_cases import patients
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.records import Authorization, Patient, Phone
from desk_app.domain.statuses import AuthorizationStatus
from tests.cli.conftest import Cli


def a_chart(cli: Cli, family: str = "Ortiz", given: str = "Marisol") -> str:
    """The number of a new chart."""
    desk = build_desk(cli.address, "desk 2", cli.clock)
    phones = (Phone("508 555 0101", "+15085550101"),)
    mrn = patients.add(desk, Patient("", family, given, phones=phones), True).value.mrn
    desk.close()
    return mrn


def an_approval(cli: Cli, mrn: str, last: date, levels: int | None = None) -> None:
    desk = build_desk(cli.address, "desk 2", cli.clock)
    with desk.open_work(desk.actor) as work:
        patient = work.patients.by_mrn(mrn)
        assert patient is not None
        work.authorizations.add(
            Authorization(
                None, patient.id, None, "KYPHO", AuthorizationStatus.APPROVED, valid_to=last, levels=levels, number="A1"
            )
        )
        work.commit("authorization_approved")
    desk.close()
