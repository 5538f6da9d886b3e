"""Who could take a gap: requests ready to book, and who would come earlier, best first, each a key away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent

from desk_app.application import wording
from desk_app.application.short_notice_text import matter_words
from desk_app.application.use_cases.gap_fits import Gap, GapFit
from desk_app.application.use_cases.short_notice_fits import NearMiss, ShortFit, ShortFits
from desk_app.domain.levels import shown_levels
from desk_app.domain.statuses import Urgency
from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

KEYS = "123456789"
MOST_ABLE = len(KEYS)
"""How many of the short-notice list are named, at most one a key; the rest are counted."""

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GapPanel(Form):
    """A digit takes somebody at once, Enter the one under the keyboard.

    ``taken`` with the :class:`GapFit` of a waiting request; ``offered`` with the :class:`ShortFit` of somebody on the
    short-notice list who is to be asked; ``shown`` with a person of that list who nearly could come.
    """

    taken = Signal(object)
    offered = Signal(object)
    shown = Signal(object)

    def __init__(self, services: Services, gap: Gap) -> None:
        super().__init__("Who fits here", "Leave the gap", "Esc", "undo")
        office = services.office
        when = wording.moment(gap.start, office.zone, office.today)
        minutes = int((gap.end - gap.start).total_seconds() // 60)
        name = office.catalogue.resource(gap.column).name
        self.say_title("Who fits here", f"{name}, {when}, {minutes} min free")
        self._gap, self._services = gap, services
        self._buttons: list[KeyButton] = []
        self._steps: list[Callable[[], None]] = []
        """What each digit does, in the order of the buttons."""

        for fit in gap.fits:
            self._add(fit)
        if not gap.fits:
            none = "No request that is ready to book fits here with its whole chain."
            self.body.addWidget(texts.label(none, Type.BASE, role="text2", wrap=True))
        self._add_short(gap.short)
        self.setFocusProxy(self._buttons[0] if self._buttons else self.primary)
        self.is_stored()

    def submit(self) -> None:
        """The gap stays."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed and typed in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = KEYS.index(typed)
            if place < len(self._steps):
                self._steps[place]()
        elif event.key() in STEPS and self._buttons:
            self._step(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _add(self, fit: GapFit) -> None:
        line, office = fit.line, self._services.office
        procedure = office.catalogue.procedure(line.procedure or "")
        levels = shown_levels(line.levels, line.level_names)
        what = " ".join(part for part in (procedure.name, levels) if part)
        waited = wording.waiting(line.received_at, office.clock.now())
        until = wording.clock(fit.slot.end, office.zone)
        spare = f"{fit.spare} min left" if fit.spare else "fills the gap"
        told = f"{what} · {line.urgency}, waiting {waited} · until {until}, {spare}"
        role = "bad" if line.urgency == "urgent" else "text2"
        self._add_row(line.name or "No name", told, role, partial(self._take, fit))

    def _add_short(self, short: ShortFits) -> None:
        """Who is on the short-notice list: who can come, then who nearly can with what stands against."""
        if short.able:
            self._caption("Would come earlier")
        for fit in short.able[:MOST_ABLE]:
            until = wording.clock(fit.slot.end, self._services.office.zone)
            what = matter_words(fit.person, self._services.office.catalogue)
            told = " · ".join((what, *fit.reasons, f"until {until}"))
            role = "bad" if fit.reasons[0] == Urgency.URGENT else "text2"
            self._add_row(fit.person.patient.name, told, role, partial(self._offer, fit))
        if (further := len(short.able) - MOST_ABLE) > 0:
            self._remark(f"And {further} more could come.")
        if short.nearly:
            self._caption("Would come earlier, but")
        for miss in short.nearly:
            self._add_near_miss(miss)
        if short.further:
            self._remark(f"And {short.further} more on the short-notice list cannot come here.")

    def _add_near_miss(self, miss: NearMiss) -> None:
        """No digit takes them: Enter shows their card."""
        button = KeyButton(miss.person.patient.name, at_left=True)
        told = " ".join(miss.against)
        what = matter_words(miss.person, self._services.office.catalogue)
        button.setAccessibleDescription(f"cannot come: {told}")
        button.clicked.connect(lambda _=False: self.shown.emit(miss.person))
        self.body.addWidget(button)
        self._remark(f"{what} · {told}")
        self._buttons.append(button)

    def _remark(self, text: str) -> None:
        self.body.addWidget(texts.label(text, Type.SMALL, role="text2", wrap=True))

    def _caption(self, text: str) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(texts.label(text, Type.CAPTION, QFont.Weight.DemiBold, "text3", wrap=True))

    def _add_row(self, name: str, told: str, role: str, step: Callable[[], None]) -> None:
        """A button with its digit, if there is one left, and what speaks for them under it."""
        key = KEYS[len(self._steps)] if len(self._steps) < len(KEYS) else ""
        button = KeyButton(name, key, at_left=True)
        button.clicked.connect(lambda _=False: step())
        button.setAccessibleDescription(f"{told}, key {key}" if key else told)
        self.body.addWidget(button)
        self.body.addWidget(texts.label(told, Type.SMALL, role=role, wrap=True))
        self._buttons.append(button)
        self._steps.append(step)

    def _step(self, by: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1 if by > 0 else 0)
        self.go_to(self._buttons[(here + by) % len(self._buttons)])

    def _offer(self, fit: ShortFit) -> None:
        self.left.emit()
        self.offered.emit(fit)

    def _take(self, fit: GapFit) -> None:
        self.left.emit()
        self.taken.emit(fit)
