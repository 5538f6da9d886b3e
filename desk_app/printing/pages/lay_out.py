"""Pages of whatever is to be printed."""

from __future__ import annotations

from desk_app.printing.content.letter import LetterContent
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.letter_pages import paginate_letter
from desk_app.printing.pages.letters import Letters
from desk_app.printing.pages.paginate import paginate
from desk_app.printing.papers import Paper, paper_of

Content = SheetContent | LetterContent


def paper_for(content: Content, name: str) -> Paper:
    """The paper as the content wants it to lie. Raises WrongInput for one that is not known."""
    return paper_of(name, isinstance(content, SheetContent) and content.landscape)


def lay_out(content: Content, paper: Paper, letters: Letters) -> Pages:
    if isinstance(content, LetterContent):
        return paginate_letter(content, paper, letters)
    return paginate(content, paper, letters)
