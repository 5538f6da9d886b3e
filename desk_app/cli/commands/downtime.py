"""``downtime FOLDER``: the next days' sheets as PDF, to work by when server or power is gone."""

from __future__ import annotations

import os
from argparse import Namespace
from getpass import getpass

from desk_app.application.use_cases.sheets import record_copy
from desk_app.application.wording import count
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.faults import WrongInput
from desk_app.printing.downtime import DowntimeCopy


def downtime(program: Program, args: Namespace) -> Answer:
    copy = DowntimeCopy(args.folder, _password(args), args.paper)
    desk = program.desk()
    sheets = copy.wanted(desk)
    for sheet in sheets:
        copy.write(desk, sheet)
    copy.finish(desk, sheets)
    names = [sheet.name for sheet in sheets]
    record_copy(desk, str(args.folder), names)
    told = {"folder": str(args.folder), "files": names, "locked": bool(copy.password)}
    return Answer(told, [f"{args.folder}: {count(len(names), 'sheet', 'sheets')}"])


def _password(args: Namespace) -> str:
    """From a prompt or a file descriptor, never from the words of the command. Raises WrongInput for an empty one."""
    if args.password_fd is None and not args.password:
        return ""
    if args.password_fd is None:
        given = getpass("Password of the copy: ")
    else:
        try:
            with os.fdopen(os.dup(args.password_fd), encoding="utf-8") as file:
                given = file.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError):
            raise WrongInput("no_password") from None
    if not given:
        raise WrongInput("no_password")
    return given
