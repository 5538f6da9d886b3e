"""Changes to requests and charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.authorization_rule import ANEW, CHECKED
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.use_cases import merging, patients, requests
from desk_app.application.use_cases.request_holds import HOLD_RELEASED
from desk_app.domain.records import Patient, Request
from desk_app.domain.statuses import EndReason, RequestStatus
from desk_app.ui.office import Office
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.known import PerhapsKnown, asking_who, perhaps_known
from desk_app.ui.operations.objecting import NOTHING_SEEN, objection_question
from desk_app.ui.operations.words import short_name
from desk_app.ui.questions import Question

Then = Callable[[object], object]


def taking_down(wish: requests.NewRequest, then: Then, refused: Refused) -> Change:
    return Change(lambda desk: requests.take_down(desk, wish), _said("Request of {} taken down"), then, refused=refused)


def editing_request(
    run: Run,
    office: Office,
    request: Request,
    whose: requests.Whose,
    then: Then,
    refused: Refused,
    reason: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
) -> Change:
    """A review; where it sends the request on, the sentence says where it stands now.

    Another payer or procedure may take from a firm visit what it stands on: then a manager is asked.
    """

    def again(why: str, known: frozenset[str]) -> None:
        run(editing_request(run, office, request, whose, then, refused, why, known))

    def said(desk: Desk, outcome: Outcome[Request]) -> str:
        now = outcome.value
        gone_on = "" if now.status is request.status else f", {wording.STATUS_WORDS[now.status.value].lower()} now"
        return f"Request of {short_name(now.contact)} changed{gone_on}{_looked_at(outcome)}"

    return Change(
        lambda desk: requests.edit(desk, request, whose, reason, seen),
        said,
        then,
        lambda fault: objection_question("Change it all the same", "C", fault, office.catalogue, again),
        refused,
    )


def stepping_request(request_id: int, status: RequestStatus, note: str = "", why: EndReason | None = None) -> Change:
    word = wording.STATUS_WORDS[status.value].lower()

    def said(desk: Desk, outcome: Outcome[Request]) -> str:
        more = ", and the hold is given up" if HOLD_RELEASED in outcome.warnings else ""
        return f"{short_name(outcome.value.contact)}: {word}{more}"

    return Change(lambda desk: requests.set_status(desk, request_id, status, note, why), said)


def linking(request_id: int, patient_id: int, version: int | None, then: Then | None = None) -> Change:
    def said(desk: Desk, outcome: Outcome[Request]) -> str:
        return f"Linked to the chart: {short_name(outcome.value.contact)}{_looked_at(outcome)}"

    return Change(lambda desk: requests.link_patient(desk, request_id, patient_id, version), said, then)


def charting(request_id: int, version: int | None, then: Then | None = None) -> Change:
    return Change(lambda desk: requests.create_patient(desk, request_id, version), _said("New chart for {}"), then)


def adding_patient(
    run: Run, patient: Patient, then: Then, known: Callable[[int], object], refused: Refused, sure: bool = False
) -> Change:
    """A new chart; asks where somebody very alike is known. ``known`` opens that chart instead."""
    write_id = uuid4()

    def asking(fault: Exception) -> Question | None:
        if not isinstance(fault, PerhapsKnown):
            return None
        return perhaps_known(
            fault,
            lambda: known(fault.known.id),
            lambda: run(adding_patient(run, patient, then, known, refused, sure=True)),
        )

    def said(desk: Desk, outcome: Outcome[Patient]) -> str:
        return f"New chart for {short_name(outcome.value)}, MRN {outcome.value.mrn}"

    return Change(
        lambda desk: asking_who(desk, lambda: patients.add(desk, patient, sure, write_id), lambda _: patient),
        said,
        then,
        asking,
        refused,
    )


def editing_patient(
    run: Run,
    office: Office,
    patient: Patient,
    then: Then,
    refused: Refused,
    why: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
) -> Change:
    """Another payer may take from a firm visit what it stands on: then a manager is asked."""

    def again(reason: str, known: frozenset[str]) -> None:
        run(editing_patient(run, office, patient, then, refused, reason, known))

    def said(desk: Desk, outcome: Outcome[Patient]) -> str:
        return f"Chart of {short_name(outcome.value)} changed{_looked_at(outcome)}"

    return Change(
        lambda desk: patients.edit(desk, patient, why, seen),
        said,
        then,
        lambda fault: objection_question("Change it all the same", "C", fault, office.catalogue, again),
        refused,
    )


def _looked_at(outcome: Outcome[Any]) -> str:
    """What another payer or procedure means for the authorization."""
    if ANEW in outcome.warnings:
        return "; the authorization is withdrawn, and another one begun"
    return "; the authorization was looked at anew" if CHECKED in outcome.warnings else ""


def merging_charts(
    run: Run,
    office: Office,
    kept: Patient,
    other: Patient,
    then: Then,
    refused: Refused,
    why: str = "",
    seen: frozenset[str] = NOTHING_SEEN,
) -> Change:
    """Everything of the other chart is kept under the first; both as they were seen.

    The payer of the chart that stays may not stand for a firm visit of the other: then a manager is asked.
    """

    def again(reason: str, known: frozenset[str]) -> None:
        run(merging_charts(run, office, kept, other, then, refused, reason, known))

    def said(desk: Desk, outcome: Outcome[Patient]) -> str:
        now = outcome.value
        return f"Charts of {short_name(now)} merged: MRN {other.mrn} is MRN {now.mrn} now{_looked_at(outcome)}"

    return Change(
        lambda desk: merging.merge(desk, kept.id, other.id, (kept.version, other.version), why, seen),
        said,
        then,
        lambda fault: objection_question("Merge all the same", "C", fault, office.catalogue, again),
        refused,
    )


def _said(words: str) -> Callable[[Desk, Outcome[Request]], str]:
    return lambda desk, outcome: words.format(short_name(outcome.value.contact))
