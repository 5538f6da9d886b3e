"""Whether an approval is good for what is to be done: its dates, codes, units, levels, side, physician and place only.

What an approval leaves empty is not limited. Units are what further visits on the same approval have left over: a
visit takes one for each of its levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date

from desk_app.domain.authorization_lack import Lack
from desk_app.domain.authorization_status import GRANTED, ONCE_GRANTED
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind
from desk_app.domain.procedure_codes import codes_for, codes_text, fits_codes
from desk_app.domain.records import Authorization
from desk_app.domain.statuses import AuthorizationStatus
from desk_app.domain.visit_parts import BookedPhase, Treated

MOST_UNITS = 10_000
BOTH_SIDES = frozenset({"both", "bilateral"})
SPENT = ONCE_GRANTED | {AuthorizationStatus.USED}


@dataclass(frozen=True, slots=True)
class Planned:
    """One procedure of a visit, or of a request, as an approval is held against it.

    ``day`` None: no day is chosen yet. ``clinicians`` are the codes of those who serve, ``place`` the practice's name;
    ``payer`` is who pays now, None where that is not known. ``type`` is the catalogue's row, None where it has gone.
    """

    procedure: str
    levels: int = 1
    level_names: str = ""
    side: str = ""
    day: date | None = None
    clinicians: tuple[str, ...] = ()
    place: str = ""
    payer: str | None = None
    request_id: int | None = None
    type: ProcedureType | None = None
    on_its_own: bool = False
    """It stands on a manager's word, or on a paper kept elsewhere: it takes no units of what others stand on."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an approval stands to what is planned: the best there is, what it lacks, and whether any is granted."""

    approval: Authorization | None = None
    lacks: tuple[Lack, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        return self.approval is not None and not self.lacks


def lacks(approval: Authorization, planned: Planned, taken: int = 0) -> tuple[Lack, ...]:
    """What a granted approval is not good for, the weightiest first; ``taken`` of its units are used elsewhere."""
    found = (
        _other_procedure(approval, planned),
        _other_payer(approval, planned),
        _dates(approval, planned),
        _levels(approval, planned),
        _units(approval, planned, taken),
        _codes(approval, planned),
        _side(approval, planned),
        _clinician(approval, planned),
        _place(approval, planned),
    )
    return tuple(each for each in found if each is not None)


def standing(approvals: Iterable[Authorization], planned: Planned, taken: Mapping[int, int] | None = None) -> Standing:
    """The approval that is good for it, else the granted one for the procedure that misses by least.

    One that has run out counts for the days within its dates.
    """
    known, units = [each for each in approvals if each.status in ONCE_GRANTED], taken or {}
    mine = [each for each in known if each.procedure == planned.procedure]
    held = [(each, lacks(each, planned, units.get(each.id, 0))) for each in mine]
    held.sort(key=lambda pair: (len(pair[1]), pair[0].status not in GRANTED, -pair[0].id))
    if not held or (held[0][1] and held[0][0].status not in GRANTED):
        held = [pair for pair in held if pair[0].status in GRANTED]
    return Standing(*held[0]) if held else Standing()


def units_taken(approvals: Iterable[Authorization], others: Iterable[Planned]) -> dict[int, int]:
    """How many units of each approval other visits use, the earlier visits first.

    An approval that was asked for with the visit's own request comes before others, then what is marked as used, then
    what leaves least over, then what ends first.
    """
    known = sorted((each for each in approvals if each.status in SPENT), key=_ends)
    taken: dict[int, int] = {}
    for visit in sorted(others, key=lambda each: each.day or date.max):
        fitting = [each for each in known if not lacks(each, visit, taken.get(each.id, 0))]
        if visit.on_its_own:
            fitting = [each for each in fitting if each.request_id == visit.request_id is not None]
        fitting.sort(key=lambda each: _turn(each, visit, taken))
        if fitting:
            taken[fitting[0].id] = taken.get(fitting[0].id, 0) + visit.levels
    return taken


def _turn(approval: Authorization, visit: Planned, taken: Mapping[int, int]) -> tuple[bool, bool, int]:
    own = approval.request_id is not None and approval.request_id == visit.request_id
    return not own, approval.status is not AuthorizationStatus.USED, _left(approval, taken)


def _left(approval: Authorization, taken: Mapping[int, int]) -> int:
    """Units that are not used yet; an approval without a number of them comes last."""
    return MOST_UNITS if approval.units is None else approval.units - taken.get(approval.id, 0)


def planned_visit(
    catalogue: Catalogue,
    treated: Treated,
    day: date,
    phases: Sequence[BookedPhase],
    payer: str | None,
    request_id: int | None,
) -> Planned:
    """One procedure of a visit as it stands on the schedule."""
    people = {each.code for each in catalogue.of_kind(ResourceKind.CLINICIAN)}
    used = dict.fromkeys(code for phase in phases for _, code in phase.resources if code in people)
    return replace(planned_request(catalogue, treated, payer, request_id), day=day, clinicians=tuple(used))


def planned_request(catalogue: Catalogue, treated: Treated, payer: str | None, request_id: int | None) -> Planned:
    """What a request asks for; its day is open."""
    known = catalogue.procedure(treated.procedure) if catalogue.has_procedure(treated.procedure) else None
    return Planned(
        treated.procedure,
        treated.levels,
        treated.level_names,
        treated.side,
        place=catalogue.settings.name,
        payer=payer,
        request_id=request_id,
        type=known,
    )


def _ends(approval: Authorization) -> tuple[date, int]:
    return approval.valid_to or date.max, approval.id


def _other_procedure(approval: Authorization, planned: Planned) -> Lack | None:
    if approval.procedure == planned.procedure:
        return None
    return Lack("authorization_procedure", {"other": approval.procedure})


def _other_payer(approval: Authorization, planned: Planned) -> Lack | None:
    if approval.payer is None or planned.payer is None or approval.payer == planned.payer:
        return None
    return Lack("authorization_other_payer", {"payer": approval.payer})


def _dates(approval: Authorization, planned: Planned) -> Lack | None:
    day = planned.day
    if day is None:
        return None
    if approval.valid_to is not None and approval.valid_to < day:
        return Lack("authorization_ends", {"until": approval.valid_to, "on": day})
    if approval.valid_from is not None and day < approval.valid_from:
        return Lack("authorization_begins", {"since": approval.valid_from, "on": day})
    return None


def _levels(approval: Authorization, planned: Planned) -> Lack | None:
    if approval.levels is None or planned.levels <= approval.levels:
        return None
    return Lack("authorization_levels", {"approved": approval.levels, "levels": planned.levels})


def _units(approval: Authorization, planned: Planned, taken: int) -> Lack | None:
    if approval.units is None or taken + planned.levels <= approval.units or _levels(approval, planned) is not None:
        return None
    return Lack(
        "authorization_units", {"units": approval.units, "left": max(0, approval.units - taken), "need": planned.levels}
    )


def _codes(approval: Authorization, planned: Planned) -> Lack | None:
    procedure = planned.type
    if procedure is None or fits_codes(approval.cpt, procedure, planned.levels, planned.level_names):
        return None
    wanted = codes_text(codes_for(procedure, planned.levels, planned.level_names))
    return Lack("authorization_codes", {"approved": ", ".join(approval.cpt), "codes": wanted})


def _side(approval: Authorization, planned: Planned) -> Lack | None:
    mine, asked = approval.side.casefold().strip(), planned.side.casefold().strip()
    if not mine or not asked or mine[:1] == asked[:1] or mine in BOTH_SIDES:
        return None
    return Lack("authorization_side", {"approved": approval.side, "side": planned.side})


def _clinician(approval: Authorization, planned: Planned) -> Lack | None:
    if not approval.clinician or not planned.clinicians or approval.clinician in planned.clinicians:
        return None
    return Lack("authorization_clinician", {"clinician": approval.clinician})


def _place(approval: Authorization, planned: Planned) -> Lack | None:
    mine, here = (" ".join(text.casefold().split()) for text in (approval.place, planned.place))
    if not mine or not here or mine == here:
        return None
    return Lack("authorization_place", {"place": approval.place})
