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
_PILED = re.compile(f"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{{{MARKS}}})[\u0300-\u036f\u20d0-\u20ff]+")


def clean(text: str) -> str:
    """The text in its lines, without control, direction and invisible characters; letters in their composed form."""
    text = _UNSAFE.sub("", _ENDS.sub("\n", text)).replace("\t", " ")
    return unicodedata.normalize("NFC", _PILED.sub(r"\1", text))


def one_line(text: str) -> str:
    """The same on a single line."""
    return " ".join(clean(text).split())
