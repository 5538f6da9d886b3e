"""The calls under headings: late, today and later; by payer, so that one call serves several patients; by patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk_app.application.call_line_words import is_payers, minutes_left, name_words
from desk_app.application.call_rows import CallLine
from desk_app.application.phone_words import hours_words, is_closed, payer_line, written_number
from desk_app.application.use_cases.calls import by_patient, by_payer
from desk_app.application.wording import birth_date, count
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Payer
from desk_app.ui.models.call_cells import cells
from desk_app.ui.models.cell import Cell
from desk_app.ui.models.request_cells import RowContext

BEST, BY_PAYER, BY_PATIENT = "best", "payer", "patient"


@dataclass(frozen=True, slots=True)
class CallGroup:
    """A heading with its rows. ``aside`` stands at the right; ``is_payer`` gives it a payer's height."""

    key: str
    title: str
    lines: tuple[CallLine, ...]
    rows: tuple[tuple[Cell, ...], ...]
    phone: str = ""
    hint: str = ""
    aside: str = ""
    is_claimed: bool = False
    is_payer: bool = False

    @property
    def spoken(self) -> str:
        parts = (self.title, self.phone, self.hint, count(len(self.lines), "call", "calls"))
        claimed = self.aside if self.is_claimed else ""
        return ", ".join(part for part in (*parts, claimed) if part)


@dataclass(frozen=True, slots=True)
class Grouping:
    """``user`` is whoever is at this desk, ``held`` the minutes waited in each payer's line today."""

    order: str
    context: RowContext
    user: str
    held: Mapping[str, int]
    before: tuple[str, ...] = ()
    """Headings by payer as they stood: while one works down the list none changes its place."""

    def groups(self, lines: Iterable[CallLine]) -> tuple[CallGroup, ...]:
        """The lines come best first, and stay so within a group."""
        if self.order == BY_PAYER:
            return self._by_payer(tuple(lines))
        return self._by_patient(lines) if self.order == BY_PATIENT else self._best_first(lines)

    def _best_first(self, lines: Iterable[CallLine]) -> tuple[CallGroup, ...]:
        parts: dict[str, list[CallLine]] = {"Late": [], "Today": [], "Later": []}
        for line in lines:
            parts[self._when(line)].append(line)
        return tuple(
            CallGroup(title.lower(), title, tuple(found), self._rows(found, True), aside=count(len(found), *CALLS))
            for title, found in parts.items()
            if found
        )

    def _when(self, line: CallLine) -> str:
        if line.late:
            return "Late"
        return "Today" if self.context.day_of(line.due) <= self.context.today else "Later"

    def _by_payer(self, lines: tuple[CallLine, ...]) -> tuple[CallGroup, ...]:
        found = by_payer(lines, self.context.catalogue.payers)
        groups = [self._payer(each.payer, each.lines) for each in found]
        groups.sort(key=lambda group: self.before.index(group.key) if group.key in self.before else len(self.before))
        people = tuple(line for line in lines if not is_payers(line))
        if people:
            told = count(len(people), *CALLS)
            groups.append(CallGroup("people", "Patients", people, self._rows(people), hint="best first", aside=told))
        return tuple(groups)

    def _payer(self, payer: Payer | None, lines: tuple[CallLine, ...]) -> CallGroup:
        code = payer.code if payer is not None else ""
        title = payer.name if payer is not None else lines[0].payer_name or "Payer not known"
        held = self.held.get(code, 0)
        closed = is_closed(payer, self.context.now.astimezone(self.context.zone).time())
        told = (hours_words(payer), "closed now" if closed else "", f"{held} min hold today" if held else "")
        hint = ", ".join(part for part in told if part)
        mine = [line for line in lines if line.claimed_by and line.claimed_by == self.user]
        aside = f"claimed by you, {minutes_left(mine[0], self.context.now)} min" if mine else _one_call(lines)
        return CallGroup(
            f"payer {code}",
            title,
            lines,
            self._rows(lines),
            phone=payer_line(payer),
            hint=hint,
            aside=aside,
            is_claimed=bool(mine),
            is_payer=True,
        )

    def _by_patient(self, lines: Iterable[CallLine]) -> tuple[CallGroup, ...]:
        """Who has several calls has a heading; the others stand together, best first."""
        people = by_patient(lines)
        groups = [self._person(found) for found in people if len(found) > 1]
        single = tuple(found[0] for found in people if len(found) == 1)
        if single:
            told = count(len(single), *CALLS)
            groups.append(
                CallGroup("one each", "One call each", single, self._rows(single, True), hint="best first", aside=told)
            )
        return tuple(groups)

    def _person(self, lines: tuple[CallLine, ...]) -> CallGroup:
        first = lines[0]
        who = f"{first.patient_id}" if first.patient_id is not None else f"request {first.request_id}"
        own = next((line for line in lines if not is_payers(line)), None)
        return CallGroup(
            f"patient {who}",
            name_words(first),
            lines,
            self._rows(lines, True),
            phone=written_number(own.phone) if own is not None else "",
            hint=birth_date(first.birth_date),
            aside=count(len(lines), *CALLS),
        )

    def _rows(self, lines: Iterable[CallLine], with_payer: bool = False) -> tuple[tuple[Cell, ...], ...]:
        return tuple(cells(line, self.context, self.user, with_payer) for line in lines)


CALLS = ("call", "calls")


def _one_call(lines: tuple[CallLine, ...]) -> str:
    people = len({line.patient_id or (line.request_id, line.id) for line in lines})
    return f"{people} patients, one call" if people > 1 else "1 patient"
