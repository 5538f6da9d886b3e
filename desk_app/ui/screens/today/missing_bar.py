"""Over the board: what is missing for today and the next two business days; each row leads to its visit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desk_app.application.flow_day import MissingKind
from desk_app.ui import fonts, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.flow_missing import TITLES, MissingGroup, MissingModel, MissingRow, RowRole
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.quiet_view import QuietView

ROWS, WHEN, PAD, GAP = 3, 44, 12, 6
NOTHING = "Nothing is missing for today and the next two business days."
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """When, who, and how far it is: the last is cut first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, fonts.line_height(Type.SMALL) + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, rect, colors = index.data(RowRole), option.rect, theme.current()
        if not isinstance(row, MissingRow):
            return
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colors.color("sel" if chosen else "hover"))
        flags, left = Qt.AlignmentFlag.AlignVCenter, rect.x() + PAD
        painter.setFont(fonts.font(Type.SMALL))
        painter.setPen(colors.color("text2"))
        when = max(fonts.scaled(WHEN), painter.fontMetrics().horizontalAdvance("00:00 "))
        painter.drawText(QRect(left, rect.y(), when, rect.height()), flags, row.when)
        left += when
        painter.setFont(fonts.font(Type.SMALL, QFont.Weight.Medium))
        painter.setPen(colors.color("text"))
        painter.drawText(QRect(left, rect.y(), rect.right() - left, rect.height()), flags, row.name)
        left += painter.fontMetrics().horizontalAdvance(row.name) + GAP
        painter.setFont(fonts.font(Type.SMALL))
        painter.setPen(colors.color("text2"))
        room = rect.right() - PAD - left
        told = painter.fontMetrics().elidedText(row.more, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(QRect(left, rect.y(), max(room, 0), rect.height()), flags, told)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(RowRole)
        if event.type() == QEvent.Type.ToolTip and isinstance(row, MissingRow):
            texts.show_tool_tip(event.globalPos(), row.spoken, view)
            return True
        return super().helpEvent(event, view, option, index)


class MissingList(QuietView, QListView):
    """The rows of one group."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = MissingModel(self)
        self.setModel(self.rows)
        self.setObjectName("missingrows")
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFixedHeight(ROWS * (fonts.line_height(Type.SMALL) + 2))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def let_go(self) -> None:
        self.selectionModel().blockSignals(True)
        self.selectionModel().clear()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.rows.rowCount() - 1
            self.setCurrentIndex(self.rows.index(last if event.key() == Qt.Key.Key_End else 0, 0))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.rows.row_at(self.currentIndex())
            if row is not None:
                self.opened.emit(row.visit)
        else:
            event.ignore()

    def _on_current_changed(self, current: QModelIndex) -> None:
        row = self.rows.row_at(current)
        if row is not None:
            self.chosen.emit(row.visit)


class GroupBox(QFrame):
    """A head with its number, and the rows under it."""

    def __init__(self, kind: MissingKind, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("missing")
        self.list = MissingList(TITLES[kind])
        self._count = texts.label("", Type.BASE, QFont.Weight.DemiBold, "warn")
        head = QHBoxLayout()
        head.setContentsMargins(PAD, 0, PAD, 0)
        head.setSpacing(8)
        head.addWidget(texts.picture(icon, "warn"))
        head.addWidget(texts.label(TITLES[kind], Type.BASE, QFont.Weight.DemiBold))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)

    def show_group(self, group: MissingGroup) -> None:
        self._count.setText(str(len(group.rows)))
        self.list.rows.show(group.rows)

    def wanted(self) -> int:
        """How wide it would like to be, for its widest row."""
        metrics = QFontMetrics(fonts.font(Type.SMALL))
        rows = [self.list.rows.row_at(self.list.rows.index(row, 0)) for row in range(self.list.rows.rowCount())]
        return max((metrics.horizontalAdvance(f"{row.name} {row.more}") for row in rows if row is not None), default=0)


class MissingBar(QWidget):
    """``visit_chosen`` by a row under the keyboard or the mouse, ``visit_opened`` by Enter."""

    visit_chosen = Signal(int)
    visit_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[MissingKind, GroupBox] = {}
        self._nothing = texts.label(NOTHING, Type.SMALL, role="text2")
        self._nothing.setContentsMargins(PAD, 8, PAD, 8)
        self._nothing.hide()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._nothing)
        self.setObjectName("missingbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_groups(self, groups: Sequence[MissingGroup]) -> None:
        """Groups without a row are not there; the others share the width by what they have to say."""
        self._nothing.setVisible(not groups)
        shown = {group.kind: group for group in groups}
        for kind in TITLES:
            if kind in shown:
                box = self._box(shown[kind])
                box.show_group(shown[kind])
                self._row.setStretch(self._row.indexOf(box), max(box.wanted(), 60))
            if kind in self._boxes:
                self._boxes[kind].setVisible(kind in shown)

    def let_go(self) -> None:
        for box in self._boxes.values():
            box.list.let_go()

    def lists(self) -> tuple[MissingList, ...]:
        return tuple(box.list for box in self._boxes.values())

    def _box(self, group: MissingGroup) -> GroupBox:
        if group.kind not in self._boxes:
            box = self._boxes[group.kind] = GroupBox(group.kind, group.icon)
            box.list.chosen.connect(lambda visit, kind=group.kind: self._on_chosen(kind, visit))
            box.list.opened.connect(self.visit_opened)
            before = [kind for kind in TITLES if kind in self._boxes]
            self._row.insertWidget(before.index(group.kind), box)
        return self._boxes[group.kind]

    def _on_chosen(self, kind: MissingKind, visit: int) -> None:
        for other, box in self._boxes.items():
            if other is not kind:
                box.list.let_go()
        self.visit_chosen.emit(visit)
