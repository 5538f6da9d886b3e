"""Who could take a gap: requests ready to book that truly fit there, best first, each a key away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desk_app.application import wording
from desk_app.application.use_cases.gap_fits import Gap, GapFit
from desk_app.domain.levels import shown_levels
from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton

KEYS = "123456789"
NOBODY = "No request that is ready to book fits here with its whole chain."
TAKEN = "This time is taken again."
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GapPanel(Form):
    """``taken`` with the :class:`GapFit` that was chosen: a digit takes it at once, Enter the focused one."""

    taken = Signal(object)

    def __init__(self, services: Services, gap: Gap) -> None:
        super().__init__("Who fits here", "Leave the gap", "Esc", "undo")
        office = services.office
        when = wording.moment(gap.start, office.zone, office.today)
        minutes = int((gap.end - gap.start).total_seconds() // 60)
        name = office.catalogue.resource(gap.column).name
        self.say_title("Who fits here", f"{name}, {when}" + (f", {minutes} min free" if minutes else ""))
        self._gap, self._services = gap, services
        self._buttons: list[KeyButton] = []
        for place, fit in enumerate(gap.fits):
            self._add(fit, KEYS[place] if place < len(KEYS) else "")
        if not gap.fits:
            self.body.addWidget(texts.label(TAKEN if not minutes else NOBODY, Type.BASE, role="text2", wrap=True))
        self.setFocusProxy(self._buttons[0] if self._buttons else self.primary)
        self.is_stored()

    def submit(self) -> None:
        """The gap stays."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed and typed in KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            place = KEYS.index(typed)
            if place < len(self._gap.fits):
                self._take(self._gap.fits[place])
        elif event.key() in STEPS and self._buttons:
            self._step(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _add(self, fit: GapFit, key: str) -> None:
        line, office = fit.line, self._services.office
        button = KeyButton(line.name or "No name", key, at_left=True)
        button.clicked.connect(lambda _=False: self._take(fit))
        procedure = office.catalogue.procedure(line.procedure or "")
        levels = shown_levels(line.levels, line.level_names)
        what = " ".join(part for part in (procedure.name, levels) if part)
        waited = wording.waiting(line.received_at, office.clock.now())
        until = wording.clock(fit.slot.end, office.zone)
        spare = f"{fit.spare} min left" if fit.spare else "fills the gap"
        told = f"{what} · {line.urgency}, waiting {waited} · until {until}, {spare}"
        button.setAccessibleDescription(f"{told}, key {key}" if key else told)
        role = "bad" if line.urgency == "urgent" else "text2"
        self.body.addWidget(button)
        self.body.addWidget(texts.label(told, Type.SMALL, role=role, wrap=True))
        self._buttons.append(button)

    def _step(self, by: int) -> None:
        here = next((place for place, button in enumerate(self._buttons) if button.hasFocus()), -1 if by > 0 else 0)
        self.go_to(self._buttons[(here + by) % len(self._buttons)])

    def _take(self, fit: GapFit) -> None:
        self.left.emit()
        self.taken.emit(fit)
