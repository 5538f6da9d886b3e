"""The rest of the day in the window: foretold, and helped by a key."""

from __future__ import annotations

from desk_app.application.outlook_text import suggestion_words
from desk_app.application.use_cases.outlook import Outlook, look_ahead
from desk_app.domain.faults import FrontDeskFault, StorageUnavailable
from desk_app.domain.suggestions import Suggestion
from desk_app.ui.feedback import fault_text
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.operations.outlook import taking_suggestion
from desk_app.ui.panels.outlook_panel import NotDone, OutlookPanel
from desk_app.ui.services import Services


class OutlookDesk:
    """Each step that is taken, or refused, brings the outlook as it is then; until it is there the panel stays."""

    def __init__(self, services: Services, frame: Frame, cards: Cards) -> None:
        self._services, self._frame, self._cards = services, frame, cards

    def show(self) -> None:
        self._look()

    def _look(self, instead_of: OutlookPanel | None = None, not_done: NotDone | None = None) -> None:
        """Whoever has left the panel meanwhile is not brought back to it."""
        office, inspector = self._services.office, self._frame.inspector

        def shown(outlook: Outlook) -> None:
            if instead_of is None or inspector.form is instead_of:
                self._show(outlook, not_done)

        tasks, refuse = self._services.tasks, self._services.feedback.refuse
        tasks.submit(lambda: look_ahead(office.desk), shown, refuse, "outlook")

    def _show(self, outlook: Outlook, not_done: NotDone | None) -> None:
        panel = OutlookPanel(self._services, outlook, not_done)

        def show_visit(number: int) -> None:
            panel.left.emit()
            self._cards.show("visit", number)

        panel.taken.connect(lambda suggestion: self._take(panel, outlook, suggestion))
        panel.shown.connect(show_visit)
        self._frame.inspector.show_form(panel)

    def _take(self, panel: OutlookPanel, outlook: Outlook, suggestion: Suggestion) -> None:
        operations, office = self._services.operations, self._services.office
        if operations.is_under_way:
            return  # pressed twice: what comes of the first is awaited

        def refused(fault: Exception) -> bool:
            if not isinstance(fault, FrontDeskFault) or isinstance(fault, StorageUnavailable):
                return False
            if self._frame.inspector.form is not panel:
                return False
            name = suggestion_words(suggestion, outlook, office.catalogue, office.zone)[0]
            self._look(panel, NotDone(suggestion, name, fault_text(fault, office.catalogue)))
            return True

        operations.run(taking_suggestion(outlook, suggestion, lambda _: self._look(panel), refused))
