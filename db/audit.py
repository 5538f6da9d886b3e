"""The audit trail: one event a commit, chained by HMAC so that a change or a gap is seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CHAINED = ("at_s", "user_id", "user_name", "desk", "action", "facts", "images", "days", "write_id", "undoes")
FIRST = "0" * 64


def link(key: str, before: str, event: Mapping[str, Any]) -> str:
    """The chain value of an event after the one whose value is ``before``."""
    import hmac  # with it comes all of OpenSSL

    payload = "\x1f".join("" if event[name] is None else str(event[name]) for name in CHAINED)
    return hmac.digest(key.encode(), f"{before}\x1e{payload}".encode(), "sha256").hex()


def fingerprint(key: str) -> str:
    """Tells a practice's trail from others without telling its key."""
    import hmac

    return hmac.digest(key.encode(), b"the practice of this key", "sha256").hex()[:32]
