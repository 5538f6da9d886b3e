"""Front Desk: a window, or one command without it."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Reads the words after the program's name, and answers the exit status."""
    from desk_app.bootstrap.last_resort import install
    from desk_app.bootstrap.places import user_places
    from desk_app.cli.parser import parse

    args = parse(sys.argv[1:] if argv is None else argv)
    places = user_places()
    install(places)
    if args.self_test:
        from desk_app.bootstrap.self_test import run as run_self_test

        return run_self_test()
    if args.command is None:
        from desk_app.bootstrap.window import run as run_window

        return run_window(places, args)
    from desk_app.bootstrap.program import LocalProgram
    from desk_app.cli.run import run as run_command

    return run_command(LocalProgram(places, args.database, args.user, args.view_only), args)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # only there a worker process starts as this program once more
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
