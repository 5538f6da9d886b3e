"""The parts of a card: a section's ground, its facts, its phases, two persons side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from desk_app.domain.practice import PhaseKind
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.panels.card_content import ChipSpec, Fact, Line, PhaseRow, Progress, Status
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from desk_app.ui.models.comparison import Compared

LABEL_WIDTH = 96
BOLD, MEDIUM = QFont.Weight.DemiBold, QFont.Weight.Medium


class SectionBox(QFrame):
    """A section's ground, with a line above it."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._tone == "warn":
            painter.fillRect(self.rect(), theme.current().color("warnfill"))
        painter.fillRect(0, 0, self.width(), 1, theme.current().color("line"))
        painter.end()


class _Swatch(QWidget):
    """A phase's colour or hatch, small."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(11, 11)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colors = theme.current()
        phase = colors.phase(PhaseKind(self._kind))
        hatched = self._kind in ("setup", "turnover")
        painter.fillRect(self.rect(), phase.tint if hatched else phase.edge)
        if hatched:
            painter.fillRect(self.rect(), colors.hatch(self._kind))
            painter.setPen(phase.edge)
            painter.drawRect(QRectF(self.rect()).adjusted(0, 0, -1, -1))
        painter.end()


def fact_rows(facts: tuple[Fact, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(2, 1)
    for row, fact in enumerate(facts):
        grid.addWidget(texts.label(fact.label, Type.BASE, role="text3", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        if fact.icon:
            role = fact.role if fact.role != "text2" else "text"
            grid.addWidget(texts.picture(fact.icon, role), row, 1, Qt.AlignmentFlag.AlignTop)
        text = texts.label(fact.text, Type.BASE, role=fact.role, wrap=True)
        texts.selectable(text)
        grid.addWidget(text, row, 2 if fact.icon else 1, 1, 1 if fact.icon else 2)
    return grid


def status_row(status: Status) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(texts.picture(status.icon), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(texts.label(status.word, Type.BASE, MEDIUM), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(texts.label(status.more, Type.BASE, role="text2", wrap=True), 1)
    return row


def signed_row(text: str, sign: str) -> QHBoxLayout:
    """A sentence behind its icon: amber for what needs a reason, quiet for what is only asked."""
    row = QHBoxLayout()
    row.setSpacing(8)
    if sign:
        row.addWidget(texts.picture(sign, "warn" if sign == "warning" else "text2"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(texts.label(text, Type.BASE, wrap=True), 1)
    return row


def compared_rows(rows: tuple[Compared, ...]) -> QGridLayout:
    """Two persons side by side; what differs is amber and has its sign and its word for a screen reader."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    for number, row in enumerate(rows):
        tone = "warn" if row.same is False else "text"
        grid.addWidget(texts.label(row.label, Type.SMALL, role="text2"), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(texts.label(row.theirs, Type.SMALL, wrap=True), number, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(texts.label(row.ours, Type.SMALL, role=tone, wrap=True), number, 2, Qt.AlignmentFlag.AlignTop)
        if row.same is not None:
            sign = texts.picture("check" if row.same else "warning", tone, 14)
            sign.setAccessibleName("same" if row.same else "differs")
            grid.addWidget(sign, number, 3, Qt.AlignmentFlag.AlignTop)
    return grid


def phase_rows(rows: tuple[PhaseRow, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(3, 1)
    for number, row in enumerate(rows):
        weight = BOLD if row.now else QFont.Weight.Normal
        grid.addWidget(_Swatch(row.kind), number, 0)
        grid.addWidget(texts.label(row.word, Type.SMALL, weight), number, 1)
        grid.addWidget(texts.label(row.times, Type.SMALL, weight), number, 2)
        used = texts.label(row.resources, Type.SMALL, role="text2", wrap=True)
        used.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(used, number, 3)
    return grid


class ProgressBar(QWidget):
    """A bar in the colours of recovery with a tick at its mark, and the words under it."""

    BAR, TICK = 6, 10

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress
        self.setFixedHeight(self.TICK + 4 + fonts.line_height(Type.CAPTION))
        parts = (progress.begin, progress.marked, progress.end)
        self.setAccessibleName(", ".join(part for part in parts if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, width = QPainter(self), theme.current(), self.width()
        phase, top = colors.phase(PhaseKind.RECOVERY), (self.TICK - self.BAR) // 2
        painter.fillRect(0, top, width, self.BAR, phase.tint)
        painter.fillRect(0, top, round(width * min(1.0, self._progress.done)), self.BAR, phase.edge)
        if colors.is_contrast:
            painter.setPen(colors.color("text"))
            painter.drawRect(0, top, width - 1, self.BAR - 1)
        if self._progress.mark is not None:
            x = min(width - 2, round(width * self._progress.mark))
            painter.fillRect(x, 0, 2, self.TICK, colors.color("text"))
        painter.setFont(fonts.font(Type.CAPTION))
        painter.setPen(colors.color("text2"))
        row = QRect(0, self.TICK + 4, width, fonts.line_height(Type.CAPTION))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft, self._progress.begin)
        painter.drawText(row, Qt.AlignmentFlag.AlignRight, self._progress.end)
        painter.drawText(row, Qt.AlignmentFlag.AlignHCenter, self._progress.marked)
        painter.end()


def line_rows(lines: tuple[Line, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 5)
    grid.setColumnStretch(1, 4)
    for number, line in enumerate(lines):
        grid.addWidget(texts.label(line.name, Type.BASE), number, 0)
        grid.addWidget(texts.label(line.place, Type.BASE, role="text2"), number, 1)
        grid.addWidget(texts.label(line.at, Type.BASE), number, 2, Qt.AlignmentFlag.AlignRight)
    return grid


def chip(spec: ChipSpec) -> Chip:
    return Chip(spec.text, spec.icon, spec.tone, spec.spoken)
