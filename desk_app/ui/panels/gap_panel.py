"""Who could take a gap: requests ready to book, and who would come earlier, best first, each a key away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from desk_app.application import wording
from desk_app.application.short_notice_text import matter_words
from desk_app.application.use_cases.gap_fits import Gap, GapFit
from desk_app.application.use_cases.short_notice_fits import NearMiss, ShortFit, ShortFits
from desk_app.domain.levels import shown_levels
from desk_app.domain.statuses import Urgency
from desk_app.ui.panels.rows_form import KEYS, RowsForm
from desk_app.ui.services import Services

NOBODY = "No request that is ready to book fits here with its whole chain."
TAKEN = "This time is taken again."
MOST_ABLE = len(KEYS)
"""How many of the short-notice list are named, at most one a key; the rest are counted."""


class GapPanel(RowsForm):
    """A digit takes somebody at once, Enter the one under the keyboard.

    ``taken`` with the :class:`GapFit` of a waiting request; ``offered`` with the :class:`ShortFit` of somebody on the
    short-notice list who is to be asked; ``shown`` with a person of that list who nearly could come.
    """

    taken = Signal(object)
    offered = Signal(object)
    shown = Signal(object)

    def __init__(self, services: Services, gap: Gap) -> None:
        super().__init__("Who fits here", "Leave the gap")
        office = services.office
        when = wording.moment(gap.start, office.zone, office.today)
        minutes = int((gap.end - gap.start).total_seconds() // 60)
        name = office.catalogue.resource(gap.column).name
        self.say_title("Who fits here", f"{name}, {when}" + (f", {minutes} min free" if minutes else ""))
        self._gap, self._services = gap, services
        for fit in gap.fits:
            self._add_fit(fit)
        if not gap.fits:
            self.say_nobody(NOBODY if minutes else TAKEN)
        self._add_short(gap.short)
        self.rows_are_there()

    def _add_fit(self, fit: GapFit) -> None:
        line, office = fit.line, self._services.office
        procedure = office.catalogue.procedure(line.procedure or "")
        levels = shown_levels(line.levels, line.level_names)
        what = " ".join(part for part in (procedure.name, levels) if part)
        waited = wording.waiting(line.received_at, office.clock.now())
        until = wording.clock(fit.slot.end, office.zone)
        spare = f"{fit.spare} min left" if fit.spare else "fills the gap"
        told = f"{what} · {line.urgency}, waiting {waited} · until {until}, {spare}"
        role = "bad" if line.urgency == "urgent" else "text2"
        self.add_taking(line.name or "No name", told, partial(self._take, fit), role)

    def _add_short(self, short: ShortFits) -> None:
        """Who is on the short-notice list: who can come, then who nearly can with what stands against."""
        if short.able:
            self.caption("Would come earlier")
        for fit in short.able[:MOST_ABLE]:
            until = wording.clock(fit.slot.end, self._services.office.zone)
            what = matter_words(fit.person, self._services.office.catalogue)
            told = " · ".join((what, *fit.reasons, f"until {until}"))
            role = "bad" if fit.reasons[0] == Urgency.URGENT else "text2"
            self.add_taking(fit.person.patient.name, told, partial(self._offer, fit), role)
        if (further := len(short.able) - MOST_ABLE) > 0:
            self.remark(f"And {further} more could come.")
        if short.nearly:
            self.caption("Would come earlier, but")
        for miss in short.nearly:
            self._add_near_miss(miss)
        if short.further:
            self.remark(f"And {short.further} more on the short-notice list cannot come here.")

    def _add_near_miss(self, miss: NearMiss) -> None:
        """Enter shows their card."""
        told = " ".join(miss.against)
        what = matter_words(miss.person, self._services.office.catalogue)
        show = partial(self.shown.emit, miss.person)
        self.add_showing(miss.person.patient.name, f"{what} · {told}", show, f"cannot come: {told}")

    def _offer(self, fit: ShortFit) -> None:
        self.left.emit()
        self.offered.emit(fit)

    def _take(self, fit: GapFit) -> None:
        self.left.emit()
        self.taken.emit(fit)
