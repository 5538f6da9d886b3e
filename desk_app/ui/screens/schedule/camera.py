"""Which part of the board is in view: content coordinates to the viewport's and back."""

from __future__ import annotations

from typing import NamedTuple

from desk_app.ui.screens.schedule.board_layout import GUTTER, Box


class Camera(NamedTuple):
    """The viewport's size, how far it is scrolled, and the height of the sticky head."""

    width: int
    height: int
    head: int
    scroll_x: int = 0
    scroll_y: int = 0

    @property
    def origin_x(self) -> int:
        """Where content x 0 lies in the viewport."""
        return GUTTER - self.scroll_x

    @property
    def origin_y(self) -> int:
        """Where content y 0 lies in the viewport."""
        return self.head - self.scroll_y

    @property
    def top(self) -> int:
        """The first content y in view."""
        return self.scroll_y

    @property
    def bottom(self) -> int:
        """The first content y below the view."""
        return self.scroll_y + self.height - self.head

    def to_content(self, x: int, y: int) -> tuple[int, int]:
        return x - self.origin_x, y - self.origin_y

    def to_view(self, box: Box) -> Box:
        return Box(box.x + self.origin_x, box.y + self.origin_y, box.width, box.height)

    def shows(self, x: int, y: int) -> bool:
        """Whether a point of the viewport lies on the board proper, not on the gutter or the head."""
        return GUTTER <= x < self.width and self.head <= y < self.height
