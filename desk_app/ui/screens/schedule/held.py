"""What is in hand, whatever board it hangs over: where it would stand, and what that place says. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from desk_app.application.schedule_view import ColumnFit, Fit, FitPhase
from desk_app.application.wording import clock, weekday_date
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.visit_parts import BookedPhase
from desk_app.domain.zone import local_date
from desk_app.ui.screens.schedule.visit import codes_of
from desk_app.ui.screens.schedule.visit_words import tr

CARRIED_GRIP = 5
"""Minutes below its start at which something from the tray hangs on the pointer."""


@dataclass(frozen=True, slots=True)
class Label:
    """What the place says: ``head`` in bold ("Setup 09:30 fits"), then the ``tail``. ``fits`` None: not known yet.

    A warning fits too, if somebody with the right says why.
    """

    head: str
    tail: str
    fits: bool | None
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(ABC):
    """Held at ``grip`` minutes below the visit's start; ``cell`` minutes lie between two starts.

    ``by_key``: it follows the arrow keys, not the pointer.
    """

    grip: int
    cell: int
    by_key: bool = False
    is_from_tray: bool = False
    is_over_tray: bool = False

    @property
    @abstractmethod
    def number(self) -> int:
        """The visit's, or a request's with a minus."""

    @property
    @abstractmethod
    def phases(self) -> Sequence[BookedPhase]:
        """The chain as it is booked."""

    @property
    @abstractmethod
    def home_day(self) -> date:
        """The day it was taken from."""

    @property
    @abstractmethod
    def home_code(self) -> str:
        """The column it was taken from."""

    @property
    @abstractmethod
    def is_away(self) -> bool:
        """Whether what it was taken from is not on the board."""

    @property
    @abstractmethod
    def day(self) -> date:
        """The day it hangs over."""

    @property
    @abstractmethod
    def column_code(self) -> str:
        """The column it hangs over."""

    @property
    @abstractmethod
    def start(self) -> datetime:
        """The instant at which the visit would start."""

    @property
    @abstractmethod
    def zone(self) -> ZoneInfo:
        """The practice's."""

    @property
    @abstractmethod
    def signs(self) -> Mapping[str, str]:
        """The words for C-arms, bays and staff, by their codes."""

    @abstractmethod
    def stepped(self, columns: int, cells: int) -> Self:
        """So many columns of its own kind to the side, and so many cells later."""

    @abstractmethod
    def column_fit(self) -> ColumnFit | None:
        """What is known about the column it hangs over."""

    @property
    def can_leave(self) -> bool:
        """Whether it can be carried to another page, or into the tray."""
        return True

    @property
    def is_request(self) -> bool:
        """Nothing is booked yet: a drop books it."""
        return self.number < 0

    @property
    def has_moved(self) -> bool:
        """Whether a drop here would change anything."""
        return self.is_request or (self.start, self.column_code) != (self.phases[0].start, self.home_code)

    def fit(self) -> Fit | None:
        """The chain as it would fit at this start, be it only with a reason."""
        known = self.column_fit()
        if known is None:
            return None
        warned = known.warning(self.start)
        return warned.fit if warned else known.at(self.start)

    def phases_here(self) -> tuple[FitPhase, ...]:
        """The chain as it would lie; where it does not fit, with the resources it has now."""
        fit = self.fit()
        return fit.phases if fit is not None else self._shifted(self.start - self.phases[0].start)

    def _shifted(self, by: timedelta) -> tuple[FitPhase, ...]:
        old, new = self.home_code, self.column_code
        return tuple(
            FitPhase(
                phase.kind,
                phase.start + by,
                phase.end + by,
                tuple(new if code == old else code for code in codes_of(phase)),
            )
            for phase in self.phases
        )

    def label(self) -> Label:
        """The sentence that hangs on the pointer."""
        if self.is_over_tray:
            return Label(tr("Into the tray"), tr("it keeps its place until it is dropped elsewhere"), None)
        what = tr("Setup {time}") if self.phases[0].kind is PhaseKind.SETUP else tr("Start {time}")
        day = f"{weekday_date(self.day)} " if self.day != self.home_day else ""
        at = what.format(time=day + clock(self.start, self.zone))
        known = self.column_fit()
        if known is None:
            return Label(at, "", None)
        warned, fit = known.warning(self.start), known.at(self.start)
        if warned is not None:
            words = tr("{start} with a reason") if warned.needs_reason else tr("{start} fits, but")
            return Label(words.format(start=at), warned.reason, True, is_warning=True)
        if fit is None:
            return Label(at, known.reason(self.start) or tr("does not fit"), False)
        return Label(tr("{start} fits").format(start=at), self._resources(fit), True)

    def _resources(self, fit: Fit) -> str:
        """The narrow columns' resources and when the patient goes home: ``C-arm A, bay 4, home 12:40``."""
        words = [self.signs[code] for code in fit.codes() if code in self.signs]
        gone = local_date(fit.end, self.zone)
        home = clock(fit.end, self.zone) if gone == self.day else weekday_date(gone)
        return ", ".join([*words, tr("home {time}").format(time=home)])


def sign_words(kind: ResourceKind, short: str, name: str) -> str:
    """A narrow column's resource within a sentence: ``C-arm A``, ``bay 4``, a person's name."""
    if kind is ResourceKind.CLINICIAN:
        return name
    is_c_arm = kind is ResourceKind.C_ARM
    return (tr("C-arm {sign}") if is_c_arm else tr("bay {sign}")).format(sign=short)
