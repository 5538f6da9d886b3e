"""Our quicker frozen dataclasses are what the standard library's are, but for the assignment that mypy refuses."""

from __future__ import annotations

import dataclasses
import pickle
from dataclasses import field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """With all that our classes use."""

    name: str
    levels: int = 1
    tags: tuple[str, ...] = ()
    cache: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    name: str
    levels: int = 1
    tags: tuple[str, ...] = ()
    cache: dict[str, int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class One:
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class ByIdentity:
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    first: int
    second: int


@dataclass
class Open:
    name: str


VALUES = st.tuples(st.text(max_size=2), st.integers(0, 2), st.lists(st.text(max_size=1), max_size=2).map(tuple))


@given(VALUES, VALUES)
def test_equality_and_hash_are_those_of_the_fields_that_are_compared(one: Any, other: Any) -> None:
    a, b = Ours(*one, cache={"x": 1}), Ours(*other)
    assert (a == b) == (Theirs(*one) == Theirs(*other)) == (one == other)
    assert hash(a) == hash(Theirs(*one))
    assert len({a, Ours(*one)}) == 1


@given(VALUES)
def test_it_is_shown_replaced_and_pickled_as_theirs(value: Any) -> None:
    made = Ours(*value)
    assert repr(made) == repr(Theirs(*value)).replace("Theirs", "Ours")
    assert replace(made, levels=7) == Ours(value[0], 7, value[2])
    assert pickle.loads(pickle.dumps(made)) == made
    assert [each.name for each in fields(made)] == [each.name for each in fields(Theirs)]


def test_two_classes_are_never_equal_and_none_and_one_field_do_too() -> None:
    assert Ours("a") != Theirs("a")
    assert One("a") != "a"
    assert (One("a") == One("a"), hash(One("a")) == hash(One("a"))) == (True, True)
    assert (Nothing() == Nothing(), repr(Nothing())) == (True, repr(Nothing()))
    assert ByIdentity("a") != ByIdentity("a")


def test_slots_take_no_name_that_there_is_not() -> None:
    with pytest.raises(AttributeError):
        object.__setattr__(Ours("a"), "other", 1)


def test_one_with_an_order_has_it() -> None:
    assert Ordered(1, 2) < Ordered(2, 1)
    assert sorted([Ordered(2, 0), Ordered(1, 9)]) == [Ordered(1, 9), Ordered(2, 0)]


def test_one_that_is_not_frozen_is_the_standard_librarys() -> None:
    made = Open("a")
    made.name = "b"
    assert made == Open("b")
