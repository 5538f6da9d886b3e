"""Changes to blockouts and blocks, as the window starts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

from desk_app.application import wording
from desk_app.application.blockout_calls import resource_name
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.replan import Proposal
from desk_app.application.use_cases import blockouts, blocks, replanning
from desk_app.application.use_cases.blockouts import Entered
from desk_app.application.use_cases.replanning import Replanned
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import Blockout, Session
from desk_app.ui.operations.change import Change, Refused

Then = Callable[[object], object]


def blocking(wish: BlockoutWish, seen: frozenset[int], then: Then, refused: Refused) -> Change:
    write_id = uuid4()
    return Change(
        lambda desk: blockouts.enter(desk, wish, seen, write_id), _blocked("Blocked"), then=then, refused=refused
    )


def changing_blockout(
    before: Blockout, wish: BlockoutWish, seen: frozenset[int], then: Then, refused: Refused
) -> Change:
    return Change(
        lambda desk: blockouts.change(desk, before.id, wish, before.version, seen),
        _blocked("Changed:"),
        then=then,
        refused=refused,
    )


def unblocking(blockout: Blockout, whole_series: bool = False) -> Change:
    return Change(
        lambda desk: blockouts.remove(desk, blockout.id, blockout.version, whole_series), _blocked("No longer blocked:")
    )


def replanning_change(proposal: Proposal, chosen: frozenset[int], then: Then, refused: Refused) -> Change:
    write_id = uuid4()

    def said(desk: Desk, outcome: Outcome[Replanned]) -> str:
        names = ", ".join(resource_name(desk.catalogue(), code) for code in proposal.lost.resources)
        moved = wording.count(len(outcome.value.visits), "visit moved", "visits moved")
        return f"{names} out: {moved}, {wording.count(len(outcome.value.calls), 'call', 'calls')} to make"

    return Change(lambda desk: replanning.apply(desk, proposal, chosen, write_id), said, then=then, refused=refused)


def keeping(session: Session, then: Then, refused: Refused) -> Change:
    return Change(lambda desk: blocks.add(desk, session), _kept("Kept"), then=then, refused=refused)


def changing_session(session: Session, then: Then, refused: Refused) -> Change:
    return Change(
        lambda desk: blocks.change(desk, session, session.version), _kept("Changed:"), then=then, refused=refused
    )


def removing_session(session: Session) -> Change:
    return Change(lambda desk: blocks.remove(desk, session.id, session.version), _kept("Removed:"))


def releasing(session: Session, day: date, released: bool) -> Change:
    def said(desk: Desk, outcome: Outcome[Session]) -> str:
        name = resource_name(desk.catalogue(), session.resource)
        when = wording.weekday_date(day)
        return f"{name}, {when}: released to all" if released else f"{name}, {when}: kept again"

    return Change(lambda desk: blocks.release(desk, session.id, day, released, session.version), said)


def _blocked(verb: str) -> Callable[[Desk, Outcome[Entered]], str]:
    def said(desk: Desk, outcome: Outcome[Entered]) -> str:
        made, calls = outcome.value.blockouts, outcome.value.calls
        names = dict.fromkeys(resource_name(desk.catalogue(), each.resource) for each in made)
        what = next(iter(names)) if len(names) == 1 else wording.count(len(names), "resource", "resources")
        text = f"{verb} {what}, {wording.moment(made[0].start, desk.zone(), desk.today())}"
        if len(made) > len(names):
            text += f" and {wording.count(len(made) // len(names) - 1, 'time more', 'times more')}"
        return text + (f", {wording.count(calls, 'call', 'calls')} to make" if calls else "")

    return said


def _kept(verb: str) -> Callable[[Desk, Outcome[Session]], str]:
    def said(desk: Desk, outcome: Outcome[Session]) -> str:
        session, catalogue = outcome.value, desk.catalogue()
        names = ", ".join(catalogue.procedure(c).name for c in session.reserved_for if catalogue.has_procedure(c))
        text = f"{verb} {resource_name(catalogue, session.resource)}, {session.start:%H:%M}–{session.end:%H:%M}"
        return f"{text} for {names}" if names else text

    return said
