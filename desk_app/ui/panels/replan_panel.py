"""Re-planning in the inspector: everybody a loss gets in the way of, where each would go, and one step for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from desk_app.application import wording
from desk_app.application.blockout_calls import resource_name
from desk_app.application.replan import Lost, Proposal
from desk_app.application.replan_calls import to_call
from desk_app.application.use_cases import replanning
from desk_app.application.use_cases.replanning import OUTDATED
from desk_app.domain.faults import Conflict
from desk_app.ui.fonts import Type
from desk_app.ui.models.replan_model import ReplanModel
from desk_app.ui.operations.change import Change
from desk_app.ui.operations.openings import replanning_change
from desk_app.ui.panels.taking_panel import TakingPanel
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts

LOOKING = "Looking for other places …"
NOBODY = "No visit is concerned."


class ReplanPanel(TakingPanel[Proposal]):
    """Whoever is not moved is on the list of calls afterwards."""

    def __init__(self, services: Services, lost: Lost) -> None:
        self._lost = lost
        self.moves = ReplanModel()
        super().__init__(services, "Re-plan", _what(services, lost), LOOKING, self.moves, "Visits concerned")
        self._summary = texts.label("", Type.SMALL, QFont.Weight.Medium, "text2", wrap=True)
        self._calls = texts.label("", Type.SMALL, role="text2", wrap=True)
        self.body.addWidget(self._summary)
        self.foot.insertWidget(0, self._calls)
        self.area.setMaximumHeight(self._summary.sizeHint().height() * 3)
        self._look()

    def stops(self) -> list[QWidget]:
        return [self.list, self.primary]

    def _propose(self) -> Proposal:
        return replanning.propose(self._services.office.desk, self._lost)

    def _show(self, proposal: Proposal) -> None:
        self.moves.show(proposal, self._services.office.context())

    def _change(self, proposal: Proposal, then: Callable[[Any], object]) -> Change:
        return replanning_change(proposal, self.moves.chosen, then, self._on_refused)

    def _say(self, proposal: Proposal) -> None:
        """How many stay where they are, move or find no place."""
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

    def _on_failed(self, fault: Exception) -> None:
        self.primary.say("Re-plan")
        super()._on_failed(fault)

    def _is_outdated(self, fault: Exception) -> bool:
        return isinstance(fault, Conflict) and fault.code == OUTDATED


def _what(services: Services, lost: Lost) -> str:
    office = services.office
    names = ", ".join(resource_name(office.catalogue, code) for code in lost.resources)
    return f"{names} out, {office.moment(lost.start)} to {office.moment(lost.end)}"


def _count(number: int, one: str, many: str) -> str:
    return wording.count(number, one, many) if number else ""
