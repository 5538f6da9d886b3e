"""Reports and the records behind them as models: figures with their units, sentences to be read out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desk_app.application.reports.behind import BehindLine
from desk_app.application.reports.report import Column, Report, ReportRow, Unit
from desk_app.ui.models.behind_model import BehindModel, LineRole
from desk_app.ui.models.report_model import RIGHT, ReportModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
COLUMNS = (Column("Room"), Column("Days", Unit.COUNT), Column("On time", Unit.SHARE), Column("Late", Unit.MINUTES))
REPORT = Report(
    "first_starts",
    "On time",
    "How",
    COLUMNS,
    (ReportRow(("Room 1", 4, 0.75, 2.6)), ReportRow(("Room 2", 0, None, None))),
)


def test_a_report_has_its_units_in_the_heads_and_nothing_for_nothing() -> None:
    model = ReportModel()
    tester = QAbstractItemModelTester(model, FATAL)
    model.show(REPORT)
    across = Qt.Orientation.Horizontal
    assert [model.headerData(column, across) for column in range(4)] == ["Room", "Days", "On time, %", "Late, min"]
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert rows == [["Room 1", "4", "75", "3"], ["Room 2", "0", "–", "–"]]
    spoken = [model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(4)]
    assert spoken == ["Room 1", "Days 4", "On time 75 %", "Late 3 min"]
    assert model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "On time nothing"
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert model.row_at(1) == REPORT.rows[1]
    assert model.row_at(2) is None
    model.show(Report("none", "None", "How", (), ()))
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    del tester


def test_a_record_behind_a_figure_is_read_out_as_a_sentence() -> None:
    model = BehindModel()
    tester = QAbstractItemModelTester(model, FATAL)
    line = BehindLine("visit", 7, "Thu 19 Nov 09:00", "Ortiz, Marisol", "Kyphoplasty", "22 min late")
    model.show((line, line._replace(value="")))
    assert model.index(0).data() == "Ortiz, Marisol, 22 min late, Thu 19 Nov 09:00, Kyphoplasty"
    assert model.index(1).data() == "Ortiz, Marisol, Thu 19 Nov 09:00, Kyphoplasty"
    assert model.index(0).data(LineRole) == line
    assert (model.line_at(0), model.line_at(2)) == (line, None)
    model.show(())
    assert model.rowCount() == 0
    del tester
