"""The rest of today: when the last one is home, who is late and why, and what would help, each step a key away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from desk_app.application import wording
from desk_app.application.outlook_text import late_words, overrun_words, suggestion_words
from desk_app.application.use_cases.outlook import Outlook
from desk_app.domain.dataclass import dataclass
from desk_app.domain.forecast import NONE
from desk_app.domain.suggestions import Suggestion
from desk_app.ui.panels.rows_form import RowsForm
from desk_app.ui.services import Services

MOST_LATE = 12


@dataclass(frozen=True, slots=True)
class NotDone:
    """A suggestion that was taken and refused: what it was called, and why."""

    suggestion: Suggestion
    name: str
    why: str


class OutlookPanel(RowsForm):
    """``taken`` with a suggestion, ``shown`` with the visit of somebody who is late.

    What was ``not_done`` says so at its row, or by itself where it is suggested no more.
    """

    taken = Signal(object)
    shown = Signal(int)

    def __init__(self, services: Services, outlook: Outlook, not_done: NotDone | None = None) -> None:
        super().__init__("Rest of the day", "Back to the board")
        self._services, self._outlook, self._not_done = services, outlook, not_done
        self.say_title("Rest of the day", self._summary())
        self._add_overruns()
        self._add_suggestions()
        self._add_late()
        self.rows_are_there()

    def _summary(self) -> str:
        office, forecast = self._services.office, self._outlook.forecast
        said = []
        if forecast.last_home is not None:
            said.append(f"last home about {wording.clock(forecast.last_home, office.zone)}")
        if forecast.peak is not None:
            at, taken = forecast.peak
            said.append(f"bays peak {taken} at {wording.clock(at, office.zone)}")
        return " · ".join(said) if said else "Nobody is booked any more today."

    def _add_overruns(self) -> None:
        """What goes on after its hours."""
        office = self._services.office
        for words in overrun_words(self._outlook.forecast, office.catalogue):
            self.remark(words, "warn")

    def _add_suggestions(self) -> None:
        refused = self._not_done
        if not self._outlook.suggestions and refused is None:
            return
        self.caption("What would help")
        if refused is not None and not any(_is_of(each, refused) for each in self._outlook.suggestions):
            self.remark(f"{refused.name}: not done. {refused.why}", "bad")
        office = self._services.office
        for each in self._outlook.suggestions:
            name, told = suggestion_words(each, self._outlook, office.catalogue, office.zone)
            wrong = refused.why if refused is not None and _is_of(each, refused) else ""
            self.add_taking(name, told, partial(self.taken.emit, each), wrong=wrong)

    def _add_late(self) -> None:
        office, found = self._services.office, self._outlook.forecast.visits
        late = [line for line in self._outlook.lines if line.appointment_id in found]
        late = [line for line in late if found[line.appointment_id].late > NONE and line.status != "discharged"]
        late.sort(key=lambda line: -found[line.appointment_id].late)
        self.caption("Late" if late else "Nobody is late")
        for line in late[:MOST_LATE]:
            told = late_words(line, self._outlook, office.catalogue, office.zone)
            self.add_showing(line.name, told, partial(self.shown.emit, line.appointment_id))
        if len(late) > MOST_LATE:
            self.remark(f"And {len(late) - MOST_LATE} more.")


def _is_of(each: Suggestion, refused: NotDone) -> bool:
    """Whether it is the same step; what it gains changes with the minute."""
    asked = refused.suggestion
    return (each.kind, each.visit, each.other, each.bay) == (asked.kind, asked.visit, asked.other, asked.bay)
