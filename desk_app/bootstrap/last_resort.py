"""What happens to an error nobody caught: a reference number, a log entry without patient data, a sentence."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from desk_app.bootstrap.places import Places

LOG_BYTES = 1_000_000
log = logging.getLogger("desk_app")


def install(places: Places) -> None:
    """Routes uncaught exceptions of every thread to the log; the user is told a reference number."""
    _log_to(places)
    sys.excepthook = _report
    threading.excepthook = lambda args: _report(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)


def tell(listener: Callable[[str], None]) -> None:
    """Somebody who shows the sentence to whoever sits there, beside the log; on the main thread only."""
    global _listener
    _listener = listener


_listener: Callable[[str], None] | None = None


def _report(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return  # whoever pressed Ctrl+C knows; the exit status tells the others
    from secrets import token_hex  # with it comes all of OpenSSL

    reference = token_hex(3)
    log.critical("unexpected error %s: %s\n%s", reference, kind.__name__, _places_only(trace))
    text = f"Something unexpected went wrong ({kind.__name__}); nothing half-done was kept. Reference {reference}."
    print(text, file=sys.stderr)
    if _listener is not None and threading.current_thread() is threading.main_thread():
        _listener(text)


def _places_only(trace: TracebackType | None) -> str:
    """The trace without its values: an exception's text could hold what somebody typed."""
    return "".join(traceback.format_tb(trace))


def _log_to(places: Places) -> None:
    if log.handlers:
        return  # one log a process, however often it is asked for
    log.addHandler(_LateLog(places))
    log.setLevel(logging.INFO)


class _LateLog(logging.Handler):
    """Opens the log with its first entry: most days have none, and the window is there sooner."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places
        self._log: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._log is None:
            self._log = self._opened()
        self._log.handle(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        folder = self._places.log
        try:
            folder.mkdir(parents=True, exist_ok=True)
            opened: logging.Handler = RotatingFileHandler(
                folder / "front-desk.log", maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8"
            )
        except OSError:
            opened = logging.StreamHandler()
        opened.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        return opened
