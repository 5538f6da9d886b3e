"""What somebody asks for, in their own words, matched to the catalogue where it is clear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from desk_app.domain.names import fold_name
from desk_app.domain.practice import Catalogue, Payer
from desk_app.domain.statuses import Urgency

PROCEDURE_WORDS: Mapping[str, tuple[str, ...]] = {
    "KYPHO": ("kyphoplasty", "kyphoplasties", "balloon kyphoplasty"),
    "VERT": ("vertebroplasty", "vertebroplasties"),
    "ESI-T": ("transforaminal", "selective nerve root"),
    "ESI-I": ("epidural", "epidural steroid", "interlaminar"),
    "RFA": ("radiofrequency", "ablation", "rhizotomy", "rfa"),
    "MBB": ("facet", "medial branch", "mbb"),
    "SIJ": ("sacroiliac", "si joint"),
    "SCS-T": ("spinal cord stimulator", "stimulator trial", "stimulator", "neurostimulator"),
    "TPI": ("trigger point", "trigger points"),
    "JOINT": ("knee injection", "hip injection", "shoulder injection", "joint injection"),
}
"""Words that name a procedure; more than one procedure named is not clear, but for the more special of two."""

_SPECIAL = (("ESI-T", "ESI-I"), ("RFA", "MBB"), ("SIJ", "JOINT"), ("MBB", "JOINT"))
"""Where both are named, the first is meant: a transforaminal epidural, the ablation of a facet."""

_REGION = r"[CTLS]"
_LEVEL = re.compile(rf"\b({_REGION})\s?-?(\d{{1,2}})(?:\s?[-/–]\s?({_REGION})?(\d{{1,2}}))?\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(one|two|three|four|1|2|3|4)[\s-]+(?:vertebral |fractured )?(?:levels?|vertebrae)\b", re.IGNORECASE
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
_HIGHEST = {"C": 8, "T": 12, "L": 5, "S": 5}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_URGENT = ("urgent", "emergency", "immediately", "cannot walk", "can not walk")
_SOON = ("soon", "asap", "severe")


def procedure_of(text: str, catalogue: Catalogue) -> str | None:
    """The catalogue's code where the words name one procedure, else None."""
    folded = f" {fold_name(text)} "
    named = {code for code, words in PROCEDURE_WORDS.items() if any(f" {fold_name(word)} " in folded for word in words)}
    named |= {p.code for p in catalogue.procedures if f" {fold_name(p.name)} " in folded}
    for special, general in _SPECIAL:
        if special in named:
            named.discard(general)
    known = [code for code in named if catalogue.has_procedure(code)]
    return known[0] if len(known) == 1 else None


def levels_of(text: str) -> tuple[int, str]:
    """How many levels the words name, and which: ``T11, T12`` → 2; ``two levels`` → 2; nothing → 1."""
    found: list[str] = []
    for match in _LEVEL.finditer(text):
        region, number = match[1].upper(), int(match[2])
        if not 1 <= number <= _HIGHEST[region]:
            continue
        name = f"{region}{number}"
        if match[4]:
            name += f"-{(match[3] or '').upper() or (region if int(match[4]) > number else '')}{match[4]}"
        if name not in found:
            found.append(name)
    counted = _COUNT.search(text)
    number = _NUMBERS.get(counted[1].casefold(), 0) or int(counted[1]) if counted else 0
    return max(len(found), number, 1), " ".join(found)


def side_of(text: str) -> str:
    """``both``, ``R``, ``L`` or nothing."""
    folded = f" {fold_name(text)} "
    if any(f" {word} " in folded for word in ("bilateral", "both sides", "both")):
        return "both"
    right, left = " right " in folded, " left " in folded
    return "both" if right and left else "R" if right else "L" if left else ""


def payer_of(text: str, payers: Iterable[Payer]) -> str | None:
    """The payer whose name or alias the words begin with or are; the longest such name wins."""
    folded = fold_name(text)
    best, length = None, 0
    for payer in payers:
        for name in (payer.name, payer.short_name, *payer.aliases):
            plain = fold_name(name)
            fits = bool(plain) and (folded == plain or folded.startswith(plain + " "))
            if fits and len(plain) > length:
                best, length = payer.code, len(plain)
    return best


def urgency_of(said: str, words: str) -> Urgency:
    """What the form's own field says, else what the words say."""
    for text in (fold_name(said), fold_name(words)):
        if any(word in text for word in _URGENT):
            return Urgency.URGENT
    if any(word in fold_name(f"{said} {words}").split() for word in _SOON):
        return Urgency.SOON
    return Urgency.ROUTINE


def weekdays_of(text: str) -> tuple[int, ...]:
    """``Tue;Thu`` → (1, 3); ``any`` → none in particular."""
    return tuple(number for number, day in enumerate(_WEEKDAYS) if re.search(rf"\b{day}", fold_name(text)))


def part_of_day(text: str) -> str:
    folded = fold_name(text)
    morning, afternoon = "morning" in folded, "afternoon" in folded
    return "" if morning == afternoon else "morning" if morning else "afternoon"
