"""Text from outside as it may be kept and shown: nothing in it controls a screen, a printer or the reading order."""

from __future__ import annotations

import re
import unicodedata

MARKS = 4
"""So many accents on one letter are writing; more are meant to cover the lines around it."""

_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e01ef]"
)


def clean(text: str) -> str:
    """The text in its lines, without control, direction and invisible characters; letters in their composed form."""
    text = _UNSAFE.sub("", _ENDS.sub("\n", text)).replace("\t", " ")
    return text if text.isascii() else unicodedata.normalize("NFC", _thinned(text))


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(clean(text).split())


def _thinned(text: str) -> str:
    """No letter with more accents than belong to writing; long piles would also take minutes to be put in order."""
    kept, pile = [], 0
    for ch in text:
        pile = pile + 1 if unicodedata.combining(ch) else 0
        if pile <= MARKS:
            kept.append(ch)
    return "".join(kept)
