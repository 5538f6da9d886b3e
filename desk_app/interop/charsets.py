"""Bytes into text, whatever charset they claim: programs claim wrongly, and Python's own codecs are no charsets."""

from __future__ import annotations

import codecs

_NOT_CHARSETS = frozenset(
    {"unicode_escape", "raw_unicode_escape", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"}
)
_SINGLE_BYTE = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
"""Under these names mails come in UTF-8 as well; what is valid UTF-8 beyond ASCII is hardly ever anything else."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decoded(data: bytes, declared: str = "") -> str:
    """The text: by its byte order mark, as declared where that works, as UTF-8, else as Windows-1252."""
    for charset in _guesses(data, declared):
        try:
            return data.decode(charset)
        except ValueError:
            if charset.startswith("utf-8") and (text := _mostly_utf8(data)):
                return text
    return data.decode("latin-1")


def _mostly_utf8(data: bytes) -> str:
    """UTF-8 with a few bytes spoiled, such as one cut off within a letter; empty for what is another charset."""
    text = data.decode("utf-8", "replace")
    spoiled = text.count("\ufffd")
    good = sum(1 for ch in text if ch > "\x7f") - spoiled
    return text.removeprefix("\ufeff") if good > spoiled else ""


def charset_of(declared: str) -> str:
    """The name of a declared charset as Python knows it; empty for what is none."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_CHARSETS or not _is_text(name) else name


def _is_text(name: str) -> bool:
    try:
        b"a".decode(name)
    except LookupError:  # a codec from bytes to bytes
        return False
    except ValueError:
        return True
    return True


def _guesses(data: bytes, declared: str) -> list[str]:
    by_mark = [charset for mark, charset in _BOMS if data.startswith(mark)]
    name = charset_of(declared) if declared else ""
    if name in _SINGLE_BYTE:
        return [*by_mark, "utf-8", "windows-1252"]
    return [*by_mark, *([name] if name else []), "utf-8", "windows-1252"]
