"""Whether this installation can work: whatever a packager could have left out is tried once, in a folder of its own."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desk_app.bootstrap.places import Places
from desk_app.bootstrap.program import LocalProgram

MAIL = b"Content-Type: text/plain; charset=utf-8\n\nName: Ana Example\nPhone: 508 555 0142\nReason: kyphoplasty T12\n"
WARD = (
    b'{"nights": 2, "unplaced_night": 9, "rooms": [{"code": "A", "beds": 1, "policy": "any"}], "stays": ['
    b'{"id": "1", "sex": "F", "first": 0, "last": 0, "cost": {"A": 0}},'
    b'{"id": "2", "sex": "M", "first": 1, "last": 1, "cost": {"A": 0}}]}'
)


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
            ("PDF with a password", lambda: _locked(place / "sheet.pdf")),
            ("a mail read in a process of its own", lambda: _mail(program, place / "mail.eml")),
            ("report with its chart", lambda: _chart(program)),
            ("plan of beds", _beds),
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
    import desk_app.ui.toolkit  # noqa: F401  (what is loaded already decides that it can show windows)
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


def _locked(sheet: Path) -> str:
    from desk_app.printing.locked_pdf import locked

    if b"/Encrypt" not in locked(sheet.read_bytes(), "self-test"):
        raise RuntimeError("the PDF opens without a password")
    return "AES-256"


def _mail(program: LocalProgram, file: Path) -> str:
    from desk_app.application.incoming import IncomingRequest
    from desk_app.interop.worker import read_requests

    file.write_bytes(MAIL)
    desk = program.desk()
    items = list(read_requests([file], desk.catalogue(), desk.now()))
    if len(items) != 1 or not isinstance(items[0], IncomingRequest):
        raise RuntimeError("the mail could not be read")
    return items[0].request.procedure or "in its own words"


def _chart(program: LocalProgram) -> str:
    from desk_app.application.reports.report import Period
    from desk_app.application.use_cases.reporting import make
    from desk_app.ui.screens.reports.charts import ChartView

    desk = program.desk()
    report = make(desk, "waiting", Period(desk.today() - timedelta(days=30), desk.today()))
    if report.chart is None:
        raise RuntimeError("a month of the demo practice has nothing to draw")
    chart = ChartView(report.chart, report.title)
    drawn = chart.grab()
    chart.deleteLater()
    return f"{drawn.width()} by {drawn.height()} pixels"


def _beds() -> str:
    from importlib.util import find_spec

    from desk_app.interop.bed_plans.bed_file import parse
    from desk_app.interop.bed_plans.planning import plan_beds

    plan = plan_beds(parse(WARD, "self-test"), 5, lambda cost, bound: None)
    if plan.unplaced_nights:
        raise RuntimeError("two nights do not fit into one bed")
    solvers = [name for name, package in (("HiGHS", "highspy"), ("OR-Tools", "ortools")) if find_spec(package)]
    return f"with {' and '.join(solvers)}" if solvers else "without a solver"
