"""Changes to calls: an outcome, later, somebody's, before others, a note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from desk_app.application import wording
from desk_app.application.call_line_words import PRIORITIES
from desk_app.application.call_rows import CallLine
from desk_app.application.call_words import OUTCOME_WORDS
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.tried import Tried
from desk_app.application.use_cases import call_changes
from desk_app.application.use_cases.call_recording import Recorded, record
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Callback
from desk_app.domain.statuses import CallOutcome
from desk_app.ui.operations.change import Change, Refused, Run
from desk_app.ui.operations.objecting import objection_question

Then = Callable[[object], object]


def recording(
    run: Run,
    catalogue: Catalogue,
    line: CallLine,
    tried: Tried,
    write_id: UUID,
    then: Then,
    refused: Refused,
    settled: Then,
) -> Change:
    """Notes what came of a call; an answer that a firm visit cannot stand on asks for a manager's reason.

    ``settled`` is told in the worker, once it is stored; under one ``write_id`` that happens once.
    """

    def work(desk: Desk) -> Outcome[Recorded]:
        outcome = record(desk, line.id, tried, write_id)
        settled(outcome.value)
        return outcome

    def again(reason: str, seen: frozenset[str]) -> None:
        told = replace(tried, override_reason=reason)
        run(recording(run, catalogue, line, told, write_id, then, refused, lambda _: None))

    def said(desk: Desk, outcome: Outcome[Recorded]) -> str:
        sentence = outcome.value.sentence
        if tried.outcome is CallOutcome.CALL_AGAIN and sentence:
            return f"{family(line)}: {sentence}"
        word = OUTCOME_WORDS[tried.outcome].lower()
        return f"{family(line)}: {word}" + (f", {sentence}" if sentence and sentence != "settled" else "")

    return Change(
        work, said, then, lambda fault: objection_question("Record it", "B", fault, catalogue, again), refused=refused
    )


def snoozing(line: CallLine, until: datetime, then: Then | None = None, refused: Refused | None = None) -> Change:
    """Puts it off; the sentence says when it is due, which may be later than what was wished."""

    def said(desk: Desk, outcome: Outcome[Callback]) -> str:
        return f"{family(line)}: later, {wording.moment(outcome.value.due, desk.zone(), desk.today())}"

    return Change(lambda desk: call_changes.snooze(desk, line.id, until), said, then, refused=refused)


def assigning(line: CallLine, to: str, then: Then | None = None, refused: Refused | None = None) -> Change:
    whose = to or "anybody"
    return Change(
        lambda desk: call_changes.assign(desk, line.id, to), lambda *_: f"{family(line)}: for {whose}", then,
        refused=refused,
    )  # fmt: skip


def prioritising(line: CallLine, priority: int) -> Change:
    words = PRIORITIES.get(priority, "as usual")
    return Change(lambda desk: call_changes.prioritise(desk, line.id, priority), lambda *_: f"{family(line)}: {words}")


def noting(line: CallLine, text: str, then: Then | None = None, refused: Refused | None = None) -> Change:
    return Change(
        lambda desk: call_changes.note(desk, line.id, text), lambda *_: f"{family(line)}: noted", then, refused=refused
    )


def family(line: CallLine) -> str:
    """``Yilmaz``: enough for the status bar."""
    return " ".join(line.name.partition(", ")[0].split()) or "no name"
