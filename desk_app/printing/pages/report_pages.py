"""Pages out of reports: a report's head never stands without its first lines, a row is never split."""

from __future__ import annotations

from desk_app.printing.content.report_paper import EMPTY, Grid, PaperPart, ReportPaper, Strip
from desk_app.printing.content.sheet import Style
from desk_app.printing.pages.items import Block, Frame, Item, Page, Pages, Rule, Words
from desk_app.printing.pages.letters import SIZES, Letters, shortened, wrap
from desk_app.printing.papers import Paper

MARGIN, TOP, FOOT = 46.0, 40.0, 52.0
GAP, HEADING, ROW, BAR_HEIGHT = 16.0, 24.0, 15.0, 7.0
FIGURE, BARS, NAME = 66.0, 120.0, 190.0
"""Widths of a column of figures, of the bars, and the least of the names."""

STRIP, CELL, LABEL = 46.0, 16.0, 90.0
HAIR = 0.4
MOST_LINES = 40
FIRST_LINES, WHOLE = 3, 8
"""So many rows stand under a head; a table of no more than ``WHOLE`` is never split."""

NAME_LEADING, NAME_LINES = 11.0, 3


def report_pages(content: ReportPaper, paper: Paper, letters: Letters) -> Pages:
    """All reports on that paper."""
    maker = _ReportMaker(content, paper, letters)
    maker.head()
    for part in content.parts:
        maker.part(part)
    return Pages(paper, content.file_title, maker.finished())


