"""The import as the command line and the window run it: files, worker, use case and database."""

from __future__ import annotations

import random
import shutil
import threading
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desk_app.application.desk import Desk
from desk_app.application.incoming import ImportResult
from desk_app.application.use_cases import practice
from desk_app.application.use_cases.import_requests import import_requests
from desk_app.domain.faults import WrongInput
from desk_app.interop.practice_file import load
from desk_app.interop.worker import read_requests
from tests.helpers.desks import Desks

ROOT = Path(__file__).parent.parent.parent
FILES = ROOT / "tests" / "data" / "requests"
NAMES = sorted(path.name for path in FILES.iterdir())
HONEST = {
    "Lowell, Harriet",
    "Ibarra-Núñez, Tomás",
    "Wróblewska, Agnieszka",
    "O'Shaughnessy Jr., Robert",
    "Nguyễn, Thị Hoa",
    "Fischer, Marlene",
    "Achebe, Samuel",
    "Pemberton, Gail",
    "Соколов, Виктор",
    "Okafor, Denise",
    "Castellano, Paul",
    "Abramowitz, Ruth",
    "Ferreira, Luis",
    'Delacroix-Stone, Karen "Kay"',
}
AGAIN = "Lowel, Harriett"


@pytest.fixture
def bay_state(desks: Desks) -> Desk:
    desk = desks()
    practice.load(desk, load(ROOT / "resources" / "demo" / "bay_state_pain.toml").catalogue)
    return desk


def take_in(desk: Desk, paths: Iterable[Path]) -> list[ImportResult]:
    items = read_requests(paths, desk.catalogue(), desk.now())
    return [outcome.value for outcome in import_requests(desk, items)]


def people(desk: Desk) -> dict[str, tuple[date | None, tuple[str, ...], str | None, str | None, int]]:
    """Everybody with an open request: who they are, what they want, and how many messages they sent."""
    told = {}
    for line in desk.queries.requests("open", desk.now()):
        request = desk.queries.request_card(line.request_id, desk.now()).request
        contact = request.contact
        phones = tuple(phone.e164 for phone in contact.phones)
        messages = len(desk.queries.request_card(line.request_id, desk.now()).messages)
        told[contact.name] = (contact.birth_date, phones, request.procedure, request.payer, messages)
    return told


def test_each_of_the_fourteen_honest_people_is_one_request(bay_state: Desk) -> None:
    results = take_in(bay_state, [FILES])
    by_source = {result.source: result for result in results}
    assert Counter(result.result for result in results) == {"created": 15, "duplicate": 2, "set_aside": 4}
    assert set(people(bay_state)) == HONEST | {AGAIN}
    first, near = by_source["001.eml"], by_source["012.eml"]
    assert (near.result, near.possible_duplicate_of) == ("created", first.request)
    assert [r.source for r in results if r.possible_duplicate_of] == ["012.eml"]
    assert (by_source["006.eml"].reason, by_source["006.eml"].request) == ("same_person", first.request)
    denise = by_source["form-export.csv row 6"]
    assert (denise.reason, denise.request) == ("same_person", by_source["form-export.csv row 2"].request)
    assert {r.source: r.reason for r in results if r.result == "set_aside"} == {
        "005.eml": "spam",
        "010.eml": "empty",
        "014.eml": "too_long",
        "015.eml": "no_contact",
    }
    messages = {name: told[-1] for name, told in people(bay_state).items()}
    assert {name for name, count in messages.items() if count == 2} == {"Lowell, Harriet", "Okafor, Denise"}
    assert set(messages.values()) == {1, 2}


def test_importing_again_creates_nothing(bay_state: Desk) -> None:
    take_in(bay_state, [FILES])
    before = people(bay_state)
    again = take_in(bay_state, [FILES, FILES / "001.eml"])
    assert {(result.result, result.reason) for result in again} == {("duplicate", "seen")}
    assert people(bay_state) == before
    assert len(bay_state.queries.set_aside()) == 4


def test_what_was_set_aside_keeps_its_original(bay_state: Desk) -> None:
    take_in(bay_state, [FILES])
    for line in bay_state.queries.set_aside():
        assert bay_state.queries.set_aside_original(line.item_id) == (FILES / line.source).read_bytes()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", ["reversed", 1, 2])
