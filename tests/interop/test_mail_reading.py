"""Mails as programs and people make them: charsets, encodings, HTML, parts, and what is broken or hostile."""

from __future__ import annotations

import base64
import quopri
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.forms import FORM, NOW, asked, mail, name, put_aside, read

NUNEZ = "Núñez, Tomás"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "mac-roman", "cp850"])
def test_a_mail_is_read_in_the_charset_it_declares(charset: str) -> None:
    assert name(mail(FORM.encode(charset), f"text/plain; charset={charset}")) == NUNEZ


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("us-ascii", "utf-8"),
        ("us-ascii", "windows-1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "windows-1252"),
        ("utf-8", "iso-8859-1"),
        ("x-nobody-knows", "utf-8"),
        ("undefined", "utf-8"),
        ("idna", "utf-8"),
        ("zlib", "utf-8"),
        ("unicode_escape", "utf-8"),
        ('"utf\x008"', "utf-8"),
    ],
)
def test_a_wrong_charset_is_seen_through(declared: str, real: str) -> None:
    assert name(mail(FORM.encode(real), f"text/plain; charset={declared}")) == NUNEZ


@pytest.mark.parametrize("real", ["utf-8", "windows-1252"])
def test_a_mail_that_declares_nothing_is_read(real: str) -> None:
    assert name(b"\n" + FORM.encode(real)) == NUNEZ


def test_windows_quotes_in_a_mail_that_calls_itself_latin_1_are_kept() -> None:
    text = "Name: Brian O’Neil\nPhone: 508 555 0142\n"
    assert name(mail(text.encode("windows-1252"), "text/plain; charset=iso-8859-1")) == "O’Neil, Brian"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "QUOTED-PRINTABLE", "x-nobody-knows"])
def test_transfer_encodings_are_undone(encoding: str, charset: str) -> None:
    encoders = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}
    body = encoders.get(encoding.casefold(), bytes)(FORM.encode(charset))
    headers = f"Content-Transfer-Encoding: {encoding}"
    assert name(mail(body, f"text/plain; charset={charset}", headers)) == NUNEZ


def test_broken_base64_gives_what_can_be_read_of_it() -> None:
    body = base64.encodebytes(FORM.encode())[:-9]
    assert name(mail(body, "text/plain; charset=utf-8", "Content-Transfer-Encoding: base64")) == NUNEZ


def test_a_byte_order_mark_is_no_part_of_the_first_label() -> None:
    assert name(mail(b"\xef\xbb\xbf" + FORM.encode())) == NUNEZ


def test_a_mail_cut_off_within_a_letter_is_still_utf_8() -> None:
    assert name(mail((FORM + "Notes: ñandú é").encode()[:-1])) == NUNEZ


def test_encoded_headers_do_no_harm() -> None:
    headers = ("From: =?utf-8?B?w4kgw4k=?= <forms@site.example>", "Subject: =?koi8-r?Q?=F3=CF?= =?bad")
    assert name(mail(FORM, "text/plain; charset=utf-8", *headers)) == NUNEZ


def test_lines_of_a_flowed_paragraph_are_joined() -> None:
    text = "Name: Ann Lee\nPhone: 508 555 0142\nReason: I take \nwarfarin and \n fall often\n"
    told = asked(mail(text, "text/plain; charset=utf-8; format=flowed"))
    assert told.request.procedure_text == "I take warfarin and fall often"


def test_a_value_below_its_label_belongs_to_it() -> None:
    told = asked(mail("Name:\nAnn Lee\n\nPhone:\n508 555 0142\n\nReason:\nknee\n\nboth knees\n")).request
    assert (told.contact.name, told.contact.phones[0].e164) == ("Lee, Ann", "+15085550142")
    assert told.procedure_text == "knee\nboth knees"


def test_quoted_and_starred_labels_are_labels() -> None:
    assert name(mail("> *Full name:* Ann Lee\n> *Phone (mobile):* 508 555 0142\n")) == "Lee, Ann"


def test_two_numbers_are_both_kept() -> None:
    told = asked(mail("Name: Ann Lee\nHome phone: 508 555 0142\nCell phone: 617-555-0101\n"))
    assert [phone.e164 for phone in told.request.contact.phones] == ["+15085550142", "+16175550101"]


def test_a_label_within_the_message_does_not_replace_what_was_said() -> None:
    text = "Name: Ann Lee\nPhone: 508 555 0142\nEmail: ann@a.example\nMessage: hello\nName: Eve\nEmail: eve@b.example\n"
    contact = asked(mail(text)).request.contact
    assert (contact.name, contact.email) == ("Lee, Ann", "ann@a.example")


TABLE = (
    "<table><tr><th>Name</th><td>Tom&aacute;s N&uacute;&ntilde;ez</td></tr>"
    "<tr><td>Phone</td><td>508 555 0142</td></tr></table>"
)


