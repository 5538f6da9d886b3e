"""The Beds screen by keys and mouse: the check before going home, another bay, a bed for the night."""

from __future__ import annotations

from desk_app.domain.practice import PhaseKind
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.ui.operations.words import short_name
from desk_app.ui.panels.discharge_form import DischargeForm
from desk_app.ui.panels.question_panel import QuestionPanel
from desk_app.ui.screens.beds.beds_screen import BedsScreen
from tests.e2e.receptionist import LEFT, Receptionist
from tests.helpers.keyboard import CTRL, Key

BEDS = "beds"


class AtTheBeds:
    """Patients are pointed at where they lie."""

    def __init__(self, desk: Receptionist) -> None:
        self.desk = desk

    @property
    def screen(self) -> BedsScreen:
        return self.desk.work.frame.screens.beds

    def checks_before_going_home(self, number: int) -> None:
        """D: score, escort, instructions; it stands on the visit."""
        self._points_at(number)
        self.desk.press(Key.Key_D)
        form = self.desk.form(DischargeForm)
        self.desk.write("10")
        self.desk.press(Key.Key_Tab, Key.Key_Tab)
        for _ in range(2):
            self.desk.write("yes")
            self.desk.press(Key.Key_Tab)
        self.desk.press(Key.Key_Return, with_=CTRL)
        self.desk.hears(f"{self._name_of(number)}: checked before going home")
        self.desk.until(lambda: self.desk.work.frame.inspector.form is not form)
        check = self.desk.desk.queries.discharge_check(number)
        assert check is not None
        assert (check.score, check.escort_here, check.instructions_given) == (10, True, True)

    def moves_to_another_bay(self, number: int) -> None:
        """M offers the bays that fit, 1 takes the first."""
        before = self._lies_in(number, PhaseKind.RECOVERY)
        self._points_at(number)
        self.desk.press(Key.Key_M)
        self.desk.form(QuestionPanel)
        self.desk.press(Key.Key_1)
        self.desk.hears(f"{self._name_of(number)}: Bay ")
        assert self._lies_in(number, PhaseKind.RECOVERY) != before

    def stays_tonight(self, number: int) -> None:
        """O gives the kept bed, Enter takes the patient there."""
        self._points_at(number)
        self.desk.press(Key.Key_O)
        given = self.desk.hears(f"{self._name_of(number)} stays tonight: Bed ").partition(": ")[2]
        self._sees_card(number)
        self.desk.press(Key.Key_Return)
        self.desk.hears(f"{self._name_of(number)}: overnight, {given}")
        assert self.desk.visit(number).status is S.OVERNIGHT

    def _points_at(self, number: int) -> None:
        self.desk.wakes_up()
        self.desk.press(Key.Key_4, with_=CTRL)
        self.desk.until(lambda: self.desk.work.frame.screens.code == BEDS)
        recovery = self.screen.recovery
        self.desk.until(lambda: recovery.layout_now().stay_of(number) is not None)
        stay = recovery.layout_now().stay_of(number)
        assert stay is not None
        self.desk.mouse.mouseClick(recovery, LEFT, pos=stay.block.center())
        self._sees_card(number)

    def _sees_card(self, number: int) -> None:
        cards = self.desk.work.cards
        self.desk.until(lambda: cards.shown == ("stay", number) and cards.is_read)
        assert self.desk.work.frame.inspector.form is None

    def _name_of(self, number: int) -> str:
        return short_name(self.desk.desk.queries.visit_card(number).patient)

    def _lies_in(self, number: int, kind: PhaseKind) -> str:
        return [each.resource for each in self.desk.visit(number).allocations if each.kind is kind][-1]
