"""The colours of the high-contrast look, role by role: on white, on black.

Tints are the ground itself; edges, borders and words are the colour of text; what must stand out keeps a deep (or,
on black, a bright) hue that reads at 7 to 1. No yellow, which many who ask for contrast cannot tell from white.
"""

from __future__ import annotations

from collections.abc import Mapping

GROUNDS = ("window", "base", "alt", "raised", "done", "closed", "fitfill", "warnfill", "badfill")
INKS = ("text", "text2", "line2", "doneedge")

CONTRAST_ROLES: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(GROUNDS, ("#FFFFFF", "#000000")),
    **dict.fromkeys(INKS, ("#000000", "#FFFFFF")),
    "hover": ("#E0E0E0", "#262626"),
    "sel": ("#CFE2FF", "#003366"),
    "line": ("#4D4D4D", "#BFBFBF"),
    "grid": ("#A6A6A6", "#595959"),
    "text3": ("#1F1F1F", "#E6E6E6"),
    "accent": ("#00338D", "#8FD0FF"),
    "onaccent": ("#FFFFFF", "#000000"),
    "warn": ("#5C2E00", "#FFC99A"),
    "warnedge": ("#8A4B00", "#FFA95C"),
    "bad": ("#8B0000", "#FFB9B2"),
    "badedge": ("#8B0000", "#FF8A7A"),
    "ok": ("#004D1A", "#8CE0A6"),
    "closedhatch": ("#999999", "#555555"),
    "fit": ("#00573F", "#63E6C0"),
}

_ON_WHITE, _ON_BLACK = ("#FFFFFF", "#000000"), ("#000000", "#FFFFFF")

CONTRAST_PHASES: Mapping[str, tuple[tuple[str, str, str, str], tuple[str, str, str, str]]] = {
    "setup": (("#6B5200", *_ON_WHITE, "#999999"), ("#E0C89A", *_ON_BLACK, "#555555")),
    "procedure": (("#0B3D91", *_ON_WHITE, "#FFFFFF"), ("#8FC1FF", *_ON_BLACK, "#000000")),
    "turnover": (("#4D4D4D", *_ON_WHITE, "#999999"), ("#BFBFBF", *_ON_BLACK, "#555555")),
    "recovery": (("#00573F", *_ON_WHITE, "#FFFFFF"), ("#63E6C0", *_ON_BLACK, "#000000")),
    "overnight": (("#6B1060", *_ON_WHITE, "#FFFFFF"), ("#F5B8EC", *_ON_BLACK, "#000000")),
}
"""As for the other looks: edge (also the solid), tint, text on the tint, text on the solid or the hatch's lines."""
