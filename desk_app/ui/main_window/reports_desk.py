"""The reports in the window: the records behind a figure, their cards, and what is saved to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desk_app.application.reports.behind import BehindLine
from desk_app.application.reports.report import Period, Report
from desk_app.application.use_cases import reporting
from desk_app.interop.report_csv import csv_of
from desk_app.printing.content.report_paper import ReportPaper, ReportPart, report_paper
from desk_app.printing.files import replace_file
from desk_app.printing.progress import Progress
from desk_app.printing.reports import save_report_pdf
from desk_app.ui.main_window.cards import Cards
from desk_app.ui.main_window.frame import Frame
from desk_app.ui.operations.long_work import LongWork
from desk_app.ui.panels.behind_panel import BehindPanel
from desk_app.ui.screens.reports.report_run import Made
from desk_app.ui.screens.reports.reports_screen import Behind, ReportsScreen
from desk_app.ui.services import Services
from desk_app.ui.widgets.keys_ahead import KeysAhead


class ReportsDesk:
    """Everything is read and written on the worker."""

    def __init__(self, services: Services, frame: Frame, cards: Cards, keys: KeysAhead) -> None:
        self._services, self._frame, self._cards, self._keys = services, frame, cards, keys

    def connect(self, screen: ReportsScreen) -> None:
        screen.behind_wanted.connect(self.show_behind)
        screen.period_changed.connect(self._leave_behind)
        screen.csv_wanted.connect(self.save_csv)
        screen.pdf_wanted.connect(self.save_pdf)

    def show_behind(self, behind: Behind) -> None:
        """The records in the inspector, with the keyboard among them."""
        office = self._services.office

        def show(lines: tuple[BehindLine, ...]) -> None:
            panel = BehindPanel(behind.title, behind.told, behind.definition)
            panel.show_lines(lines, len(behind.row.records))
            panel.opened.connect(lambda kind, number: self._open(panel, kind, number))
            self._frame.inspector.show_form(panel)

        self._keys.ask(
            self._services.tasks,
            lambda: reporting.behind(office.desk, behind.row),
            show,
            self._services.feedback.refuse,
        )

    def save_csv(self, period: Period, report: Report) -> None:
        from desk_app.ui.print_preview.asking import ask_table

        def save(path: Path) -> None:
            self._write(lambda: replace_file(path, csv_of(report).encode()), path)

        name = f"{report.title} {_dates(period)}.csv"
        ask_table(self._frame.window(), self._services.memory, name, save)

    def save_pdf(self, period: Period, made: Sequence[Made]) -> None:
        """Every report that has come, as it is shown."""
        from desk_app.ui.print_preview.asking import ask_file

        parts = [ReportPart(each.report, each.before) for each in made]
        paper = self._services.memory.value("print/paper", "Letter")

        def save(path: Path) -> None:
            def make(content: ReportPaper, progress: Progress) -> None:
                save_report_pdf(content, path, paper, progress)

            self._services.operations.long_works.run(
                LongWork("Reports", lambda desk: report_paper(desk, period, parts), make, lambda _: _saved(path))
            )

        ask_file(self._frame.window(), self._services.memory, f"Reports {_dates(period)}.pdf", save)

    def _write(self, work: Callable[[], object], path: Path) -> None:
        self._services.tasks.submit(
            work,
            lambda _: self._services.feedback.say(_saved(path)),
            self._services.feedback.refuse,
        )

    def _leave_behind(self) -> None:
        form = self._frame.inspector.form
        if isinstance(form, BehindPanel):
            form.left.emit()

    def _open(self, panel: BehindPanel, kind: str, number: int) -> None:
        panel.left.emit()
        self._cards.show(kind, number)


def _saved(path: Path) -> str:
    return f"Saved {path.name}."


def _dates(period: Period) -> str:
    if period.days == 1:
        return period.first.isoformat()
    return f"{period.first.isoformat()} to {period.last.isoformat()}"
