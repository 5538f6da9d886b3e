"""Blocking a stretch, or keeping it for procedures: the visits in the way are listed before anything is entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desk_app.application import wording
from desk_app.application.blockout_calls import can_move
from desk_app.application.read_models import ConcernedVisit
from desk_app.application.replan import Lost
from desk_app.application.use_cases import blockouts
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import NeedsConfirmation, RuleViolation
from desk_app.domain.practice import Blockout, Catalogue, Session
from desk_app.ui.fonts import Type
from desk_app.ui.operations.change import Change
from desk_app.ui.operations.openings import blocking, changing_blockout, changing_session, keeping
from desk_app.ui.panels.block_fields import BlockFields
from desk_app.ui.panels.form import Form
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton

LISTED = 12


class BlockForm(Form):
    """``entered`` with what came of it: the blockouts and visits, or the session."""

    entered = Signal(object)
    replan_wanted = Signal(object)
    """With what is lost, where the visits in the way are to get other places."""

    def __init__(self, services: Services, day: date, before: Blockout | Session | None = None) -> None:
        super().__init__("Block a stretch", "Block")
        self._services, self._before = services, before
        self.fields = BlockFields(services.office.catalogue, services.office.today)
        self._looked: BlockoutWish | None = None
        self._seen: tuple[ConcernedVisit, ...] = ()
        self._saving = False
        self._list = QVBoxLayout()
        self._arrange()
        self._show_before(day)
        self._fit_kind()
        self.is_stored()
        for changed in (self.fields.kind, self.fields.who, self.fields.first, self.fields.last, self.fields.repeat):
            changed.picked.connect(self._on_changed)
        self.fields.until.picked.connect(self._on_changed)
        self.fields.begins.editingFinished.connect(self._on_changed)
        self.fields.ends.editingFinished.connect(self._on_changed)

    def show_stretch(self, column: str, start: datetime, end: datetime) -> None:
        """What was drawn on the schedule stands in the fields, and who is in the way under them."""
        self.fields.show_stretch(column, start, end)
        self._fit_kind()
        self.is_stored()
        self._on_changed()

    def catalogue(self) -> Catalogue | None:
        return self._services.office.catalogue

    def submit(self) -> None:
        """Enters it; where visits stand there that were not shown yet, shows them first."""
        self.forgive()
        if self._saving or not self._is_understood():
            return
        if self.fields.keeps:
            self._save_session()
        elif self._looked == (wish := self.fields.wish()):
            self._save_blockout(wish)
        else:
            self._look(wish, self._after_looking)

    # Who is in the way

    def _on_changed(self) -> None:
        """Looks again, as far as it can be understood by now; what is missing is said once it is to be entered."""
        self.forgive()
        self._fit_kind()
        self._show_seen(None, ())
        if not self.fields.keeps and not self.fields.troubles():
            self._look(self.fields.wish(), lambda: None, self._is_unfinished)

    def _look(
        self, wish: BlockoutWish, then: Callable[[], None], failed: Callable[[Exception], object] | None = None
    ) -> None:
        office = self._services.office

        def seen(visits: tuple[ConcernedVisit, ...]) -> None:
            if not self.fields.keeps and not self.fields.troubles() and self.fields.wish() == wish:
                self._show_seen(wish, visits)
                then()

        self._services.tasks.submit(
            lambda: blockouts.concerned(office.desk, wish),
            while_alive(self, seen),
            while_alive(self, failed or self._on_unlooked),
        )

    def _is_unfinished(self, fault: Exception) -> None:
        if not isinstance(fault, RuleViolation):
            self._on_unlooked(fault)

    def _on_unlooked(self, fault: Exception) -> None:
        if not self.refuse(fault):
            self._services.feedback.refuse(fault)

    def _after_looking(self) -> None:
        """Nobody is in the way: it is entered. Else the list is looked at first."""
        if self._looked is not None and not self._seen:
            self._save_blockout(self._looked)

    def _show_seen(self, wish: BlockoutWish | None, visits: tuple[ConcernedVisit, ...]) -> None:
        self._looked, self._seen = wish, visits
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if visits:
            said = wording.count(len(visits), "visit stands there", "visits stand there")
            self._list.addWidget(texts.label(said, Type.CAPTION, QFont.Weight.DemiBold, "warn", wrap=True))
        for visit in visits[:LISTED]:
            self._list.addWidget(self._visit_label(visit))
        if len(visits) > LISTED:
            self._list.addWidget(texts.label(f"and {len(visits) - LISTED} more", Type.SMALL, role="text2"))
        if wish is not None and any(can_move(visit) for visit in visits) and self._before is None and not wish.rrule:
            button = KeyButton("Find them other places", "Ctrl+R", "swap")
            button.clicked.connect(self._replan)
            self._list.addWidget(button)
        self.primary.say(self._verb())

    def _visit_label(self, visit: ConcernedVisit) -> QWidget:
        office = self._services.office
        when = wording.moment(visit.start, office.zone, office.today)
        can = "call and move" if can_move(visit) else "is here already"
        status = wording.STATUS_WORDS[visit.status].lower()
        return texts.label(f"{when}  {visit.name}, {visit.procedure_name}, {status}: {can}", Type.SMALL, wrap=True)

    def _verb(self) -> str:
        if self.fields.keeps:
            return "Save the block" if isinstance(self._before, Session) else "Keep it"
        verb = "Save" if self._before is not None else "Block"
        calls = sum(can_move(visit) for visit in self._seen)
        return f"{verb} all the same, {wording.count(calls, 'call', 'calls')}" if self._seen else verb

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_R and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._replan()
        else:
            super().keyPressEvent(event)

    def _replan(self) -> None:
        """What was typed goes along: nothing is blocked before the plan is stored."""
        wish = self._looked
        if wish is not None and self._seen and self._before is None and not wish.rrule:
            self.left.emit()
            self.replan_wanted.emit(Lost(wish.resources, wish.start, wish.end, wish.kind, wish.reason))

    # Saving

    def _save_blockout(self, wish: BlockoutWish) -> None:
        seen = frozenset(visit.appointment_id for visit in self._seen)
        done = while_alive(self, self._done)
        if isinstance(self._before, Blockout):
            self._run(changing_blockout(self._before, wish, seen, done, self._refused))
        else:
            self._run(blocking(wish, seen, done, self._refused))

    def _save_session(self) -> None:
        done = while_alive(self, self._done)
        if isinstance(self._before, Session):
            self._run(changing_session(self.fields.session(self._before), done, self._refused))
        else:
            self._run(keeping(self.fields.session(), done, self._refused))

    def _run(self, change: Change) -> None:
        self._saving = True
        self._services.operations.run(change)

    def _done(self, value: object) -> None:
        self.left.emit()
        self.entered.emit(value)

    def _refused(self, fault: Exception) -> bool:
        if not isValid(self):
            return False
        self._saving = False
        if isinstance(fault, NeedsConfirmation):
            self._look(self.fields.wish(), lambda: self.complain("Another visit came in meanwhile: look at the list."))
            return True
        return self.refuse(fault)

    def _is_understood(self) -> bool:
        for name, text in self.fields.troubles().items():
            self.complain(text, name)
            return False
        return True

    # Showing

    def _arrange(self) -> None:
        field, fields = self.add_field, self.fields
        self.add_row(field("kind", "Why", fields.kind))
        self.add_row(field("resources", "Whom or what", fields.who))
        self.add_row(field("start", "From", fields.first), field("begins", "begins at", fields.begins))
        self.add_row(field("end", "To", fields.last), field("ends", "ends at", fields.ends))
        self.add_row(field("repeat", "Repeats", fields.repeat), field("until", "Until", fields.until))
        self.add_row(field("reason", "Reason", fields.reason))
        self.add_row(field("kept", "Kept for", fields.kept))
        self.add_row(field("release_days", "Opens to all, days ahead", fields.opens))
        self._list.setSpacing(4)
        self.body.addLayout(self._list)
        self.setFocusProxy(fields.who)

    def _show_before(self, day: date) -> None:
        if isinstance(self._before, Blockout):
            self.fields.show_blockout(self._before)
            self.say_title("Blocked stretch")
        elif isinstance(self._before, Session):
            self.fields.show_session(self._before)
            self.say_title("Kept stretch" if self._before.reserved_for else "Opening hours")
        else:
            self.fields.show_nothing(day)

    def _fit_kind(self) -> None:
        """A block has procedures and a release; a blockout a reason and a last day."""
        keeps, shown = self.fields.keeps, self._fields
        for name in ("kept", "release_days"):
            shown[name].setVisible(keeps)
        for name in ("end", "reason"):
            shown[name].setVisible(not keeps)
        shown["repeat"].setVisible(keeps or not isinstance(self._before, Blockout))
        shown["until"].setVisible(self.fields.repeat.value() is not None and not shown["repeat"].isHidden())
        shown["kind"].setVisible(not isinstance(self._before, Session))
        self.primary.say(self._verb())
