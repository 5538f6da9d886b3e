"""Forms written as lines of text: ``Label: value``."""

from __future__ import annotations

from desk_app.interop.web_form.labels import LONG_FIELDS, Fields, field_name

SIGNATURE = "--"


def from_text(text: str) -> Fields:
    """A free field goes on until the next label; a value may stand on the line below its label."""
    fields, current = Fields(), ""
    for line in text.split("\n"):
        words = line.lstrip(" >*|").rstrip()
        label, colon, value = words.replace("\uff1a", ":", 1).partition(":")
        name = field_name(label) if colon else None
        if name is not None:
            current = name
            fields.put(name, value.strip(" *"))
        elif line.strip() == SIGNATURE:
            current = ""
        elif (words and current in LONG_FIELDS) or (words and current and not fields[current]):
            fields.put(current, words)
        elif not words and current not in LONG_FIELDS and fields.get(current, ""):
            current = ""
    return fields


def unflowed(text: str, glued: bool = False) -> str:
    """The paragraphs of ``format=flowed`` (RFC 3676): a line that ends in a space goes on in the next."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        plain = line.removeprefix(" ")
        if goes_on:
            lines[-1] += plain
        else:
            lines.append(plain)
        goes_on = plain.endswith(" ") and plain != "-- "
        if goes_on and glued:
            lines[-1] = lines[-1].removesuffix(" ")
    return "\n".join(lines)
