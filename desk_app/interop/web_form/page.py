"""Forms written as HTML: tables with a label beside or above its value, else the lines a reader would see."""

from __future__ import annotations

from html.parser import HTMLParser

from desk_app.interop.safe_text import clean, one_line
from desk_app.interop.web_form.labels import Fields, field_name
from desk_app.interop.web_form.lines import from_text

_HIDDEN = frozenset({"script", "style", "head", "title", "template"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "dt", "dd", "hr"})


class _Page(HTMLParser):
    """Rows of cells, in the order of their beginning, and the whole as lines. Tables may lie within cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.lines: list[str] = [""]
        self._tables: list[list[str]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr":
            self.rows.append([])
            self._tables[-1:] = [self.rows[-1]]
        elif tag in ("td", "th") and self._tables:
            self._new_cell(self._tables[-1])
        if tag in _BREAKS:
            self._add("\n")
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag == "table" and self._tables:
            self._tables.pop()
        if tag in ("p", "div", "table"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._add(data)
            self.lines[-1] += data

    def _new_cell(self, row: list[str]) -> None:
        begun = self.lines[-1].rstrip()
        if len(row) == 1 and begun:
            self.lines[-1] = begun + (" " if begun[-1] in ":?" else ": ")
        elif row and begun:
            self.lines[-1] = begun + "  "
        row.append("")

    def _add(self, text: str) -> None:
        if self._tables and self._tables[-1]:
            self._tables[-1][-1] += text


def from_page(html: str) -> tuple[Fields, str]:
    """The fields, and the page as a person reads it."""
    page = _Page()
    page.feed(_without_open_tag(html))
    page.close()
    rows = [[clean(cell).strip() for cell in row] for row in page.rows]
    readable = "\n".join(line for line in (one_line(line) for line in page.lines) if line)
    fields = Fields()
    for number, row in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else []
        _read_row(row, below, fields)
    return (fields, readable) if len(fields) > 1 else (from_text(readable), readable)


def _without_open_tag(html: str) -> str:
    """Cut where a last tag is not closed: the library looks for its end over and over, for minutes in a long text."""
    end = html.rfind(">") + 1
    return html[:end] + html[end:].partition("<")[0]


def _read_row(row: list[str], below: list[str], fields: Fields) -> None:
    """Labels with their values beside them; a row of labels alone has them in the row below."""
    names = [field_name(cell.rstrip(":")) for cell in row]
    if len(row) > 2 and all(names) and len(below) == len(row):
        pairs = list(zip(names, below, strict=True))
    else:
        pairs = []
        place = 0
        while place + 1 < len(row):
            if names[place]:
                pairs.append((names[place], row[place + 1]))
                place += 1
            place += 1
    for name, value in pairs:
        if name is not None:
            fields.put(name, _by_line(value))


def _by_line(value: str) -> str:
    return "\n".join(" ".join(line.split()) for line in value.split("\n") if line.strip())
