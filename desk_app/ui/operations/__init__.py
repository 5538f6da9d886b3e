"""Every change that the window makes starts here."""

from desk_app.ui.operations.operations import Operations

__all__ = ["Operations"]
