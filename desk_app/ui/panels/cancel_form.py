"""Why a visit is cancelled."""

from __future__ import annotations

from desk_app.application.wording import CANCEL_WORDS
from desk_app.domain.statuses import PROGRAM_REASONS, CancelReason
from desk_app.ui.panels.reason_form import ReasonForm

REASONS = tuple(reason for reason in CancelReason if reason not in PROGRAM_REASONS)


class CancelForm(ReasonForm):
    """The first of the reasons is the most usual."""

    def __init__(self, whose: str, when: str) -> None:
        reasons = [(reason, CANCEL_WORDS[reason.value]) for reason in REASONS]
        super().__init__("Cancel the visit", f"{whose}, {when}", "Keep the visit", reasons)
