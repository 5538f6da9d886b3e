"""Pages of whatever is to be printed."""

from __future__ import annotations

from desk_app.domain.dataclass import dataclass
from desk_app.printing.content.letter import LetterContent
from desk_app.printing.content.sheet import SheetContent
from desk_app.printing.pages.items import Pages
from desk_app.printing.pages.letter_pages import paginate_letter
from desk_app.printing.pages.letters import Letters
from desk_app.printing.pages.paginate import paginate
from desk_app.printing.papers import Paper, paper_of


@dataclass(frozen=True, slots=True)
class Bundle:
    """Letters one after the other in one document, each with its own pages. ``file_title`` names no patient."""

    file_title: str
    letters: tuple[LetterContent, ...]


Content = SheetContent | LetterContent | Bundle


def paper_for(content: Content, name: str) -> Paper:
    """The paper as the content wants it to lie. Raises WrongInput for one that is not known."""
    return paper_of(name, isinstance(content, SheetContent) and content.landscape)


def lay_out(content: Content, paper: Paper, letters: Letters) -> Pages:
    if isinstance(content, LetterContent):
        return paginate_letter(content, paper, letters)
    if isinstance(content, Bundle):
        pages = (page for each in content.letters for page in paginate_letter(each, paper, letters).pages)
        return Pages(paper, content.file_title, tuple(pages))
    return paginate(content, paper, letters)
