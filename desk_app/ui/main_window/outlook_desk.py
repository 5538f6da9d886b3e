"""The rest of the day in the window: foretold, and helped by a key."""

from __future__ import annotations

from desk_app.application.use_cases.outlook import Outlook, look_ahead
from desk_app.domain.suggestions import Suggestion
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.operations.outlook import taking_suggestion
from desk_app.ui.panels.outlook_panel import OutlookPanel
from desk_app.ui.services import Services


class OutlookDesk:
    """Each step that is taken brings the outlook as it is then."""

    def __init__(self, services: Services, frame: Frame, cards: Cards) -> None:
        self._services, self._frame, self._cards = services, frame, cards

    def show(self) -> None:
        office = self._services.office
        tasks, refuse = self._services.tasks, self._services.feedback.refuse
        tasks.submit(lambda: look_ahead(office.desk), self._show, refuse, "outlook")

    def _show(self, outlook: Outlook) -> None:
        panel = OutlookPanel(self._services, outlook)

        def take(suggestion: Suggestion) -> None:
            panel.left.emit()
            self._services.operations.run(taking_suggestion(outlook, suggestion, lambda _: self.show()))

        def show_visit(number: int) -> None:
            panel.left.emit()
            self._cards.show("visit", number)

        panel.taken.connect(take)
        panel.shown.connect(show_visit)
        self._frame.inspector.show_form(panel)
