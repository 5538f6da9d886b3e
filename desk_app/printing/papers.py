"""The papers a sheet can be printed on."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.domain.faults import WrongInput


class Paper(NamedTuple):
    """A paper upright, in paper pixels (1/96 inch)."""

    name: str
    width: float
    height: float


LETTER, A4 = Paper("Letter", 816, 1056), Paper("A4", 210 / 25.4 * 96, 297 / 25.4 * 96)
PAPERS = {paper.name: paper for paper in (LETTER, A4)}


def paper_of(name: str) -> Paper:
    """Raises WrongInput for a paper that is not known."""
    if name not in PAPERS:
        raise WrongInput("unknown_word", value=name, allowed=", ".join(PAPERS))
    return PAPERS[name]
