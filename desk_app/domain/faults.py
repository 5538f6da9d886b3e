"""What can stand between a wish and its fulfilment. Each is raised once, where it arises, and worded elsewhere."""

from __future__ import annotations

from collections.abc import Mapping


class FrontDeskFault(Exception):
    """A fault with a code and its particulars; never holds a patient's name."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params


class RuleViolation(FrontDeskFault):
    """A rule of the practice forbids it (command line: exit 1). ``params["field"]`` may name the field."""


class NeedsConfirmation(FrontDeskFault):
    """It can be done if somebody says so: ``params["codes"]`` are to be acknowledged, an override needs a reason."""

    def __init__(self, codes: tuple[str, ...], **params: object) -> None:
        super().__init__(codes[0], codes=codes, **params)
        self.codes = codes


class Conflict(FrontDeskFault):
    """Somebody else was faster: ``record``, ``record_id``, and who and when where it is known."""


class WrongInput(FrontDeskFault):
    """What was given cannot be read or names something unknown (command line: exit 2)."""


class StorageUnavailable(FrontDeskFault):
    """The database cannot be used now (command line: exit 3): locked, full, read-only, damaged, unreachable …"""