@pytest.mark.parametrize(
    "page",
    [
        TABLE,
        f"<html><head><title>Name: x</title><style>td{{}}</style></head><body>{TABLE}<script>Name</script></body>",
        "<table><tr><td>Name<td>Tomás Núñez<tr><td>Phone<td>508 555 0142</table>",
        f"<table><tr><td>{TABLE}</td></tr></table>",
        "<table><tr><th>Name<th>Phone<th>Email</tr><tr><td>Tomás Núñez<td>508 555 0142<td></tr></table>",
        "<table><tr><td>Name:</td><td>Tomás Núñez</td><td>Phone:</td><td>508 555 0142</td></tr></table>",
        "<p><b>Name:</b> Tomás Núñez</p><p><b>Phone:</b> 508 555 0142</p>",
        "Name: Tomás Núñez<br>Phone: 508 555 0142<br/>",
        "<div>Name: Tomás Núñez</div><div>Phone: 508 555 0142</div><!-- Name: Eve -->",
    ],
)
def test_pages_of_many_makes_are_read(page: str) -> None:
    told = asked(mail(page, "text/html; charset=utf-8"))
    assert told.request.contact.name == NUNEZ
    assert told.request.contact.phones[0].e164 == "+15085550142"
    assert told.message.text.startswith("Name")
    assert "<" not in told.message.text
    assert "Eve" not in told.message.text


def test_what_a_page_says_beside_its_table_is_shown_too() -> None:
    told = asked(mail(TABLE + "<p>My husband <i>drives</i> me.</p>", "text/html; charset=utf-8"))
    assert told.message.text == "Name: Tomás Núñez\nPhone: 508 555 0142\nMy husband drives me."


def parts(*pieces: tuple[str, str], kind: str = "mixed", boundary: str = "xx") -> bytes:
    body = "".join(f"--{boundary}\nContent-Type: {head}\n\n{text}\n" for head, text in pieces)
    return mail(f"{body}--{boundary}--\n", f"multipart/{kind}; boundary={boundary}")


def test_the_plain_part_counts_where_it_holds_the_form() -> None:
    data = parts(("text/plain; charset=utf-8", FORM), ("text/html; charset=utf-8", TABLE.replace("Tom", "Other")))
    assert name(data) == NUNEZ


def test_the_page_counts_where_the_plain_part_only_points_to_it() -> None:
    data = parts(("text/plain", "Please view this in HTML."), ("text/html; charset=utf-8", TABLE), kind="alternative")
    assert name(data) == NUNEZ


def test_attachments_are_not_read() -> None:
    attached = 'text/plain; name="a.txt"\nContent-Disposition: attachment; filename="a.txt"'
    data = parts(
        (attached, "Name: Eve\nPhone: 508 555 0111\nEmail: eve@b.example"), ("text/plain; charset=utf-8", FORM)
    )
    assert name(data) == NUNEZ
    assert "Eve" not in asked(data).message.text


def test_parts_within_parts_and_forwarded_mails_are_found() -> None:
    inner = parts(("text/plain; charset=utf-8", FORM), boundary="yy").decode()
    head, _, body = inner.partition("\n\n")
    assert name(parts((head.removeprefix("Content-Type: "), body))) == NUNEZ
    assert name(parts(("text/plain", "see below"), ("message/rfc822", inner))) == NUNEZ


def test_a_mail_that_breaks_off_within_a_part_gives_what_came() -> None:
    assert name(parts(("text/plain; charset=utf-8", FORM))[:-12]) == NUNEZ


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n \n", mail(""), b"Subject: hello", mail("Name:\nPhone:\nEmail:\n")])
def test_an_empty_mail_is_called_empty(data: bytes) -> None:
    assert put_aside(data).reason == "empty"


def test_a_letter_without_a_form_is_set_aside_as_such_with_how_it_begins() -> None:
    item = put_aside(mail("Dear doctor,\nplease   call me.\n"))
    assert (item.reason, item.preview) == ("no_form", "Dear doctor, please call me.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Phone: 508 555 0142\nReason: knee", "name_missing"),
        ("Name: Ann Lee\nPhone: 555-0142", "no_contact"),
        ("Name: Ann Lee\nPhone: 000-000-0000", "no_contact"),
        ("Name: Ann Lee\nEmail: ann at home", "no_contact"),
        ("Name: " + "A" * 10_000 + "\nPhone: 508 555 0142", "too_long"),
        ("Name: Ann Lee\nPhone: 508 555 0142\nReason: " + "long " * 5_000, "too_long"),
        ("Name: BUY NOW\nEmail: a@b.example\nMessage: http://a.example and www.b.example", "spam"),
    ],
)
def test_what_cannot_be_a_request_is_set_aside_with_its_reason(text: str, reason: str) -> None:
    assert put_aside(mail(text)).reason == reason


