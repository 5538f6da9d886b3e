"""Looking at a day's sheet before it is printed or saved."""

from desk_app.ui.print_preview.preview import PrintPreview

__all__ = ["PrintPreview"]
