"""Front Desk: scheduling for an interventional pain practice."""

__version__ = "0.1.0"
