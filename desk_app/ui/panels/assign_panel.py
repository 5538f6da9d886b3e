"""Bays and beds given anew, in the inspector: who would lie elsewhere and why, and one step for all that is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.assigning import AssignProposal
from desk_app.application.use_cases import assigning
from desk_app.domain.faults import Conflict, NeedsConfirmation
from desk_app.interop.exact_places import engine
from desk_app.ui.fonts import Type
from desk_app.ui.models.assign_model import AssignModel
from desk_app.ui.operations.beds import assigning_change
from desk_app.ui.operations.change import Change
from desk_app.ui.panels.form import PAD
from desk_app.ui.panels.taking_panel import TakingPanel
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit

TITLE = "Bays and beds anew"
LOOKING = "Looking for better bays and beds …"
NOTHING_BETTER = "Nothing better: every patient has the best bay and bed that there is."
AS_GOOD_AS_IT_GETS = "Nothing better. No other bay or bed helps these:"
NOT_PROVEN = "There are too many to look at every way: a still better one may exist."


class AssignPanel(TakingPanel[AssignProposal]):
    """``point`` is told the visit of the row that the keyboard is on."""

    def __init__(self, services: Services, day: date, nights: int, point: Callable[[int], object]) -> None:
        self._day, self._nights, self._point = day, nights, point
        self.moves = AssignModel()
        told = _what(day, services.office.today, nights)
        super().__init__(services, TITLE, told, "Move", self.moves, "Who would lie in another bay or bed")
        self._summary = texts.label(LOOKING, Type.SMALL, QFont.Weight.Medium, "text2", wrap=True)
        self._keys = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._reason = TextEdit(placeholder="kept with each of these visits")
        self._why = self.add_field("reason", "A manager's reason", self._reason)
        self._summary.setContentsMargins(PAD, 0, PAD, 8)
        self.area.hide()
        self.column.insertWidget(1, self._summary)
        self.foot.insertWidget(0, self._keys)
        self.foot.insertWidget(1, self._why)
        self._why.hide()
        self.list.selectionModel().currentChanged.connect(self._on_row_reached)
        self.is_stored()
        self._look()

    def stops(self) -> list[QWidget]:
        return [self.list, self._reason, self.primary]

    def _propose(self) -> AssignProposal:
        return assigning.propose(self._services.office.desk, self._day, self._nights, engine())

    def _show(self, proposal: AssignProposal) -> None:
        self.moves.show(proposal, self._services.office.context())

    def _change(self, proposal: AssignProposal, then: Callable[[Any], object]) -> Change | None:
        chosen = self.moves.chosen
        if not chosen:
            return None
        return assigning_change(proposal, chosen, self._reason.text().strip(), then, self._on_refused)

    def _say(self, proposal: AssignProposal) -> None:
        """How many would move and how many no other place helps."""
        self._summary.setText(_summary(proposal))
        chosen = self.moves.chosen
        moved = {number for number, _ in chosen}
        self.primary.say(f"Move {wording.count(len(moved), 'patient', 'patients')}" if chosen else "Leave all as it is")
        self._keys.setText("Space takes or leaves one, A all." if proposal.changes else "")
        self._keys.setVisible(bool(proposal.changes))

    def _on_failed(self, fault: Exception) -> None:
        self._summary.setText("")
        super()._on_failed(fault)

    def _on_row_reached(self, now: QModelIndex | QPersistentModelIndex, _: object) -> None:
        if now.isValid():
            self._point(self.moves.visit_at(now.row()))

    def _is_outdated(self, fault: Exception) -> bool:
        return isinstance(fault, Conflict)

    def _on_refused(self, fault: Exception) -> bool:
        if isValid(self) and isinstance(fault, NeedsConfirmation) and fault.params.get("may_override"):
            self._why.show()
            self.go_to(self._reason)
        return super()._on_refused(fault)


def _what(day: date, today: date, nights: int) -> str:
    said = "today" if day == today else wording.weekday_date(day)
    return f"Bays of {said}, beds of {wording.count(nights, 'night', 'nights')}"


def _summary(proposal: AssignProposal) -> str:
    if not proposal.changes:
        return AS_GOOD_AS_IT_GETS if proposal.unsolved else NOTHING_BETTER
    moved = len({change.key[0] for change in proposal.changes})
    said = [wording.count(moved, "patient would lie elsewhere", "patients would lie elsewhere")]
    if proposal.unsolved:
        said.append(wording.count(len(proposal.unsolved), "finds nothing better", "find nothing better"))
    told = " · ".join(said)
    return told if proposal.is_proven else f"{told}. {NOT_PROVEN}"
