"""Modules that SQLAlchemy imports at its head and hardly any program uses: loaded once something is asked of them.

asyncio brings all of OpenSSL and importlib.metadata the reader of mails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from threading import Lock
from types import ModuleType
from typing import Any

_lock = Lock()


class _StandIn(ModuleType):
    """Stands in for the module of its name until then, and answers from it ever after."""

    def __getattr__(self, name: str) -> Any:
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)

    def called_later(self, function: str) -> Callable[..., Any]:
        """Stands in for one of the module's functions."""
        return lambda *values, **named: self.__getattr__(function)(*values, **named)


def defer(name: str, *functions: str) -> None:
    """Whoever imports the module gets a stand-in, unless the module is loaded already.

    Taking one of the ``functions`` from it loads nothing, only calling it does.
    """
    if name not in sys.modules:
        stand_in = sys.modules[name] = _StandIn(name)
        for function in functions:
            setattr(stand_in, function, stand_in.called_later(function))
