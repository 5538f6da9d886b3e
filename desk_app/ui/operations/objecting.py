"""The question about all that speaks against a booking or a move: every sentence in order of weight, one answer."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.application.objection_text import objection_text, spare_text
from desk_app.application.objections import AUTHORIZATION, HOLD_SOON, Kind, Objection
from desk_app.application.out_of_use import Spare
from desk_app.domain.faults import NeedsConfirmation
from desk_app.domain.practice import Catalogue
from desk_app.ui.operations.known import PerhapsKnown
from desk_app.ui.questions import Answer, Question

Again = Callable[[str, frozenset[str]], object]
"""Does it again with a manager's reason (empty where none is needed) and the codes of what was seen."""

Use = Callable[[tuple[str, ...]], object]
"""Does it again with what is free instead of what is out, by its codes."""

SIGNS = {Kind.REFUSED: "warning", Kind.OVERRIDE: "warning", Kind.DOUBTED: "info"}
NOTHING_SEEN: frozenset[str] = frozenset()
HOLD_SEEN = frozenset({HOLD_SOON})
"""Whoever holds has read until when: it stands on the button."""


def objection_question(
    verb: str,
    key: str,
    fault: Exception,
    catalogue: Catalogue,
    again: Again,
    hold: Answer | None = None,
    use: Use | None = None,
) -> Question | None:
    """``verb`` does it although something is doubted; ``hold`` helps where only the authorization is missing.

    ``use`` is offered first: what is free instead of what is out.
    """
    if not isinstance(fault, NeedsConfirmation) or isinstance(fault, PerhapsKnown):
        return None
    found = _objections(fault)
    if not found:
        return None
    seen = frozenset(fault.codes)
    told = dict.fromkeys((objection_text(each, catalogue), SIGNS[each.kind]) for each in found)
    needed = {each.code for each in found if each.kind is Kind.OVERRIDE}
    spares = _spares(fault) if use is not None else ()
    told |= {(spare_text(each, catalogue), "check"): None for each in spares}
    answers = [hold] if hold is not None and needed == {AUTHORIZATION} else []
    if spares and use is not None:
        answers.append(_instead(spares, catalogue, use))
    if not needed:
        answers.append(Answer(verb, key, "check", lambda _: again("", seen)))
    elif fault.params.get("may_override"):
        answers.append(Answer("Override", "O", "warning", lambda why: again(why, seen), needs_reason=True))
    if not answers:
        return None  # only a manager could answer
    title = "No authorization yet" if needed == {AUTHORIZATION} else f"{verb}?"
    return Question(title, tuple(text for text, _ in told), tuple(answers), signs=tuple(sign for _, sign in told))


def _instead(spares: tuple[Spare, ...], catalogue: Catalogue, use: Use) -> Answer:
    """One key for all of it."""
    names = " and ".join(catalogue.resource(each.code).name for each in spares)
    return Answer(f"Use {names}", "U", "check", lambda _: use(tuple(each.code for each in spares)))


def _spares(fault: NeedsConfirmation) -> tuple[Spare, ...]:
    """The best instead of each thing that is out."""
    found = fault.params.get("spares", ())
    best: dict[str, Spare] = {}
    for each in found if isinstance(found, tuple) else ():
        if each.code not in {other.code for other in best.values()}:
            best.setdefault(each.instead_of, each)
    return tuple(best.values())


def _objections(fault: NeedsConfirmation) -> tuple[Objection, ...]:
    found = fault.params.get("objections", ())
    return found if isinstance(found, tuple) else ()
