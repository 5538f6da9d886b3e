"""What is checked before somebody goes home: a score, the escort, the instructions."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desk_app.application.use_cases.going_home import GOOD, MOST, SCALES, GoingHome
from desk_app.domain.day_records import DischargeCheck
from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.pick import Pick

YES_NO = (("no", "not yet"), ("yes", "yes"))


class DischargeForm(Form):
    """``chosen`` with a :class:`GoingHome`."""

    chosen = Signal(object)

    def __init__(self, whose: str, escort: str, before: DischargeCheck | None) -> None:
        super().__init__("Going-home check", "Save", "Ctrl+Enter", "check")
        self.say_title("Going-home check", whose)
        self._score, self._scale, self._note = TextEdit(placeholder=f"0–{MOST}"), Pick(), TextEdit()
        self._escort, self._told = Pick(), Pick()
        self._scale.offer((scale, scale.capitalize()) for scale in SCALES)
        for pick in (self._escort, self._told):
            pick.offer(YES_NO)
        self.add_row(self.add_field("score", "Score", self._score), self.add_field("scale", "Scale", self._scale))
        self.add_row(
            self.add_field("escort_here", f"Escort here ({escort})" if escort else "Escort here", self._escort)
        )
        self.add_row(self.add_field("instructions_given", "Instructions given", self._told))
        self.add_row(self.add_field("note", "Note", self._note))
        self.body.addWidget(texts.label(f"{GOOD} of {MOST} is enough to go.", Type.SMALL, role="text2", wrap=True))
        self._fill(before)
        self.setFocusProxy(self._score)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        typed = self._score.value()
        if typed and not typed.isdecimal():
            self.complain(f"Write a number from 0 to {MOST}.", "score")
        elif self.choices_are_known("scale", "escort_here", "instructions_given"):
            score = int(typed) if typed else None
            scale = self._scale.value() or SCALES[0]
            here, told = self._escort.value() == "yes", self._told.value() == "yes"
            self.chosen.emit(GoingHome(scale, score, here, told, self._note.value()))

    def _fill(self, before: DischargeCheck | None) -> None:
        known = before is not None
        self._scale.choose(before.scale if before is not None and before.scale else SCALES[0])
        self._score.show_text(str(before.score) if before is not None and before.score is not None else "")
        self._escort.choose("yes" if before is not None and before.escort_here else "no")
        self._told.choose("yes" if before is not None and before.instructions_given else "no")
        self._note.show_text(before.note if known and before is not None else "")
