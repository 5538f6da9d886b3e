"""One theme as one frozen value: every colour by its role. No colour is written anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QApplication

from desk_app.domain.dataclass import dataclass
from desk_app.ui.contrast_values import CONTRAST_PHASES, CONTRAST_ROLES
from desk_app.ui.palette_values import PHASES, ROLES

if TYPE_CHECKING:
    from desk_app.domain.practice import PhaseKind

SLANTED, LEVEL = 9, 4
"""Pixels between hatch lines: 45° lines repeat every 9 px across (6 px apart), level ones every 4."""


Values = Mapping[str, tuple[str, str]]
PhaseValues = Mapping[str, tuple[tuple[str, str, str, str], tuple[str, str, str, str]]]


@dataclass(frozen=True)
class PhaseColors:
    """How a phase is drawn: its edge is also its solid fill."""

    edge: QColor
    tint: QColor
    text: QColor
    on_solid: QColor


@dataclass(frozen=True)
class Theme:
    """Colours by role and phase, made when first asked for, and once. ``which`` of each pair of values holds."""

    name: str
    which: int
    role_values: Values = field(repr=False)
    phase_values: PhaseValues = field(repr=False)
    _hatches: dict[str, QBrush] = field(default_factory=dict, compare=False)

    @cached_property
    def roles(self) -> Mapping[str, QColor]:
        return {role: QColor(pair[self.which]) for role, pair in self.role_values.items()}

    @cached_property
    def phases(self) -> Mapping[str, PhaseColors]:
        pairs = self.phase_values.items()
        return {kind: PhaseColors(*(QColor(value) for value in pair[self.which])) for kind, pair in pairs}

    def color(self, role: str) -> QColor:
        """A colour role of the look, or a phase's edge."""
        return self.roles[role] if role in self.roles else self.phases[role].edge

    def phase(self, kind: PhaseKind) -> PhaseColors:
        return self.phases[kind.value]

    def hatch(self, name: str) -> QBrush:
        """The tile brush of ``closed`` (45°), ``setup`` (45°) or ``turnover`` (level)."""
        if name not in self._hatches:
            color = self.color("closedhatch") if name == "closed" else self.phases[name].on_solid
            self._hatches[name] = _level(color) if name == "turnover" else _slanted(color)
        return self._hatches[name]

    @property
    def is_dark(self) -> bool:
        return self.color("base").lightness() < 128

    @property
    def is_contrast(self) -> bool:
        """Whether fills are told apart by outlines in the colour of text."""
        return self.name.startswith("contrast")


LIGHT, DARK = Theme("light", 0, ROLES, PHASES), Theme("dark", 1, ROLES, PHASES)
CONTRAST = Theme("contrast", 0, CONTRAST_ROLES, CONTRAST_PHASES)
CONTRAST_DARK = Theme("contrast-dark", 1, CONTRAST_ROLES, CONTRAST_PHASES)
SCHEMES = ("system", "light", "dark", "contrast")


def chosen(scheme: str) -> Theme:
    """``light``, ``dark`` or ``contrast``, the last on white or on black as the desktop is; ``system`` follows it."""
    hints = QGuiApplication.styleHints()
    is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    wants_contrast = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    return theme_for(scheme, is_dark, wants_contrast)


def theme_for(scheme: str, desktop_is_dark: bool, desktop_wants_contrast: bool) -> Theme:
    """What a choice means on a desktop of that kind."""
    if scheme == "contrast" or (scheme not in SCHEMES[1:] and desktop_wants_contrast):
        return CONTRAST_DARK if desktop_is_dark else CONTRAST
    is_dark = scheme == "dark" or (scheme not in SCHEMES[1:] and desktop_is_dark)
    return DARK if is_dark else LIGHT


_now = LIGHT


def current() -> Theme:
    """The theme that the window wears."""
    return _now


def apply_theme(app: QApplication, theme: Theme, resources: Path) -> None:
    """Our palette in all three groups, and the small style sheet with the roles filled in.

    What is worn already is not put on again: Qt would go through every widget.
    """
    global _now
    _now = theme
    palette = palette_of(theme)
    if app.palette() != palette:
        app.setPalette(palette)
    sheet = (resources / "style.qss").read_text(encoding="utf-8")
    for role in sorted(theme.roles, key=len, reverse=True):
        sheet = sheet.replace(f"@{role}", theme.color(role).name())
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def palette_of(theme: Theme) -> QPalette:
    """Highlight is the pale role, and highlighted text stays text: rows keep their coloured words when selected."""
    role, color = QPalette.ColorRole, theme.color
    pairs = {
        role.Window: "window",
        role.Button: "window",
        role.WindowText: "text",
        role.Text: "text",
        role.ButtonText: "text",
        role.Base: "base",
        role.AlternateBase: "alt",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.Highlight: "sel",
        role.HighlightedText: "text",
        role.PlaceholderText: "text3",
        role.Link: "accent",
        role.Accent: "accent",
        role.Mid: "line2",
        role.Midlight: "grid",
        role.Dark: "line2",
        role.Light: "base",
    }
    palette = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for which, name in pairs.items():
            palette.setColor(group, which, color(name))
    faded = QColor(color("text3"))
    faded.setAlphaF(0.7)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return palette


def _slanted(color: QColor) -> QBrush:
    tile = QPixmap(SLANTED, SLANTED)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1.2))
    for shift in (-SLANTED, 0, SLANTED):
        painter.drawLine(shift - 1, SLANTED + 1, shift + SLANTED + 1, -1)
    painter.end()
    return QBrush(tile)


def _level(color: QColor) -> QBrush:
    tile = QPixmap(LEVEL, LEVEL)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.fillRect(0, LEVEL - 1, LEVEL, 1, color)
    painter.end()
    return QBrush(tile)
