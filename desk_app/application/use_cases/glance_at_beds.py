"""Bays and beds in a few words, for the status bar."""

from __future__ import annotations

from desk_app.application.desk import Desk
from desk_app.application.use_cases.look_at_beds import beds_view
from desk_app.application.wording import clock
from desk_app.domain.dataclass import dataclass
from desk_app.domain.night_rule import ROUNDING


@dataclass(frozen=True, slots=True)
class BedsGlance:
    """``bays`` and ``tonight`` are empty for a practice that has none. ``is_overfull``: more than bays are expected.

    ``is_short``: tonight's beds may not suffice, by the practice's limit.
    """

    bays: str = ""
    tonight: str = ""
    spoken: str = ""
    is_overfull: bool = False
    is_short: bool = False


def glance(desk: Desk) -> BedsGlance:
    """As of now."""
    view = beds_view(desk, desk.today(), 1)
    recovery, night = view.recovery, view.nights[0].night
    bays = tonight = spoken = ""
    if recovery.most_staffed:
        bays = f"bays {view.occupied_bays}/{recovery.most_staffed}"
        if recovery.peak:
            at = clock(recovery.peaks[0], desk.zone())
            bays += f", peak {recovery.peak}/{recovery.most_staffed} at {at}"
    if view.beds and (night.staffed or night.planned):
        tonight = f"tonight {night.planned}+{night.kept}/{night.staffed}"
        spoken = f"tonight {night.planned} planned and {night.kept} kept of {night.staffed} staffed beds"
    short = night.overflow_chance > desk.catalogue().settings.overflow_risk + ROUNDING
    return BedsGlance(bays, tonight, spoken, bool(recovery.overfull()), bool(view.beds) and short)
