"""Qt's modules, loaded before any of ours: importing this is enough.

PySide6 puts a function of its own in place of ``__import__``, for names in snake case that nobody here uses, and every
import after that takes a third longer. Python's own is put back.
"""

from __future__ import annotations

import builtins

_plain_import = builtins.__import__

import PySide6.QtWidgets  # noqa: E402, F401

builtins.__import__ = _plain_import
