"""Where a form came from: the file, when it was written, and the practice that reads it."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from desk_app.application.incoming import SetAside
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue
from desk_app.interop.safe_text import one_line

PREVIEW = 300
OLDEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Source:
    """One file. ``when`` it was last written, ``now`` it is read."""

    name: str
    when: datetime
    now: datetime
    catalogue: Catalogue

    def received(self, told: datetime | None) -> datetime:
        """What the form tells, unless its clock was plainly wrong: nothing comes from the future or from years ago."""
        when = min(self.when, self.now)
        if told is None or told < self.now - OLDEST:
            return when
        return min(told, self.now)


@dataclass(frozen=True, slots=True)
class Origin:
    """What one form was. ``text`` is the message as a person reads it, ``original`` its bytes.

    ``mark`` is what it is recognised by where that is not the original's own hash.
    """

    source_name: str
    received_at: datetime
    text: str
    original: bytes
    message_id: str = ""
    mark: str = ""

    @property
    def fingerprint(self) -> str:
        return self.mark or hashlib.sha256(self.original).hexdigest()


def set_aside(origin: Origin, reason: str) -> SetAside:
    return SetAside(
        origin.source_name,
        origin.fingerprint,
        reason,
        origin.received_at,
        origin.message_id,
        one_line(origin.text[: PREVIEW * 4])[:PREVIEW],
        origin.original,
    )
