"""What screens and panels are handed when they are built; there is no global."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_app.domain.dataclass import dataclass

if TYPE_CHECKING:
    from desk_app.application.ports import Clock
    from desk_app.ui.change_bus import ChangeBus
    from desk_app.ui.feedback import Feedback
    from desk_app.ui.memory import SettingsMemory
    from desk_app.ui.office import Office
    from desk_app.ui.operations import Operations
    from desk_app.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Services:
    """The worker, the desk behind it, everybody's changes, and what is said about them."""

    office: Office
    tasks: Tasks
    bus: ChangeBus
    feedback: Feedback
    operations: Operations
    memory: SettingsMemory

    @property
    def clock(self) -> Clock:
        return self.office.clock

    @property
    def days(self) -> Office:
        """The schedule's read side."""
        return self.office
