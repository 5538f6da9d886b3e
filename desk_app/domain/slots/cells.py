"""Bitmaps of cells: one integer a resource, bit ``n`` is cell ``n`` of a grid that begins at some local midnight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache


def span(start: int, end: int) -> int:
    """The bits of cells ``[start, end)``; none where the span is empty."""
    return ((1 << (end - start)) - 1) << start if end > start else 0


def from_spans(spans: Iterable[tuple[int, int]], size: int) -> int:
    """The union of spans of cells, cut to ``[0, size)``: written as text, a letter a cell, and read as one number."""
    letters = bytearray(b"0") * size
    for start, end in spans:
        if start < 0:
            start = 0
        if end > size:
            end = size
        if start < end:
            letters[start:end] = b"1" * (end - start)
    letters.reverse()
    return int(letters, 2) if letters else 0


def runs_of(free: int, length: int) -> int:
    """The cells at which a run of at least ``length`` free cells begins."""
    for step in _steps(length):
        free &= free >> step
    return free


@lru_cache(maxsize=1024)
def _steps(length: int) -> tuple[int, ...]:
    """By how much a bitmap is shifted over itself until every bit left begins a run of that length."""
    have, steps = 1, []
    while have < length:
        steps.append(min(have, length - have))
        have += steps[-1]
    return tuple(steps)


def bits(mask: int) -> Iterator[int]:
    """The set bits, lowest first."""
    base = 0
    while mask:
        word = mask & 0xFFFFFFFFFFFFFFFF
        if not word:
            skip = ((mask & -mask).bit_length() - 1) & ~63
            mask >>= skip
            base += skip
            continue
        mask >>= 64
        while word:
            low = word & -word
            yield base + low.bit_length() - 1
            word ^= low
        base += 64


def first_set(mask: int, at: int) -> int:
    """The lowest set bit not below ``at``, or -1."""
    rest = mask >> at
    return at + (rest & -rest).bit_length() - 1 if rest else -1
