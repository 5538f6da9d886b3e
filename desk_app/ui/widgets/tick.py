"""Boxes and rounds to tick whose outline is seen on any ground: the style draws it darker than a dark window."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QStyle, QStyleOptionButton

from desk_app.ui import theme


class TickBox(QCheckBox):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with _outline(self) as painter:
            painter.drawRoundedRect(_indicator(self, QStyle.SubElement.SE_CheckBoxIndicator), 2, 2)


class Round(QRadioButton):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with _outline(self) as painter:
            painter.drawEllipse(_indicator(self, QStyle.SubElement.SE_RadioButtonIndicator))


def _outline(widget: QCheckBox | QRadioButton) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().color("text3"), 1.2))
    return painter


def _indicator(widget: QCheckBox | QRadioButton, part: QStyle.SubElement) -> QRect:
    option = QStyleOptionButton()
    option.initFrom(widget)
    return widget.style().subElementRect(part, option, widget).adjusted(0, 0, -1, -1)
