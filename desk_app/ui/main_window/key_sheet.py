"""Every key of the window by the place where it works: the one list from which the sheet on F1 is made.

``keys`` are told apart for the test that compares each group with the modules which handle it.
"""

from __future__ import annotations

from collections.abc import Sequence

from desk_app.application.use_cases.saved_views import KEYS
from desk_app.domain.dataclass import dataclass
from desk_app.ui.main_window.commands import COMMANDS

ARROWS = "Up Down Left Right"


@dataclass(frozen=True, slots=True)
class Row:
    """``shown`` is what stands on the caps, ``keys`` the keys themselves by name."""

    shown: str
    text: str
    keys: str


@dataclass(frozen=True, slots=True)
class Group:
    """``modules`` are the files, below ``desk_app/ui``, that handle these keys."""

    title: str
    rows: tuple[Row, ...]
    modules: tuple[str, ...]


def _commands() -> tuple[Row, ...]:
    return tuple(Row(command.key, command.text, command.key) for command in COMMANDS if command.key)


EVERYWHERE = Group(
    "Everywhere",
    (
        *_commands(),
        Row("Enter", "The card's next step", "Enter"),
        Row("F6", "To the inspector and back", "F6"),
        Row("?", "Every key", "?"),
        Row(f"{KEYS[0]} – {KEYS[-1]}", "A saved view of the schedule", ""),
        Row("letters", "What a card's button shows as its key", ""),
        Row("Esc", "Leave a form; back to the screen", "Esc"),
    ),
    ("main_window/work.py",),
)
DAY = Group(
    "Schedule, day",
    (
        Row("↑ ↓ ← →", "Walk visits and free stretches", ARROWS),
        Row("Home  End", "First and last in the column", "Home End"),
        Row("PgUp  PgDn", "Turn by hours", "PageUp PageDown"),
        Row("Enter", "The visit's next step; on a free stretch, what fits", "Enter"),
        Row("F", "Find a slot from a free stretch on", "F"),
        Row("G", "Who could take a free stretch", "G"),
        Row("N", "Take a caller down for a free stretch", "N"),
        Row("B", "Block a free stretch", "B"),
        Row("Menu", "What can be done here (also Shift+F10)", ""),
        Row("Del", "Cancel the visit", "Del"),
        Row("M", "Take the visit in hand; also Shift and an arrow", "M"),
        Row("Ctrl+↑  Ctrl+↓", "Shorter or longer", "Up Down"),
        Row("Ctrl+X", "Cut the visit into the tray", "X"),
        Row("Ctrl+V", "Take what came last out of the tray", "V"),
        Row("+  −", "Larger and smaller", "+ -"),
        Row("Esc", "Put back, let go, clear", "Esc"),
    ),
    (
        "screens/schedule/board.py",
        "screens/schedule/hand.py",
        "screens/schedule/day_hand.py",
        "screens/schedule/drawing_board.py",
    ),
)
IN_HAND = Group(
    "With a visit in hand",
    (
        Row("↑ ↓ ← →", "Another time or column; in the week another day", ARROWS),
        Row("Ctrl+←  Ctrl+→", "In the week another room", "Left Right"),
        Row("PgUp  PgDn", "Another day or week", "PageUp PageDown"),
        Row("Enter", "Put it here", "Enter"),
        Row("Ctrl+X", "Into the tray", "X"),
        Row("Esc", "Back to where it was", "Esc"),
    ),
    (),
)
WEEK = Group(
    "Schedule, week",
    (
        Row("↑ ↓ ← →", "Walk days and visits", ARROWS),
        Row("Home  End", "First and last", "Home End"),
        Row("Enter", "Open the day", "Enter"),
        Row("M", "Take the visit in hand; also Shift and an arrow", "M"),
        Row("PgUp  PgDn", "With a visit in hand another week", "PageUp PageDown"),
        Row("Ctrl+X", "Cut the visit into the tray", "X"),
        Row("Ctrl+V", "Take what came last out of the tray", "V"),
        Row("Esc", "Put back, let go, clear", "Esc"),
    ),
    ("screens/schedule/week_board.py", "screens/schedule/hand.py", "screens/schedule/week_hand.py"),
)
MONTH = Group(
    "Schedule, month",
    (
        Row("↑ ↓ ← →", "Walk the days", ARROWS),
        Row("Home  End", "First and last of the week", "Home End"),
        Row("Enter", "Open the day", "Enter"),
    ),
    ("screens/schedule/month_board.py",),
)
FLOW = Group(
    "Today",
    (
        Row("↑  ↓", "Another card of the column", "Up Down PageUp PageDown"),
        Row("←  →", "The next column with cards", "Left Right"),
        Row("Home  End", "First and last of the column", "Home End"),
        Row("Enter", "The patient's next step; in the field, the one left has arrived", "Enter"),
        Row("/", "Who is here: type part of a name", "/"),
        Row("Menu", "What can be done here (also Shift+F10)", ""),
        Row("Esc", "Clear the field", "Esc"),
    ),
    ("screens/today/flow_board.py", "screens/today/column_list.py", "screens/today/missing_bar.py"),
)
WALL = Group(
    "Wall display",
    (
        Row("N", "Numbers or initials", "N"),
        Row("F11", "Full screen or a window", "F11"),
        Row("Esc", "Close it", "Esc"),
    ),
    ("main_window/wall_display.py",),
)
TRAY = Group(
    "Tray",
    (
        Row("←  →", "Walk what is carried", "Left Right"),
        Row("Enter", "Take it in hand", "Enter Space"),
        Row("Del", "Put it back", "Del"),
        Row("Esc", "Back to the board", "Esc"),
    ),
    ("screens/schedule/tray_card.py", "screens/schedule/tray_bar.py"),
)
FIND_SLOT = Group(
    "Find slot",
    (
        Row("1–9", "Choose a row", "1-9"),
        Row("↑  ↓", "Another row", "Up Down"),
        Row("←  →", "An earlier or later start in it", "Left Right"),
        Row("PgUp  PgDn", "A page of rows", "PageUp PageDown Home End"),
        Row("Enter", "To the list; book the chosen start", "Enter"),
        Row("H", "Hold it", "H"),
        Row("W", "Why not at another time", "W"),
        Row("D", "First of each day, or every start", "D"),
        Row("S", "A series", "S"),
        Row("T", "Into the tray", "T"),
    ),
    ("panels/find_slot.py", "panels/slot_list.py"),
)
REQUESTS = Group(
    "Requests",
    (
        Row("↑  ↓", "Another request", "Up Down PageUp PageDown Home End"),
        Row("Enter", "Its next step", "Enter"),
        Row("B", "Book its first slot", "B"),
        Row("V", "By status, due time, next action, waiting", "V"),
        Row("/", "Filter", "/"),
        Row("Esc", "Clear the filter", "Esc"),
    ),
    (
        "widgets/grouped_tree.py",
        "screens/requests/request_tree.py",
        "screens/requests/requests_screen.py",
        "screens/requests/set_aside_list.py",
    ),
)
CALLS = Group(
    "Calls",
    (
        Row("↑  ↓", "Another call", "Up Down PageUp PageDown Home End"),
        Row("Enter", "Open it: it is yours, and nobody else's", "Enter"),
        Row("1–8", "Open it with that outcome", ""),
        Row("S", "Later", ""),
        Row("A", "Assign", ""),
        Row("P", "Priority", ""),
        Row("M", "A note for whoever calls next", ""),
        Row("R  V  H", "Its request, visit, chart", ""),
    ),
    ("widgets/grouped_tree.py", "screens/calls/call_tree.py"),
)
OPEN_CALL = Group(
    "An open call",
    (
        Row("1–7", "The outcome; or an answer", "1-9"),
        Row("8", "The other outcomes", ""),
        Row("↑  ↓", "Another outcome", "Up Down Space"),
        Row("Enter", "Record it and open the next call", ""),
        Row("D  C", "Dial the number, copy it", ""),
        Row("O", "Another of their numbers", ""),
        Row("M", "To the note", ""),
        Row("F", "Find a slot", ""),
        Row("I", "Print a letter", ""),
        Row("S  A  P", "Later, assign, priority", ""),
        Row("R  V  H", "Its request, visit, chart; Esc comes back", ""),
        Row("Esc", "Leave it: it is anybody's again", ""),
    ),
    ("panels/call_form.py", "panels/outcome_list.py"),
)
BEDS = Group(
    "Beds",
    (
        Row("↑ ↓ ← →", "Walk bays and patients, beds and nights", ARROWS),
        Row("Enter", "The patient's next step; a place is free again", "Enter"),
        Row("O", "Stays tonight: the kept bed is given; or goes home after all", ""),
        Row("M", "Another bay or bed", ""),
        Row("D", "Check before going home: score, escort, instructions", ""),
        Row("K", "Wishes for the bed", ""),
        Row("Alt+A", "Bays of the day and beds of the nights shown given anew", ""),
        Row("C  X", "On a bay or bed: being cleaned, out of order", ""),
        Row("Esc", "Give up a pull; nothing selected", "Esc"),
    ),
    (
        "screens/beds/recovery_board.py",
        "screens/beds/nights_board.py",
        "screens/beds/beds_screen.py",
    ),
)
REPORTS = Group(
    "Reports",
    (
        Row("↑ ↓ ← →", "Another figure; another line of a report, and on to the next one", ARROWS),
        Row("PgUp  PgDn", "A page of lines, or to the first and last", "PageUp PageDown Home End"),
        Row("Enter", "The records behind it; among them, open one", "Enter"),
        Row("F5", "Count again", "F5"),
        Row("Esc", "Stop counting; in the period: put it back", "Esc"),
    ),
    (
        "screens/reports/tiles.py",
        "screens/reports/report_table.py",
        "screens/reports/reports_screen.py",
        "screens/reports/report_toolbar.py",
        "panels/behind_panel.py",
    ),
)
CALENDAR = Group(
    "Calendar",
    (
        Row("↑ ↓ ← →", "Another day", f"{ARROWS} Home End"),
        Row("PgUp  PgDn", "Another month", "PageUp PageDown"),
        Row("T", "Today", "T"),
        Row("Enter", "Go there", "Enter"),
    ),
    ("main_window/date_picker.py",),
)
REPLAN = Group(
    "Re-plan, bays and beds anew",
    (
        Row("Ctrl+R", "From a blocked stretch: other places for all in the way", "R"),
        Row("↑  ↓", "Another visit", "Up Down PageUp PageDown Home End"),
        Row("Space", "Take or leave it", "Space"),
        Row("A", "All, or none", "A"),
        Row("Enter", "Move them, as one step", "Enter"),
    ),
    ("panels/taking_list.py", "panels/taking_panel.py", "panels/block_form.py"),
)
FORMS = Group(
    "Forms",
    (
        Row("Enter", "Save; with Ctrl from any field", "Enter"),
        Row("Ctrl+S", "Save the request without a slot", "S"),
        Row("Esc", "Leave; what was typed is asked about", "Esc"),
    ),
    ("panels/form.py", "panels/request_form.py"),
)
PREVIEW = Group(
    "Print preview",
    (
        Row("Enter", "Print; without a printer, save as PDF", ""),
        Row("Ctrl+P  Ctrl+S", "Print, save as PDF", ""),
        Row("F6", "To the side where the sheet is set up, and back", "F6"),
        Row("Alt+U", "Set up as usual", ""),
        Row("PgUp  PgDn", "Turn by what is in sight", "PageUp PageDown"),
        Row("Home  End", "The first and the last page", "Home End"),
        Row("Esc", "Stop what is under way, else leave", ""),
    ),
    ("print_preview/preview.py", "print_preview/paper_view.py"),
)
GROUPS: Sequence[Group] = (
    EVERYWHERE,
    FLOW,
    DAY,
    IN_HAND,
    WEEK,
    MONTH,
    TRAY,
    FIND_SLOT,
    REQUESTS,
    CALLS,
    OPEN_CALL,
    BEDS,
    REPORTS,
    REPLAN,
    CALENDAR,
    PREVIEW,
    FORMS,
    WALL,
)