def test_links_in_the_letter_of_somebody_who_can_be_called_are_no_spam() -> None:
    text = "Name: Ann Lee\nPhone: 508 555 0142\nMessage: my films: https://a.example/1 https://a.example/2"
    assert name(mail(text)) == "Lee, Ann"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Ann\u202eeel\u202c Lee", "Lee, Anneel"),
        ("Ann\u200b Lee\u2066\u2069", "Lee, Ann"),
        ("\ufeffAnn\x00\x07 \x1b[2JLee", "[2JLee, Ann"),
        ("Ann\u2028Lee", "Ann"),
        ("<b>Ann</b> <script>x</script>Lee", "xLee, Ann"),
        ("Ann O&#39;Lee", "O'Lee, Ann"),
        ("Jose\u0301 Nu\u0301n\u0303ez", "Núñez, José"),
        ("Ann Le" + "\u0301" * 300 + "e", "Lé\u0301\u0301\u0301e, Ann"),
        ("=cmd|' /C calc'!A0 Lee", "Lee, =cmd|' /C calc'!A0"),
        ("محمد علي", "علي, محمد"),
    ],
)
def test_names_are_shown_without_what_controls_a_screen(written: str, read_as: str) -> None:
    data = mail(f"Name: {written}\nPhone: 508 555 0142\n")
    assert name(data) == read_as
    assert asked(data).message.original == data


@pytest.mark.parametrize(
    "date",
    [
        "Fri, 99999999999999999999 Nov 2026 08:14:00 -0500",
        "Fri, 20 Nov 2026 08:14:00 -9999999",
        "Mon, 1 Jan 0001 00:00:00 +1400",
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Fri, 20 Nov 2096 08:14:00 -0500",
        "Fri, 20 Nov 1926 08:14:00 -0500",
        "yesterday",
        "",
        "=?utf-8?q?=00?=",
        "\x00",
    ],
)
def test_a_date_that_cannot_be_right_is_not_believed(date: str) -> None:
    assert asked(mail(FORM, "text/plain; charset=utf-8", f"Date: {date}")).request.received_at == NOW


def test_a_date_is_taken_with_its_offset() -> None:
    told = asked(mail(FORM, "text/plain; charset=utf-8", "Date: Fri, 20 Nov 2026 08:14:00 -0500"))
    assert told.request.received_at == datetime(2026, 11, 20, 13, 14, tzinfo=UTC)
    assert NOW - told.request.received_at > timedelta(days=4)


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Disposition: inline; filename*0*=utf-8''%; filename*1=x",),
        ("From: <<<>>>@[", 'To: "', "Cc: =?utf-8?b?====?=", "Message-ID: <", "Date: ,,,,"),
        ("Message-ID: =?utf-8?q?=C3?=" + "<" * 5_000,),
        ("Content-Transfer-Encoding: ;;;",),
        ("X-Long: " + "a" * 2_000_000,),
        tuple(f"X-{number}: y" for number in range(100_000)),
    ],
)
def test_headers_of_any_shape_do_no_harm(headers: tuple[str, ...]) -> None:
    assert name(mail(FORM, "text/plain; charset=utf-8", *headers)) == NUNEZ


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain; charset*0=utf; charset*1=-8",
        "text/plain; charset*=utf-8''utf-8",
        "text/plain; charset*=''",
        'text/plain; charset="utf-8',
        "text/plain;;; charset=utf-8; =; ===",
        "text",
        "",
        "text/plain; charset=utf-8; format*=x''flowed",
    ],
)
def test_content_types_of_any_shape_do_no_harm(kind: str) -> None:
    assert name(mail(FORM, kind)) == NUNEZ


def test_the_same_message_has_the_same_marks() -> None:
    data = mail(FORM, "text/plain; charset=utf-8", "Message-ID: <1@site.example>")
    first, second = asked(data).message, asked(data).message
    assert (first.fingerprint, first.message_id) == (second.fingerprint, "<1@site.example>")


@settings(max_examples=200)
@given(
    st.binary(max_size=400), st.sampled_from(["text/plain; charset=utf-8", "text/html", "multipart/mixed; boundary=x"])
)
def test_any_bytes_end_in_a_request_or_are_set_aside_whole(noise: bytes, kind: str) -> None:
    data = mail(noise, kind)
    item = read(data)
    assert (item.message.original if hasattr(item, "message") else item.original) == data


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_text_in_a_name_is_shown_on_one_line_of_printable_letters(text: str) -> None:
    item = read(mail(f"Name: {text}\nPhone: 508 555 0142\n".encode("utf-8", "surrogatepass")))
    shown = item.request.contact.name if hasattr(item, "request") else item.preview
    assert "\n" not in shown
    assert not any(ch < " " or "\u202a" <= ch <= "\u202e" or "\u2066" <= ch <= "\u2069" for ch in shown)
