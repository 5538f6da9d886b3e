"""Measuring side by side: the ways take turns in one run, and their medians are compared."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Way = Callable[[], object]
WARM_UP = 3
BURST_MS = 4.0
MOST_IN_A_BURST = 50


@dataclass(frozen=True)
class Figure:
    """One line of the report. ``unit`` is ``ms`` or ``MB``; without a baseline the figure itself is the measure.

    ``at_most`` and ``at_least`` bound the ratio (the figure, without a baseline); without either it only informs.
    """

    row: str
    what: str
    value: float
    baseline: float | None = None
    against: str = ""
    at_most: float | None = None
    at_least: float | None = None
    unit: str = "ms"

    @property
    def measure(self) -> float:
        if self.baseline is None:
            return self.value
        return self.baseline / self.value if self.at_least is not None else self.value / self.baseline

    @property
    def is_met(self) -> bool | None:
        """None where there is no target."""
        if self.at_most is not None:
            return self.measure <= self.at_most
        if self.at_least is not None:
            return self.measure >= self.at_least
        return None


def interleaved(
    ways: Mapping[str, Way], rounds: int, warm_up: int = WARM_UP, most: int = MOST_IN_A_BURST
) -> dict[str, float]:
    """The median milliseconds of each way, run A B C A B C …; the collector is still meanwhile.

    A way that is done in no time runs several times a turn: once, it would mostly measure how far another way has
    driven it out of the processor's caches. ``most`` bounds that.
    """
    times_a_turn = {name: min(most, _burst(way, warm_up)) for name, way in ways.items()}
    seen: dict[str, list[float]] = {name: [] for name in ways}
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for name, way in ways.items():
                seen[name] += [_milliseconds(way) for _ in range(times_a_turn[name])]
    finally:
        gc.enable()
    return {name: median(times) for name, times in seen.items()}


def _milliseconds(way: Way) -> float:
    begin = time.perf_counter()
    way()
    return (time.perf_counter() - begin) * 1000


def _burst(way: Way, warm_up: int) -> int:
    """How often a way runs in one turn."""
    needed = min(_milliseconds(way) for _ in range(max(warm_up, 1)))
    return max(1, round(BURST_MS / max(needed, 0.001)))


def report(figure: Figure) -> str:
    """The figure in one line of words."""
    parts = [f"{figure.row:>4}  {figure.what:<58}", f"{_number(figure.value)} {figure.unit}"]
    if figure.baseline is not None:
        sign = "times faster" if figure.at_least is not None else "×"
        parts.append(f"against {_number(figure.baseline)} {figure.unit} ({figure.against})")
        parts.append(f"= {_number(figure.measure)} {sign}")
    parts.append(_verdict(figure))
    return "  ".join(part for part in parts if part)


def _verdict(figure: Figure) -> str:
    if figure.is_met is None:
        return ""
    bound = f"≤ {figure.at_most:g}" if figure.at_most is not None else f"≥ {figure.at_least:g}"
    return f"target {bound}: {'met' if figure.is_met else 'MISSED'}"


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
