"""Payers' rules while a start is sought or a visit is dragged: what speaks against each day, in words."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from desk_app.application.desk import Desk
from desk_app.application.objection_text import objection_texts
from desk_app.application.objections import Kind, Objection
from desk_app.domain.coverage import Treatment, reach, rules_for, sitting_doubts
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Catalogue, Payer


@dataclass(frozen=True)
class CoverageLook:
    """A sitting that may take place on any of some days; what was found about a day is remembered.

    ``treated``: each procedure's code, and its levels as they are written.
    """

    catalogue: Catalogue
    treated: tuple[tuple[str, str], ...]
    payer: Payer | None
    treatments: tuple[Treatment, ...]
    _found: dict[date, str] = field(default_factory=dict)

    def doubt(self, day: date) -> str:
        """The sentences about a day; nothing where payers cover it."""
        if day not in self._found:
            mine = [Treatment(day, code, names) for code, names in self.treated]
            doubts = sitting_doubts(self.catalogue, mine, self.payer, self.treatments)
            told = [Objection(doubt.code, Kind.DOUBTED, doubt.code, doubt.params) for doubt in doubts]
            self._found[day] = " ".join(objection_texts(told, self.catalogue))
        return self._found[day]


def look_at_coverage(
    desk: Desk,
    treated: tuple[tuple[str, str], ...],
    payer: Payer | None,
    patient_id: int | None,
    days: tuple[date, date],
    ignore: int | None = None,
) -> CoverageLook:
    """Reads the patient's other visits as far as the rules look from the first and the last of these days."""
    catalogue = desk.catalogue()
    known = [catalogue.procedure(code) for code, _ in treated if catalogue.has_procedure(code)]
    rules = [rule for procedure in known for rule in rules_for(catalogue, procedure, payer)]
    treatments: tuple[Treatment, ...] = ()
    if rules and patient_id is not None:
        first, last = reach(rules, days[0])[0], reach(rules, days[1])[1]
        treatments = desk.queries.treatments(patient_id, first, last, desk.now(), ignore)
    return CoverageLook(catalogue, treated, payer, treatments)
