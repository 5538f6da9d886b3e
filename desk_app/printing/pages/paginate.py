"""Pages out of a sheet's content: no heading without a row under it, no row split, head and foot on every page."""

from __future__ import annotations

from desk_app.printing.content.sheet import Notice, Section, SheetContent, Style
from desk_app.printing.pages.items import Block, Frame, Item, Page, Pages, Rule, Words
from desk_app.printing.pages.letters import SIZES, Letters, shortened, wrap
from desk_app.printing.pages.rows import HAIR, SetRow, set_row, tracks_of
from desk_app.printing.papers import Paper

MARGIN, TOP = 46.0, 40.0
FOOT = 52.0
"""From the foot's rule to the paper's edge."""

SECTION_GAP, HEADING, CAPTIONS = 12.0, 25.0, 18.0
NOTICE_GAP = 14.0
MOST_NOTICES = 30


def paginate(content: SheetContent, paper: Paper, letters: Letters) -> Pages:
    """The whole sheet on that paper."""
    maker = _PageMaker(content, paper.enlarged(content.scale), letters)
    maker.head()
    for number, section in enumerate(content.sections):
        maker.section(section, on_new_page=content.page_each and number > 0)
    if content.empty:
        maker.say(content.empty)
    return Pages(paper, content.file_title, maker.finished(), content.scale)


