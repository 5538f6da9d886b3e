"""Re-planning in the inspector: everybody a loss gets in the way of, where each would go, and one step for all."""

from __future__ import annotations

from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.blockout_calls import resource_name
from desk_app.application.replan import Lost, Proposal
from desk_app.application.replan_calls import to_call
from desk_app.application.use_cases import replanning
from desk_app.application.use_cases.replanning import OUTDATED
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.ui.fonts import Type
from desk_app.ui.models.replan_model import ReplanModel
from desk_app.ui.operations.openings import replanning_change
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.panels.taking_list import TakingList
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive

LOOKING = "Looking for other places …"
NOBODY = "No visit is concerned."


class ReplanPanel(Form):
    """Space takes or leaves a visit, A all or none, Enter stores it. It is one step for undo."""

    width_wanted = 424

    def __init__(self, services: Services, lost: Lost) -> None:
        super().__init__("Re-plan", LOOKING, "Enter", "swap")
        self._services, self._lost = services, lost
        self._proposal: Proposal | None = None
        self._is_storing = False
        self._summary = texts.label("", Type.SMALL, QFont.Weight.Medium, "text2", wrap=True)
        self._calls = texts.label("", Type.SMALL, role="text2", wrap=True)
        self.moves = ReplanModel()
        self.list = TakingList(self.moves, "Visits concerned")
        self.body.addWidget(self._summary)
        self.column.insertWidget(2, self.list, 1)
        self.foot.insertWidget(0, self._calls)
        self.area.setMaximumHeight(self._summary.sizeHint().height() * 3)
        self.moves.chosen_changed.connect(self._say)
        self.setFocusProxy(self.list)
        self.say_title("Re-plan", self._what())
        self.primary.setEnabled(False)
        self._look()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def stops(self) -> list[QWidget]:
        return [self.list, self.primary]

    def submit(self) -> None:
        if self._proposal is None or self._is_storing:
            return
        self.forgive()
        self._is_storing = True
        chosen = self.moves.chosen
        change = replanning_change(self._proposal, chosen, while_alive(self, self._on_stored), self._on_refused)
        self._services.operations.run(change)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button wherever the keyboard is."""
        if event.key() in ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _what(self) -> str:
        office = self._services.office
        names = ", ".join(resource_name(office.catalogue, code) for code in self._lost.resources)
        return f"{names} out, {office.moment(self._lost.start)} to {office.moment(self._lost.end)}"

    def _look(self) -> None:
        office = self._services.office
        self._services.tasks.submit(
            lambda: replanning.propose(office.desk, self._lost),
            while_alive(self, self._on_found),
            while_alive(self, self._on_failed),
        )

    def _on_found(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self.moves.show(proposal, self._services.office.context())
        self.list.setCurrentIndex(self.moves.index(0))
        self.primary.setEnabled(True)
        self._say()

    def _on_failed(self, fault: Exception) -> None:
        self.primary.say("Re-plan")
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _say(self) -> None:
        """How many stay where they are, move or find no place; and what the button would do."""
        proposal = self._proposal
        if proposal is None:
            return
        if not proposal.moves:
            self._summary.setText(NOBODY)
            self.primary.say("Block it")
            return
        begun = sum(move.begun for move in proposal.moves)
        said = (
            _count(proposal.kept, "keeps its time", "keep their time"),
            _count(proposal.moved, "moves", "move"),
            _count(proposal.homeless, "finds no place", "find no place"),
            _count(begun, "is here already", "are here already"),
        )
        self._summary.setText(" · ".join(words for words in said if words))
        chosen = self.moves.chosen
        calls = len(to_call(self._services.office.catalogue, proposal, chosen))
        self.primary.say(
            f"Move {wording.count(len(chosen), 'visit', 'visits')}" if chosen else "Block, and call everybody"
        )
        self._calls.setText(f"{wording.count(calls, 'call', 'calls')} to make. Space takes or leaves a visit, A all.")

    def _on_stored(self, _: object) -> None:
        self.left.emit()

    def _on_refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._is_storing = False
        if isinstance(fault, Conflict) and fault.code == OUTDATED:
            self._look()
        return self.refuse(fault)


def _count(number: int, one: str, many: str) -> str:
    return wording.count(number, one, many) if number else ""
