"""What a careful receptionist makes of each file in ``tests/data/requests``, read by hand and written down here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desk_app.application.incoming import IncomingRequest, SetAside
from desk_app.domain.practice import Catalogue
from desk_app.domain.records import Request
from desk_app.domain.statuses import Urgency
from desk_app.interop.practice_file import load
from desk_app.interop.request_reader import read_file

ROOT = Path(__file__).parent.parent.parent
FILES = ROOT / "tests" / "data" / "requests"
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A request as a person reads it. ``phone``: number and extension; ``born_text`` only where there is no date."""

    family: str
    given: str
    born: date | None = None
    born_text: str = ""
    phone: tuple[str, str] | None = None
    email: str = ""
    payer: str | None = None
    member_id: str = ""
    procedure: str | None = None
    levels: int = 1
    level_names: str = ""
    side: str = ""
    days: tuple[int, ...] = ()
    time: str = ""
    call: str = ""
    urgency: Urgency = Urgency.ROUTINE
    referrer: str = ""


MAILS = {
    "001.eml": Told(
        "Lowell",
        "Harriet",
        date(1948, 3, 14),
        phone=("+15085550142", ""),
        email="hlowell@mail.example",
        payer="MEDICARE",
        member_id="1EG4-TE5-MK73",
        procedure="KYPHO",
        level_names="T12",
        days=(0, 2),
        time="morning",
        call="after 10am",
        referrer="Dr. Amin",
    ),
    "002.eml": Told(
        "Ibarra-Núñez",
        "Tomás",
        date(1961, 7, 2),
        phone=("+17745550187", ""),
        email="t.ibarra@mail.example",
        payer="BCBSMA",
        member_id="XXP884120933",
        procedure="ESI-I",
    ),
    "003.eml": Told(
        "Wróblewska",
        "Agnieszka",
        date(1953, 2, 11),
        phone=("+16175550119", ""),
        payer="TUFTS",
        procedure="VERT",
        levels=2,
        level_names="L1 L2",
        urgency=Urgency.SOON,
    ),
    "004.eml": Told("O'Shaughnessy Jr.", "Robert", phone=("+15085550175", "12")),
    "006.eml": Told("Lowell", "Harriet", date(1948, 3, 14), phone=("+15085550142", ""), procedure="KYPHO"),
    "007.eml": Told(
        "Nguyễn",
        "Thị Hoa",
        born_text="02/29/1957",
        phone=("+19785550160", ""),
        payer="HARVARDP",
        procedure="KYPHO",
        level_names="L3",
    ),
    "008.eml": Told(
        "Fischer", "Marlene", date(1950, 12, 1), phone=("+15085550111", ""), payer="AETNA", procedure="MBB"
    ),
    "009.eml": Told(
        "Achebe",
        "Samuel",
        born_text="02/30/1960",
        phone=("+16175550133", ""),
        payer="CIGNA",
        procedure="RFA",
        side="both",
    ),
    "011.eml": Told(
        "Pemberton",
        "Gail",
        date(1939, 8, 19),
        phone=("+15085550194", ""),
        payer="MEDICARE",
        levels=2,
        level_names="T11 T12",
        urgency=Urgency.URGENT,
    ),
    "012.eml": Told("Lowel", "Harriett", date(1948, 3, 14), phone=("+15085550124", ""), procedure="KYPHO"),
    "013.eml": Told(
        "Соколов", "Виктор", date(1966, 5, 5), phone=("+13395550170", ""), payer="FALLON", procedure="SCS-T"
    ),
}
SET_ASIDE = {"005.eml": "spam", "010.eml": "empty", "014.eml": "too_long", "015.eml": "no_contact"}
OKAFOR = date(1958, 4, 21)
ROWS = [
    Told(
        "Okafor",
        "Denise",
        OKAFOR,
        phone=("+15085550120", ""),
        email="dokafor@mail.example",
        payer="MEDICARE",
        member_id="2FH5UF6NL84",
        procedure="KYPHO",
        level_names="L1",
        days=(1, 3),
    ),
    Told(
        "Castellano",
        "Paul",
        date(1972, 7, 4),
        phone=("+17745550168", ""),
        payer="BCBSMA",
        member_id="XXH120045781",
        procedure="ESI-I",
        level_names="L4-L5",
    ),
    Told(
        "Abramowitz",
        "Ruth",
        date(1944, 10, 30),
        phone=("+16175550155", ""),
        payer="TUFTS",
        member_id="T90311-22",
        procedure="VERT",
        levels=2,
        days=(0,),
    ),
    Told("Ferreira", "Luis", email="lferreira@mail.example", payer="SELF", procedure="SIJ", days=(4,)),
    Told("Okafor", "Denise", OKAFOR, phone=("+15085550120", ""), payer="MEDICARE", procedure="KYPHO"),
    Told(
        "Delacroix-Stone",
        'Karen "Kay"',
        date(1963, 1, 9),
        phone=("+15085550139", ""),
        email="kds@mail.example",
        payer="AETNA",
        member_id="W2210 98110",
        procedure="MBB",
        levels=2,
        level_names="L4-L5 L5-S1",
        side="both",
        days=(2, 4),
    ),
]
WORDS = {
    "002.eml": "lumbar epidural injection",
    "004.eml": "back pain, not sure what I need",
    "008.eml": "<script>alert(1)</script> facet injection",
    "011.eml": ("Two fractured vertebrae (T11, T12). Hospital discharged yesterday. Severe pain, cannot walk."),
}