class _PageMaker:
    """Fills pages from top to bottom."""

    def __init__(self, content: SheetContent, paper: Paper, letters: Letters) -> None:
        self._content, self._letters = content, letters
        self._width = paper.width - 2 * MARGIN
        self._right = paper.width - MARGIN
        self._rule_of_foot = paper.height - FOOT
        self._bottom = self._rule_of_foot - 8
        self._tracks = tracks_of(content.columns, MARGIN, self._width)
        self._full: list[list[Block]] = []
        self._blocks: list[Block] = []
        self._page: list[Item] = []
        self._y = TOP
        self._has_captions = False

    def head(self) -> None:
        """Title at the left, the day in figures at the right, under them what to see to first."""
        content, y = self._content, TOP
        facts = [(line, Style.BODY) for line in content.facts]
        if content.changes_told:
            facts.append((content.changes_told, Style.STRONG))
        broad = max((self._letters.width(text, style) for text, style in facts), default=0.0)
        self._words(MARGIN, y + 19, content.title, Style.TITLE)
        below = y + 37
        for line in wrap(content.subtitle, Style.SUBTITLE, self._width - broad - 16, self._letters, 3):
            self._words(MARGIN, below, line, Style.SUBTITLE)
            below += SIZES[Style.SUBTITLE].leading
        for place, (text, style) in enumerate(facts):
            self._at_right(y + 12 + 13 * place, text, style)
        self._y = max(below - 7, y + 12 + 13 * len(facts) - 4)
        self._notices()

    def section(self, section: Section, on_new_page: bool = False) -> None:
        """A heading with its rows, as far over the pages as they need."""
        rows = [set_row(row, self._content.marked, self._tracks, self._right, self._letters) for row in section.rows]
        first = rows[0].height if rows else 0.0
        captions = 0.0 if self._has_captions or not rows else CAPTIONS
        if on_new_page or self._y + SECTION_GAP + self._heading_height(section) + captions + first > self._bottom:
            self._break()
        self._heading(section, section.name, section.aside)
        self._captions(bool(rows))
        for number, row in enumerate(rows):
            if self._y + row.height > self._bottom:
                self._break()
                self._heading(section, f"{section.name}, continued", "")
                self._captions(True)
                number = 0
            self._row(row, number > 0)

    def say(self, text: str) -> None:
        """What an empty day says instead of rows."""
        self._page.append(Rule(MARGIN, self._y + SECTION_GAP, self._width, 2))
        self._words(MARGIN, self._y + SECTION_GAP + 34, text, Style.HEADING_PLAIN)

    def finished(self) -> tuple[Page, ...]:
        """Every page with its foot, now that their number is known."""
        self._settle()
        pages = [*self._full, self._blocks]
        for number, self._blocks in enumerate(pages, 1):
            what = self._content.kept_as or f"version {self._content.version}"
            self._foot(f"{what} · page {number} of {len(pages)}")
            self._settle()
        return tuple(tuple(page) for page in pages)

    def _settle(self) -> None:
        """What was set so far becomes a block, so that whatever follows is read after it."""
        if self._page:
            self._blocks.append(Block(0.0, tuple(self._page)))
            self._page = []

    def _break(self) -> None:
        """A new page, which says at its top what it is part of: pages part company."""
        self._settle()
        self._full.append(self._blocks)
        self._blocks, self._has_captions = [], False
        self._words(MARGIN, TOP + 12, self._content.title, Style.STRONG)
        used = self._letters.width(self._content.title, Style.STRONG)
        rest = shortened(self._content.subtitle, Style.BODY, self._width - used - 10, self._letters)
        self._words(MARGIN + used + 10, TOP + 12, rest, Style.BODY)
        self._y = TOP + 12

    def _heading_height(self, section: Section) -> float:
        aside = wrap(section.aside, Style.BODY, self._width, self._letters)
        return HEADING + (0.0 if self._aside_beside(section, section.name) else len(aside) * 13.0)

    def _aside_beside(self, section: Section, name: str) -> bool:
        head = self._letters.width(f"{name} · {section.people}", Style.HEADING)
        return head + 16 + self._letters.width(section.aside, Style.BODY) <= self._width

    def _heading(self, section: Section, name: str, aside: str) -> None:
        y = self._y + SECTION_GAP
        self._page.append(Rule(MARGIN, y, self._width, 2))
        name = shortened(name, Style.HEADING, self._width, self._letters)
        self._words(MARGIN, y + 18, name, Style.HEADING)
        used = self._letters.width(name, Style.HEADING)
        if section.people and used + 40 < self._width:
            people = shortened(f" · {section.people}", Style.HEADING_PLAIN, self._width - used, self._letters)
            self._words(MARGIN + used, y + 18, people, Style.HEADING_PLAIN)
        self._y = y + HEADING
        if aside and self._aside_beside(section, section.name):
            self._at_right(y + 18, aside, Style.BODY)
        elif aside:
            for line in wrap(aside, Style.BODY, self._width, self._letters):
                self._words(MARGIN, self._y + 6, line, Style.BODY)
                self._y += 13.0
        if section.rows:
            self._page.append(Rule(MARGIN + 18, self._y, self._width - 18, HAIR))

    def _captions(self, wanted: bool) -> None:
        """The columns' names, once a page."""
        if not wanted or self._has_captions:
            return
        for column, track in zip(self._content.columns, self._tracks, strict=True):
            if column.caption:
                self._words(track.x, self._y + 12, column.caption, Style.CAPTION)
        self._y += CAPTIONS
        self._page.append(Rule(MARGIN + 18, self._y, self._width - 18, HAIR))
        self._has_captions = True

    def _row(self, row: SetRow, ruled: bool) -> None:
        if ruled:
            self._page.append(Rule(MARGIN + 18, self._y, self._width - 18, HAIR))
        self._settle()
        self._blocks.append(Block(self._y, row.items))
        self._y += row.height

    def _notices(self) -> None:
        """The box of what to see to first; as many lines as it takes, up to a bound."""
        notices = self._content.notices
        if not notices:
            return
        left, right = MARGIN + 9, self._right - 9
        top, x, y = self._y + 10, left, self._y + 25
        title = "Before you start"
        self._words(x, y, title, Style.STRONG)
        x += self._letters.width(title, Style.STRONG) + NOTICE_GAP
        for notice in _bounded(notices):
            parts = [f"{notice.who}: ", notice.what] if notice.who else [notice.what]
            parts = [shortened(text, Style.BODY, (right - left) / 2, self._letters) for text in parts]
            widths = [self._letters.width(text, Style.BODY) for text in parts]
            if x > left and x + sum(widths) > right:
                x, y = left, y + 14
            for text, wide in zip(parts, widths, strict=True):
                self._words(x, y, text, Style.BODY)
                x += wide
            x += NOTICE_GAP
        self._page.append(Frame(MARGIN, top, self._width, y + 8 - top, 1.2))
        self._y = y + 8

    def _foot(self, told: str) -> None:
        y, style, width = self._rule_of_foot, Style.FOOT, self._letters.width
        self._page.append(Rule(MARGIN, y, self._width, HAIR))
        self._at_right(y + 14, told, style)
        keeping, profile = self._content.keeping, f" · {self._content.profile}"
        right = self._width - width(told, style)
        whole = self._content.printed + profile
        if width(whole, style) + width(keeping, style) + 32 <= right:
            self._words(MARGIN, y + 14, whole, style)
            between = (width(whole, style) + right - width(keeping, style)) / 2
            self._words(MARGIN + between, y + 14, keeping, style)
            return
        left = shortened(self._content.printed, style, right - width(profile, style) - 16, self._letters) + profile
        self._words(MARGIN, y + 14, left, style)
        self._words(MARGIN, y + 14 + SIZES[style].leading, keeping, style)

    def _words(self, x: float, y: float, text: str, style: Style) -> None:
        self._page.append(Words(x, y, text, style))

    def _at_right(self, y: float, text: str, style: Style) -> None:
        self._words(self._right - self._letters.width(text, style), y, text, style)


def _bounded(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    if len(notices) <= MOST_NOTICES:
        return notices
    return (*notices[:MOST_NOTICES], Notice("", f"and {len(notices) - MOST_NOTICES} more: see the notes"))
