"""The bar on top: the day, the search box, a new request, and who is at the desk."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from desk_app.application.wording import full_date
from desk_app.ui import fonts
from desk_app.ui.fonts import Type
from desk_app.ui.main_window.commands import COMMANDS
from desk_app.ui.main_window.search_box import SearchBox
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import IconButton, KeyButton, flat_button

HEIGHT = 48
MENU = (
    "new_patient", "", "import_files", "watch_folder", "unwatch_folder", "", "print_day", "print_tomorrow",
    "print_changes", "letters", "downtime", "", "system", "light", "dark", "contrast", "", "open_demo", "leave_demo",
    "", "keys", "quit",
)  # fmt: skip


class TopBar(QWidget):
    """Emits the code of a command."""

    command_given = Signal(str)

    def __init__(self, services: Services, user: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(fonts.scaled(HEIGHT))
        self.search = SearchBox(services)
        self._date = self._date_button()
        self._words = self._instead = ""
        self._rail = self._flat("menu", "Show or hide the words of the rail", "rail")
        self._days = self._day_buttons()
        self._new = KeyButton("New request", "N", "plus")
        self._new.clicked.connect(lambda: self.command_given.emit("new_request"))
        self._lay_out(self._user_button(user))

    def show_working(self, working: bool) -> None:
        """Without an open database there is no day and nothing to find."""
        for widget in (self._rail, self._date, self._days, self.search, self._new):
            widget.setVisible(working)

    @property
    def date_button(self) -> QToolButton:
        """Where the calendar hangs."""
        return self._date

    @property
    def date_text(self) -> str:
        return self._date.text()

    def show_day(self, day: date) -> None:
        self._say_date(full_date(day))

    def show_span(self, words: str) -> None:
        """The week or month in place of a day."""
        self._say_date(words)

    def show_instead(self, day: date | None) -> None:
        """Another day in place of the schedule's, while a screen with a day of its own is looked at; None for none."""
        self._instead = full_date(day) if day is not None else ""
        self._date.setText(self._instead or self._words)

    def _say_date(self, words: str) -> None:
        self._words = words
        self._date.setText(self._instead or words)

    def _lay_out(self, user: QWidget) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(8)
        for widget in (self._rail, self._date, self._days):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 8)
        row.addStretch(1)
        row.addWidget(self._new)
        row.addWidget(user)

    def _date_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("flat")
        button.setFont(fonts.font(Type.TITLE, QFont.Weight.DemiBold))
        button.setMinimumWidth(150)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        texts.set_tool_tip(button, "Choose a date (Ctrl+D)")
        button.clicked.connect(lambda: self.command_given.emit("choose_date"))
        return button

    def _day_buttons(self) -> QWidget:
        today = QToolButton()
        today.setText("Today")
        today.setProperty("segment", "mid")
        today.clicked.connect(lambda: self.command_given.emit("today"))
        texts.set_tool_tip(today, "Today (Ctrl+T)")
        days = QWidget()
        holder = QHBoxLayout(days)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.setSpacing(0)
        holder.addWidget(self._segment("left", "Previous day, week or month (Alt+Left)", "previous_day", "first"))
        holder.addWidget(today)
        holder.addWidget(self._segment("right", "Next day, week or month (Alt+Right)", "next_day", "last"))
        return days

    def _flat(self, icon: str, name: str, code: str) -> QToolButton:
        button = flat_button(icon, name)
        button.clicked.connect(lambda: self.command_given.emit(code))
        return button

    def _segment(self, icon: str, name: str, code: str, place: str) -> QToolButton:
        button = IconButton(icon)
        button.setProperty("segment", place)
        button.setAccessibleName(name)
        texts.set_tool_tip(button, name)
        button.clicked.connect(lambda: self.command_given.emit(code))
        return button

    def _user_button(self, user: str) -> QToolButton:
        button = IconButton("patients", "text2")
        button.setObjectName("flat")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(texts.for_menu(user))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        button.setMenu(menu)
        return button

    def _fill(self, menu: QMenu) -> None:
        """When it is opened first: the window stands sooner."""
        if not menu.isEmpty():
            return
        known = {command.code: command for command in COMMANDS}
        for code in MENU:
            if not code:
                menu.addSeparator()
                continue
            command = known[code]
            action = menu.addAction(f"{command.text}\t{command.key}" if command.key else command.text)
            action.triggered.connect(lambda _=False, given=code: self.command_given.emit(given))
