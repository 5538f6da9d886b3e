"""Files are read in a process that may be lost; one file never keeps the others from being read."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from desk_app.application.incoming import Incoming, IncomingRequest, SetAside
from desk_app.domain.faults import WrongInput
from desk_app.interop import request_files, request_reader, worker
from desk_app.interop.request_reader import read_file
from desk_app.interop.worker import read_requests
from tests.helpers.forms import FORM, NOW, mail
from tests.helpers.small_practice import CATALOGUE

ENDLESS = mail(FORM, "text/plain; charset=utf-8; x=" + "a;" * 3_000_000)
"""The library looks through such a header for minutes."""


def reading(paths: list[Path], seconds: float = 30) -> Iterator[Incoming]:
    return read_requests(paths, CATALOGUE, NOW, seconds)


def outcome(item: Incoming) -> str:
    return item.reason if isinstance(item, SetAside) else "read"


def put(folder: Path, **files: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def test_a_file_that_takes_too_long_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_eml=mail(), b_eml=ENDLESS, c_eml=mail(), d_eml=mail())
    items = list(reading([folder], seconds=2))
    assert [(item.source_name, outcome(item)) for item in items] == [
        ("a.eml", "read"),
        ("b.eml", "too_hard"),
        ("c.eml", "read"),
        ("d.eml", "read"),
    ]
    aside = items[1]
    assert isinstance(aside, SetAside)
    assert aside.original == ENDLESS


def test_the_time_of_a_file_begins_when_the_process_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = put(tmp_path / "in", a_eml=mail())
    waited: list[float] = []
    answer = worker._Reader._answer

    def slow_start(reader: worker._Reader, seconds: float) -> worker.Batch:
        waited.append(seconds)
        return answer(reader, max(seconds, worker.STARTING))

    monkeypatch.setattr(worker._Reader, "_answer", slow_start)
    assert [outcome(item) for item in reading([folder], seconds=0.5)] == ["read"]
    assert waited == [worker.STARTING, 0.5]


def test_a_process_that_was_killed_is_replaced(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_eml=mail(), b_eml=ENDLESS, c_eml=mail())
    items = reading([folder])
    first = next(items)
    (process,) = multiprocessing.active_children()
    process.kill()
    assert [outcome(item) for item in [first, *items]] == ["read", "too_hard", "read"]


def test_the_process_ends_with_whoever_asked(tmp_path: Path) -> None:
    items = reading([put(tmp_path / "in", a_eml=mail(), b_eml=mail())])
    assert isinstance(items, Generator)
    next(items)
    items.close()
    assert multiprocessing.active_children() == []


def test_files_are_taken_in_the_order_of_their_names_and_hidden_ones_left(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", b_EML=mail(), a_eml=mail(), _hidden_eml=mail())
    put(folder / "within", c_eml=mail())
    assert [item.source_name for item in reading([folder])] == ["a.eml", "b.EML", "c.eml"]


def test_a_path_that_is_not_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", a_eml=mail())
    with pytest.raises(WrongInput) as refused:
        reading([folder, tmp_path / "gone.eml"])
    assert refused.value.params["file"] == str(tmp_path / "gone.eml")
    assert multiprocessing.active_children() == []


def test_a_folder_that_may_not_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    with pytest.raises(WrongInput) as told:
        reading([tmp_path])
    assert told.value.params["reason"] == "Permission denied"


def test_nothing_to_read_starts_nothing(tmp_path: Path) -> None:
    assert list(reading([tmp_path])) == []


def only(path: Path) -> SetAside:
    (item,) = read_file(path, CATALOGUE, NOW)
    assert isinstance(item, SetAside)
    return item


def test_a_mail_on_which_the_library_fails_is_set_aside_whole(tmp_path: Path) -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    path = put(tmp_path / "in", a_eml=nested + FORM.encode()) / "a.eml"
    item = only(path)
    assert (item.reason, item.original) == ("cannot_be_read", path.read_bytes())


def test_files_of_other_kinds_are_known_again_by_the_whole_of_them(tmp_path: Path) -> None:
    begin = b"%PDF" + bytes(50_000)
    folder = put(tmp_path / "in", a_pdf=begin + b"1", b_pdf=begin + b"2", c_pdf=begin + b"1")
    a, b, c = (only(folder / f"{name}.pdf") for name in "abc")
    assert (a.reason, a.original) == ("unknown_kind", begin + b"1")
    assert a.fingerprint == c.fingerprint != b.fingerprint


def test_a_file_far_too_large_is_kept_by_its_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_files, "MAX_KEPT", 1_000)
    monkeypatch.setattr(request_files, "BEGINNING", 100)
    monkeypatch.setattr(request_files, "_CHUNK", 64)
    monkeypatch.setitem(request_reader.MAX_BYTES, ".eml", 500)
    folder = put(tmp_path / "in", a_eml=b"x" * 700, b_eml=b"x" * 1_500, c_eml=b"x" * 1_501)
    a, b, c = (only(folder / f"{name}.eml") for name in "abc")
    assert {item.reason for item in (a, b, c)} == {"too_large"}
    assert (len(a.original), len(b.original), len(c.original)) == (700, 100, 100)
    assert len({a.fingerprint, b.fingerprint, c.fingerprint}) == 3


def test_a_file_that_has_gone_or_may_not_be_opened_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert only(tmp_path / "gone.eml").reason == "cannot_be_opened"
    folder = put(tmp_path / "in", a_eml=mail(), b_eml=mail())

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    a, b = only(folder / "a.eml"), only(folder / "b.eml")
    assert (a.reason, a.original) == ("cannot_be_opened", b"")
    assert a.fingerprint != b.fingerprint


def test_a_name_that_is_no_text_is_shown_as_far_as_it_is() -> None:
    shown = request_files.name_of(Path("caf\udce9.eml"))
    assert shown.startswith("caf\ufffd")
    assert shown.encode().endswith(b".eml")


def test_a_table_gives_its_rows_through_the_worker_in_order(tmp_path: Path) -> None:
    rows = "".join(f"Person {number},508555{number:04}\n" for number in range(350))
    folder = put(tmp_path / "in", a_csv=f"Name,Phone\n{rows}".encode(), b_eml=mail())
    items = list(reading([folder]))
    assert [i.source_name for i in items] == [*(f"a.csv row {number}" for number in range(2, 352)), "b.eml"]
    assert all(isinstance(item, IncomingRequest) for item in items)


def test_who_only_asks_loads_nothing_that_reads() -> None:
    program = (
        "import sys, desk_app.interop.worker; "
        "print([name for name in ('email.parser', 'html.parser', 'csv', 'phonenumbers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
