"""Answers on stdout, sentences on stderr: whatever a terminal can show, and quiet when nobody reads any more."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from desk_app.domain.faults import StorageUnavailable

PLAIN = str.maketrans({"–": "-", "“": '"', "”": '"', "’": "'", "·": "|", "…": "..."})
"""What a terminal without these signs is given instead."""


def print_json(document: Any) -> None:
    """One document; where the terminal is not UTF-8, with escapes, which read the same."""
    text = json.dumps(document, ensure_ascii=False)
    _write(sys.stdout, text if shows(text) else json.dumps(document))


def print_lines(text: str) -> None:
    _write(sys.stdout, _shown(sys.stdout, text))


def print_sentence(text: str) -> None:
    _write(sys.stderr, _shown(sys.stderr, text))


def shows(text: str) -> bool:
    """Whether stdout can take this text as it is."""
    return _fits(sys.stdout, text)


def _fits(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shown(stream: TextIO, text: str) -> str:
    if _fits(stream, text):
        return text
    encoding = stream.encoding or "utf-8"
    return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)


def _write(stream: TextIO, text: str) -> None:
    """Raises StorageUnavailable where it cannot be written; a reader who has gone is no fault of anybody's."""
    try:
        stream.write(text + "\n")
        stream.flush()
    except BrokenPipeError:
        _hush(stream)
    except OSError as error:
        _hush(stream)
        if stream is sys.stdout:
            raise StorageUnavailable("unwritable", path="The answer", reason=error.strerror or "") from None


def _hush(stream: TextIO) -> None:
    """What is still in the stream goes nowhere, so that nothing complains when the program ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
