"""Roles, contrast, icons and fonts, held to the look's own numbers."""

from __future__ import annotations

import ast
import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.palette_values import PHASES, ROLES
from desk_app.ui.theme import DARK, LIGHT, Theme
from tests.ui.panels.fixtures import RESOURCES

PROGRAM = RESOURCES.parent / "desk_app"
THEMES = [LIGHT, DARK]
TEXT_PAIRS = [
    ("text", "base"), ("text", "window"), ("text", "sel"), ("text", "raised"), ("text", "hover"), ("text", "alt"),
    ("text2", "base"), ("text2", "window"), ("text2", "sel"), ("text2", "done"), ("text2", "closedhatch"),
    ("text2", "raised"), ("text3", "base"), ("text3", "window"), ("text3", "alt"), ("text3", "hover"),
    ("text3", "raised"), ("onaccent", "accent"), ("accent", "base"), ("warn", "base"), ("warn", "sel"),
    ("warn", "warnfill"), ("text", "warnfill"), ("text2", "warnfill"), ("bad", "base"), ("bad", "sel"),
    ("bad", "badfill"), ("bad", "raised"), ("warn", "raised"), ("ok", "base"),
]  # fmt: skip


def luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, two: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colors", THEMES, ids=lambda each: each.name)
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(colors: Theme, words: str, ground: str) -> None:
    assert contrast(colors.color(words), colors.color(ground)) >= 4.5


@pytest.mark.parametrize("colors", THEMES, ids=lambda each: each.name)
@pytest.mark.parametrize("kind", list(PhaseKind))
def test_words_on_a_phase_are_readable_on_its_tint_and_on_its_solid_or_hatch(colors: Theme, kind: PhaseKind) -> None:
    phase = colors.phase(kind)
    assert contrast(phase.text, phase.tint) >= 4.5
    if kind in (PhaseKind.SETUP, PhaseKind.TURNOVER):
        assert contrast(phase.text, phase.on_solid) >= 4.5  # there it is the hatch
    else:
        assert contrast(phase.on_solid, phase.edge) >= 4.5


def test_the_numbers_are_those_that_the_look_promises() -> None:
    promised = {("text", "base"): (16.2, 13.6), ("text3", "hover"): (4.9, 5.3), ("onaccent", "accent"): (10.8, 10.5)}
    for (words, ground), pair in promised.items():
        for colors, number in zip(THEMES, pair, strict=True):
            assert round(contrast(colors.color(words), colors.color(ground)), 1) == number


def test_every_role_and_phase_is_there_in_light_and_in_dark() -> None:
    for colors in THEMES:
        assert set(colors.roles) == set(ROLES)
        assert set(colors.phases) == set(PHASES) == {kind.value for kind in PhaseKind}
        assert all(color.isValid() for color in colors.roles.values())
    assert (LIGHT.is_dark, DARK.is_dark) == (False, True)


def test_every_role_that_the_program_names_exists() -> None:
    """In painters, labels and the style sheet alike."""
    named: set[str] = set()
    for path in (PROGRAM / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            given = node.args[:1] if called == "color" else [k.value for k in node.keywords if k.arg == "role"]
            named |= {each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    sheet = (RESOURCES / "style.qss").read_text(encoding="utf-8")
    named |= set(re.findall(r"@(\w+)", sheet))
    assert {"accent", "line", "text2"} <= named
    assert named <= set(ROLES) | set(PHASES)


def test_every_icon_that_the_program_names_is_in_the_set() -> None:
    there = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    missing = {name: place for name, place in icon_names() if name not in there}
    assert missing == {}


def icon_names() -> list[tuple[str, str]]:
    """Names given to icons, pictures and buttons, as constants or by the tables that hold them."""
    found = []
    for path in (PROGRAM / "ui").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            found += [(name, f"{path.name}:{getattr(node, 'lineno', 0)}") for name in _named_by(node)]
    assert len(found) > 60
    return found


POSITIONS = {
    "icon": 0, "pixmap": 0, "picture": 0, "flat_button": 0, "KeyButton": 2, "Action": 3, "Answer": 2, "Chip": 1,
    "ChipSpec": 1, "Status": 1, "FilterEdit": 1,
}  # fmt: skip


def _named_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.AnnAssign | ast.Assign):
        targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        is_table = any(isinstance(target, ast.Name) and target.id.endswith("ICONS") for target in targets)
        values = node.value.values if is_table and isinstance(node.value, ast.Dict) else []
        return [value.value for value in values if isinstance(value, ast.Constant) and value.value]
    if not isinstance(node, ast.Call):
        return []
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    given = [keyword.value for keyword in node.keywords if keyword.arg == "icon"]
    place = POSITIONS.get(name)
    if place is not None and len(node.args) > place:
        given.append(node.args[place])
    return [
        each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
    ]


@pytest.mark.parametrize("colors", THEMES, ids=lambda each: each.name)
def test_the_palette_has_its_roles_in_all_three_groups(dressed: QApplication, colors: Theme) -> None:
    palette = theme.palette_of(colors)
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    for each in (group.Active, group.Inactive):
        assert palette.color(each, role.Highlight) == colors.color("sel")
        assert palette.color(each, role.HighlightedText) == colors.color("text")
        assert palette.color(each, role.Accent) == colors.color("accent")
    assert palette.color(group.Disabled, role.Text).alphaF() < 1


def test_the_style_sheet_has_every_role_filled_in(dressed: QApplication) -> None:
    assert "@" not in dressed.styleSheet()
    assert theme.LIGHT.color("accent").name() in dressed.styleSheet()
    assert len((RESOURCES / "style.qss").read_text(encoding="utf-8").splitlines()) < 80


def test_an_icon_is_drawn_in_its_colour_and_kept(dressed: QApplication) -> None:
    red = QColor("#ff0000")
    picture = icons.pixmap("close", red, 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)
    image = picture.toImage()
    painted = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() > 200
    }
    assert painted == {"#ff0000"}
    assert icons.pixmap("close", red, 16, 2.0).cacheKey() == picture.cacheKey()


@pytest.mark.parametrize(("asked", "base"), [(None, 13), (9, 12), (16, 16), (40, 20)])
def test_sizes_are_offsets_from_the_desktops_own(dressed: QApplication, asked: int | None, base: int) -> None:
    fonts.load(RESOURCES / "fonts", asked)
    try:
        assert [fonts.pixels(size) for size in Type] == [base - 2, base - 1, base, base + 2, base + 11]
        assert fonts.line_height(Type.BASE) >= base
        assert fonts.scaled(13) == base
    finally:
        fonts.load(RESOURCES / "fonts")


def test_the_bundled_letters_are_used_and_all_figures_are_equally_wide(dressed: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    assert "Inter" in QFontDatabase.families()
    font = fonts.font(Type.BASE)
    assert QFontInfo(font).family() == "Inter"
    assert len({round(QFontMetricsF(font).horizontalAdvance(figure), 2) for figure in "0123456789"}) == 1


def test_no_colour_is_written_in_a_widget() -> None:
    written = [
        f"{path.relative_to(PROGRAM)}: {match}"
        for path in (PROGRAM / "ui").rglob("*.py")
        if path.name not in ("palette_values.py", "contrast_values.py")
        for match in re.findall(r"[\"']#[0-9a-fA-F]{3,8}[\"']", path.read_text(encoding="utf-8"))
    ]
    assert written == []
