"""One start, measured from within: ``bare``, or ``program DATABASE``. Prints what it saw as JSON and is gone.

The program starts as ``main.py`` starts it; only the clock stands still, and a hook is handed the application just
before its event loop begins.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

BEGUN = "FRONT_DESK_BEGUN"
"""The environment's word of when the parent began the process, on the clock that all processes share."""

LATER = ("sqlalchemy", "alembic", "psycopg", "sqlcipher3", "sqlite3", "pydantic", "dateutil")
"""What no first frame may wait for."""

TICK_MS, SETTLED_MS, RESTING_MS, PATIENCE_MS = 1, 1500, 4500, 20_000
"""At rest the slot index is built as well, and all open calls were looked at."""

seen: dict[str, Any] = {}


def since_begun() -> float:
    """Milliseconds since the parent began this process."""
    return (time.monotonic() - float(os.environ[BEGUN])) * 1000


def megabytes() -> float:
    """What of memory this process has to itself and with others."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def note(name: str) -> None:
    seen[f"{name}_ms"], seen[f"{name}_mb"] = since_begun(), megabytes()


def leave() -> None:
    print(json.dumps(seen), flush=True)
    os._exit(0)


def bare() -> None:
    """A window with nothing in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, painted)

    def painted() -> None:
        note("first")
        leave()

    app = QApplication(sys.argv[:1])
    window = Window()
    window.resize(1440, 900)
    window.show()
    app.exec()


def program(database: str) -> None:
    """The whole program, until today is on the board and everything has come to rest."""
    root = Path(__file__).resolve().parents[2]
    sys.path[0] = str(root)
    import desk_app.bootstrap.window
    import main
    from desk_app.bootstrap.clock import SystemClock

    SystemClock.now = lambda _: STANDING  # type: ignore[method-assign]
    desk_app.bootstrap.window.last_resort.tell = lambda say: watch(say.__self__)  # type: ignore[assignment]
    main.main(["--database", database])


def watch(application: Any) -> None:
    """Notes the first frame, the longest gap between two turns of the loop, and the first painting of a day."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    timer, last, gaps = QTimer(application), [0.0], [0.0]

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint and "board_ms" not in seen and board().state.scene.blocks:
                # now, since the worker goes on with all the rest as soon as this is painted
                seen.setdefault("loaded_at_board", [name for name in LATER if name in sys.modules])
                QTimer.singleShot(0, shown)
            return False

    painted = Painted(application)

    def board() -> Any:
        from desk_app.ui.screens.schedule.board import Board

        return application.window.findChild(Board)

    def first() -> None:
        note("first")
        seen["loaded_early"] = [name for name in LATER if name in sys.modules]
        last[0] = time.monotonic()
        timer.start(TICK_MS)

    def tick() -> None:
        now = time.monotonic()
        gaps[0] = max(gaps[0], (now - last[0]) * 1000)
        last[0] = now
        if "watched" not in seen and "desk_app.ui.screens.schedule.board" in sys.modules and board() is not None:
            seen["watched"] = True
            board().viewport().installEventFilter(painted)

    def shown() -> None:
        if "board_ms" not in seen:
            note("board")
            seen["gap_ms"] = gaps[0]
            QTimer.singleShot(SETTLED_MS, settled)

    def settled() -> None:
        note("settled")
        seen["blocks"] = len(board().state.scene.blocks)
        seen["gap_settled_ms"] = gaps[0]
        timer.stop()
        QTimer.singleShot(RESTING_MS, resting)

    def resting() -> None:
        note("resting")
        leave()

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    application.window.painted.connect(first)
    QTimer.singleShot(PATIENCE_MS, leave)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        from datetime import UTC, datetime

        STANDING = datetime.fromisoformat(sys.argv[3]).astimezone(UTC)
        program(sys.argv[2])
