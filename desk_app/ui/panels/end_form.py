"""Why a request ends without a visit: the practice declines it, or the person withdraws it."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.application.wording import END_WORDS
from desk_app.domain.statuses import EndReason, RequestStatus
from desk_app.ui.panels.reason_form import ReasonForm

E = EndReason
REASONS: Mapping[RequestStatus, tuple[EndReason, ...]] = {
    RequestStatus.DECLINED: (E.UNSUITABLE, E.NOT_COVERED, E.NO_RECORDS, E.UNREACHABLE, E.OTHER),
    RequestStatus.WITHDRAWN: (E.NOT_WANTED, E.BETTER, E.ELSEWHERE, E.UNREACHABLE, E.DIED, E.OTHER),
}
TITLES: Mapping[RequestStatus, str] = {
    RequestStatus.DECLINED: "Decline the request",
    RequestStatus.WITHDRAWN: "The request is withdrawn",
}


class EndForm(ReasonForm):
    """The reason stays readable under Closed."""

    def __init__(self, status: RequestStatus, whose: str) -> None:
        reasons = [(reason, END_WORDS[reason.value]) for reason in REASONS[status]]
        super().__init__(TITLES[status], whose, "Keep it open", reasons)
