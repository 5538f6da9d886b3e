"""One of a few, all of them in sight, after a word that says of what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desk_app.ui.fonts import Type
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.segments import Segments


class Choice(Segments):
    """Segments with their caption in front."""

    def __init__(self, caption: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(options, caption, parent)
        self._row.insertSpacing(0, 6)
        self._row.insertWidget(0, texts.label(caption, Type.SMALL, role="text2"))