def test_the_order_of_the_files_does_not_change_who_is_who(desks: Desks, bay_state: Desk, seed: str | int) -> None:
    order = list(reversed(NAMES)) if seed == "reversed" else random.Random(seed).sample(NAMES, len(NAMES))
    results = take_in(bay_state, [FILES / name for name in order])
    assert Counter(result.result for result in results) == {"created": 15, "duplicate": 2, "set_aside": 4}
    told = people(bay_state)
    assert set(told) == HONEST | {AGAIN}
    harriet = (date(1948, 3, 14), ("+15085550142",), "KYPHO", "MEDICARE", 2)
    assert told["Lowell, Harriet"] == harriet
    assert told["Okafor, Denise"] == (date(1958, 4, 21), ("+15085550120",), "KYPHO", "MEDICARE", 2)
    pairs = [result for result in results if result.possible_duplicate_of]
    assert len(pairs) == 1
    names = {line.request_id: line.name for line in bay_state.queries.requests("open", bay_state.now())}
    assert {names[pairs[0].request or 0], names[pairs[0].possible_duplicate_of or 0]} == {"Lowell, Harriet", AGAIN}


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_person_who_writes_again_completes_the_request_in_either_order(desks: Desks, bay_state: Desk) -> None:
    take_in(bay_state, [FILES / "006.eml", FILES / "001.eml"])
    (line,) = bay_state.queries.requests("open", bay_state.now())
    request = bay_state.queries.request_card(line.request_id, bay_state.now()).request
    assert request.contact.email == "hlowell@mail.example"
    assert (request.level_names, request.referrer) == ("T12", "Dr. Amin")
    assert request.wishes.weekdays == (0, 2)
    assert (request.wishes.part_of_day, request.wishes.call_window) == ("morning", "after 10am")
    assert request.received_at == datetime(2026, 11, 20, 13, 14, tzinfo=UTC)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_folder_and_its_single_files_are_the_same(desks: Desks, bay_state: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    shutil.copytree(FILES, folder / "deeper")
    single = list(read_requests([FILES / name for name in NAMES], bay_state.catalogue(), bay_state.now()))
    assert list(read_requests([folder], bay_state.catalogue(), bay_state.now())) == single


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_a_path_that_cannot_be_read_is_refused_before_anything_is_taken_in(desks: Desks, bay_state: Desk) -> None:
    with pytest.raises(WrongInput) as refused:
        take_in(bay_state, [FILES / "001.eml", FILES / "nowhere.eml"])
    assert refused.value.code == "unreadable"
    assert people(bay_state) == {}


def test_hostile_texts_are_stored_without_what_could_do_harm(bay_state: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.eml").write_bytes(
        b"Message-ID: <\xff\x00odd\xe9>\nContent-Type: text/plain; charset=utf-8\n\n"
        b"Name: \xc3\x81da\x00 \xe2\x80\xaelevoL\nPhone: 508 555 0199\n"
        b"Reason: \xed\xa0\x80 kn\xc3\xa9\xc3\xa9\x1b[31m\x07\n"
    )
    (result,) = take_in(bay_state, [folder])
    assert result.result == "created"
    (line,) = bay_state.queries.requests("open", bay_state.now())
    card = bay_state.queries.request_card(line.request_id, bay_state.now())
    told = card.request.contact.name + card.request.procedure_text + card.messages[0].text
    assert card.request.contact.name == "levoL, Áda"
    assert all(ch.isprintable() or ch == "\n" for ch in told)


def test_two_desks_that_watch_one_folder_take_in_every_file_once(desks: Desks, bay_state: Desk) -> None:
    other = desks()
    items = list(read_requests([FILES], bay_state.catalogue(), bay_state.now()))
    gate = threading.Barrier(2)

    def take(desk: Desk) -> list[ImportResult]:
        gate.wait()
        return [outcome.value for outcome in import_requests(desk, items)]

    with ThreadPoolExecutor(2) as threads:
        results = [result for done in threads.map(take, (bay_state, other)) for result in done]
    assert Counter(result.result for result in results if result.reason != "seen") == {
        "created": 15,
        "duplicate": 2,
        "set_aside": 4,
    }
    assert set(people(bay_state)) == HONEST | {AGAIN}
