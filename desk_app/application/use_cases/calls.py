"""The list of calls as the desk works it: a look at it, best first, and one call opened by one desk at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, timedelta

from desk_app.application.call_rows import CallCard, CallCounts, CallLine
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome, Record
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.application.use_cases.tray import user_of
from desk_app.application.wording import clock, moment
from desk_app.domain.call_order import PAYER_CALLS, Reach, best_first
from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Payer
from desk_app.domain.records import Callback
from desk_app.domain.statuses import CallbackStatus
from desk_app.domain.zone import day_span

CLAIM_MINUTES = 10
"""So long a call stays somebody's without a sign from them; longer than a call lasts, shorter than a break."""

OPEN = frozenset({CallbackStatus.DUE, CallbackStatus.CLAIMED})


@dataclass(frozen=True, slots=True)
class CallWish:
    """Which calls are wanted: of these ``kinds`` (none: all), due by the end of a day (None: whenever), of a payer.

    ``assignee``: a user's name or a role, "" for those nobody is named for, None for all. ``mine``: mine by name or
    by claim.
    """

    kinds: frozenset[str] = frozenset()
    assignee: str | None = None
    due_by: date | None = None
    mine: bool = False
    payer: str | None = None


EVERYTHING = CallWish()
NOTHING_DUE = CallCounts()


@dataclass(frozen=True, slots=True)
class CallList:
    """``lines`` best first; ``hold_minutes`` waited today by payer."""

    lines: tuple[CallLine, ...] = ()
    counts: CallCounts = NOTHING_DUE
    hold_minutes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayerCalls:
    """The calls to one payer, so that one call serves all of them; ``payer`` is None where it is not known."""

    payer: Payer | None
    lines: tuple[CallLine, ...]


def look_at_calls(desk: Desk, wish: CallWish = EVERYTHING) -> CallList:
    """The open calls that are wanted, in the order in which they are best made."""
    now, queries = desk.now(), desk.queries
    until = day_span(wish.due_by, desk.zone())[1] if wish.due_by is not None else None
    lines = [line for line in queries.call_lines(now, until) if is_wanted(line, wish, desk.actor.user_name)]
    return CallList(
        best_first(lines, reach(desk, now)),
        queries.call_counts(now),
        queries.hold_minutes_today(now),
    )


def is_wanted(line: CallLine, wish: CallWish, me: str) -> bool:
    """Whether a line belongs to what is wanted, but for its due time; ``me`` is a user's name."""
    return (
        (not wish.kinds or line.kind in wish.kinds)
        and (wish.assignee is None or line.assigned_to == wish.assignee)
        and (not wish.mine or me in (line.assigned_to, line.claimed_by))
        and (wish.payer is None or line.payer == wish.payer)
    )


def reach(desk: Desk, now: datetime) -> Reach:
    """Who can be reached at an instant, by the practice's payers and clock."""
    return Reach(now, desk.zone(), desk.catalogue().payers)


def by_payer(lines: Iterable[CallLine], payers: Iterable[Payer]) -> tuple[PayerCalls, ...]:
    """The calls that go to payers, a group each, in the order of their best call; calls to patients are left out."""
    known = {payer.code: payer for payer in payers}
    groups: dict[str | None, list[CallLine]] = {}
    for line in lines:
        if line.kind in PAYER_CALLS:
            groups.setdefault(line.payer, []).append(line)
    return tuple(PayerCalls(known.get(code or ""), tuple(found)) for code, found in groups.items())


def by_patient(lines: Iterable[CallLine]) -> tuple[tuple[CallLine, ...], ...]:
    """The calls about one person beside each other, in the order of each person's best call.

    Who has no chart is known by the request.
    """
    groups: dict[tuple[str, int | None], list[CallLine]] = {}
    for line in lines:
        key = ("patient", line.patient_id) if line.patient_id is not None else ("request", line.request_id)
        groups.setdefault(key, []).append(line)
    return tuple(tuple(found) for found in groups.values())


def call_card(desk: Desk, callback_id: int) -> CallCard:
    """One call, open or settled. Raises WrongInput ``unknown_record``."""
    return desk.queries.call_card(callback_id, desk.now())


@repeated
def claim(desk: Desk, callback_id: int) -> Outcome[CallCard]:
    """Opens a call: nobody else gets it for ``CLAIM_MINUTES``; claiming one's own again renews it.

    Raises Conflict ``call_claimed`` that says who has it, ``call_over`` where it is settled.
    """
    user, now = user_of(desk), desk.now()
    with desk.open_work(desk.actor) as work:
        call = work.callbacks.get(callback_id)
        if not work.callbacks.claim(callback_id, user, now + timedelta(minutes=CLAIM_MINUTES), now):
            raise refusal(desk, work, call)
        changes = work.commit("call_claimed", {"callback": callback_id})
    desk.slots.did(changes)
    return Outcome(call_card(desk, callback_id), changes)


@repeated
def release(desk: Desk, callback_id: int) -> Outcome[bool]:
    """Closes a call that was only looked at: it is anybody's again. Answers whether it was one's own."""
    user = user_of(desk)
    with desk.open_work(desk.actor) as work:
        if not work.callbacks.release(callback_id, user):
            return Outcome(False)
        changes = work.commit("call_released", {"callback": callback_id})
    desk.slots.did(changes)
    return Outcome(True, changes)


def refusal(desk: Desk, work: UnitOfWork, call: Callback) -> Conflict:
    """Why a call cannot be had: it is settled, or somebody has it."""
    if call.status not in OPEN:
        return settled_already(desk, call, "call_over")
    who = work.users.get(call.claimed_by).name if call.claimed_by is not None else ""
    until = clock(call.claimed_until, desk.zone()) if call.claimed_until is not None else ""
    return Conflict("call_claimed", record="callback", record_id=call.id, who=who, until=until)


def settled_already(desk: Desk, call: Callback, code: str) -> Conflict:
    """Who settled a call, and when."""
    when = moment(call.settled_at, desk.zone(), desk.today()) if call.settled_at is not None else ""
    last = next(iter(desk.queries.opening_history(Record.CALLBACK, call.id)), None)
    who = last.user if last is not None else ""
    return Conflict(code, record="callback", record_id=call.id, who=who, when=when, status=call.status.value)


def is_of_another(call: Callback, user_id: int, now: datetime) -> bool:
    """Whether somebody else has it open now."""
    has_it = call.claimed_by is not None and call.claimed_until is not None and call.claimed_until > now
    return has_it and call.claimed_by != user_id
