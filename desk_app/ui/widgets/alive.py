"""Answers of the worker reach a widget only while it lives: a form may be left before the answer comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from shiboken6 import isValid

T = TypeVar("T")


def while_alive(receiver: QObject, receive: Callable[[T], object]) -> Callable[[T], None]:
    """Passes the value on, or lets it go where nobody is there any more."""

    def passed_on(value: T) -> None:
        if isValid(receiver):
            receive(value)

    return passed_on
