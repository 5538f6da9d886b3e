"""CSV exports as forms, spreadsheets and people make them; every row for itself."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_app.application.incoming import IncomingRequest, SetAside
from desk_app.domain.records import Request
from tests.helpers.forms import NOW, outcomes, rows

HEAD = "Name,DOB,Phone,Reason\n"


def requests(table: bytes | str) -> list[Request]:
    return [item.request for item in rows(table) if isinstance(item, IncomingRequest)]


@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_of_every_make_are_read(between: str, end: str) -> None:
    table = f"Name{between}Phone{between}Reason{end}Ann Lee{between}508 555 0142{between}knee, left{end}"
    if between == ",":
        table = table.replace("knee, left", '"knee, left"')
    (request,) = requests(table)
    assert (request.contact.name, request.procedure_text) == ("Lee, Ann", "knee, left")


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\r\n', "\r\n\r\n"])
def test_what_excel_writes_above_the_headings_is_no_heading(first: str) -> None:
    assert outcomes(f"{first}Name;Phone\r\nAnn Lee;508 555 0142\r\n") == ["Lee, Ann"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_charsets_that_programs_export_are_read(charset: str) -> None:
    assert outcomes("Name,Phone\nTomás Núñez,508 555 0142\n".encode(charset)) == ["Núñez, Tomás"]


def test_quotes_and_line_ends_within_cells_are_kept() -> None:
    (request,) = requests(HEAD + '"Karen ""Kay"" Stone",,5085550142,"first line\nsecond ""line"""\n')
    assert request.contact.given == 'Karen "Kay"'
    assert request.procedure_text == 'first line\nsecond "line"'


def test_columns_that_mean_nothing_to_the_desk_are_passed_over() -> None:
    (request,) = requests("IP,Name,Browser,Phone,\n10.0.0.1,Ann Lee,x,508 555 0142,\n")
    assert request.contact.name == "Lee, Ann"


def test_a_heading_that_stands_there_twice_keeps_both_phones_and_the_first_name() -> None:
    (request,) = requests("Name,Phone,Phone,Name\nAnn Lee,508 555 0142,617 555 0101,Eve\n")
    assert request.contact.name == "Lee, Ann"
    assert [phone.e164 for phone in request.contact.phones] == ["+15085550142", "+16175550101"]


def test_a_row_that_is_too_short_has_what_it_has_and_one_too_long_is_set_aside() -> None:
    table = HEAD + "Ann Lee,,508 555 0142\nBo Li,1950-01-02,508 555 0143,knee,hip,toe\nCy Ma,,508 555 0144,knee,,\n"
    assert outcomes(table) == ["Lee, Ann", "wrong_cells", "Ma, Cy"]


def test_a_row_that_cannot_be_a_request_does_not_stop_the_others() -> None:
    table = HEAD + f",,,\n,,508 555 0142,knee\nAnn Lee,,,knee\n{'A' * 10_000},,508 555 0142,\nBo Li,,508 555 0143,\n"
    assert outcomes(table) == ["name_missing", "no_contact", "too_long", "Li, Bo"]


def test_rows_without_anything_in_them_are_passed_over() -> None:
    assert outcomes(HEAD + ',,,\n\n   , ,\t,\n"","","",""\nAnn Lee,,508 555 0142,\n\n') == ["Lee, Ann"]


def test_a_cell_of_a_million_letters_is_set_aside_alone() -> None:
    table = HEAD + f"Ann Lee,,508 555 0142,{'x' * 1_000_000}\nBo Li,,508 555 0143,\n"
    assert outcomes(table) == ["too_long", "Li, Bo"]


def test_a_quote_that_is_never_closed_spoils_its_own_row_only() -> None:
    table = HEAD + 'Ann Lee,,508 555 0142,"knee\nBo Li,,508 555 0143,hip\nCy Ma,,508 555 0144,toe\n'
    assert outcomes(table) == ["broken_row", "Li, Bo", "Ma, Cy"]


def test_a_quote_that_another_row_closes_does_not_swallow_the_rows_between() -> None:
    table = HEAD + 'Ann Lee,,508 555 0142,"knee\nBo Li,,508 555 0143,hip\nCy Ma,,508 555 0144,"toe, left"\n'
    assert outcomes(table) == ["broken_row", "Li, Bo", "Ma, Cy"]