@pytest.fixture(scope="module")
def bay_state() -> Catalogue:
    return load(ROOT / "resources" / "demo" / "bay_state_pain.toml").catalogue


def told(request: Request) -> Told:
    contact = request.contact
    phone = contact.phones[0] if contact.phones else None
    return Told(
        contact.family,
        contact.given,
        contact.birth_date,
        contact.birth_date_text if contact.birth_date is None else "",
        (phone.e164, phone.extension) if phone else None,
        contact.email,
        request.payer,
        contact.member_id,
        request.procedure,
        request.levels,
        request.level_names,
        request.side,
        request.wishes.weekdays,
        request.wishes.part_of_day,
        request.wishes.call_window,
        request.urgency,
        request.referrer,
    )


def test_every_file_has_its_expectation() -> None:
    assert {path.name for path in FILES.iterdir()} == {*MAILS, *SET_ASIDE, "form-export.csv"}


@pytest.mark.parametrize("name", sorted(MAILS))
def test_a_mail_becomes_the_request_a_person_reads_in_it(name: str, bay_state: Catalogue) -> None:
    (item,) = read_file(FILES / name, bay_state, NOW)
    assert isinstance(item, IncomingRequest)
    assert told(item.request) == MAILS[name]
    assert item.message.original == (FILES / name).read_bytes()
    assert item.request.procedure_text == WORDS.get(name, item.request.procedure_text)


@pytest.mark.parametrize("name", sorted(SET_ASIDE))
def test_a_mail_that_is_no_request_is_set_aside_with_its_reason(name: str, bay_state: Catalogue) -> None:
    (item,) = read_file(FILES / name, bay_state, NOW)
    assert isinstance(item, SetAside)
    assert (item.reason, item.original) == (SET_ASIDE[name], (FILES / name).read_bytes())


def test_every_row_of_the_export_becomes_the_request_a_person_reads_in_it(bay_state: Catalogue) -> None:
    path = FILES / "form-export.csv"
    items = [item for item in read_file(path, bay_state, NOW) if isinstance(item, IncomingRequest)]
    assert [told(item.request) for item in items] == ROWS
    assert [item.source_name for item in items] == [f"form-export.csv row {number}" for number in range(2, 8)]
    text = path.read_bytes().decode("utf-8-sig")
    assert all(item.message.original.decode() in text for item in items)
    assert "".join(item.message.original.decode() for item in items) == text.partition("\n")[2]


def test_three_ways_of_writing_when_a_row_was_submitted_are_read(bay_state: Catalogue) -> None:
    items = [i for i in read_file(FILES / "form-export.csv", bay_state, NOW) if isinstance(i, IncomingRequest)]
    assert [item.request.received_at for item in items[:3]] == [
        datetime(2026, 11, 18, 14, 2, tzinfo=UTC),
        datetime(2026, 11, 18, 18, 47, tzinfo=UTC),
        datetime(2026, 11, 19, 21, 20, tzinfo=UTC),
    ]


def test_what_people_wrote_beside_the_fields_stays_in_the_message(bay_state: Catalogue) -> None:
    def text(name: str) -> str:
        (item,) = read_file(FILES / name, bay_state, NOW)
        assert isinstance(item, IncomingRequest)
        return item.message.text

    assert "Necesito intérprete. Dolor desde hace 3 meses." in text("002.eml")
    assert "I take warfarin. My daughter will drive me." in text("007.eml")
    assert "MRI attached at hospital" in text("003.eml")
