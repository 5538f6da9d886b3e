"""The system's own dialogs: which printer, which file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desk_app.printing.painting.printer import printer_for
from desk_app.printing.papers import Paper
from desk_app.ui.memory import SettingsMemory

MOST_COPIES = 99


def ask_printer(
    parent: QWidget, memory: SettingsMemory, paper: Paper, pages: int, chosen: Callable[[QPrinter], object]
) -> None:
    """Opens the system's print dialog, set to the printer, copies and paper of last time."""
    copies = memory.value("print/copies")
    number = min(int(copies), MOST_COPIES) if copies.isdecimal() and int(copies) else 1
    printer = printer_for(paper, memory.value("print/printer"), number)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, False)
    dialog.setMinMax(1, max(pages, 1))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def on_accepted() -> None:
        if not printer.outputFileName():
            memory.set_value("print/printer", printer.printerName())
            memory.set_value("print/copies", str(printer.copyCount()))
        chosen(printer)

    dialog.accepted.connect(on_accepted)
    QDialog.open(dialog)  # the print dialog's own one wants a receiver


def ask_file(parent: QWidget, memory: SettingsMemory, name: str, chosen: Callable[[Path], object]) -> None:
    """Asks where a PDF is to lie."""
    _ask(parent, memory, name, ("Save as PDF", "PDF (*.pdf)", "pdf"), chosen)


def ask_table(parent: QWidget, memory: SettingsMemory, name: str, chosen: Callable[[Path], object]) -> None:
    """Asks where a table for a spreadsheet is to lie."""
    _ask(parent, memory, name, ("Save as CSV", "Table (*.csv)", "csv"), chosen)


def _ask(
    parent: QWidget, memory: SettingsMemory, name: str, kind: tuple[str, str, str], chosen: Callable[[Path], object]
) -> None:
    """Opens the system's file dialog in the folder of last time."""
    title, filters, suffix = kind
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(memory.value("print/folder") or documents)
    if not folder.is_dir():
        folder = Path(documents)
    dialog = QFileDialog(parent, title, str(folder), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def on_selected(file: str) -> None:
        memory.set_value("print/folder", str(Path(file).parent))
        chosen(Path(file))

    dialog.fileSelected.connect(on_selected)
    dialog.open()
