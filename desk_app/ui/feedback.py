"""What happened, said in the status bar with an Undo; and faults, each worded once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desk_app.application import wording
from desk_app.application.sentences import sentence
from desk_app.domain.faults import FrontDeskFault, StorageUnavailable
from desk_app.domain.zone import zone_of

if TYPE_CHECKING:
    from desk_app.domain.practice import Catalogue


class Feedback(QObject):
    """The window listens: news may be undone, refusals cannot, trouble with the storage stands in a bar."""

    said = Signal(str, bool)
    """The sentence, and whether it can be undone."""

    refused = Signal(str)
    storage_failed = Signal(str)

    def say(self, text: str, undoable: bool = False) -> None:
        self.said.emit(text, undoable)

    def refuse(self, fault: Exception, catalogue: Catalogue | None = None) -> None:
        """A fault of the program's own kinds in words; any other goes on to the last resort."""
        if not isinstance(fault, FrontDeskFault):
            raise fault
        if isinstance(fault, StorageUnavailable):
            self.storage_failed.emit(fault_text(fault, catalogue))
        else:
            self.refused.emit(fault_text(fault, catalogue))


def fault_text(fault: FrontDeskFault, catalogue: Catalogue | None = None) -> str:
    """The sentence, with every obstacle that stands in the way, or all that speaks against it."""
    parts = [sentence(fault.code, worded(fault.params, catalogue))]
    obstacles, found = fault.params.get("obstacles", ()), fault.params.get("objections", ())
    if catalogue is not None and not obstacles and found and isinstance(found, tuple):
        from desk_app.application.objection_text import objection_texts

        parts += [text for text in objection_texts(found, catalogue) if text not in parts][:4]
    if catalogue is not None and obstacles and isinstance(obstacles, tuple):
        from desk_app.application.obstacle_text import obstacle_text

        parts += list(dict.fromkeys(obstacle_text(obstacle, catalogue) for obstacle in obstacles))[:4]
    return " ".join(parts)


def worded(params: Mapping[str, object], catalogue: Catalogue | None) -> dict[str, object]:
    """Particulars as the desk says them: names for codes, the practice's wall clock for instants, words for steps."""
    return {name: _word(name, value, catalogue) for name, value in params.items()}


def _word(name: str, value: object, catalogue: Catalogue | None) -> object:
    if isinstance(value, datetime):
        wall = value.astimezone(zone_of(catalogue.settings)) if catalogue is not None else value
        return f"{wording.weekday_date(wall.date())} {wall:%H:%M}"
    if isinstance(value, date):
        return wording.weekday_date(value)
    if not isinstance(value, str):
        return value
    if name in ("status", "before", "after"):
        return wording.STATUS_WORDS.get(value, value).lower()
    if catalogue is not None and name == "procedure" and catalogue.has_procedure(value):
        return catalogue.procedure(value).name
    if catalogue is not None and name == "resource":
        return next((each.name for each in catalogue.resources if each.code == value), value)
    return value
