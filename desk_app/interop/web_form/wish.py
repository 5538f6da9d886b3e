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
_WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mondays lunes",
            "tue tues tuesday tuesdays martes",
            "wed weds wednesday wednesdays miercoles",
            "thu thur thurs thursday thursdays jueves",
            "fri friday fridays viernes",
            "sat saturday saturdays sabado sabados",
            "sun sunday sundays domingo domingos",
        )
    )
    for name in names.split()
}
_TO = frozenset({"-", "–", "to", "through", "thru", "until", "till", "a"})
_NOT = frozenset({"not", "except", "but", "no", "never", "excluding"})
_WORKDAYS = frozenset(range(5))
_WORD = re.compile(r"[^\W\d_]+|[-–]")
_NOT_URGENT = re.compile(r"\b(?:not|non|no|isn t|isnt) ?(?:at all |very |so |really )?urgent\b|\bnonurgent\b")
_URGENT_WORDS = re.compile(
    r"\b(?:urgent|urgently|urgente|immediately|right away|can ?not walk|cant walk|unable to walk)\b"
)
_URGENT_FIELD = re.compile(r"\b(?:urgent|urgently|urgente|emergency|immediate|immediately|today|high)\b")
_SOON = frozenset({"soon", "asap", "severe"})
_NO_SIDE = re.compile(
    r"\bright (?:now|away|after|before|then)\b|\ball right\b|\bleft (?:a |my |you )?(?:message|voicemail|messages)\b"
)
_REFERRER = re.compile(r"\b(?i:referred by) ((?i:dr|prof)\b\.? ?[^\W\d_][\w'’-]*(?: [A-Z][\w'’-]+)?)")


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
    folded = _NO_SIDE.sub(" ", fold_name(text))
    if re.search(r"\bbilateral(?:ly)?\b|\bboth (?:sides|hips|knees|shoulders|legs|joints)\b", folded):
        return "both"
    right, left = re.search(r"\bright\b", folded), re.search(r"\bleft\b", folded)
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
    field, free = fold_name(said), fold_name(words)
    if _NOT_URGENT.search(field):
        return Urgency.ROUTINE
    free = _NOT_URGENT.sub(" ", free)
    if _URGENT_FIELD.search(field) or _URGENT_WORDS.search(free):
        return Urgency.URGENT
    if _SOON & {*field.split(), *free.split()}:
        return Urgency.SOON
    return Urgency.ROUTINE


def weekdays_of(text: str) -> tuple[int, ...]:
    """``Tue;Thu`` → (1, 3); ``Mon-Wed`` → (0, 1, 2); ``not Friday`` → (0, 1, 2, 3); ``any`` → none in particular."""
    found: set[int] = set()
    unwanted: set[int] = set()
    last, ranging, negated = -1, False, False
    for word in _WORD.findall(_plain_letters(text)):
        number = _WEEKDAYS.get(word)
        if number is None:
            negated = word in _NOT or (negated and word in ("on", "and", "or"))
            ranging = word in _TO and last >= 0
            found |= _WORKDAYS if word in ("weekday", "weekdays") and not negated else set()
            continue
        days = {day % 7 for day in range(last, number + 1 if last <= number else number + 8)} if ranging else {number}
        (unwanted if negated else found).update(days)
        last, ranging = number, False
    if unwanted and not found:
        found = set(_WORKDAYS)
    return tuple(sorted(found - unwanted))


def _plain_letters(text: str) -> str:
    """Folded word by word: hyphens stand for a stretch of days here."""
    return " ".join(part if part in "-–" else fold_name(part) for part in re.split(r"([-–])|\s", text) if part)


def part_of_day(text: str) -> str:
    folded = f" {fold_name(text)} "
    morning = any(f" {word} " in folded for word in ("morning", "mornings", "am", "before noon", "manana"))
    afternoon = any(f" {word} " in folded for word in ("afternoon", "afternoons", "pm", "after noon", "tarde"))
    return "" if morning == afternoon else "morning" if morning else "afternoon"


def referrer_of(words: str) -> str:
    """The physician whom the words name: ``referred by Dr. Amin``."""
    match = _REFERRER.search(words)
    return " ".join(match[1].split()) if match else ""
