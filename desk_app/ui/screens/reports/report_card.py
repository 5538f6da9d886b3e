"""One report: its figure beside the period before, chart and table side by side, and how it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desk_app.application.report_words import beside, told, was
from desk_app.application.reports.report import ChartKind, Report, ReportRow
from desk_app.ui import theme
from desk_app.ui.fonts import Type
from desk_app.ui.screens.reports.report_run import Made
from desk_app.ui.screens.reports.report_table import ReportTable
from desk_app.ui.widgets import texts

if TYPE_CHECKING:
    from desk_app.ui.screens.reports.charts import ChartView

PAD, BAR = 16, 3
EMPTY, COUNTING = "Nothing in this period.", "counting …"


class ReportCard(texts.Themed, QFrame):
    """``row_opened`` with a line of its table, ``keyboard_came`` once its table has the keyboard."""

    row_opened = Signal(object)
    keyboard_came = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawn_in = theme.current()
        self._made: Made | None = None
        self._is_chosen = False
        self._title = texts.label("", Type.BASE, QFont.Weight.DemiBold)
        self._figure = texts.label("", Type.BASE, role="text2")
        self._empty = texts.label(EMPTY, Type.BASE, role="text2")
        self._definition = texts.label("", Type.SMALL, role="text3", wrap=True)
        self.table = ReportTable()
        self.table.row_opened.connect(self._on_row)
        self.table.keyboard_came.connect(self.keyboard_came)
        self._chart: ChartView | None = None
        self._beside = QHBoxLayout()
        self._lay_out()

    @property
    def made(self) -> Made | None:
        return self._made

    @property
    def chart(self) -> ChartView | None:
        return self._chart

    def show_made(self, made: Made) -> None:
        """The same report again changes nothing: what is looked at stays still."""
        if made == self._made:
            return
        self._made, report = made, made.report
        self._title.setText(report.title)
        self._figure.setText(self._figure_words(made))
        self._definition.setText(report.definition)
        self.table.show_report(report)
        for part, shown in ((self.table, bool(report.rows)), (self._empty, not report.rows)):
            _keep_place(part, False)
            part.setVisible(shown)
        self._draw()

    def wait(self) -> None:
        """Another period is being counted: nothing of the one before stands under its name, and nothing jumps."""
        self._made = None
        self._figure.setText(COUNTING)
        for part in (self._chart, self.table, self._empty):
            if part is not None and part.isVisibleTo(self):
                _keep_place(part)
                part.hide()

    def choose(self, chosen: bool) -> None:
        """The chosen report is the one that is saved as CSV."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self.update()
        if not chosen:
            self.table.let_go()

    def event(self, event: QEvent) -> bool:
        if self.is_new_theme(event):
            self._draw()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), theme.current()
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.color("line2"))
        if self._is_chosen:
            painter.fillRect(0, 0, BAR, self.height() - 1, colors.color("accent"))
        painter.end()

    def _figure_words(self, made: Made) -> str:
        """``8.5 days, was 10.2``"""
        figure = made.report.figure
        if figure is None or figure.value is None:
            return ""
        number = " ".join(part for part in (told(figure.value, figure.unit), beside(figure)) if part)
        return ", ".join(part for part in (number, figure.more, was(made.before)) if part)

    def _draw(self) -> None:
        """The chart anew; none where there is nothing to show."""
        if self._chart is not None:
            self._beside.removeWidget(self._chart)
            self._chart.hide()
            self._chart.deleteLater()
            self._chart = None
        if self._made is None or not _has_course(self._made.report):
            return
        from desk_app.ui.screens.reports.charts import ChartView

        report = self._made.report
        assert report.chart is not None
        self._chart = ChartView(report.chart, report.title)
        self._beside.insertWidget(0, self._chart, 1, Qt.AlignmentFlag.AlignTop)

    def _on_row(self, row: ReportRow) -> None:
        self.row_opened.emit(row)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, 14, PAD, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._figure, 1)
        column.addLayout(head)
        self._beside.setSpacing(24)
        self._beside.addWidget(self.table, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._beside)
        column.addWidget(self._empty)
        column.addWidget(self._definition)
        self._empty.hide()
        self.table.hide()


def _has_course(report: Report) -> bool:
    """Whether there is anything to draw; a line of one point says no more than the figure."""
    chart = report.chart
    return chart is not None and bool(report.rows) and (chart.kind is not ChartKind.LINE or len(chart.x) > 1)


def _keep_place(part: QWidget, kept: bool = True) -> None:
    """Whether its place stays empty while it is hidden."""
    policy = part.sizePolicy()
    policy.setRetainSizeWhenHidden(kept)
    part.setSizePolicy(policy)
