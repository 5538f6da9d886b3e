"""The frame: top bar, rail, screens, inspector and status bar; and the work that connects them."""

from desk_app.ui.main_window.window import MainWindow

__all__ = ["MainWindow"]
