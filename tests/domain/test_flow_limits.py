"""Limits per status: the usual ones, and what a practice says instead."""

from __future__ import annotations

from dataclasses import replace

from desk_app.domain.flow_limits import FlowCode, FlowLimit, flow_limits
from tests.helpers.small_practice import CATALOGUE


def test_a_practice_that_says_nothing_has_a_limit_for_every_code() -> None:
    assert set(flow_limits(CATALOGUE)) == set(FlowCode)


def test_a_limit_of_the_practice_takes_the_place_of_the_usual_one_and_can_be_switched_off() -> None:
    own = (FlowLimit(FlowCode.ARRIVED, 10), FlowLimit(FlowCode.NO_SHOW, 45, active=False))
    limits = flow_limits(replace(CATALOGUE, flow_limits=own))
    assert limits[FlowCode.ARRIVED].minutes == 10
    assert FlowCode.NO_SHOW not in limits
    assert limits[FlowCode.READY].minutes == 15
