"""Two charts of one person: the other one is found by its name or number, both stand side by side, one verb merges."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.read_models import PatientCard, SearchHit
from desk_app.application.use_cases import merging
from desk_app.application.use_cases.merging import TwoCharts
from desk_app.domain.faults import Conflict
from desk_app.domain.practice import Catalogue
from desk_app.ui.fonts import Type
from desk_app.ui.models.comparison import Compared, compared_charts
from desk_app.ui.operations.people import merging_charts
from desk_app.ui.panels.card_parts import compared_rows
from desk_app.ui.panels.form import Form
from desk_app.ui.panels.person_field import PersonField
from desk_app.ui.panels.person_words import chart_line, spaced
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton


class MergeForm(Form):
    """``merged`` with the chart that stays. Nothing is done before both charts were seen."""

    merged = Signal(object)
    width_wanted = 380

    def __init__(self, services: Services, kept: PatientCard) -> None:
        super().__init__("Merge charts", "Merge", "Ctrl+Enter", "link")
        self._services, self._kept = services, kept
        self._two: TwoCharts | None = None
        self._saving = False
        self.say_title("Merge charts", texts.flat(chart_line(kept.patient.name, None, kept.patient.mrn)))
        self._person = PersonField(services)
        self.add_row(self.add_field("person", "The other chart of this person", self._person))
        self._side_by_side = QWidget()
        self._rows = QVBoxLayout(self._side_by_side)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._side_by_side)
        self._told = texts.label("", Type.BASE, role="text2", wrap=True)
        self.body.addWidget(self._told)
        self._swap = KeyButton("Keep the other one", "X", "swap")
        self._swap.clicked.connect(self._exchange)
        self.foot.addWidget(self._swap)
        self._show_nothing()
        self.setFocusProxy(self._person)
        self._person.patient_picked.connect(self._on_picked)
        self._person.nobody_picked.connect(lambda _: self.complain("Choose a chart that is there.", "person"))
        self.is_stored()

    def catalogue(self) -> Catalogue:
        return self._services.office.catalogue

    def has_draft(self) -> bool:
        """Choosing a chart stores nothing, and is done again in a moment."""
        return False

    def leave(self) -> None:
        self.left.emit()

    def submit(self) -> None:
        self.forgive()
        if self._saving:
            return
        if self._two is None:
            self.complain("Find the other chart first.", "person")
            return
        self._saving = True
        kept, other = self._two.kept.patient, self._two.other.patient
        done = while_alive(self, self._done)
        run, office = self._services.operations.run, self._services.office
        run(merging_charts(run, office, kept, other, done, self._refused))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.key() == Qt.Key.Key_X and self._swap.isVisible():
            self._exchange()
        else:
            super().keyPressEvent(event)

    def take_back_keyboard(self) -> None:
        self._saving = False
        super().take_back_keyboard()

    def _on_picked(self, hit: SearchHit) -> None:
        self.forgive()
        self._read(self._kept.patient.id, hit.patient_id)

    def _exchange(self) -> None:
        if self._two is not None:
            self._show(TwoCharts(self._two.other, self._two.kept))

    def _read(self, kept: int, other: int) -> None:
        desk = self._services.office.desk
        self._services.tasks.submit(
            lambda: merging.look(desk, kept, other),
            while_alive(self, self._show),
            while_alive(self, self._on_unread),
            "merge",
        )

    def _on_unread(self, fault: Exception) -> None:
        self._show_nothing()
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _show_nothing(self) -> None:
        self._two = None
        self._side_by_side.hide()
        self._swap.hide()
        self._told.setText("Both charts are shown side by side before anything is done.")

    def _show(self, two: TwoCharts) -> None:
        self._two = two
        kept, other = two.kept.patient, two.other.patient
        before, self._side_by_side = self._side_by_side, QWidget()
        self._rows = QVBoxLayout(self._side_by_side)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(compared_rows(_side_by_side(two)))
        self.body.replaceWidget(before, self._side_by_side)
        before.deleteLater()
        self._told.setText(
            f"Everything of MRN {spaced(other.mrn)} is kept under MRN {spaced(kept.mrn)} from then on: "
            f"{_records(two.other)}. The old number still finds it, and Undo takes it apart again."
        )
        self.primary.say(f"Merge into MRN {spaced(kept.mrn)}")
        self._swap.show()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _done(self, chart: object) -> None:
        self.left.emit()
        self.merged.emit(chart)

    def _refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._saving = False
        if isinstance(fault, Conflict) and self._two is not None:
            self._read(self._two.kept.patient.id, self._two.other.patient.id)
        return self.refuse(fault)


def _side_by_side(two: TwoCharts) -> tuple[Compared, ...]:
    numbers = Compared("MRN", spaced(two.kept.patient.mrn), spaced(two.other.patient.mrn), None)
    return (numbers, *compared_charts(two.kept, two.other))


def _records(card: PatientCard) -> str:
    """``2 visits, 1 request``"""
    visits = len(card.upcoming) + len(card.past)
    return f"{wording.count(visits, 'visit', 'visits')}, {wording.count(len(card.requests), 'request', 'requests')}"
