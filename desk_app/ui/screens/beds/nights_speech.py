"""What the picture of the nights tells assistive technology: every bed of every night."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desk_app.application.beds_view import BedsView
from desk_app.ui.screens.beds.bed_words import nights_line, tr
from desk_app.ui.screens.beds.nights_layout import Cell, NightsLayout
from desk_app.ui.widgets.speech import Speech


class PaintedNights(Protocol):
    """What is asked of the board itself."""

    @property
    def view(self) -> BedsView: ...
    def layout_now(self) -> NightsLayout: ...
    def cells(self) -> tuple[Cell, ...]: ...
    def current_cell(self) -> Cell | None: ...
    def spoken(self, cell: Cell) -> str: ...


class NightsSpeech(Speech[Cell]):
    """Speaks for one board."""

    def __init__(self, board: QWidget, painted: PaintedNights) -> None:
        self._painted = painted
        self._told: tuple[Cell, ...] = ()
        self._view: BedsView | None = None
        self._board_widget = board
        super().__init__(board)

    def name(self) -> str:
        return f"{tr('Nights')}: {nights_line(self._painted.view)}"

    def current_stop(self) -> Cell | None:
        at = self._painted.current_cell()
        return next((cell for cell in self._told if cell == at), None)

    def spoken_stop(self, stop: Cell) -> str:
        return self._painted.spoken(stop)

    def is_selected(self, stop: Cell) -> bool:
        return stop == self._painted.current_cell()

    def is_in_view(self, stop: Cell) -> bool:
        rect = self._painted.layout_now().cell_rect(stop)
        return rect.right() > self._painted.layout_now().gutter and rect.left() < self._board_widget.width()

    def _place(self, stop: Cell) -> QRect:
        return self._painted.layout_now().cell_rect(stop)

    def _renewed(self) -> tuple[Cell, ...] | None:
        if self._view is self._painted.view and self._told:
            return None
        self._view, self._told = self._painted.view, self._painted.cells()
        return self._told
