"""The bar on top: the day, the search box, a new request, and who is at the desk."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desk_app.application.wording import full_date
from desk_app.ui import icons
from desk_app.ui.fonts import Type
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.search_box import SearchBox
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton, flat_button

HEIGHT = 48
MENU = (
    "new_patient", "", "import_files", "watch_folder", "unwatch_folder", "", "print_day", "print_tomorrow", "",
    "system", "light", "dark", "", "open_demo", "leave_demo", "", "keys", "quit",
)  # fmt: skip


class TopBar(QWidget):
    """Emits the code of a command."""

    command_given = Signal(str)

    def __init__(self, services: Services, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._user, self._working = user, True
        self.search = SearchBox(services)
        self._date = texts.label("", Type.TITLE, QFont.Weight.DemiBold)
        self._date.setMinimumWidth(150)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 12, 0)
        self._row.setSpacing(8)
        self._made: list[QWidget] = []
        self._row.addWidget(self._date)
        self._row.addStretch(1)
        self._row.addWidget(self.search, 8)
        self._row.addStretch(1)
        self.show_theme()

    def show_working(self, working: bool) -> None:
        """Without an open database there is no day and nothing to find."""
        self._working = working
        for widget in (self._date, self.search, *self._made[:-1]):
            widget.setVisible(working)

    def show_day(self, day: date) -> None:
        self._date.setText(full_date(day))

    def show_theme(self) -> None:
        """Buttons with icons are made anew in the colours of the theme."""
        for widget in self._made:
            widget.deleteLater()
        menu, previous, following = (
            self._flat("menu", "Show or hide the words of the rail", "rail"),
            self._segment("left", "Previous day (Alt+Left)", "previous_day", "first"),
            self._segment("right", "Next day (Alt+Right)", "next_day", "last"),
        )
        today = QToolButton()
        today.setText("Today")
        today.setProperty("segment", "mid")
        today.clicked.connect(lambda: self.command_given.emit("today"))
        texts.set_tool_tip(today, "Today (Ctrl+T)")
        new = KeyButton("New request", "N", "plus")
        new.clicked.connect(lambda: self.command_given.emit("new_request"))
        user = self._user_button()
        days = QWidget()
        holder = QHBoxLayout(days)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.setSpacing(0)
        for button in (previous, today, following):
            holder.addWidget(button)
        self._row.insertWidget(0, menu)
        self._row.insertWidget(2, days)
        self._row.addWidget(new)
        self._row.addWidget(user)
        self._made = [menu, days, new, user]
        self.show_working(self._working)
        texts.color_label(self._date, "text")
        self.search.show_theme()

    def _flat(self, icon: str, name: str, code: str) -> QToolButton:
        button = flat_button(icon, name)
        button.clicked.connect(lambda: self.command_given.emit(code))
        return button

    def _segment(self, icon: str, name: str, code: str, place: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icons.icon(icon))
        button.setProperty("segment", place)
        button.setAccessibleName(name)
        texts.set_tool_tip(button, name)
        button.clicked.connect(lambda: self.command_given.emit(code))
        return button

    def _user_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        button.setIcon(icons.icon("patients", "text2"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(texts.for_menu(self._user))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        known = {command.code: command for command in COMMANDS}
        for code in MENU:
            if not code:
                menu.addSeparator()
                continue
            command = known[code]
            action = menu.addAction(f"{command.text}\t{command.key}" if command.key else command.text)
            action.triggered.connect(lambda _=False, given=code: self.command_given.emit(given))
        button.setMenu(menu)
        return button
