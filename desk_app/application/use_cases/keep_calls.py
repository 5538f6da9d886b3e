"""The pass over all calls, at a program's start, each minute and at night: nothing falls through, nobody is called
for nothing. What is missing is made, what is settled is closed, claims that ran out end; payers that have not decided
are called (``authorizations.nightly``).

It may run anywhere at any time, at two desks at once, and does nothing where there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from desk_app.application import visit_callbacks
from desk_app.application.call_situations import case_of_call
from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.request_callbacks import ensure_next_action
from desk_app.application.use_cases import authorizations
from desk_app.domain.call_matters import fate
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict
from desk_app.domain.practice_rules import CallEvent, call_rules
from desk_app.domain.statuses import CallbackKind

PIECE = 1000
"""So many records a transaction: others get their turn in between."""

BEFORE_VISIT = {CallEvent.PREPARATION: CallbackKind.PREPARATION, CallEvent.CONFIRMATION: CallbackKind.CONFIRMATION}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a pass did, and as of which commit and day; another one on that day looks only where more was written."""

    made: int = 0
    settled: int = 0
    released: int = 0
    seq: int = -1
    day: date | None = None


NOT_YET = Kept()


def keep_calls(desk: Desk, last: Kept = NOT_YET) -> Outcome[Kept]:
    """Mends the calls; ``last`` is what the pass before answered. It is no step that a desk could take back."""
    total, changes = replace(NOT_YET, seq=last.seq, day=last.day), Changes()
    if desk.queries.claims_ran_out(desk.now()):
        total, changes = _add(total, changes, _release(desk))
    today, seq = desk.today(), desk.queries.last_seq()
    if (seq, today) != (last.seq, last.day):
        changes = changes.merged(authorizations.nightly(desk).changes)
        for done in _mend_all(desk):
            total, changes = _add(total, changes, done)
        total = replace(total, seq=desk.queries.last_seq() if changes.seq else seq, day=today)
    return Outcome(total, changes)


Done = tuple[Kept, Changes]


def _add(total: Kept, changes: Changes, done: Done) -> Done:
    did, more = done
    counted = replace(
        total,
        made=total.made + did.made,
        settled=total.settled + did.settled,
        released=total.released + did.released,
    )
    return counted, changes.merged(more)


def _mend_all(desk: Desk) -> Iterator[Done]:
    """Piece after piece, until nothing more is found, or nothing that can be mended."""
    kinds = [kind for event, kind in BEFORE_VISIT.items() if event in call_rules(desk.catalogue())]
    if not desk.queries.call_gaps(desk.now(), kinds, limit=1):
        return
    try:
        while (did := _mend(desk, kinds)) is not None:
            yield did
    except Conflict:
        return  # another desk is at the same calls


@repeated
def _release(desk: Desk) -> Done:
    with desk.open_work(desk.actor) as work:
        ended = work.callbacks.release_run_out(desk.now())
        if not ended:
            return NOT_YET, Changes()
        changes = work.commit("claims_ran_out", {"count": len(ended)})
    desk.slots.did(changes)
    return Kept(released=len(ended)), changes


@repeated
def _mend(desk: Desk, kinds: Collection[CallbackKind]) -> Done | None:
    """One piece, looked for anew once no other pass is at it; None where nothing is left to mend."""
    with desk.open_work(desk.actor) as work:
        work.lock_calls()
        gaps = work.call_gaps(desk.now(), kinds, PIECE)
        settled = sum(_settle(desk, work, number) for number in dict.fromkeys((*gaps.merged, *gaps.settled)))
        for number in gaps.unasked:
            ensure_next_action(desk, work, work.requests.get(number))
        for number, kind in gaps.visits:
            visit_callbacks.call_before(desk, work, work.appointments.get(number), kind)
        made = len(gaps.unasked) + len(gaps.visits)
        if not settled and not made:
            return None
        changes = work.commit("calls_kept", {"made": made, "settled": settled})
    desk.slots.did(changes)
    return Kept(made, settled), changes


def _settle(desk: Desk, work: UnitOfWork, number: int) -> bool:
    """Closes a call whose matter is settled; one of a merged chart goes to the chart that replaced it."""
    before = work.callbacks.get(number)
    case = case_of_call(work, before)
    request = case.request if before.request_id is not None else None
    status = fate(case.call, desk.now(), request, case.visit, case.patient)
    if status is None and case.call == before:
        return False
    work.callbacks.save(replace(case.call, status=status or before.status))
    if request is not None:
        ensure_next_action(desk, work, request)
    elif status is not None and case.visit is not None and not fate(case.call, desk.now(), None, case.visit):
        visit_callbacks.written_instead(work, case.visit, case.call, case.patient)
    return True
