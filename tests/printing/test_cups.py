"""The same through a real CUPS: its own server on a free port, with a queue that keeps what it is given."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from desk_app.domain.faults import RuleViolation
from desk_app.printing.painting import printer as printing
from desk_app.printing.painting.cups_options import options_of
from desk_app.printing.papers import A4, LETTER
from desk_app.printing.progress import Stopped
from tests.printing.days import facts, full_day, sheet
from tests.printing.test_stopping import stopped_at

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CUPSD = shutil.which("cupsd", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
pytestmark = [
    pytest.mark.usefixtures("qapp"),
    pytest.mark.skipif(not (CUPSD and IS_ROOT and shutil.which("lpadmin")), reason="needs cupsd, lpadmin and root"),
]
SERVER = "Listen 127.0.0.1:{port}\nBrowsing Off\nDefaultAuthType None\n<Location />\nAllow all\n</Location>\n"
ALLOWED = "<Location /admin>\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n"
PLACES = "RequestRoot {0}/spool\nCacheDir {0}/cache\nStateDir {0}/state\nTempDir {0}/tmp\nServerRoot {0}\n"
LOGS = "ErrorLog {0}/error\nAccessLog {0}/access\nPageLog {0}/page\nFileDevice Yes\n"


DRIVEN = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*Manufacturer: "Front"
*ModelName: "Front"
*NickName: "Front desk"
*PCFileName: "FRONT.PPD"
*Product: "(Front)"
*PSVersion: "(3010) 0"
*LanguageLevel: "3"
*ColorDevice: False
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Paper: PickOne
*DefaultPageSize: A4
*PageSize Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion Letter/Letter: "<</PageSize[612 792]>>setpagedevice"
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea Letter/Letter: "18 36 594 756"
*ImageableArea A4/A4: "18 36 577 806"
*DefaultPaperDimension: A4
*PaperDimension Letter/Letter: "612 792"
*PaperDimension A4/A4: "595 842"
"""
"""A printer with a rim that it cannot print on, as all of them have; it takes PDF as it comes, without any filter."""


def asked(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a server with one queue, ``desk``, that holds its jobs; it ends with the module."""
    folder = tmp_path_factory.mktemp("cups")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("spool", "cache", "state", "tmp"):
        (folder / name).mkdir()
    (folder / "cupsd.conf").write_text(SERVER.format(port=port) + ALLOWED)
    (folder / "cups-files.conf").write_text((PLACES + LOGS).format(folder))
    words = [str(CUPSD), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    address = f"127.0.0.1:{port}"
    process = subprocess.Popen(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUPS_SERVER", address)
        _ask_server(address.encode())
        yield folder
    _ask_server(None)
    process.terminate()
    process.wait(10)


def _ask_server(address: bytes | None) -> None:
    """The library looks into the environment once a thread, and an earlier test may have let it."""
    library = ctypes.util.find_library("cups")
    assert library is not None
    ctypes.CDLL(library).cupsSetServer(address)


@pytest.fixture
def queue(server: Path, qtbot: QtBot) -> Path:
    """The spool of a queue that takes jobs and is free of any."""
    qtbot.waitUntil(lambda: "is running" in asked("lpstat", "-r"), timeout=10_000)
    asked("lpadmin", "-p", "desk", "-v", f"file:{server}/paper", "-E", "-o", "job-hold-until-default=indefinite")
    qtbot.waitUntil(lambda: "desk" in printing.printer_names(), timeout=10_000)
    asked("cupsaccept", "desk")
    asked("cupsenable", "desk")
    asked("cancel", "-a", "-x", "desk")
    return server / "spool"


def documents(spool: Path) -> list[Path]:
    return sorted(each for each in spool.iterdir() if each.name.startswith("d"))


def test_a_sheet_lies_in_the_queue_as_it_is_in_the_pdf(queue: Path) -> None:
    printer = printing.printer_for(A4, "desk", 2)
    assert options_of(printer) == ("media=A4", "sides=one-sided", "Collate=True")
    assert printing.send(sheet(facts(full_day(70))), printer) == 3
    (document,) = documents(queue)
    pages = PdfReader(document).pages
    assert [f"page {number} of 3" in page.extract_text() for number, page in enumerate(pages, 1)] == [True] * 3
    assert round(float(pages[0].mediabox.width)) == 595
    assert "desk-" in asked("lpstat", "-o", "desk")


def test_of_a_stopped_sheet_the_queue_never_hears(queue: Path) -> None:
    with pytest.raises(Stopped):
        printing.send(sheet(facts(full_day(70))), printing.printer_for(LETTER, "desk"), stopped_at(2))
    assert documents(queue) == []
    assert asked("lpstat", "-W", "all", "-o", "desk") == ""


@pytest.mark.parametrize(("command", "code"), [("cupsdisable", "printer_stopped"), ("cupsreject", "printer_rejecting")])
def test_a_stopped_or_rejecting_printer_is_told_and_gets_nothing(queue: Path, command: str, code: str) -> None:
    printer = printing.printer_for(LETTER, "desk")
    asked(command, "desk")
    with pytest.raises(RuleViolation) as refused:
        printing.send(sheet(facts(full_day(3))), printer)
    assert refused.value.code == code
    assert documents(queue) == []


def test_a_printer_that_vanishes_after_it_was_picked_is_told(queue: Path, qtbot: QtBot) -> None:
    printer = printing.printer_for(LETTER, "desk")
    asked("lpadmin", "-x", "desk")
    with pytest.raises(RuleViolation) as refused:
        printing.send(sheet(facts(full_day(3))), printer)
    assert (refused.value.code, refused.value.params["printer"]) == ("printer_gone", "desk")
    assert documents(queue) == []


def test_a_printer_that_vanishes_while_its_pages_are_painted_is_told(
    queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question whether it is well and the handing over."""
    printer = printing.printer_for(LETTER, "desk")
    monkeypatch.setattr(printing, "check_queue", lambda name: asked("lpadmin", "-x", name))
    with pytest.raises(RuleViolation) as refused:
        printing.send(sheet(facts(full_day(3))), printer)
    assert refused.value.code == "printer_refused"
    assert documents(queue) == []


def test_a_printer_with_a_rim_prints_on_the_paper_that_was_chosen_turned_as_it_was(queue: Path, server: Path) -> None:
    driver = server / "front.ppd"
    driver.write_text(DRIVEN)
    asked("lpadmin", "-p", "rimmed", "-v", f"file:{server}/paper", "-P", str(driver), "-E")
    asked("lpadmin", "-p", "rimmed", "-o", "job-hold-until-default=indefinite")
    for paper, media in ((LETTER, "media=Letter"), (LETTER.turned(), "media=Letter"), (A4.turned(), "media=A4")):
        printer = printing.printer_for(paper, "rimmed")
        assert printer.printerName() == "rimmed"
        options = options_of(printer) or ()
        assert (options[0], "landscape" in options) == (media, paper.is_turned)
        assert printing.paper_in(printer)[0].is_turned == paper.is_turned
        assert printing.send(sheet(facts(full_day(3))), printer) == 1
    asked("cancel", "-a", "rimmed")
    asked("lpadmin", "-x", "rimmed")
