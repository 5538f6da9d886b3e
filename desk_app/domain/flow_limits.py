"""How long a patient may be in a status before somebody should look, and when one who has not come is asked after.

The usual rows come first; a row of the practice's own with the same code takes the place of the usual one. Figures are
starting values for a practice to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue


class FlowCode(StrEnum):
    """The statuses of the board that have a limit, and the two of somebody who has not come."""

    ARRIVED = "arrived"
    READY = "ready"
    IN_PROCEDURE = "in_procedure"
    IN_RECOVERY = "in_recovery"
    AMBULATING = "ambulating"
    LATE = "late"
    NO_SHOW = "no_show"


AS_BOOKED = frozenset({FlowCode.IN_PROCEDURE, FlowCode.IN_RECOVERY})
"""Their limit is what the visit was booked with, unless the practice says minutes of its own."""


@dataclass(frozen=True, slots=True)
class FlowLimit:
    """``minutes`` in a status; for ``late`` and ``no_show`` after the booked start. 0: as booked."""

    code: FlowCode
    minutes: int
    active: bool = True


USUAL_LIMITS = (
    FlowLimit(FlowCode.ARRIVED, 30),
    FlowLimit(FlowCode.READY, 15),
    FlowLimit(FlowCode.IN_PROCEDURE, 0),
    FlowLimit(FlowCode.IN_RECOVERY, 0),
    FlowLimit(FlowCode.AMBULATING, 20),
    FlowLimit(FlowCode.LATE, 15),
    FlowLimit(FlowCode.NO_SHOW, 45),
)
FlowLimits = Mapping[FlowCode, FlowLimit]


def flow_limits(catalogue: Catalogue) -> FlowLimits:
    """Those in force, one a code; a code that is missing has no limit."""
    return _limits(catalogue.flow_limits)


@lru_cache(maxsize=4)
def _limits(own: tuple[FlowLimit, ...]) -> FlowLimits:
    by_code = {limit.code: limit for limit in (*USUAL_LIMITS, *own)}
    return MappingProxyType({code: limit for code, limit in by_code.items() if limit.active})