def test_formulas_stay_the_words_they_are() -> None:
    (request,) = requests(HEAD + '"=HYPERLINK(""http://a.example"") Lee",,508 555 0142,+1+1\n')
    assert request.contact.name == 'Lee, =HYPERLINK("http://a.example")'
    assert request.procedure_text == "+1+1"


def test_bytes_that_no_cell_should_hold_are_left_out() -> None:
    (request,) = requests(b"Name,Phone\nAn\x00n L\xe2\x80\xaeee\x1b,508 555 0142\n")
    assert request.contact.name == "Lee, Ann"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "empty"),
        ("\n\n,,\n", "empty"),
        ("a,b\n1,2\n", "no_columns"),
        ("Name,DOB\nAnn Lee,1950-01-02\n", "no_columns"),
        ("Ann Lee,508 555 0142\n", "no_columns"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "no_columns"),
        ('"' + "x" * 5_000, "no_columns"),
    ],
)
def test_what_is_no_export_of_the_form_is_set_aside_whole(table: bytes | str, reason: str) -> None:
    (item,) = rows(table)
    assert isinstance(item, SetAside)
    assert (item.reason, item.original) == (reason, table.encode() if isinstance(table, str) else table)


def test_headings_alone_are_no_request_and_no_fault() -> None:
    assert rows(HEAD) == []


def test_too_many_rows_end_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk_app.interop.web_form.table.MAX_ROWS", 3)
    table = HEAD + "".join(f"Ann Lee{n},,508 555 014{n},\n" for n in range(5))
    assert outcomes(table) == ["Lee0, Ann", "Lee1, Ann", "too_many_rows"]


def test_the_same_row_is_known_again_in_another_export() -> None:
    plain, quoted = (
        rows(HEAD + "Ann Lee,,508 555 0142,knee\n"),
        rows(
            '"Name","DOB","Phone","Reason"\r\n"Bo Li","","508 555 0143",""\r\n"Ann Lee",""," 508 555 0142","knee"\r\n'
        ),
    )
    assert isinstance(plain[0], IncomingRequest)
    assert isinstance(quoted[1], IncomingRequest)
    assert plain[0].message.fingerprint == quoted[1].message.fingerprint
    assert plain[0].message.original == b"Ann Lee,,508 555 0142,knee\n"
    assert quoted[1].source_name == "x row 3"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-18 09:02", datetime(2026, 11, 18, 14, 2, tzinfo=UTC)),
        ("11/18/2026 1:47 PM", datetime(2026, 11, 18, 18, 47, tzinfo=UTC)),
        ("2026-11-19T16:20:00-05:00", datetime(2026, 11, 19, 21, 20, tzinfo=UTC)),
        ("2026-11-19T21:20:00Z", datetime(2026, 11, 19, 21, 20, tzinfo=UTC)),
        ("11/18/2026", datetime(2026, 11, 18, 5, 0, tzinfo=UTC)),
        ("yesterday", NOW),
        ("31/12/9999", NOW),
        ("0001-01-01", NOW),
        ("", NOW),
    ],
)
def test_when_a_row_was_submitted_is_read_or_the_file_s_time_taken(written: str, meant: datetime) -> None:
    (request,) = requests(f"Submitted,Name,Phone\n{written},Ann Lee,508 555 0142\n")
    assert request.received_at == meant


def test_birth_dates_of_three_styles_and_what_is_none() -> None:
    styles = {
        "1958-04-21": date(1958, 4, 21),
        "04/21/1958": date(1958, 4, 21),
        '"April 21, 1958"': date(1958, 4, 21),
        "02.03.1958": None,
        "02/30/1958": None,
    }
    table = HEAD + "".join(f"Ann Lee,{style},508 555 0142,\n" for style in styles)
    told = [request.contact for request in requests(table)]
    assert [contact.birth_date for contact in told] == list(styles.values())
    assert [contact.birth_date_text for contact in told] == [style.strip('"') for style in styles]


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from('ab,;"\n\r\t =\x00é'), max_size=120))
def test_no_table_is_beyond_reading_and_no_line_of_it_is_lost(noise: str) -> None:
    items = rows(HEAD + noise)
    kept = b"".join(i.message.original if isinstance(i, IncomingRequest) else i.original for i in items).decode()
    assert all(line in kept or not line.strip(',;"\t \r\x00') for line in noise.replace("\r", "\n").split("\n"))
