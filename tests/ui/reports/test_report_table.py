"""A report's table where there is little room: what is cut is told whole by the tool tip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from desk_app.application.reports.report import Column, Report, ReportRow, Unit
from desk_app.resources import resources
from desk_app.ui import fonts, icons, theme
from desk_app.ui.screens.reports import report_table
from desk_app.ui.screens.reports.report_table import ReportTable

NAME = "Room 1: Kyphoplasty, <b>Vertebroplasty</b>"


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> ReportTable:
    fonts.load(Path(resources()) / "fonts")
    icons.use_folder(Path(resources()) / "icons")
    theme.apply_theme(qapp, theme.LIGHT, resources())
    made = ReportTable()
    qtbot.addWidget(made)
    columns = (Column("Block"), Column("Days", Unit.COUNT))
    made.show_report(Report("blocks", "Blocks", "Counted.", columns, (ReportRow((NAME, 4)), ReportRow(("R 2", 4)))))
    made.resize(220, 120)
    made.show()
    return made


def test_only_what_is_cut_has_a_tool_tip_and_a_name_is_never_markup(
    table: ReportTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(report_table.texts, "show_tool_tip", lambda place, text, widget: told.append(text))
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
    for row, column in ((0, 0), (0, 1), (1, 0)):
        option, index = QStyleOptionViewItem(), table.report.index(row, column)
        option.rect = table.visualRect(index)
        table.itemDelegate().helpEvent(event, table, option, index)
    assert told == [NAME]
