"""The board: seven columns of cards beside one another, of which one card is selected; a field for who arrives."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application.flow_day import FlowColumn
from desk_app.ui import fonts, icons, theme
from desk_app.ui.fonts import Type
from desk_app.ui.models.flow_cards import FlowCard
from desk_app.ui.models.flow_heads import SHOWN, TITLES, Head
from desk_app.ui.models.flow_words import FlowWords, matching
from desk_app.ui.screens.today.column_list import ColumnList
from desk_app.ui.widgets.filter_edit import FilterEdit

HEAD, PAD, ICON = 44, 8, 16
LEAST = 84
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnHead(QWidget):
    """Its icon, word and number; under them the limit, amber where somebody is past it."""

    def __init__(self, column: FlowColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icon, title = TITLES[column]
        self._head = Head(icon, title, 0, "")
        self.setFixedHeight(fonts.scaled(HEAD))

    @property
    def head(self) -> Head:
        return self._head

    def show_head(self, head: Head) -> None:
        if head != self._head:
            self._head = head
            self.setAccessibleName(f"{head.title}, {head.count}, {head.more}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors, head = QPainter(self), theme.current(), self._head
        line, small = fonts.line_height(Type.BASE), fonts.line_height(Type.CAPTION)
        top = (self.height() - line - small) // 2
        picture = icons.pixmap(head.icon, colors.color("text"), ICON, self.devicePixelRatioF())
        painter.drawPixmap(PAD, top + (line - ICON) // 2, picture)
        flags, right = Qt.AlignmentFlag.AlignVCenter, self.width() - PAD
        painter.setFont(fonts.font(Type.BASE, QFont.Weight.Medium))
        painter.setPen(colors.color("text"))
        count = str(head.count)
        wide = painter.fontMetrics().horizontalAdvance(count)
        painter.drawText(QRect(right - wide, top, wide + 1, line), flags, count)
        painter.setFont(fonts.font(Type.BASE, QFont.Weight.DemiBold))
        left = PAD + ICON + 5
        title = painter.fontMetrics().elidedText(head.title, Qt.TextElideMode.ElideRight, right - wide - 4 - left)
        painter.drawText(QRect(left, top, right - left, line), flags, title)
        self._paint_more(painter, QRect(PAD, top + line, right - PAD, small))
        painter.end()

    def _paint_more(self, painter: QPainter, place: QRect) -> None:
        head, colors = self._head, theme.current()
        color = colors.color("warn" if head.warns else "text2")
        if head.warns:
            painter.drawPixmap(place.x(), place.y(), icons.pixmap("late", color, 14, self.devicePixelRatioF()))
            place = place.adjusted(18, 0, 0, 0)
        painter.setFont(fonts.font(Type.CAPTION))
        painter.setPen(color)
        told = QFontMetrics(painter.font()).elidedText(head.more, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, told)


class FlowBoard(QWidget):
    """Signals carry visit numbers. ``arrived`` with the card of who was named and is here."""

    visit_selected = Signal(int)
    visit_opened = Signal(int)
    menu_wanted = Signal(int, QPoint)
    arrived = Signal(object)
    nobody_meant = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrival = FilterEdit("Who is here?", "arrived", "/")
        self._heads = {column: ColumnHead(column) for column in SHOWN}
        self._lists = {column: ColumnList(TITLES[column][1]) for column in SHOWN}
        self._expected: tuple[FlowCard, ...] = ()
        self._may_come: tuple[FlowCard, ...] = ()
        self._lay_out()
        self.arrival.textChanged.connect(lambda _: self._show_expected())
        for column, cards in self._lists.items():
            cards.chosen.connect(lambda visit, here=column: self._on_chosen(here, visit))
            cards.opened.connect(self.visit_opened)
            cards.menu_wanted.connect(self.menu_wanted)
            cards.sideways.connect(lambda by, here=column: self._go_sideways(here, by))

    def show_words(self, words: FlowWords) -> None:
        """The board as it is now; whoever is selected stays so, in whichever column they are by now."""
        selected, had_keyboard = self.selected_visit, self._has_keyboard()
        self._expected, self._may_come = words.cards[FlowColumn.EXPECTED], words.late_arrivals
        self._show_expected()
        for column, cards in self._lists.items():
            self._heads[column].show_head(words.heads[column])
            if column is not FlowColumn.EXPECTED:
                cards.show_cards(words.cards[column])
        if selected is not None:
            self._follow(selected, had_keyboard)

    @property
    def selected_visit(self) -> int | None:
        return next((cards.visit for cards in self._lists.values() if cards.visit is not None), None)

    def column_of(self, visit: int) -> FlowColumn | None:
        """Where a visit's card is; of one that is expected and stays tonight where it is expected."""
        return next((column for column in SHOWN if self._lists[column].cards.index_of(visit).isValid()), None)

    def select(self, visit: int | None) -> bool:
        """Selects a visit's card, or none; answers whether it is on the board. No signal."""
        found = self.column_of(visit) if visit is not None else None
        for column, cards in self._lists.items():
            if column is found and visit is not None:
                cards.select(visit)
            else:
                cards.let_go()
        return found is not None

    def focus(self) -> None:
        """The keyboard goes to the selected card's column, else to the first that has cards."""
        visit = self.selected_visit
        column = self.column_of(visit) if visit is not None else None
        with_cards = (each for each in SHOWN if self._lists[each].visits())
        self._lists[column or next(with_cards, FlowColumn.EXPECTED)].setFocus(Qt.FocusReason.OtherFocusReason)

    def list_of(self, column: FlowColumn) -> ColumnList:
        return self._lists[column]

    def head_of(self, column: FlowColumn) -> Head:
        return self._heads[column].head

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In the field: Enter takes the only one that is left, Down goes to the cards, Esc clears."""
        key = event.key()
        if self.arrival.hasFocus() and key in (*ENTER, Qt.Key.Key_Down):
            self._take_arrival(key in ENTER)
        elif self.arrival.hasFocus() and key == Qt.Key.Key_Escape:
            self.arrival.clear()
            self.focus()
        elif event.text() == "/":
            self.arrival.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.arrival.selectAll()
        else:
            super().keyPressEvent(event)

    def _show_expected(self) -> None:
        """Everybody; while somebody types those who may be meant, no-shows of today among them."""
        typed = self.arrival.text().strip()
        cards = matching((*self._expected, *self._may_come), typed) if typed else self._expected
        self._lists[FlowColumn.EXPECTED].show_cards(cards)

    def _take_arrival(self, by_enter: bool) -> None:
        cards = self._lists[FlowColumn.EXPECTED].cards.cards
        typed = self.arrival.text().strip()
        if by_enter and typed and len(cards) == 1:
            self.arrival.clear()
            self.arrived.emit(cards[0])
        elif by_enter and typed and not cards:
            self.nobody_meant.emit(typed)
        elif cards:
            self._lists[FlowColumn.EXPECTED].setFocus(Qt.FocusReason.OtherFocusReason)
            self._lists[FlowColumn.EXPECTED].choose(0)

    def _on_chosen(self, here: FlowColumn, visit: int) -> None:
        for column, cards in self._lists.items():
            if column is not here:
                cards.let_go()
        self.visit_selected.emit(visit)

    def _go_sideways(self, here: FlowColumn, by: int) -> None:
        """To the next column that has cards, at about the same height."""
        visits, visit = self._lists[here].visits(), self._lists[here].visit
        place = visits.index(visit) if visit in visits else 0
        at = SHOWN.index(here) + by
        while 0 <= at < len(SHOWN):
            beside = self._lists[SHOWN[at]]
            if beside.visits():
                beside.setFocus(Qt.FocusReason.OtherFocusReason)
                beside.choose(place)
                return
            at += by

    def _follow(self, visit: int, had_keyboard: bool) -> None:
        """The keyboard goes along with a card that has moved on."""
        column = self.column_of(visit)
        self.select(visit)
        if column is not None and had_keyboard:
            self._lists[column].setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_keyboard(self) -> bool:
        return any(cards.hasFocus() for cards in self._lists.values())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, column in enumerate(SHOWN):
            if place:
                row.addWidget(_divider())
            row.addLayout(self._column(column), 1)

    def _column(self, column: FlowColumn) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0)
        made.addWidget(self._heads[column])
        line = QFrame()
        line.setObjectName("divider")
        line.setFixedHeight(1)
        made.addWidget(line)
        made.addSpacing(3)
        if column is FlowColumn.EXPECTED:
            field = QHBoxLayout()
            field.setContentsMargins(6, 3, 6, 4)
            field.addWidget(self.arrival)
            made.addLayout(field)
        self._lists[column].setMinimumWidth(LEAST)
        made.addWidget(self._lists[column], 1)
        return made


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedWidth(1)
    return line
