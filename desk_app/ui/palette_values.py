"""The colours of the look, role by role: light, dark. Contrast was measured; change a value only with its partners."""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, tuple[str, str]] = {
    "window": ("#EEF0F0", "#12181B"),
    "base": ("#FFFFFF", "#182024"),
    "alt": ("#F6F7F7", "#1C252A"),
    "raised": ("#FBFBFB", "#202A2F"),
    "hover": ("#E6EAEB", "#222D33"),
    "sel": ("#DDE8EB", "#26404A"),
    "line": ("#D6DBDD", "#2D383E"),
    "line2": ("#B4BDC1", "#4A5860"),
    "grid": ("#E7EAEB", "#232D32"),
    "text": ("#182226", "#E4EAEC"),
    "text2": ("#46535A", "#B0BCC2"),
    "text3": ("#58666D", "#93A1A8"),
    "accent": ("#17434F", "#A3D5E0"),
    "onaccent": ("#FFFFFF", "#0C2027"),
    "warn": ("#8A5200", "#F0B95A"),
    "warnfill": ("#FCEFD2", "#3D2E10"),
    "warnedge": ("#C47C10", "#D9982E"),
    "bad": ("#A8261F", "#FF9C8E"),
    "badfill": ("#FBE4E0", "#471E1A"),
    "badedge": ("#CF4A3C", "#E0604F"),
    "ok": ("#2A6B43", "#7FCB98"),
    "done": ("#F1F3F3", "#1D262A"),
    "doneedge": ("#A9B3B8", "#5A686F"),
    "closed": ("#E4E8E9", "#151C1F"),
    "closedhatch": ("#D0D7D9", "#262F34"),
    "fit": ("#17806A", "#63D0B2"),
    "fitfill": ("#E4F3EE", "#17302A"),
}

PHASES: Mapping[str, tuple[tuple[str, str, str, str], tuple[str, str, str, str]]] = {
    "setup": (("#B09A62", "#F0ECE2", "#5A513E", "#D8CFBB"), ("#A8965F", "#2E2B22", "#CFC5A9", "#474231")),
    "procedure": (("#1E5CA0", "#D8E6F5", "#0F2A47", "#FFFFFF"), ("#5F9FE4", "#1E3A5A", "#DCEBFA", "#08192B")),
    "turnover": (("#76838A", "#EBEEEF", "#4B585F", "#CCD3D6"), ("#8D9AA1", "#242D31", "#B4C0C6", "#3A464C")),
    "recovery": (("#17806A", "#CBEADF", "#0B3A30", "#FFFFFF"), ("#63D0B2", "#17443A", "#D3F1E8", "#04211A")),
    "overnight": (("#842A74", "#F0D6EA", "#4A1B43", "#FFFFFF"), ("#EDB4E4", "#4B2546", "#F6DDF1", "#2A0B26")),
}
"""Edge (also the solid), tint, text on the tint, and text on the solid; a hatch's lines for the hatched two."""
