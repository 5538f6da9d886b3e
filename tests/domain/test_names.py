"""Names as they are compared, sounded and taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.names import fold_name, initials, sound_key, split_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ibarra-Núñez", "ibarra nunez"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("OBRIEN", "obrien"),
        ("Weiß", "weiss"),
        ("Østergård", "ostergard"),
        ("Łukasz", "lukasz"),
        ("Nguyễn", "nguyen"),
        ("Đặng", "dang"),
        ("  van   der  Berg ", "van der berg"),
        ("Çelik", "celik"),
        ("Işık", "isik"),
        ("İnci", "inci"),
        ("㏆", "c kg"),
    ],
)
def test_marks_case_and_gaps_do_not_tell_names_apart(written: str, folded: str) -> None:
    assert fold_name(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_gaps_around_and_between_make_no_difference(one: str, two: str) -> None:
    assert fold_name(f" {one}  {two} ") == fold_name(f"{one} {two}")


@pytest.mark.parametrize(
    ("name", "key"),
    [  # the examples of the United States National Archives' Soundex page
        ("Washington", "w252"),
        ("Lee", "l000"),
        ("Gutierrez", "g362"),
        ("Pfister", "p236"),
        ("Jackson", "j250"),
        ("Tymczak", "t522"),
        ("Ashcraft", "a261"),
    ],
)
def test_the_sound_key_is_that_of_the_national_archives(name: str, key: str) -> None:
    assert sound_key(name) == key


def test_names_that_sound_alike_have_one_key_and_others_have_not() -> None:
    assert sound_key("Ortiz") == sound_key("Orttez")
    assert sound_key("Meyer") == sound_key("Maier")
    assert sound_key("Lowell") != sound_key("Powell")
    assert sound_key("王") == "王"


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Lowell, Harriet", ("Lowell", "Harriet")),
        ("Harriet Lowell", ("Lowell", "Harriet")),
        ("Anna van der Berg", ("van der Berg", "Anna")),
        ("Maria de la Cruz", ("de la Cruz", "Maria")),
        ("Nguyễn Thị Lan", ("Nguyễn", "Thị Lan")),
        ("Robert Hale Jr", ("Hale Jr", "Robert")),
        ("Hale, Jr", ("Hale Jr", "")),
        ("Cher", ("Cher", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_taken_apart_as_it_was_typed(full: str, parts: tuple[str, str]) -> None:
    assert split_name(full) == parts


@given(st.text("ab ,'-é", max_size=25))
def test_no_letter_of_a_name_is_lost_or_doubled(full: str) -> None:
    family, given_name = split_name(full)
    assert sorted(fold_name(f"{given_name}{family}").replace(" ", "")) == sorted(fold_name(full).replace(" ", ""))


def test_initials_name_nobody() -> None:
    assert (initials("Ortiz", "Marisol"), initials("Cher", ""), initials("", "")) == ("MO", "C", "")
