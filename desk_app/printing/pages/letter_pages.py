"""Pages out of a letter: the practice's head on the first, no heading without a line under it, a foot on every one."""

from __future__ import annotations

from desk_app.domain.letters import LetterLine, LineKind
from desk_app.printing.content.letter import LetterContent
from desk_app.printing.content.sheet import Style
from desk_app.printing.pages.items import Block, Item, Page, Pages, Rule, Words
from desk_app.printing.pages.letters import SIZES, Letters, shortened, wrap
from desk_app.printing.papers import Paper

MARGIN, TOP = 76.0, 56.0
FOOT = 58.0
"""From the foot's rule to the paper's edge."""

INDENT = 16.0
GAP, BEFORE_HEADING, AFTER_HEADING, BETWEEN_ITEMS = 11.0, 12.0, 2.0, 2.0
BULLET = "•"
STYLES = {
    LineKind.PLAIN: Style.LETTER,
    LineKind.ITEM: Style.LETTER,
    LineKind.HEADING: Style.LETTER_HEADING,
}
CLOSING, TIGHT = 4, 0.4
"""So few lines do not go on a page of their own; the gaps shrink to this share where that lets them end before."""

MOST_LINES = 200
"""Of a paragraph: more than any template holds."""


def paginate_letter(content: LetterContent, paper: Paper, letters: Letters) -> Pages:
    """The whole letter on that paper: its closing words never stand alone on a page."""
    made = _made(content, paper, letters)
    if made.ends_alone:
        tight = _made(content, paper, letters, ease=TIGHT)
        headings = [number for number, line in enumerate(content.lines) if line.kind is LineKind.HEADING]
        if len(tight.full) < len(made.full):
            made = tight
        elif headings:
            made = _made(content, paper, letters, part_at=headings[-1])
    return Pages(paper, content.file_title, made.finished())


def _made(
    content: LetterContent, paper: Paper, letters: Letters, ease: float = 1.0, part_at: int | None = None
) -> _LetterMaker:
    """``ease`` is of the gaps; at the line ``part_at`` a new page begins."""
    maker = _LetterMaker(content, paper, letters, ease)
    maker.head()
    for number in range(len(content.lines)):
        maker.line(number, is_first=number == part_at)
    return maker


class _LetterMaker:
    """Fills pages from top to bottom."""

    def __init__(self, content: LetterContent, paper: Paper, letters: Letters, ease: float) -> None:
        self._content, self._letters, self._ease = content, letters, ease
        self._begun = self._at = 0
        self._width = paper.width - 2 * MARGIN
        self._right = paper.width - MARGIN
        self._rule_of_foot = paper.height - FOOT
        self._bottom = self._rule_of_foot - 10
        self.full: list[list[Block]] = []
        self._blocks: list[Block] = []
        self._y = TOP

    def head(self) -> None:
        """The practice, how it is reached, a rule, and the title."""
        self._text(self._content.practice, Style.LETTER_HEADING)
        for told in self._content.contact:
            self._text(told, Style.SUBTITLE)
        self._blocks.append(Block(0.0, (Rule(MARGIN, self._y + 4, self._width, 1.2),)))
        self._y += 22
        self._text(self._content.title, Style.TITLE)
        self._y += 8

    @property
    def ends_alone(self) -> bool:
        """Whether the last page has nothing but a few closing words."""
        rest = [line for line in self._content.lines[self._begun :] if line.kind is not LineKind.GAP]
        return bool(self.full) and len(rest) <= CLOSING and all(line.kind is LineKind.PLAIN for line in rest)

    def line(self, number: int, is_first: bool) -> None:
        """One paragraph; a heading goes to the next page together with what follows it."""
        line, self._at = self._content.lines[number], number
        if line.kind is LineKind.GAP:
            self._y += GAP * self._ease
            return
        height = self._height(line)
        if line.kind is LineKind.HEADING:
            self._y += BEFORE_HEADING * self._ease if self._blocks else 0
            following = self._content.lines[number + 1 : number + 2]
            height += AFTER_HEADING + sum(map(self._height, following))
        if (is_first or self._y + height > self._bottom) and self._blocks:
            self._break()
        self._paragraph(line)
        self._y += {LineKind.HEADING: AFTER_HEADING, LineKind.ITEM: BETWEEN_ITEMS}.get(line.kind, 0.0)

    def finished(self) -> tuple[Page, ...]:
        """Every page with its foot, now that their number is known."""
        pages = [*self.full, self._blocks]
        for number, blocks in enumerate(pages, 1):
            blocks.append(Block(0.0, self._foot(self._content.page_told.format(page=number, pages=len(pages)))))
        return tuple(tuple(page) for page in pages)

    def _paragraph(self, line: LetterLine) -> None:
        """A paragraph that is longer than what is left of a page goes on on the next one."""
        style = STYLES[line.kind]
        leading, indent = SIZES[style].leading, self._indent(line)
        for number, text in enumerate(self._wrapped(line)):
            if self._y + leading > self._bottom:
                self._break()
            items: list[Item] = [Words(MARGIN + indent, self._y + leading - 5, text, style)]
            if indent and number == 0:
                items.insert(0, Words(MARGIN + 2, self._y + leading - 5, BULLET, style))
            self._blocks.append(Block(0.0, tuple(items)))
            self._y += leading

    def _text(self, text: str, style: Style) -> None:
        for line in wrap(text, style, self._width, self._letters, MOST_LINES):
            self._y += SIZES[style].leading
            self._blocks.append(Block(0.0, (Words(MARGIN, self._y - 5, line, style),)))

    def _break(self) -> None:
        """A new page, which says at its top what it is part of: pages part company."""
        self.full.append(self._blocks)
        self._begun = self._at
        told = " · ".join(part for part in (self._content.title, self._content.whose) if part)
        self._blocks, self._y = [], TOP
        self._text(shortened(told, Style.SUBTITLE, self._width, self._letters), Style.SUBTITLE)
        self._y += GAP

    def _wrapped(self, line: LetterLine) -> list[str]:
        return wrap(line.text, STYLES[line.kind], self._width - self._indent(line), self._letters, MOST_LINES)

    def _height(self, line: LetterLine) -> float:
        """What it takes to stand as a whole; a gap takes nothing of a page's end."""
        if line.kind is LineKind.GAP:
            return 0.0
        return len(self._wrapped(line)) * SIZES[STYLES[line.kind]].leading

    def _indent(self, line: LetterLine) -> float:
        return INDENT if line.kind is LineKind.ITEM else 0.0

    def _foot(self, page_told: str) -> tuple[Item, ...]:
        y, style, width = self._rule_of_foot, Style.FOOT, self._letters.width
        at_right = width(page_told, style)
        at_left = shortened(self._content.foot, style, self._width - at_right - 16, self._letters)
        return (
            Rule(MARGIN, y, self._width, 0.4),
            Words(MARGIN, y + 14, at_left, style),
            Words(self._right - at_right, y + 14, page_told, style),
        )
