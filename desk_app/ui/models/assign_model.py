"""Who would lie in another bay or bed as a list: from where to where, why, and whether it is to be taken."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk_app.application.assigning import AssignProposal, Key, PlaceChange, Unsolved, is_bed
from desk_app.application.wording import clock_range, weekday_date
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.models.taking_model import Taking, TakingModel, TakingRow

MOST_NIGHTS = 2
"""Longer stays are told by their first and last night."""


class AssignModel(TakingModel):
    """The changes, then whoever no other place helps."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PlaceChange | Unsolved, ...] = ()
        self._context: RowContext | None = None

    @property
    def chosen(self) -> frozenset[Key]:
        """The changes that are to be made."""
        return frozenset(row.key for row in self._rows if isinstance(row, PlaceChange) and row.key in self._chosen)

    def show(self, proposal: AssignProposal, context: RowContext) -> None:
        self._rows, self._context = (*proposal.changes, *proposal.unsolved), context
        changes = [Taking(change.key, change.after) for change in proposal.changes]
        self.fill([*changes, *(Taking(("unsolved", n), can_choose=False) for n, _ in enumerate(proposal.unsolved))])

    def visit_at(self, row: int) -> int:
        """The number of the visit."""
        return self._rows[row].lying.use.appointment_id

    def words(self, row: int, is_chosen: bool) -> TakingRow:
        each = self._rows[row]
        is_change = isinstance(each, PlaceChange)
        where = self._name(each.lying.use.resource)
        what = f"{where} → {self._name(each.to)}" if isinstance(each, PlaceChange) else f"stays in {where}"
        return TakingRow(
            each.lying.use.name,
            self._when(each),
            what,
            each.why,
            "text" if is_change else "warn",
            is_chosen,
            is_change,
            "no better place",
        )

    def _when(self, each: PlaceChange | Unsolved) -> str:
        assert self._context is not None
        if not is_bed(each.lying):
            return clock_range(each.lying.use.start, each.lying.use.end, self._context.zone)
        nights = [weekday_date(night) for night in each.nights]
        return ", ".join(nights) if len(nights) <= MOST_NIGHTS else f"{nights[0]} to {nights[-1]}"

    def _name(self, code: str) -> str:
        assert self._context is not None
        return self._context.catalogue.resource(code).name
