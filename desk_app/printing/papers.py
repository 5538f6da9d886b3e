"""The papers a sheet can be printed on, upright or turned."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.domain.faults import WrongInput


class Paper(NamedTuple):
    """A paper as it lies before the reader, in paper pixels (1/96 inch)."""

    name: str
    width: float
    height: float

    @property
    def is_turned(self) -> bool:
        return self.width > self.height

    def turned(self) -> Paper:
        """The same paper, a quarter round."""
        return Paper(self.name, self.height, self.width)

    def enlarged(self, size: float) -> Paper:
        """The paper on which a sheet is laid out that is painted ``size`` times as large."""
        return Paper(self.name, self.width / size, self.height / size)


LETTER, A4 = Paper("Letter", 816, 1056), Paper("A4", 210 / 25.4 * 96, 297 / 25.4 * 96)
PAPERS = {paper.name: paper for paper in (LETTER, A4)}


def paper_of(name: str, landscape: bool = False) -> Paper:
    """Raises WrongInput for a paper that is not known."""
    if name not in PAPERS:
        raise WrongInput("unknown_word", value=name, allowed=", ".join(PAPERS))
    return PAPERS[name].turned() if landscape else PAPERS[name]
