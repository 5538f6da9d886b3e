"""What the window can do, by name: for the search box, the menu and the list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """``code`` is what it does; ``words`` are further words it is found by."""

    code: str
    text: str
    key: str = ""
    icon: str = ""
    words: str = ""


COMMANDS: Sequence[Command] = (
    Command("new_request", "New request", "N", "plus", "take down caller"),
    Command("new_patient", "New patient", "", "patients", "chart"),
    Command("find_slot", "Find slot", "F", "find-slot", "free start when"),
    Command(
        "block",
        "Block a stretch",
        "B",
        "closed",
        "vacation sick ill away holiday meeting service close broken out of use replan re-plan",
    ),
    Command("short_notice", "Short-notice list", "L", "late", "earlier offer waitlist gap next"),
    Command("outlook", "Rest of the day", "Alt+R", "late", "forecast late outlook last home suggestions swap"),
    Command(
        "assign_places", "Assign bays and beds anew", "Alt+A", "swap", "give automatic optimise plan recovery overnight"
    ),
    Command("as_it_stood", "The day as it stood", "Alt+H", "undo", "history earlier moment changed since audit before"),
    Command("print_day", "Print what is shown", "Ctrl+P", "print", "sheet paper pdf"),
    Command("print_tomorrow", "Print the next working day", "Ctrl+Shift+P", "print", "tomorrow sheet paper pdf"),
    Command("print_changes", "Print the change slip", "Alt+P", "print", "changed outdated sheet out of date paper"),
    Command("stop_work", "Stop printing or saving", "Alt+X", "close", "cancel abort pages pdf"),
    Command("downtime", "Downtime copy folder", "", "pdf", "offline outage power server paper emergency"),
    Command("flow", "Today, the flow board", "Ctrl+0", "today", "go to now arrived ready recovery"),
    Command("wall_display", "Wall display", "", "desks", "second screen waiting room anonymous family"),
    Command("letters", "Letters", "", "letter", "templates instructions preparation text spanish edit"),
    Command("schedule", "Schedule", "Ctrl+1", "schedule", "go to board day"),
    Command("requests", "Requests", "Ctrl+2", "requests", "go to inbox"),
    Command("calls", "Calls", "Ctrl+3", "calls", "go to list phone due late"),
    Command("calls_by_payer", "Calls by payer", "", "calls", "insurer group authorization phone"),
    Command("beds", "Beds", "Ctrl+4", "beds", "go to recovery bays nights overnight"),
    Command("reports", "Reports", "Ctrl+7", "reports", "go to manager figures statistics charts day week year"),
    Command("today", "Today", "Ctrl+T", "today", "go to now"),
    Command("view_day", "Day view", "Alt+1", "schedule", "board schedule"),
    Command("view_week", "Week view", "Alt+2", "schedule", "schedule"),
    Command("view_month", "Month view", "Alt+3", "schedule", "load schedule calendar"),
    Command("choose_date", "Choose a date", "Ctrl+D", "schedule", "calendar go to day"),
    Command("previous_day", "Previous day, week or month", "Alt+Left", "left", "back"),
    Command("next_day", "Next day, week or month", "Alt+Right", "right", "forward"),
    Command("tray", "Tray", "Alt+T", "tray", "carry cut paste pinboard"),
    Command("put_all_back", "Put all back from the tray", "", "tray", "empty"),
    Command("page_back", "A week back, or a month", "Ctrl+PgUp", "left", "previous week month"),
    Command("page_on", "A week on, or a month", "Ctrl+PgDown", "right", "next week month"),
    Command("undo", "Undo", "Ctrl+Z", "undo", "take back"),
    Command("redo", "Redo", "Ctrl+Y", "right", "do again"),
    Command("import_files", "Take in files with requests", "Ctrl+O", "tray", "import mail eml csv"),
    Command("watch_folder", "Watch a folder for requests", "", "tray", "import mail incoming"),
    Command("unwatch_folder", "Stop watching the folder", "", "tray", "import"),
    Command("inspector", "Show or hide the inspector", "Ctrl+I", "right", "panel card"),
    Command("light", "Light colours", "", "setup", "theme"),
    Command("dark", "Dark colours", "", "setup", "theme"),
    Command("contrast", "High contrast", "", "setup", "theme colours black white"),
    Command("system", "Colours of the desktop", "", "setup", "theme"),
    Command("open_demo", "Open a fresh demo practice", "", "schedule", "try"),
    Command("leave_demo", "Leave the demo practice", "", "home", "set up my practice own"),
    Command("search", "Find patient, phone, date, command", "Ctrl+K", "search", "look"),
    Command("keys", "Keys", "F1", "info", "help shortcuts keyboard"),
    Command("quit", "Quit", "Ctrl+Q", "close", "exit leave"),
)


def matching(typed: str) -> tuple[Command, ...]:
    """Commands that hold every typed word's beginning."""
    from desk_app.domain.names import fold_name  # the window stands before anybody types

    def holds_all(command: Command) -> bool:
        held = fold_name(f"{command.text} {command.words}").split()
        return all(any(part.startswith(word) for part in held) for word in words)

    words = fold_name(typed).split()
    return tuple(command for command in COMMANDS if words and holds_all(command))
