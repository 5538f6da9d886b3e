"""The practice's own letters: written by a manager, and put back to the usual text."""

from __future__ import annotations

from collections.abc import Iterable

from desk_app.application.bookability import OVERRIDE_RIGHT
from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.ports import UnitOfWork
from desk_app.application.repeating import repeated
from desk_app.domain.faults import Conflict, RuleViolation
from desk_app.domain.languages import LetterLanguage
from desk_app.domain.letters import LetterKind, LetterTemplate, check, template_of, tidy, usual_template
from desk_app.domain.practice import Catalogue


@repeated
def write(desk: Desk, template: LetterTemplate, seen: LetterTemplate | None = None) -> Outcome[LetterTemplate]:
    """The practice's letter says this from now on; the usual text makes it the usual letter again.

    Raises RuleViolation ``letters_right`` without a manager's right, and with ``field`` for what a letter cannot say;
    Conflict ``changed`` where it says something else by now than was ``seen``.
    """
    _may(desk)
    template = tidy(template)
    check(template, spoken_procedures(desk.catalogue()))
    usual = usual_template(template.kind, template.language)
    with desk.open_work(desk.actor) as work:
        own = _unchanged(work, template, seen)
        if template == (own or usual):
            return Outcome(template)
        if template == usual:
            work.letter_templates.remove(template)
        else:
            work.letter_templates.put(template)
        action = "letter_put_back" if template == usual else "letter_changed"
        changes = work.commit(action, {"letter": template.kind.value, "language": template.language.value})
    return Outcome(template, desk.committed(work, changes), changes.seq)


def put_back(desk: Desk, template: LetterTemplate, seen: LetterTemplate | None = None) -> Outcome[LetterTemplate]:
    """The usual letter in place of the practice's own. Raises as :func:`write` does."""
    return write(desk, usual_template(template.kind, template.language), seen)


def spoken_procedures(catalogue: Catalogue) -> Iterable[str]:
    """What the practice calls its procedures."""
    return [word for procedure in catalogue.procedures for word in (procedure.code, procedure.name)]


def _may(desk: Desk) -> None:
    if OVERRIDE_RIGHT not in desk.actor.rights:
        raise RuleViolation("letters_right")


def _unchanged(work: UnitOfWork, template: LetterTemplate, seen: LetterTemplate | None) -> LetterTemplate | None:
    """The practice's own letter as it is stored, if it still is what was seen."""
    own = work.letter_templates.own(template.kind, template.language)
    if seen is not None and tidy(seen) != (own or usual_template(template.kind, template.language)):
        raise Conflict("changed", record="letter_template")
    return own


def in_force(desk: Desk) -> tuple[LetterTemplate, ...]:
    """Every letter as it stands now, of each kind in each language."""
    desk.slots.catch_up(desk.queries)
    catalogue = desk.catalogue()
    return tuple(template_of(catalogue, kind, language) for kind in LetterKind for language in LetterLanguage)
