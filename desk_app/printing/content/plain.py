"""Texts as they may stand on paper: one line, no control characters, nothing that turns its neighbours round."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Overrides and embeddings: a right-to-left name needs none of them."""


UNBREAKABLE = "\u00a0"


def plain(text: str) -> str:
    """The text on one line, with its combining marks joined to their letters where there is a letter for both."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(" " if _is_control(ch) else ch for ch in text if ch not in _TURNING)
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def together(text: str) -> str:
    """The text for a line that does not break inside it: ``L5 S1``."""
    return text.replace(" ", UNBREAKABLE)


def isolated(text: str) -> str:
    """The text for the middle of a line: letters that run the other way do not turn what stands around them."""
    turns = any(unicodedata.bidirectional(ch) in ("R", "AL", "AN") for ch in text)
    return f"\u2068{text}\u2069" if turns else text


def _is_control(ch: str) -> bool:
    return unicodedata.category(ch) in ("Cc", "Cs", "Zl", "Zp")
