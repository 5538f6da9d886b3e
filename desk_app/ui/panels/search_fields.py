"""The fields of a search for a start, and the search they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desk_app.application import wording
from desk_app.application.day_plan import DayPlanLine
from desk_app.application.use_cases.find_slots import YEAR, FindSlots
from desk_app.domain.levels import shown_levels, shown_place, typed_levels, typed_place
from desk_app.domain.practice import Catalogue, ProcedureType, ResourceKind, Stay
from desk_app.domain.several import AndAlso, can_be_served, can_join, compose
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.panels.subject import Subject
from desk_app.ui.widgets.fields import TIMES, DateEdit, DayButtons, Field, TextEdit, TimeChoice
from desk_app.ui.widgets.pick import Pick
from desk_app.ui.widgets.when_edit import WhenEdit

SHOWN = 600
"""So many starts are looked for; they are listed as runs."""

FROM = "from"
PARTS = {"morning": "am", "afternoon": "pm"}
SIDES = ((None, "–"), ("L", "left"), ("R", "right"), ("both", "both"))
STAYS = ((None, "as usual"), ("planned", "planned overnight"))


class SearchFields(QWidget):
    """``changed`` when another search is wanted."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, today: date, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalogue, self._today, self._subject = catalogue, today, subject
        self.procedure, self.levels, self.clinician = Pick("type to find"), TextEdit(), Pick("anybody")
        self.days, self.times, self.earliest = DayButtons(), Pick("any time"), DateEdit()
        self.latest, self.side, self.stay = WhenEdit("fri, 14:00"), Pick("–"), Pick("as usual")
        self.same_day = Pick("any day")
        self.also, self.also_levels = Pick("nothing else"), TextEdit()
        self._beside: dict[str, DayPlanLine] = {}
        self._named = {
            "procedure": Field("Procedure", self.procedure),
            "levels": Field("Levels", self.levels),
            "clinician": Field("Clinician", self.clinician),
            "days": Field("Days", self.days),
            "times": Field("Times", self.times),
            "first_day": Field("Earliest", self.earliest),
            "latest": Field("Latest", self.latest),
            "side": Field("Side", self.side),
            "stay": Field("Stay", self.stay),
            "also": Field("And also", self.also),
            "also_levels": Field("Its levels, side", self.also_levels),
            "same_day": Field("Same day as", self.same_day),
        }
        self._times: tuple[TimeChoice, ...] = ()
        self._lay_out()
        self._fill()
        self._connect()

    def chosen(self) -> ProcedureType | None:
        code = self.procedure.value()
        return self._catalogue.procedure(code) if code and self._catalogue.has_procedure(code) else None

    def level_count(self) -> int:
        return typed_levels(self.levels.value())[0]

    def level_names(self) -> str:
        return typed_levels(self.levels.value())[1]

    def further(self) -> tuple[AndAlso, ...]:
        """What else is done in the same sitting."""
        if len(self._subject.further) > 1:
            return self._subject.further
        code = self.also.value()
        if code is None or self._named["also"].isHidden():
            return ()
        levels, names, side = typed_place(self.also_levels.value())
        return (AndAlso(code, levels, names, side),)

    def sitting(self) -> ProcedureType | None:
        """All that is done in it as one procedure, where that can be."""
        procedure = self.chosen()
        if procedure is None or not self.further():
            return procedure
        done = [(procedure, self.level_count())]
        done += [(self._catalogue.procedure(also.procedure), also.levels) for also in self.further()]
        return compose(done)

    def planned(self) -> Stay | None:
        return Stay.PLANNED if self.stay.value() == "planned" and not self._named["stay"].isHidden() else None

    def wish(self) -> FindSlots | None:
        """The search; None before a procedure is chosen, or while a field holds what cannot be understood."""
        procedure = self.chosen()
        if procedure is None or self.troubles():
            return None
        code = self.times.value() or "any"
        _, _, after, before = next(each for each in self._times if each[0] == code)
        return self._within(
            FindSlots(
                procedure.code,
                self.level_count(),
                self.planned(),
                clinician=self.clinician.value() if not self._named["clinician"].isHidden() else None,
                first_day=self.earliest.date(),
                weekdays=self.days.value(),
                after=after,
                before=_earlier(before, self.latest.clock()),
                limit=SHOWN,
                patient_id=self._subject.patient_id,
                ignore_visit=self._subject.move,
                level_names=self.level_names(),
                payer=self._subject.payer,
                further=self.further(),
            )
        )

    def beside(self) -> DayPlanLine | None:
        """The patient's other visit, on whose day the search stays."""
        return self._beside.get(self.same_day.value() or "")

    def offer_beside(self, visits: Sequence[DayPlanLine]) -> None:
        """Visits to come of the patient, without the one that is being moved."""
        zone = zone_of(self._catalogue.settings)
        others = [visit for visit in visits if visit.appointment_id != self._subject.move]
        self._beside = {str(visit.appointment_id): visit for visit in others}
        named = [
            (code, f"{wording.moment(visit.start, zone, self._today)} {visit.procedure_name}")
            for code, visit in self._beside.items()
        ]
        self.same_day.offer([(None, "any day"), *named])
        self._named["same_day"].setVisible(bool(named))

    def _within(self, wish: FindSlots) -> FindSlots:
        """On the day of the other visit alone, else no later than the latest day."""
        beside = self.beside()
        if beside is not None:
            day = local_date(beside.start, zone_of(self._catalogue.settings))
            return replace(wish, first_day=day, days=1, weekdays=None)
        last = self.latest.day()
        if last is None:
            return wish
        return replace(wish, days=min(YEAR, (last - (wish.first_day or self._today)).days + 1))

    def troubles(self) -> dict[str, str]:
        """What cannot be understood or cannot be: the field's name, and the sentence."""
        found = {}
        for name in ("procedure", "clinician", "times", "side", "stay", "also", "same_day"):
            editor = self._named[name].editor
            if isinstance(editor, Pick) and editor.unknown() and not self._named[name].isHidden():
                found[name] = "not in the list"
        day = self.earliest.date()
        if not self.earliest.is_understood():
            found["first_day"] = "no date"
        elif day is not None and day < self._today:
            found["first_day"] = "has passed"
        if not self.latest.is_understood():
            found["latest"] = "no day, no time"
        elif (last := self.latest.day()) is not None and last < (day or self._today):
            found["latest"] = "before earliest" if day else "has passed"
        return found

    def refuse(self, field: str, text: str) -> bool:
        """Says what is wrong with a field; False where there is none of that name."""
        if field in self._named:
            self._named[field].refuse(text)
        return field in self._named

    def forgive(self) -> None:
        """Takes back every refusal but those that still hold."""
        troubles = self.troubles()
        for name, field in self._named.items():
            field.refuse(troubles.get(name, ""))

    def show_earliest(self, day: date) -> None:
        self.earliest.show_date(day, self._today)

    def show_from(self, wall: datetime) -> None:
        """From a place on the schedule on: that day, and not before that time of day."""
        self.show_earliest(wall.date())
        self._offer_times((FROM, f"from {wall:%H:%M}", wall.time(), None))
        self.times.choose(FROM)

    def _offer_times(self, *further: TimeChoice) -> None:
        self._times = (*TIMES, *further)
        self.times.offer((code, words) for code, words, _, _ in self._times)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 4, 16, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        *most, also, levels, last = self._named
        for place, name in enumerate(most):
            grid.addWidget(self._named[name], place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._named[also], 3, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._named[levels], 3, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._named[last], 4, 0, 1, 3, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 4)

    def _fill(self) -> None:
        catalogue, subject = self._catalogue, self._subject
        self.procedure.offer((each.code, each.name) for each in catalogue.procedures)
        self.procedure.choose(subject.procedure)
        self.levels.show_text(shown_levels(subject.levels, subject.level_names))
        self._offer_times()
        self.times.choose(PARTS.get(subject.wishes.part_of_day, "any"))
        self.days.choose(subject.wishes.weekdays)
        self.earliest.show_date(None, self._today)
        self.latest.show_when(None, None, self._today)
        self.side.offer(SIDES)
        self.side.choose(subject.side or None)
        self.offer_beside(())
        self.stay.offer(STAYS)
        self.stay.choose(None)
        self._offer_also()
        if len(subject.further) == 1:
            (also,) = subject.further
            self.also.choose(also.procedure)
            self.also_levels.show_text(shown_place(also.levels, also.level_names, also.side))
        self._fit_procedure()
        self.clinician.choose(subject.clinician)

    def _connect(self) -> None:
        self.procedure.picked.connect(self._on_procedure_picked)
        self.levels.editingFinished.connect(self.changed)
        self.also.picked.connect(self._on_also_picked)
        self.also_levels.editingFinished.connect(self.changed)
        for field in (self.clinician, self.times, self.earliest, self.latest, self.days, self.side, self.stay):
            field.picked.connect(self.changed)
        self.same_day.picked.connect(self._on_same_day_picked)

    def _on_procedure_picked(self) -> None:
        self._offer_also()
        self._fit_procedure()
        self.changed.emit()

    def _on_also_picked(self) -> None:
        self._fit_procedure()
        self.changed.emit()

    def _offer_also(self) -> None:
        """Only what can be done in one sitting with the chosen one, by people and in a room that are there."""
        lead, catalogue = self.chosen(), self._catalogue
        fitting = [
            (each.code, each.name)
            for each in catalogue.procedures
            if lead is not None and can_join(lead, each) and can_be_served(catalogue, compose(((lead, 1), (each, 1))))
        ]
        self.also.offer([(None, "nothing else"), *fitting])
        several = len(self._subject.further) > 1
        for name in ("also", "also_levels"):
            self._named[name].setVisible(bool(fitting) and not several)

    def _on_same_day_picked(self) -> None:
        """The other visit's day is the one that is searched."""
        for field in (self.days, self.earliest, self.latest):
            field.setEnabled(self.beside() is None)
        self.changed.emit()

    def _fit_procedure(self) -> None:
        """Clinicians who perform it, levels and a planned stay only where it has them."""
        procedure = self.sitting()
        people = _clinicians(self._catalogue, procedure)
        self.clinician.offer([(None, "anybody"), *people])
        self._named["clinician"].setVisible(bool(people))
        self._named["stay"].setVisible(
            procedure is not None and procedure.overnight is Stay.POSSIBLE and procedure.has_overnight_phase()
        )


def _clinicians(catalogue: Catalogue, procedure: ProcedureType | None) -> list[tuple[str | None, str]]:
    """Whoever can serve a need for a clinician with capabilities of the procedure."""
    people = catalogue.of_kind(ResourceKind.CLINICIAN)
    if procedure is None:
        return [(each.code, each.name) for each in people if "physician" in each.capabilities]
    needs = [need for phase in procedure.phases for need in phase.needs if need.kind is ResourceKind.CLINICIAN]
    return [
        (each.code, each.name)
        for each in people
        if any(set(need.capabilities) <= set(each.capabilities) for need in needs)
    ]


def _earlier(before: time | None, latest: time | None) -> time | None:
    """Not later than ``latest``, and before ``before``."""
    if latest is None:
        return before
    end = (datetime.combine(date.min, latest) + timedelta(minutes=1)).time()
    bounds = [each for each in (before, end if end > latest else None) if each is not None]
    return min(bounds, default=None)
