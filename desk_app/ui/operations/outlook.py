"""The steps that the outlook suggests, as the window starts them."""

from __future__ import annotations

from collections.abc import Callable

from desk_app.application.desk import Desk
from desk_app.application.outcome import Outcome
from desk_app.application.outlook_text import suggestion_words
from desk_app.application.use_cases.outlook import Outlook, take
from desk_app.domain.suggestions import Suggestion
from desk_app.ui.operations.change import Change, Refused


def taking_suggestion(
    outlook: Outlook, suggestion: Suggestion, then: Callable[[object], object], refused: Refused
) -> Change:
    def said(desk: Desk, outcome: Outcome[object]) -> str:
        return suggestion_words(suggestion, outlook, desk.catalogue(), desk.zone())[0]

    return Change(lambda desk: take(desk, suggestion), said, then, refused=refused)
