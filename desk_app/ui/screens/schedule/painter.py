"""The board's static picture, in its fixed order.

Shading, grid, now-line, fills, edges, text and ticks lie on the board proper; head and gutter are painted last.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desk_app.application.schedule_view import FitMap
from desk_app.ui.screens.schedule.block_painter import BlockPainter
from desk_app.ui.screens.schedule.board_layout import GUTTER, BoardLayout
from desk_app.ui.screens.schedule.camera import Camera
from desk_app.ui.screens.schedule.carried_painter import paint_carried
from desk_app.ui.screens.schedule.ground_painter import GroundPainter, now_in_view
from desk_app.ui.screens.schedule.head_painter import HeadPainter
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.scene import Group


def paint_board(
    painter: QPainter,
    inks: Inks,
    layout: BoardLayout,
    camera: Camera,
    now_minute: int,
    fit_map: FitMap | None = None,
    carried: frozenset[int] = frozenset(),
) -> None:
    """Paints everything that does not follow the pointer or the selection. Viewport coordinates."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRect(0, 0, camera.width, camera.height), inks.color("window"))
    painter.setClipRect(QRect(GUTTER, camera.head, camera.width - GUTTER, camera.height - camera.head))
    painter.save()
    painter.translate(camera.origin_x, camera.origin_y)
    GroundPainter(painter, inks, layout, camera).paint(now_minute, fit_map)
    in_view = [placed for placed in layout.placed if placed.box.meets(camera.top, camera.bottom)]
    BlockPainter(painter, inks).paint(layout, in_view, now_minute)
    for placed in in_view if carried else ():
        if placed.block.id in carried:
            paint_carried(painter, inks, placed.box, placed.body if placed.block.group is Group.MAIN else None)
    painter.restore()
    painter.setClipping(False)
    head = HeadPainter(painter, inks, layout, camera)
    head.paint_gutter(now_in_view(layout, camera, now_minute), layout.scene.axis.clock(now_minute))
    head.paint_head(fit_map)