class _ReportMaker:
    """Fills pages from top to bottom."""

    def __init__(self, content: ReportPaper, paper: Paper, letters: Letters) -> None:
        self._content, self._letters = content, letters
        self._width, self._right = paper.width - 2 * MARGIN, paper.width - MARGIN
        self._rule_of_foot = paper.height - FOOT
        self._bottom = self._rule_of_foot - 8
        self._full: list[list[Block]] = []
        self._blocks: list[Block] = []
        self._items: list[Item] = []
        self._y = TOP

    def head(self) -> None:
        self._words(MARGIN, TOP + 19, self._content.title, Style.TITLE)
        self._y = TOP + 24
        self._paragraph(self._content.subtitle, Style.SUBTITLE)

    def part(self, part: PaperPart) -> None:
        """Head, how it is counted, chart, table."""
        told = len(wrap(part.definition, Style.SMALL, self._width, self._letters, MOST_LINES))
        ahead = HEADING + told * SIZES[Style.SMALL].leading + self._chart_height(part)
        kept = part.rows if len(part.rows) <= WHOLE else part.rows[:FIRST_LINES]
        rows = sum(self._row_height(part, row) for row in kept) + ROW
        if self._y + GAP + ahead + rows > self._bottom:
            self._break()
        self._y += GAP
        self._items.append(Rule(MARGIN, self._y, self._width, 1.2))
        self._words(MARGIN, self._y + 18, part.title, Style.HEADING)
        room = self._width - self._letters.width(part.title, Style.HEADING) - 12
        self._at_right(self._right, self._y + 18, shortened(part.figure, Style.BODY, room, self._letters), Style.BODY)
        self._y += HEADING
        self._paragraph(part.definition, Style.SMALL)
        self._y += 3
        for strip in part.strips:
            self._strip(strip)
        if part.grid is not None:
            self._grid(part.grid)
        self._table(part)

    def finished(self) -> tuple[Page, ...]:
        """Every page with its foot, now that their number is known."""
        self._settle()
        pages = [*self._full, self._blocks]
        for number, blocks in enumerate(pages, 1):
            self._blocks = blocks
            y, style = self._rule_of_foot, Style.FOOT
            self._items.append(Rule(MARGIN, y, self._width, HAIR))
            self._words(MARGIN, y + 14, self._content.printed, style)
            self._at_right(self._right, y + 14, f"page {number} of {len(pages)}", style)
            self._settle()
        return tuple(tuple(page) for page in pages)

    # Parts of a report

    def _table(self, part: PaperPart) -> None:
        if not part.rows:
            self._paragraph(EMPTY, Style.BODY)
            return
        self._heads(part)
        for number, row in enumerate(part.rows):
            needed = self._row_height(part, row)
            if number == len(part.rows) - 2:
                needed += self._row_height(part, part.rows[-1])  # the last row never stands alone
            if self._y + needed > self._bottom:
                self._break()
                self._words(MARGIN, self._y + 12, f"{part.title}, continued", Style.STRONG)
                self._y += ROW
                self._heads(part)
            self._row(part, row, part.bars[number] if number < len(part.bars) else None)

    def _heads(self, part: PaperPart) -> None:
        edges = self._edges(part)
        for head, edge in zip(part.heads, edges, strict=True):
            if head.at_right:
                self._at_right(edge, self._y + 11, head.text, Style.CAPTION)
            else:
                self._words(edge, self._y + 11, head.text, Style.CAPTION)
        self._words(self._right - BARS, self._y + 11, part.bars_told, Style.CAPTION)
        self._y += ROW
        self._items.append(Rule(MARGIN, self._y, self._width, HAIR))

    def _row(self, part: PaperPart, row: tuple[str, ...], bar: float | None) -> None:
        edges = self._edges(part)
        for head, edge, text in zip(part.heads, edges, row, strict=True):
            if head.at_right:
                self._at_right(edge, self._y + 10.5, text, Style.BODY)
            else:
                for place, name in enumerate(self._names(part, text)):
                    self._words(edge, self._y + 10.5 + place * NAME_LEADING, name, Style.BODY)
        if bar is not None and bar > 0:
            left = self._right - BARS
            self._items.append(Rule(left, self._y + 4, max(1.0, bar * BARS), BAR_HEIGHT))
        self._y += self._row_height(part, row)
        self._items.append(Rule(MARGIN, self._y, self._width, HAIR / 2))
        self._settle()

    def _row_height(self, part: PaperPart, row: tuple[str, ...]) -> float:
        """A name that is too long for its column goes on under itself."""
        texts = [text for head, text in zip(part.heads, row, strict=True) if not head.at_right]
        return ROW + (max((len(self._names(part, text)) for text in texts), default=1) - 1) * NAME_LEADING

    def _names(self, part: PaperPart, text: str) -> list[str]:
        return wrap(text, Style.BODY, self._name_width(part), self._letters, NAME_LINES) or [""]

    def _edges(self, part: PaperPart) -> list[float]:
        """Where each column begins, or ends where its figures stand at the right; the bars come after all."""
        edges, figures = [], sum(head.at_right for head in part.heads)
        right = self._right - (BARS + 14 if part.bars else 0.0)
        seen = 0
        for head in part.heads:
            seen += head.at_right
            edges.append(right - (figures - seen) * self._step(part) if head.at_right else MARGIN)
        return edges

    def _step(self, part: PaperPart) -> float:
        """From one figure's rim to the next: wide enough for every head."""
        heads = [self._letters.width(head.text, Style.CAPTION) for head in part.heads if head.at_right]
        return max([FIGURE, *(wide + 12 for wide in heads)])

    def _name_width(self, part: PaperPart) -> float:
        figures = sum(head.at_right for head in part.heads)
        return max(NAME / 2, self._width - figures * self._step(part) - (BARS + 14 if part.bars else 0.0) - 8)

    def _strip(self, strip: Strip) -> None:
        """A week a bar; where they stand close, every second, third … has its name and figure."""
        label = self._letters.width(strip.name, Style.CAPTION)
        self._words(MARGIN, self._y + 10, strip.name, Style.CAPTION)
        left = MARGIN + max(LABEL, label + 8)
        step = (self._right - left) / max(len(strip.parts), 1)
        step = min(step, 44.0)
        widest = max((self._letters.width(text, Style.SMALL) for text in (*strip.under, *strip.over)), default=0.0) + 6
        every = max(1, -(-int(widest) // max(int(step), 1)))
        floor = self._y + 12 + STRIP
        for place, part in enumerate(strip.parts):
            x = left + place * step
            if part is not None:
                height = max(0.6, part * STRIP)
                self._items.append(Rule(x, floor - height, step * 0.6, height))
                if place % every == 0:
                    self._words(x, floor - height - 2, strip.over[place], Style.SMALL)
            if place % every == 0:
                self._words(x, floor + 11, strip.under[place], Style.SMALL)
        self._items.append(Rule(left, floor, step * len(strip.parts), HAIR))
        self._y = floor + 16

    def _grid(self, grid: Grid) -> None:
        """Framed figures: a map that a fax leaves readable."""
        step = min((self._width - LABEL) / max(len(grid.across), 1), 56.0)
        for place, text in enumerate(grid.across):
            self._words(MARGIN + LABEL + place * step + 3, self._y + 11, text, Style.CAPTION)
        self._y += CELL
        for name, values in grid.rows:
            shown = shortened(name, Style.BODY, LABEL - 6, self._letters)
            self._words(MARGIN, self._y + 12, shown, Style.BODY)
            for place, text in enumerate(values):
                x = MARGIN + LABEL + place * step
                self._items.append(Frame(x, self._y, step, CELL, HAIR))
                self._words(x + 3, self._y + 12, text, Style.SMALL)
            self._y += CELL
        self._y += 4

    def _chart_height(self, part: PaperPart) -> float:
        strips = len(part.strips) * (STRIP + 28)
        return strips + ((len(part.grid.rows) + 1) * CELL + 4 if part.grid is not None else 0.0)

    # Pages

    def _paragraph(self, text: str, style: Style) -> None:
        leading = SIZES[style].leading
        for line in wrap(text, style, self._width, self._letters, MOST_LINES):
            if self._y + leading > self._bottom:
                self._break()
            self._words(MARGIN, self._y + leading - 3, line, style)
            self._y += leading
        self._settle()

    def _break(self) -> None:
        """A new page, which says at its top what it is part of."""
        self._settle()
        self._full.append(self._blocks)
        self._blocks = []
        self._words(MARGIN, TOP + 12, self._content.title, Style.STRONG)
        self._y = TOP + 18

    def _settle(self) -> None:
        if self._items:
            self._blocks.append(Block(0.0, tuple(self._items)))
            self._items = []

    def _words(self, x: float, y: float, text: str, style: Style) -> None:
        if text:
            self._items.append(Words(x, y, text, style))

    def _at_right(self, right: float, y: float, text: str, style: Style) -> None:
        self._words(right - self._letters.width(text, style), y, text, style)
