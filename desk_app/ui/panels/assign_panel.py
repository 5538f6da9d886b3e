"""Bays and beds given anew, in the inspector: who would lie elsewhere and why, and one step for all that is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.assigning import AssignProposal
from desk_app.application.use_cases import assigning
from desk_app.domain.faults import Conflict, NeedsConfirmation
from desk_app.domain.practice import Catalogue
from desk_app.interop.exact_places import engine
from desk_app.ui.fonts import Type
from desk_app.ui.models.assign_model import AssignModel
from desk_app.ui.operations.beds import assigning_change
from desk_app.ui.panels.form import ENTER, PAD, Form
from desk_app.ui.panels.taking_list import TakingList
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.fields import TextEdit

TITLE = "Bays and beds anew"
LOOKING = "Looking for better bays and beds …"
NOTHING_BETTER = "Nothing better: every patient has the best bay and bed that there is."
AS_GOOD_AS_IT_GETS = "Nothing better. No other bay or bed helps these:"
NOT_PROVEN = "There are too many to look at every way: a still better one may exist."


class AssignPanel(Form):
    """Space takes or leaves a change, A all or none, Enter stores it. It is one step for undo.

    ``point`` is told the visit of the row that the keyboard is on.
    """

    width_wanted = 424

    def __init__(self, services: Services, day: date, nights: int, point: Callable[[int], object]) -> None:
        super().__init__(TITLE, "Move", "Enter", "swap")
        self._services, self._day, self._nights, self._point = services, day, nights, point
        self._proposal: AssignProposal | None = None
        self._is_storing = False
        self._summary = texts.label(LOOKING, Type.SMALL, QFont.Weight.Medium, "text2", wrap=True)
        self._keys = texts.label("", Type.SMALL, role="text2", wrap=True)
        self._reason = TextEdit(placeholder="kept with each of these visits")
        self._why = self.add_field("reason", "A manager's reason", self._reason)
        self.moves = AssignModel()
        self.list = TakingList(self.moves, "Who would lie in another bay or bed")
        self._summary.setContentsMargins(PAD, 0, PAD, 8)
        self.area.hide()
        self.column.insertWidget(1, self._summary)
        self.column.insertWidget(2, self.list, 1)
        self.foot.insertWidget(0, self._keys)
        self.foot.insertWidget(1, self._why)
        self._why.hide()
        self.moves.chosen_changed.connect(self._say)
        self.list.selectionModel().currentChanged.connect(self._on_row_reached)
        self.setFocusProxy(self.list)
        self.say_title(TITLE, self._what())
        self.primary.setEnabled(False)
        self.is_stored()
        self._look()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def stops(self) -> list[QWidget]:
        return [self.list, self._reason, self.primary]

    def submit(self) -> None:
        if self._proposal is None or self._is_storing:
            return
        chosen = self.moves.chosen
        if not chosen:
            self.left.emit()
            return
        self.forgive()
        self._is_storing = True
        why = self._reason.text().strip()
        change = assigning_change(self._proposal, chosen, why, while_alive(self, self._on_stored), self._on_refused)
        self._services.operations.run(change)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button wherever the keyboard is."""
        if event.key() in ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _what(self) -> str:
        day = "today" if self._day == self._services.office.today else wording.weekday_date(self._day)
        return f"Bays of {day}, beds of {wording.count(self._nights, 'night', 'nights')}"

    def _look(self) -> None:
        office = self._services.office
        self._services.tasks.submit(
            lambda: assigning.propose(office.desk, self._day, self._nights, engine()),
            while_alive(self, self._on_found),
            while_alive(self, self._on_failed),
        )

    def _on_found(self, proposal: AssignProposal) -> None:
        self._proposal = proposal
        self.moves.show(proposal, self._services.office.context())
        self.list.setCurrentIndex(self.moves.index(0))
        self.primary.setEnabled(True)
        self._say()

    def _on_failed(self, fault: Exception) -> None:
        self._summary.setText("")
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _say(self) -> None:
        """How many would move and how many no other place helps; and what the button would do."""
        proposal = self._proposal
        if proposal is None:
            return
        self._summary.setText(_summary(proposal))
        chosen = self.moves.chosen
        moved = {number for number, _ in chosen}
        self.primary.say(f"Move {wording.count(len(moved), 'patient', 'patients')}" if chosen else "Leave all as it is")
        self._keys.setText("Space takes or leaves one, A all." if proposal.changes else "")
        self._keys.setVisible(bool(proposal.changes))

    def _on_row_reached(self, now: QModelIndex | QPersistentModelIndex, _: object) -> None:
        if now.isValid():
            self._point(self.moves.visit_at(now.row()))

    def _on_stored(self, _: object) -> None:
        self.left.emit()

    def _on_refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._is_storing = False
        if isinstance(fault, NeedsConfirmation) and fault.params.get("may_override"):
            self._why.show()
            self.go_to(self._reason)
        if isinstance(fault, Conflict):
            self._look()
        return self.refuse(fault)


def _summary(proposal: AssignProposal) -> str:
    if not proposal.changes:
        return AS_GOOD_AS_IT_GETS if proposal.unsolved else NOTHING_BETTER
    moved = len({change.key[0] for change in proposal.changes})
    said = [wording.count(moved, "patient would lie elsewhere", "patients would lie elsewhere")]
    if proposal.unsolved:
        said.append(wording.count(len(proposal.unsolved), "finds nothing better", "find nothing better"))
    told = " · ".join(said)
    return told if proposal.is_proven else f"{told}. {NOT_PROVEN}"
