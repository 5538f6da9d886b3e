"""The tray at work on the schedule: read, shown over the board, filled from it and emptied onto it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal

from desk_app.application.outcome import Changes, Record
from desk_app.application.read_models import DayPlan, TrayLine
from desk_app.application.schedule_view import DayView
from desk_app.domain.practice import Catalogue
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.drag import Drag, begin_drag
from desk_app.ui.screens.schedule.hand import HandView
from desk_app.ui.screens.schedule.needs import Services
from desk_app.ui.screens.schedule.scene import ColumnChoice
from desk_app.ui.screens.schedule.time_axis import DEFAULT_ZOOM
from desk_app.ui.screens.schedule.tray_bar import TrayBar
from desk_app.ui.widgets.keys_ahead import KeysAhead

SHOWN = "schedule/tray"
NO_PLACE = QPoint(-1, -1)
GRIP = 5
"""Minutes below its start at which something from the tray hangs on the pointer."""


class TrayDesk(QObject):
    """``counted`` with how many items lie in it; ``fault_met`` where it could not be read."""

    counted = Signal(int)
    shown = Signal(bool)
    fault_met = Signal(object)

    def __init__(self, services: Services, board: HandView, bar: TrayBar) -> None:
        super().__init__(bar)
        self._services, self._board, self._bar = services, board, bar
        self._lines: tuple[TrayLine, ...] = ()
        self._catalogue: Catalogue | None = None
        self._by = "rooms"
        self._awaited: QPoint | None = None
        self._keys = KeysAhead(bar.parentWidget() or board)
        self._bar.setVisible(services.memory.value(SHOWN) == "yes")
        self._connect()

    @property
    def lines(self) -> tuple[TrayLine, ...]:
        return self._lines

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
            self._board.setFocus()

    def paste(self) -> None:
        """Takes the item that came last into the hand, to follow the keys."""
        fresh = [line for line in self._lines if not line.is_gone]
        if fresh:
            self._take(fresh[-1])

    def _connect(self) -> None:
        board, bar, operations = self._board, self._bar, self._services.operations
        board.tray_wanted.connect(lambda number: operations.put_in_tray("visit", number))
        board.paste_wanted.connect(self.paste)
        board.request_dropped.connect(operations.drop_request)
        board.dragged_to.connect(lambda place: bar.show_target(bar.holds(place)))
        board.drag_ended.connect(lambda: bar.show_target(False))
        board.lay_elsewhere = bar.holds
        bar.taken.connect(self._take)
        bar.dragged.connect(self._drag)
        bar.moved.connect(self._on_moved)
        bar.released.connect(self._on_released)
        bar.put_back.connect(lambda line: operations.put_back((line.item_id,)))
        bar.all_put_back.connect(lambda: operations.put_back())
        bar.left.connect(board.setFocus)

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
        self._board.show_carried(frozenset(line.number for line in lines if line.kind == "visit" and not line.is_gone))
        self.counted.emit(len(lines))

    # Out of the tray

    def _take(self, line: TrayLine) -> None:
        """By key: it hangs where the keyboard stands."""
        self._awaited = None
        self._ask(line, by_key=True)

    def _drag(self, line: TrayLine, place: QPoint) -> None:
        self._awaited = place
        self._ask(line, by_key=False)

    def _ask(self, line: TrayLine, by_key: bool) -> None:
        number = line.number if line.kind == "visit" else -line.number
        days = self._services.days
        self._keys.ask(
            self._services.tasks,
            lambda: days.carried(number),
            lambda plan: self._on_carried(plan, by_key),
            self.fault_met.emit,
        )

    def _on_carried(self, plan: DayPlan, by_key: bool) -> None:
        """Let go before it was read: it lies in the tray still."""
        drag = self._drag_of(plan, by_key)
        if drag is None or (not by_key and self._awaited is None):
            self._keys.forget()
            return
        self._board.setFocus()
        place = self._board.viewport().mapFromGlobal(self._awaited) if self._awaited is not None else None
        self._board.grasp(drag, place)

    def _drag_of(self, plan: DayPlan, by_key: bool) -> Drag | None:
        if self._catalogue is None:
            return None
        view = DayView(plan, self._catalogue)
        home = build_scene(view, ColumnChoice(self._by), self._services.clock.now(), DEFAULT_ZOOM)
        number = plan.lines[0].appointment_id
        block = home.main_block(number)
        if block is None:
            return None
        cell = self._catalogue.settings.cell_minutes
        held = begin_drag(home, block, block.start + GRIP, cell)
        here = held.over(self._board.state.scene)
        return here.from_tray(*self._board.keyboard_place(), by_key) if here is not None else None

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
