"""The high-contrast look: readable at 7 to 1, told apart by outlines, chosen by hand or by the desktop."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk_app.domain.practice import PhaseKind
from desk_app.ui import theme
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.top_bar import MENU
from desk_app.ui.palette_values import PHASES, ROLES
from desk_app.ui.theme import CONTRAST, CONTRAST_DARK, DARK, LIGHT, SCHEMES, Theme, theme_for
from desk_app.ui.widgets.chip import Chip
from tests.ui.panels.fixtures import RESOURCES
from tests.ui.widgets.test_theme import TEXT_PAIRS, contrast

BOTH = [CONTRAST, CONTRAST_DARK]
STRIPS = (PhaseKind.SETUP, PhaseKind.TURNOVER)


@pytest.mark.parametrize("colors", BOTH, ids=lambda each: each.name)
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_text_reads_at_seven_to_one(colors: Theme, words: str, ground: str) -> None:
    assert contrast(colors.color(words), colors.color(ground)) >= 7


@pytest.mark.parametrize("colors", BOTH, ids=lambda each: each.name)
@pytest.mark.parametrize("kind", list(PhaseKind))
def test_words_on_a_phase_read_at_seven_to_one(colors: Theme, kind: PhaseKind) -> None:
    phase = colors.phase(kind)
    assert contrast(phase.text, phase.tint) >= 7
    assert contrast(phase.text if kind in STRIPS else phase.edge, phase.on_solid) >= 7
    assert contrast(phase.edge, colors.color("base")) >= 7


@pytest.mark.parametrize("colors", BOTH, ids=lambda each: each.name)
@pytest.mark.parametrize("edge", ["line", "line2", "accent", "warnedge", "badedge", "fit", "doneedge"])
def test_what_has_no_word_is_seen_at_four_and_a_half_to_one(colors: Theme, edge: str) -> None:
    assert contrast(colors.color(edge), colors.color("base")) >= 4.5


@pytest.mark.parametrize("colors", BOTH, ids=lambda each: each.name)
def test_tints_are_the_ground_and_borders_the_colour_of_text(colors: Theme) -> None:
    assert {phase.tint.name() for phase in colors.phases.values()} == {colors.color("base").name()}
    assert colors.color("line2") == colors.color("text")
    for fill in ("done", "closed", "fitfill", "warnfill", "badfill"):
        assert colors.color(fill) == colors.color("base")


@pytest.mark.parametrize("colors", BOTH, ids=lambda each: each.name)
def test_no_colour_is_yellow(colors: Theme) -> None:
    for color in (*colors.roles.values(), *(phase.edge for phase in colors.phases.values())):
        is_yellow = 45 <= color.hsvHue() <= 70 and color.hsvSaturation() > 150 and color.value() > 150
        assert not is_yellow, color.name()


def test_every_role_and_phase_is_there() -> None:
    for colors in BOTH:
        assert set(colors.roles) == set(ROLES)
        assert set(colors.phases) == set(PHASES)
        assert colors.is_contrast
    assert (CONTRAST.is_dark, CONTRAST_DARK.is_dark) == (False, True)
    assert not LIGHT.is_contrast
    assert not DARK.is_contrast


@pytest.mark.parametrize(
    ("scheme", "dark", "high", "wanted"),
    [
        ("system", False, False, LIGHT), ("system", True, False, DARK),
        ("system", False, True, CONTRAST), ("system", True, True, CONTRAST_DARK),
        ("light", True, True, LIGHT), ("dark", False, True, DARK),
        ("contrast", False, False, CONTRAST), ("contrast", True, False, CONTRAST_DARK),
        ("what?", True, True, CONTRAST_DARK),
    ],
)  # fmt: skip
def test_the_desktop_is_followed_unless_somebody_chose(scheme: str, dark: bool, high: bool, wanted: Theme) -> None:
    assert theme_for(scheme, dark, high) is wanted


def test_each_scheme_is_a_command_and_in_the_menu() -> None:
    assert set(SCHEMES) <= {command.code for command in COMMANDS}
    assert set(SCHEMES) <= set(MENU)


def test_a_chip_has_a_border_in_the_colour_of_text(dressed: QApplication, qtbot: QtBot) -> None:
    theme.apply_theme(dressed, CONTRAST, RESOURCES)
    try:
        chip = Chip("late", "late", "warn")
        qtbot.addWidget(chip)
        image = chip.grab().toImage()
        assert QColor(image.pixelColor(0, image.height() // 2)).lightness() < 60
    finally:
        theme.apply_theme(dressed, LIGHT, RESOURCES)
