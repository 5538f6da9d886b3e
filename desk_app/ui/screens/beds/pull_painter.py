"""What is painted over the pictures: the selection's frame, and a stay that is being pulled to another place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter

from desk_app.application.bed_fits import PlaceFit, bay_fit
from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.screens.beds.bed_words import tr
from desk_app.ui.screens.beds.pens import BOLD, Pens, width_of
from desk_app.ui.screens.beds.recovery_layout import RecoveryLayout, Stay
from desk_app.ui.theme import Theme

FRAME = 2
LABEL_GAP = 14


def paint_frame(painter: QPainter, theme: Theme, rect: QRect, strong: bool, whole_row: bool = False) -> None:
    """A frame in ink around what is selected, with a pixel of ground between; thinner without the keyboard."""
    pens, width = Pens(painter, theme), FRAME if strong else 1
    around = rect.adjusted(1, 1, -1, -2) if whole_row else rect.adjusted(-3, -3, 3, 3)
    if not whole_row:
        pens.outline(around.adjusted(FRAME, FRAME, -FRAME, -FRAME), theme.color("base"), radius=2)
    pens.outline(around, theme.color("accent"), radius=3, width=width)


def paint_pull(painter: QPainter, theme: Theme, layout: RecoveryLayout, stay: Stay, place: QPoint) -> None:
    """Every bay tells whether the stay fits there; the stay hangs on the pointer's bay, with a label."""
    pens = Pens(painter, theme)
    target = layout.row_at(place)
    for row in layout.rows:
        if row.bay.resource.code == stay.bay.resource.code:
            continue
        fit = bay_fit(layout.view, row.bay, stay.lying)
        ground = QRect(stay.block.left(), row.rect.top() + 2, stay.block.width(), row.rect.height() - 4)
        if fit.fits:
            pens.fill(ground, "fitfill")
            pens.fill(QRect(ground.left(), ground.top(), 5, ground.height()), "fit")
        else:  # framed only: who lies there stays readable
            pens.outline(ground, pens.color("warnedge"), dashed=True)
    if target is None:
        return
    ghost = QRect(stay.block.left(), target.rect.top() + 7, stay.block.width(), stay.block.height())
    colors = pens.phase(PhaseKind.RECOVERY)
    pens.body(ghost, colors.tint, colors.edge)
    pens.write(ghost.adjusted(9, 0, 0, 0), stay.lying.use.family, colors.text, Type.SMALL, BOLD)
    paint_frame(painter, theme, ghost, strong=True)
    fit = bay_fit(layout.view, target.bay, stay.lying)
    same = target.bay.resource.code == stay.bay.resource.code
    words = tr("{bay}, as it is").format(bay=target.bay.resource.name) if same else fit_words(fit)
    paint_label(pens, words, place, QRect(0, 0, layout.width, layout.height), fit.fits or same)


def fit_words(fit: PlaceFit) -> str:
    """``Bay 5 fits``, or why it does not."""
    if fit.fits:
        return tr("{place} fits").format(place=fit.name)
    more = tr(", with a reason") if fit.passable else ""
    return f"{fit.name}: {fit.reason}{more}"


def paint_label(pens: Pens, text: str, place: QPoint, bounds: QRect, good: bool) -> None:
    """Words at the pointer, on ink where it fits, on amber where it does not."""
    room, line = width_of(text, Type.SMALL, BOLD) + 16, fonts.line_height(Type.SMALL) + 8
    left = min(place.x() + LABEL_GAP, bounds.right() - room - 4)
    top = min(place.y() + LABEL_GAP, bounds.bottom() - line - 4)
    label = QRect(max(left, 4), max(top, 4), room, line)
    pens.body(label, pens.color("accent" if good else "warnfill"), None, radius=3)
    pens.write(label.adjusted(8, 0, 0, 0), text, "onaccent" if good else "warn", Type.SMALL, BOLD)
