"""The question whether somebody is a known patient, with what differs and how alike they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desk_app.application.desk import Desk
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.records import Contact, Patient
from desk_app.ui.models.comparison import compared, how_alike
from desk_app.ui.questions import Answer, Question

T = TypeVar("T")
Written = Callable[[Desk], Contact | Patient]
"""Reads, on the worker, whom the question is about."""


class PerhapsKnown(NeedsConfirmation):
    """The use case's question with the chart that it names, read where the question arose."""

    def __init__(self, fault: NeedsConfirmation, written: Contact | Patient, known: Patient) -> None:
        params = {name: value for name, value in fault.params.items() if name != "codes"}
        super().__init__(fault.codes, **params)
        self.written, self.known = written, known


def asking_who(desk: Desk, work: Callable[[], T], written: Written) -> T:
    """Does the work; its question for a person's decision gets both persons, so that they can be compared."""
    try:
        return work()
    except NeedsConfirmation as fault:
        number = fault.params.get("patient")
        if "perhaps_known" not in fault.codes or not isinstance(number, int):
            raise
        known = desk.queries.patient_card(number, desk.now()).patient
        raise PerhapsKnown(fault, written(desk), known) from fault


def written_in(request_id: int | None) -> Written:
    """Whoever wrote a request."""

    def read(desk: Desk) -> Contact:
        return desk.queries.request_card(request_id, desk.now()).request.contact if request_id else Contact()

    return read


def perhaps_known(fault: PerhapsKnown, same: Callable[[], object], other: Callable[[], object]) -> Question:
    """The same person, or somebody new."""
    return Question(
        "Perhaps known",
        (
            f"Likeness {how_alike(fault.written, fault.known)} %. What is here, and what the chart with MRN "
            f"{fault.known.mrn} says:",
        ),
        (
            Answer("Same person", "L", "link", lambda _: same()),
            Answer("Somebody new", "C", "plus", lambda _: other()),
        ),
        compared(fault.written, fault.known),
    )
