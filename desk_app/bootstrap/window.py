"""Opens the window: before anything of the database is imported, so that the first frame is there at once."""

from __future__ import annotations

import gc
import getpass
import os
import sys
from argparse import Namespace

from desk_app import __version__
from desk_app.bootstrap import last_resort
from desk_app.bootstrap.clock import SystemClock
from desk_app.bootstrap.places import Places, resources
from desk_app.bootstrap.storage import LocalStorage

NO_DESKTOP = (
    "There is no desktop to open a window on. Start Front Desk from a desktop session, or use a command: "
    "front-desk --help lists them."
)


def run(places: Places, args: Namespace) -> int:
    """Until the window is closed; answers the exit status (3 without a desktop)."""
    if sys.platform == "linux" and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        print(NO_DESKTOP, file=sys.stderr)
        return 3
    return _opened(places, args)


def _opened(places: Places, args: Namespace) -> int:
    gc.disable()  # what is imported now is never garbage; from then on ``ui.collector`` sees to it
    import desk_app.ui.toolkit  # noqa: F401
    from desk_app.ui.app import Application, Start

    places.config.mkdir(parents=True, exist_ok=True)
    user = args.user or getpass.getuser()
    start = Start(
        LocalStorage(places, args.database, user, args.view_only),
        SystemClock(),
        resources(),
        places.config / "window.ini",
        user,
        __version__,
        args.demo,
    )
    application = Application(start)
    last_resort.tell(application.say_trouble)
    return application.run()
