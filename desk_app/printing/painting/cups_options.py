"""What was chosen in the dialog of a CUPS printer, as its queue wants to be told."""

from __future__ import annotations

from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintEngine, QPrinter

_FURTHER = QPrintEngine.PrintEnginePropertyKey(0xFE00)
"""``PPK_CupsOptions``: Qt's own engine for CUPS keeps the dialog's further choices there, and no other engine does."""

_SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}


def options_of(printer: QPrinter) -> tuple[str, ...] | None:
    """The choices that Qt itself would send along, as ``name=value``; None where the printer is not one of CUPS."""
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat:
        return None
    further = printer.printEngine().property(_FURTHER)
    if not isinstance(further, list):
        return None
    layout = printer.pageLayout()
    told = [f"media={layout.pageSize().key()}", f"sides={_sides(printer, layout)}"]
    if printer.copyCount() > 1 and printer.collateCopies():
        told.append("Collate=True")
    if layout.orientation() is QPageLayout.Orientation.Landscape:
        told.append("landscape")
    pairs = zip(further[::2], further[1::2], strict=False)
    return (*told, *(f"{name}={value}" if value else str(name) for name, value in pairs))


def _sides(printer: QPrinter, layout: QPageLayout) -> str:
    """Where the printer is to choose, a turned sheet is turned over its short edge."""
    upright = layout.orientation() is QPageLayout.Orientation.Portrait
    return _SIDES.get(printer.duplex(), "two-sided-long-edge" if upright else "two-sided-short-edge")
