"""Names as they are compared: folded letters, a key for how a family name sounds, and a full name taken apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "’": "",
        "'": "",
        "‘": "",
        "ʼ": "",
        "`": "",
        "´": "",
    }
)
_GAPS = re.compile(r"[\W_]+")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd"})
_PARTICLES = frozenset({"de", "da", "do", "dos", "das", "del", "della", "di", "la", "le", "van", "von", "der", "den"})
_FAMILY_FIRST = frozenset(
    {"nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do", "ngo", "duong", "ly"}
)
"""Vietnamese family names, written first and followed by two or more given names."""


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """Lower case without marks: ``Ibarra-Núñez`` → ``ibarra nunez``, ``O’Brien`` and ``OBrien`` → ``obrien``."""
    lowered = text.casefold().translate(_LETTERS)
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(ch))
    return _GAPS.sub(" ", plain.casefold().translate(_LETTERS)).strip()  # "㏆" has its capital only now


_CODES = {**dict.fromkeys("bfpv", "1"), **dict.fromkeys("cgjkqsxz", "2"), **dict.fromkeys("dt", "3"), "l": "4"}
_CODES |= {"m": "5", "n": "5", "r": "6"}


@lru_cache(maxsize=8192)
def sound_key(family: str) -> str:
    """A key equal for family names that sound alike: Soundex (R. C. Russell, US patent 1,261,167) on folded letters.

    Names without a Latin letter are their own key.
    """
    letters = [ch for ch in fold_name(family) if ch.isalpha()]
    if not letters or not letters[0].isascii():
        return "".join(letters)
    key, before = letters[0], _CODES.get(letters[0], "")
    for letter in letters[1:]:
        code = _CODES.get(letter, "")
        if code and code != before:
            key += code
        if letter not in "hw":
            before = code
    return (key + "000")[:4]


def split_name(full: str) -> tuple[str, str]:
    """(family, given) of a name as typed: ``Lowell, Harriet`` or ``Harriet Lowell``; suffixes stay with the family.

    Without a comma the last word is the family name, with the particles before it (``van der Berg``), but for
    Vietnamese names of three words or more, whose family name is written first.
    """
    words = " ".join(full.split())
    if "," in words:
        family, _, given = words.partition(",")
        if fold_name(given) not in _SUFFIXES:
            return family.strip(), given.strip()
        words = f"{family.strip()} {given.strip()}"
    parts = words.split(" ")
    suffix = [parts.pop()] if len(parts) > 1 and fold_name(parts[-1]) in _SUFFIXES else []
    if len(parts) < 2:
        return " ".join(parts + suffix), ""
    if len(parts) >= 3 and fold_name(parts[0]) in _FAMILY_FIRST and not parts[0].isascii():
        return parts[0], " ".join(parts[1:] + suffix)
    cut = len(parts) - 1
    while cut > 1 and fold_name(parts[cut - 1]) in _PARTICLES:
        cut -= 1
    return " ".join(parts[cut:] + suffix), " ".join(parts[:cut])


def initials(family: str, given: str) -> str:
    """``MO`` for Ortiz, Marisol: given name first; nothing that names the person."""
    return "".join(part.strip()[0].upper() for part in (given, family) if part.strip())
