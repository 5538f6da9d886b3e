"""What was asked for, held against the catalogue: unknown codes and impossible wishes are wrong input."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desk_app.domain.faults import RuleViolation, WrongInput
from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind, Stay
from desk_app.domain.several import AndAlso, compose
from desk_app.domain.visit_parts import Treated


def procedure_of(catalogue: Catalogue, code: str) -> ProcedureType:
    """The procedure of that code. Raises WrongInput ``unknown_procedure``."""
    if not catalogue.has_procedure(code):
        raise WrongInput("unknown_procedure", procedure=code, field="procedure")
    return catalogue.procedure(code)


def check_levels(procedure: ProcedureType, levels: int, field: str = "levels") -> None:
    """Raises WrongInput ``levels`` where the procedure is not done on that many."""
    if not 1 <= levels <= procedure.max_levels:
        raise WrongInput("levels", procedure=procedure.code, max_levels=procedure.max_levels, field=field)


def sitting_of(
    catalogue: Catalogue, procedure: ProcedureType, levels: int, further: Iterable[AndAlso] = ()
) -> ProcedureType:
    """All that is done in one sitting as one procedure; the procedure itself where nothing is done with it.

    Raises WrongInput for a further procedure that is unknown or not done on so many levels, and RuleViolation
    ``not_together``.
    """
    treated = [(procedure, levels)]
    for also in further:
        other = procedure_of(catalogue, also.procedure)
        check_levels(other, also.levels, "also_levels")
        treated.append((other, also.levels))
    return compose(treated)


def treated_of(catalogue: Catalogue, further: Iterable[AndAlso]) -> tuple[Treated, ...]:
    """Further procedures with the names that a visit keeps."""
    return tuple(
        Treated(each.procedure, catalogue.procedure(each.procedure).name, each.levels, each.level_names, each.side)
        for each in further
    )


def check_stay(procedure: ProcedureType, stay: Stay | None) -> None:
    """Raises WrongInput where a planned stay is asked of a procedure that has no overnight phase."""
    if stay is Stay.PLANNED and not procedure.has_overnight_phase():
        raise WrongInput("no_overnight_phase", procedure=procedure.code, field="stay")


def check_hold(until: datetime | None, start: datetime, now: datetime) -> None:
    """Raises RuleViolation where a hold would have lapsed already, and says so if it is for a start in this minute."""
    if until is not None and until <= now:
        raise RuleViolation("hold_at_start" if start <= now else "hold_in_the_past", field="hold_until")


def check_resources(catalogue: Catalogue, codes: Iterable[str]) -> None:
    """Raises WrongInput ``unknown_resource`` for a code that the practice does not have."""
    known = {resource.code for resource in catalogue.resources}
    for code in codes:
        if code not in known:
            raise WrongInput("unknown_resource", resource=code)


def clinician_of(catalogue: Catalogue, procedure: ProcedureType, code: str | None) -> tuple[str, ...]:
    """The clinician who must serve, as wanted codes. Raises WrongInput where there is none, or none is needed."""
    if code is None:
        return ()
    if code not in {resource.code for resource in catalogue.of_kind(ResourceKind.CLINICIAN)}:
        raise WrongInput("unknown_clinician", resource=code, field="clinician")
    needs = [need for phase in procedure.phases for need in phase.needs]
    if not any(need.kind is ResourceKind.CLINICIAN for need in needs):
        raise WrongInput("no_such_clinician_need", procedure=procedure.code, field="clinician")
    return (code,)
