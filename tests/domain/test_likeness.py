"""How alike two persons are: equal ones wholly, near ones near, and a name alone never enough."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.likeness import NEAR_MATCH, Person, differences, likeness
from desk_app.domain.records import Contact, Phone

BORN, PHONE = date(1950, 3, 4), "+15085550142"
MARISOL = Person("Ortiz", "Marisol", BORN, (PHONE,))
persons = st.builds(
    Person,
    st.sampled_from(["Ortiz", "Ortíz", "Lowell", "Powell", ""]),
    st.sampled_from(["Marisol", "M", "Mary Sol", ""]),
    st.sampled_from([None, BORN, date(1950, 4, 3), date(1950, 3, 5), date(1980, 1, 1)]),
    st.sampled_from([(), (PHONE,), ("+15085550143",), ("+16175550100", PHONE)]),
)


@given(persons, persons)
def test_likeness_is_the_same_from_either_side_and_within_bounds(one: Person, two: Person) -> None:
    assert likeness(one, two) == likeness(two, one)
    assert 0 <= likeness(one, two) <= 100


@given(persons.filter(lambda person: bool(person.family or person.given)))
def test_nobody_is_less_than_fully_like_themselves_where_more_than_a_name_is_known(person: Person) -> None:
    known = person.birth_date is not None or bool(person.phones)
    assert likeness(person, person) == (100 if known else 60)


def test_marks_an_initial_and_a_slip_of_the_pen_stay_near() -> None:
    assert likeness(MARISOL, Person("ORTÍZ", "Marisol", BORN, (PHONE,))) == 100
    assert likeness(MARISOL, Person("Ortiz", "M", BORN)) >= NEAR_MATCH
    assert likeness(MARISOL, Person("Ortiz", "Marisol", date(1950, 4, 3))) >= NEAR_MATCH
    assert likeness(MARISOL, Person("Oritz", "Marisol", BORN)) >= NEAR_MATCH


def test_somebody_else_is_not_near() -> None:
    assert likeness(MARISOL, Person("Lowell", "Harriet", date(1948, 1, 1), ("+16175550100",))) < NEAR_MATCH
    assert likeness(MARISOL, Person("Ortiz", "Marisol", date(1980, 1, 1))) < NEAR_MATCH
    assert likeness(MARISOL, Person("Ortiz", "Marisol")) < NEAR_MATCH


def test_what_differs_is_named_and_what_is_missing_differs() -> None:
    chart = Contact("Ortiz", "Marisol", BORN, phones=(Phone("508 555 0142", PHONE),))
    assert differences(chart, chart) == frozenset()
    assert differences(chart, Contact("Ortiz", "Marisol")) == {"birth_date", "phone"}
    assert differences(chart, Contact("Ortega", "Marisol", BORN, phones=chart.phones)) == {"name"}
