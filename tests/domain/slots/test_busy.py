"""What is taken, whether it was loaded at once or came later, is what a plain list of uses says."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desk_app.domain.slots.busy import Busy
from desk_app.domain.slots.calendar_of_cells import Run, lay_out
from desk_app.domain.slots.loaded import Taken

CODES = ("R1", "R2", "BAY")
RUNS = lay_out(date(2026, 3, 2), 3, 15, ZoneInfo("America/New_York"))
BEGIN, DAY = RUNS[0].start_s, 86_400


@st.composite
def uses(draw: st.DrawFn, visit: int) -> list[Taken]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        start = BEGIN + draw(st.integers(-DAY // 300, 4 * DAY // 300)) * 300
        end = start + draw(st.integers(0, 60)) * 300
        until = end + draw(st.sampled_from((0, 600, DAY)))
        found.append(Taken(visit, draw(st.sampled_from(CODES)), start, end, until))
    return list(dict.fromkeys(found))


@st.composite
def days(draw: st.DrawFn) -> tuple[Busy, list[Taken]]:
    """What was loaded, removed and added in any order, and the plain list of what is there then."""
    busy, there = Busy(RUNS, CODES), {}
    for visit in draw(st.lists(st.integers(1, 6), unique=True)):
        there[visit] = draw(uses(visit))
    busy.load([(*use, False, 0) for found in there.values() for use in found])
    for visit in draw(st.lists(st.integers(1, 8), max_size=8)):
        if draw(st.booleans()):
            busy.mask(RUNS[0], draw(st.sampled_from(CODES)))  # made before the change, or only after it
        assert sorted(busy.remove(visit)) == sorted(there.pop(visit, []))
        if draw(st.booleans()):
            there[visit] = draw(uses(visit))
            busy.add(there[visit])
    return busy, [use for found in there.values() for use in found]


def cells(run: Run, found: list[Taken]) -> int:
    taken = 0
    for use in found:
        for cell in range(run.size):
            if use.until > use.start and use.start < run.seconds(cell + 1) and use.until > run.seconds(cell):
                taken |= 1 << cell
    return taken


@given(days(), st.sampled_from(CODES), st.integers(1, 8) | st.none())
def test_a_cell_is_taken_where_any_use_that_still_stands_touches_it(
    made: tuple[Busy, list[Taken]], code: str, ignore: int | None
) -> None:
    busy, there = made
    for run in RUNS:
        own = [use for use in there if use.resource == code and use.visit != ignore]
        assert busy.mask(run, code, ignore) == cells(run, own)


@given(days(), st.sampled_from(CODES), st.integers(0, 3 * 96), st.integers(1, 96))
def test_neighbours_are_all_that_is_kept_at_some_instant(
    made: tuple[Busy, list[Taken]], code: str, begin: int, length: int
) -> None:
    busy, there = made
    start, end = BEGIN + begin * 900, BEGIN + (begin + length) * 900
    near = [use for use in there if use.resource == code and use.start < end and use.until > start]
    assert sorted(busy.near(code, start, end)) == sorted(near)


@given(days(), st.integers(1, 8))
def test_a_visit_takes_what_it_was_given_last(made: tuple[Busy, list[Taken]], visit: int) -> None:
    busy, there = made
    assert sorted(busy.of_visit(visit)) == sorted(use for use in there if use.visit == visit)
