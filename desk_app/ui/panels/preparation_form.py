"""How far a visit is prepared: a row a gate, with its state and a note."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal

from desk_app.application.gate_words import state_words
from desk_app.application.use_cases.preparation import GateNote
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice_rules import GateKind
from desk_app.domain.readiness import STATES, GateState
from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit
from desk_app.ui.widgets.pick import Pick

OTHERS_WROTE = "Another desk noted something here meanwhile. What you chose stands; look, and save again."


@dataclass(frozen=True, slots=True)
class AskedGate:
    """A row: what was noted, by when it is due, and what the patient is told; the last two may be empty."""

    kind: GateKind
    name: str
    noted: GateNote
    due: str = ""
    told: str = ""


class PreparationForm(Form):
    """``chosen(notes, seen)``: what stands there now, and what stood there; it stays until that is stored."""

    chosen = Signal(object, object)

    def __init__(self, whose: str, when: str, asked: Iterable[AskedGate]) -> None:
        super().__init__("Preparation", "Save", "Ctrl+Enter", "check")
        self.say_title("Preparation", f"{whose}, {when}")
        self._rows: dict[str, tuple[Pick, TextEdit]] = {}
        gates = tuple(asked)
        self._seen = tuple(gate.noted for gate in gates)
        for gate in gates:
            self._add(gate)
        self._fill()
        self.setFocusProxy(next(iter(self._rows.values()))[0] if self._rows else self.primary)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        if self.choices_are_known(*self._rows):
            self.chosen.emit(tuple(self._note(code) for code in self._rows), self._seen)

    def others_noted(self, now: Iterable[AskedGate]) -> None:
        """Somebody else noted something meanwhile: what was chosen here stays, the rest is theirs."""
        self._seen = tuple(gate.noted for gate in now if gate.noted.gate in self._rows)
        self.fill_again(self._fill)
        self.complain(OTHERS_WROTE)

    def _add(self, gate: AskedGate) -> None:
        code, state, note = gate.noted.gate, Pick(), TextEdit()
        state.offer((each.value, state_words(gate.kind, each)) for each in STATES[gate.kind])
        self._rows[code] = (state, note)
        named = self.add_field(code, gate.name, state), self.add_field(f"{code}.note", "Note", note)
        note.setAccessibleName(f"{gate.name}, note")
        self.add_row(*named)
        more = ". ".join(part for part in (f"By {gate.due}" if gate.due else "", gate.told) if part)
        if more:
            self.body.addWidget(texts.label(f"{more}.", Type.SMALL, role="text2", wrap=True))

    def _fill(self) -> None:
        for noted in self._seen:
            state, note = self._rows[noted.gate]
            state.choose(noted.state.value)
            note.show_text(noted.note)

    def _note(self, code: str) -> GateNote:
        state, note = self._rows[code]
        return GateNote(code, GateState(state.value() or GateState.OPEN), note.value())
