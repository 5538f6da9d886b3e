"""Whether this installation can work: the Qt platform plug-in, the fonts, a database with the demo practice, a PDF."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desk_app.bootstrap.places import Places
from desk_app.bootstrap.program import LocalProgram


def run() -> int:
    """Prints one line a part and answers 0 only where every part works."""
    with tempfile.TemporaryDirectory(prefix="front-desk-") as folder:
        place = Path(folder)
        program = LocalProgram(Places(place, place, place), str(place / "self-test.db"), "self-test")
        parts: list[tuple[str, Callable[[], str]]] = [
            ("window system", _platform),
            ("fonts", _fonts),
            ("database and demo practice", lambda: _database(program)),
            ("slot search", lambda: _search(program)),
            ("day sheet as PDF", lambda: _sheet(program, place / "sheet.pdf")),
        ]
        results = [_told(name, part) for name, part in parts]
        return 0 if all(results) else 1


def _told(name: str, part: Callable[[], str]) -> bool:
    try:
        print(f"ok    {name}: {part()}")
    except Exception as fault:  # whatever it is, it is the answer of this test
        print(f"FAIL  {name}: {type(fault).__name__}: {fault}", file=sys.stderr)
        return False
    return True


def _platform() -> str:
    from desk_app.printing.painting.application import gui_application

    return str(gui_application().platformName())


def _fonts() -> str:
    from desk_app.printing.painting.fonts import load_fonts

    families = load_fonts()
    if "Inter" not in families:
        raise RuntimeError("the bundled font cannot be loaded")
    return ", ".join(families)


def _database(program: LocalProgram) -> str:
    desk = program.create()
    visits = program.fill_demo(desk)
    breaches = desk.queries.breaches(desk.now())
    if breaches:
        raise RuntimeError(f"{len(breaches)} rules are broken, first: {breaches[0].text}")
    return f"{visits} visits, every rule holds"


def _search(program: LocalProgram) -> str:
    from desk_app.application.use_cases.find_slots import FindSlots, find

    slots = find(program.desk(), FindSlots("KYPHO", levels=2))
    if not slots:
        raise RuntimeError("no start was found in a year")
    return f"{len(slots)} starts"


def _sheet(program: LocalProgram, target: Path) -> str:
    from desk_app.printing.sheets import day_sheet, save_pdf

    desk = program.desk()
    pages = save_pdf(day_sheet(desk, desk.today() + timedelta(days=1), "rooms", "desk"), target, "Letter")
    if not target.read_bytes().startswith(b"%PDF-"):
        raise RuntimeError("no PDF was written")
    return f"{pages} page(s)"
