"""What a patient's bed for the night should have, or be."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal

from desk_app.application.places import WISH_WORDS
from desk_app.domain.visit_parts import BedWish
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets.pick import Pick

YES_NO = (("no", "no"), ("yes", "yes"))


class BedWishForm(Form):
    """``chosen`` with a tuple of wishes."""

    chosen = Signal(object)

    def __init__(self, whose: str, wishes: Iterable[BedWish]) -> None:
        super().__init__("Wishes for the bed", "Save", "Ctrl+Enter", "check")
        self.say_title("Wishes for the bed", whose)
        held = frozenset(wishes)
        self._picks = {wish: Pick() for wish in BedWish}
        for wish, pick in self._picks.items():
            pick.offer(YES_NO)
            pick.choose("yes" if wish in held else "no")
            self.add_row(self.add_field(wish.value, WISH_WORDS[wish].capitalize(), pick))
        self.setFocusProxy(next(iter(self._picks.values())))
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if self.choices_are_known(*(wish.value for wish in BedWish)):
            self.chosen.emit(tuple(wish for wish, pick in self._picks.items() if pick.value() == "yes"))
