"""A proposal in the inspector, of which each row is taken or left: Enter stores what is taken as one step for undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QKeyEvent
from shiboken6 import isValid

from desk_app.domain.practice import Catalogue
from desk_app.ui.models.taking_model import TakingModel
from desk_app.ui.operations.change import Change
from desk_app.ui.panels.form import ENTER, Form
from desk_app.ui.panels.taking_list import TakingList
from desk_app.ui.services import Services
from desk_app.ui.widgets.alive import while_alive

Proposed = TypeVar("Proposed")


class TakingPanel(Form, Generic[Proposed]):
    """Space takes or leaves a row, A all or none. Subclasses say what is proposed, shown, said and stored."""

    width_wanted = 424

    def __init__(self, services: Services, title: str, told: str, verb: str, moves: TakingModel, name: str) -> None:
        super().__init__(title, verb, "Enter", "swap")
        self._services = services
        self._proposal: Proposed | None = None
        self._is_storing = False
        self.list = TakingList(moves, name)
        self.column.insertWidget(2, self.list, 1)
        moves.chosen_changed.connect(self._say_now)
        self.setFocusProxy(self.list)
        self.say_title(title, told)
        self.primary.setEnabled(False)

    def _propose(self) -> Proposed:
        """On the worker."""
        raise NotImplementedError

    def _show(self, proposal: Proposed) -> None:
        raise NotImplementedError

    def _say(self, proposal: Proposed) -> None:
        """What would become of whom; and what the button would do."""
        raise NotImplementedError

    def _change(self, proposal: Proposed, then: Callable[[Any], object]) -> Change | None:
        """What is to be stored, or nothing."""
        raise NotImplementedError

    def _is_outdated(self, fault: Exception) -> bool:
        """Whether it has to be proposed anew."""
        raise NotImplementedError

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def submit(self) -> None:
        if self._proposal is None or self._is_storing:
            return
        change = self._change(self._proposal, while_alive(self, lambda _: self.left.emit()))
        if change is None:
            self.left.emit()
            return
        self.forgive()
        self._is_storing = True
        self._services.operations.run(change)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button wherever the keyboard is."""
        if event.key() in ENTER:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        found, failed = while_alive(self, self._on_found), while_alive(self, self._on_failed)
        self._services.tasks.submit(self._propose, found, failed)

    def _on_found(self, proposal: Proposed) -> None:
        self._proposal = proposal
        self._show(proposal)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.primary.setEnabled(True)
        self._say_now()

    def _on_failed(self, fault: Exception) -> None:
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _say_now(self) -> None:
        if self._proposal is not None:
            self._say(self._proposal)

    def _on_refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._is_storing = False
        if self._is_outdated(fault):
            self._look()
        return self.refuse(fault)
