"""Who a sheet is for, and what it therefore leaves out."""

from __future__ import annotations

from collections.abc import Mapping

from desk_app.domain.dataclass import dataclass
from desk_app.domain.faults import WrongInput


@dataclass(frozen=True, slots=True)
class Profile:
    """``depth`` counts how much of a printed line it shows: place and time, then the care, then the payer's part."""

    code: str
    told: str
    depth: int
    keeping: str

    @property
    def names_patients(self) -> bool:
        return self.depth > 1

    @property
    def shows_payers(self) -> bool:
        return self.depth > 2


COVERED = "Keep covered. Shred at the end of the day."
PROFILES: Mapping[str, Profile] = {
    "desk": Profile("desk", "desk (all)", 3, COVERED),
    "clinical": Profile("clinical", "clinical (no payer)", 2, COVERED),
    "wall": Profile("wall", "wall (initials only)", 1, "Shred at the end of the day."),
}


def profile_of(code: str) -> Profile:
    """Raises WrongInput for a profile that does not exist."""
    if code not in PROFILES:
        raise WrongInput("unknown_word", value=code, allowed=", ".join(PROFILES))
    return PROFILES[code]
