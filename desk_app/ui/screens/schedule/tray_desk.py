"""The tray at work on the schedule: read, shown over the board, filled from it and emptied onto it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from desk_app.application.outcome import Changes, Record
from desk_app.domain.zone import local_date, zone_of

if TYPE_CHECKING:
    from desk_app.application.day_plan import DayPlan
    from desk_app.application.read_models import TrayLine
    from desk_app.domain.practice import Catalogue
    from desk_app.ui.screens.schedule.hand import AnyBoard
    from desk_app.ui.screens.schedule.needs import Services
    from desk_app.ui.screens.schedule.tray_bar import TrayBar

SHOWN = "schedule/tray"


class TrayDesk(QObject):
    """``counted`` with how many items lie in it; ``fault_met`` where it could not be read."""

    counted = Signal(int)
    shown = Signal(bool)
    fault_met = Signal(object)
    board_wanted = Signal()
    """Something is taken out of the tray, and what is in sight is no board for it."""

    def __init__(self, services: Services, board: AnyBoard, bar: TrayBar) -> None:
        super().__init__(bar)
        self._services, self._board, self._bar = services, board, bar
        self._boards: list[AnyBoard] = []
        self._shown: QWidget = board
        self._lines: tuple[TrayLine, ...] = ()
        self._catalogue: Catalogue | None = None
        self._by = "rooms"
        self._awaited: QPoint | None = None
        self._bar.setVisible(services.memory.value(SHOWN) == "yes")
        self._connect()
        self.serve(board)

    @property
    def lines(self) -> tuple[TrayLine, ...]:
        return self._lines

    def serve(self, board: AnyBoard) -> None:
        """From now on what is carried to and from this board is seen to as well."""
        operations, bar = self._services.operations, self._bar
        self._boards.append(board)
        board.tray_wanted.connect(lambda number: operations.put_in_tray("visit", number))
        board.paste_wanted.connect(self.paste)
        board.request_dropped.connect(operations.drop_request)
        board.dragged_to.connect(lambda place: bar.show_target(bar.holds(place)))
        board.drag_ended.connect(lambda: bar.show_target(False))
        board.lay_elsewhere = bar.holds
        board.show_carried(self._visits())

    def turn_to(self, shown: QWidget) -> None:
        """What is in sight: what is taken out of the tray comes over it, and the keyboard goes back to it."""
        self._shown = shown
        self._board = next((board for board in self._boards if board is shown), self._board)

    def read(self) -> None:
        self._services.tasks.submit(self._services.days.tray, self._on_read, self.fault_met.emit)

    def show_catalogue(self, catalogue: Catalogue, by: str) -> None:
        """The practice, and which columns the board has."""
        is_first, self._catalogue, self._by = self._catalogue is None, catalogue, by
        if is_first:
            self.read()

    def apply(self, changes: Changes) -> None:
        """Reads it anew where something in it, or it itself, has changed."""
        own = {(Record.APPOINTMENT if each.kind == "visit" else Record.REQUEST, each.number) for each in self._lines}
        if changes.touches(Record.TRAY_ITEM) or own & changes.records:
            self.read()

    def toggle(self) -> None:
        """Shows the strip, with the keyboard in it, or hides it."""
        self._show(not self._bar.isVisible())
        if self._bar.isVisible():
            self._bar.focus_first()
        else:
            self._shown.setFocus()

    def paste(self) -> None:
        """Takes the item that came last into the hand, to follow the keys."""
        fresh = [line for line in self._lines if not line.is_gone]
        if fresh:
            self._take(fresh[-1])

    def _connect(self) -> None:
        bar, operations = self._bar, self._services.operations
        bar.taken.connect(self._take)
        bar.dragged.connect(self._drag)
        bar.moved.connect(self._on_moved)
        bar.released.connect(self._on_released)
        bar.put_back.connect(lambda line: operations.put_back((line.item_id,)))
        bar.all_put_back.connect(lambda: operations.put_back())
        bar.left.connect(lambda: self._shown.setFocus())

    def _show(self, is_shown: bool) -> None:
        self._services.memory.set_value(SHOWN, "yes" if is_shown else "no")
        self._bar.setVisible(is_shown)
        self.shown.emit(is_shown)

    def _on_read(self, lines: tuple[TrayLine, ...]) -> None:
        came = len(lines) > len(self._lines)
        self._lines = lines
        if self._catalogue is not None:
            zone = zone_of(self._catalogue.settings)
            self._bar.show_lines(lines, zone, local_date(self._services.clock.now(), zone))
        if came and not self._bar.isVisible():
            self._show(True)
        for board in self._boards:
            board.show_carried(self._visits())
        self.counted.emit(len(lines))

    def _visits(self) -> frozenset[int]:
        return frozenset(line.number for line in self._lines if line.kind == "visit" and not line.is_gone)

    # Out of the tray

    def _take(self, line: TrayLine) -> None:
        """By key: it hangs where the keyboard stands."""
        self._awaited = None
        self._ask(line, by_key=True)

    def _drag(self, line: TrayLine, place: QPoint) -> None:
        self._awaited = place
        self._ask(line, by_key=False)

    def _ask(self, line: TrayLine, by_key: bool) -> None:
        if self._shown is not self._board:
            self.board_wanted.emit()
        number = line.number if line.kind == "visit" else -line.number
        days = self._services.days
        self._services.tasks.submit(
            lambda: days.carried(number), lambda plan: self._on_carried(plan, by_key), self.fault_met.emit
        )

    def _on_carried(self, plan: DayPlan, by_key: bool) -> None:
        """Let go before it was read: it lies in the tray still."""
        if self._catalogue is None or (not by_key and self._awaited is None):
            return
        held = self._board.carried(plan, self._catalogue, self._by, self._services.clock.now(), by_key)
        if held is None:
            return
        self._board.setFocus()
        place = self._board.viewport().mapFromGlobal(self._awaited) if self._awaited is not None else None
        self._board.grasp(held, place)

    def _on_moved(self, place: QPoint) -> None:
        if self._awaited is not None:
            self._awaited = place
            self._board.drag_to(self._board.viewport().mapFromGlobal(place))

    def _on_released(self, place: QPoint) -> None:
        self._awaited = None
        view = self._board.viewport()
        if view.rect().contains(view.mapFromGlobal(place)):
            self._board.drop()
        else:
            self._board.put_back()
