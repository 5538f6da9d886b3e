from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.interop.charsets import charset_of, decoded
from desk_app.interop.safe_text import clean, one_line


@pytest.mark.parametrize(
    "name", ["undefined", "idna", "punycode", "zlib", "base64", "rot13", "unicode_escape", "", "a\0b"]
)
def test_a_codec_of_python_s_that_is_no_charset_is_not_taken_for_one(name: str) -> None:
    assert charset_of(name) == ""


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "utf-7", "koi8-r", "gb18030", "hz", "x"]))
def test_all_bytes_become_text(data: bytes, declared: str) -> None:
    assert isinstance(decoded(data, declared), str)


@given(st.text(max_size=200))
def test_text_in_utf_8_is_read_whatever_single_byte_charset_it_claims(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        assert decoded(data, "us-ascii") == data.decode()


@given(st.text(max_size=200))
def test_clean_text_stays_as_it_is_when_cleaned_again(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode()
    assert "\n" not in one_line(text)


def test_accents_piled_on_one_letter_are_thinned_out_in_no_time() -> None:
    assert len(clean("a" + "\u0316\u0301" * 500_000)) <= 6
