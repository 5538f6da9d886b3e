"""The order of calls, best first: late, urgent, priority, who can be reached now, due, waiting longest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from desk_app.domain.call_windows import window_of
from desk_app.domain.practice import Payer
from desk_app.domain.statuses import CallbackKind, Urgency

PAYER_CALLS = frozenset({CallbackKind.CALL_PAYER, CallbackKind.SEND_RECORDS, CallbackKind.PEER_TO_PEER})
"""These go to the payer."""

NOT_THE_PATIENT = PAYER_CALLS | {CallbackKind.LETTER}
"""These are made although the patient wishes no calls."""

NOW, PERHAPS, NOT_NOW = 0, 1, 2
URGENCIES: Mapping[str, int] = {Urgency.URGENT: 0, Urgency.SOON: 1, Urgency.ROUTINE: 2, "": 2}


class Sortable(Protocol):
    """What the order looks at."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def due(self) -> datetime: ...
    @property
    def late(self) -> bool: ...
    @property
    def urgency(self) -> str: ...
    @property
    def priority(self) -> int: ...
    @property
    def call_window(self) -> str: ...
    @property
    def payer(self) -> str | None: ...
    @property
    def arisen_at(self) -> datetime | None: ...


CallT = TypeVar("CallT", bound=Sortable)


class Reach:
    """Who can be reached at one instant."""

    def __init__(self, now: datetime, zone: ZoneInfo, payers: Iterable[Payer]) -> None:
        self._now, self._zone = now, zone
        clock = now.astimezone(zone).time()
        self._payers = {payer.code: _reached(payer, clock) for payer in payers}
        self._windows: dict[str, int] = {}

    def of(self, call: Sortable) -> int:
        """``NOW`` where they said so, ``NOT_NOW`` where they said otherwise, else ``PERHAPS``."""
        if call.kind in PAYER_CALLS:
            return self._payers.get(call.payer or "", PERHAPS)
        if not call.call_window:
            return PERHAPS
        known = self._windows.get(call.call_window)
        return known if known is not None else self._windows.setdefault(call.call_window, self._look(call.call_window))

    def _look(self, words: str) -> int:
        window = window_of(words)
        if window is None:
            return PERHAPS
        return NOW if window.is_open(self._now, self._zone) else NOT_NOW


def _reached(payer: Payer, clock: time) -> int:
    """A payer that names no hours answers as long as the desk works."""
    opens, closes = payer.opens or time.min, payer.closes or time.max
    return PERHAPS if opens <= clock < closes else NOT_NOW


def best_first(calls: Iterable[CallT], reach: Reach) -> tuple[CallT, ...]:
    """Late, urgent, priority, reachable now, due, waiting longest; equal ones by their number."""

    def place(call: CallT) -> tuple[bool, int, int, int, datetime, datetime, int]:
        since = call.arisen_at or call.due
        return not call.late, URGENCIES.get(call.urgency, 2), -call.priority, reach.of(call), call.due, since, call.id

    return tuple(sorted(calls, key=place))
