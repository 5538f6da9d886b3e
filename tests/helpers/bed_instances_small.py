"""Bed instances, small random ones and larger ones made, and the cheapest plan of one by trying everything."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from itertools import product

import pytest
from hypothesis import strategies as st

from desk_app.domain.beds import BedInstance, BedPlan, BedRoom, BedStay, RoomPolicy, priced
from desk_app.interop.bed_plans.bed_file import parse
from tests.benchmarks.bed_instances import Size, instance


def needs(package: str, name: str) -> pytest.MarkDecorator:
    """Skips without an optional package, but fails in CI."""
    is_missing = find_spec(package) is None and not os.environ.get("CI")
    return pytest.mark.skipif(is_missing, reason=f"{name} is not installed")


needs_highs = needs("highspy", "HiGHS")
needs_or_tools = needs("ortools", "OR-Tools")


def made(size: Size, seed: int = 1) -> BedInstance:
    return parse(json.dumps(instance(size, seed)).encode(), "made")


@st.composite
def bed_instances(draw: st.DrawFn, most_stays: int = 5) -> BedInstance:
    """Up to three rooms and three sexes, with rooms that nobody can have and stays that nobody takes."""
    nights = draw(st.integers(1, 6))
    rooms = tuple(
        BedRoom(f"R{number}", draw(st.integers(0, 3)), draw(st.sampled_from(RoomPolicy)))
        for number in range(draw(st.integers(1, 3)))
    )
    stays = []
    for number in range(draw(st.integers(0, most_stays))):
        first = draw(st.integers(0, nights - 1))
        last = draw(st.integers(first, nights - 1))
        possible = draw(st.sets(st.sampled_from([room.code for room in rooms])))
        cost = {code: draw(st.integers(0, 60)) for code in sorted(possible)}
        stays.append(BedStay(f"s{number}", draw(st.sampled_from("FMX")), first, last, cost))
    return BedInstance(nights, draw(st.integers(0, 20)), rooms, tuple(stays))


def cheapest(instance: BedInstance) -> BedPlan:
    """Every stay in every room and nowhere."""
    found: list[BedPlan] = []
    for chosen in product(*[(None, *stay.cost) for stay in instance.stays]):
        rooms = {stay.id: code for stay, code in zip(instance.stays, chosen, strict=True) if code is not None}
        try:
            found.append(priced(instance, rooms))
        except ValueError:
            continue
    return min(found, key=lambda plan: plan.cost)
