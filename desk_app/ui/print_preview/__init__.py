"""Looking at a day's sheet, or a letter, before it is printed or saved; and the texts of letters."""

from desk_app.ui.print_preview.letter_preview import LetterPreview
from desk_app.ui.print_preview.preview import PrintPreview
from desk_app.ui.print_preview.slip_preview import SlipPreview

__all__ = ["LetterPreview", "PrintPreview", "SlipPreview"]
