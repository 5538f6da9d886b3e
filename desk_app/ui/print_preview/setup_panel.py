"""The side of the preview: which sheet, and how it is set up; a key puts back what is usual."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.typed_times import DAY, shown_clock, typed_clock
from desk_app.printing.content.setup import FIELDS, HEADINGS, PAGE_EACH, SIZES, SheetSetup, usual_setup
from desk_app.ui.fonts import Type
from desk_app.ui.print_preview.choice_list import ChoiceList
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import Field, TextEdit
from desk_app.ui.widgets.tick import TickBox

WIDTH = 232
SIZE_WORDS = {"usual": "Usual", "larger": "Larger", "largest": "Largest"}
LIES = (("upright", "Upright"), ("across", "Across"))
HEADS = {ResourceKind.PROCEDURE_ROOM: "Rooms", ResourceKind.CLINICIAN: "Clinicians", ResourceKind.RECOVERY_BAY: "Bays"}
NO_TIME = "A time, such as 8 or 12:30."
TOO_SOON = "It has to end after it begins."
NONE_LEFT = "At least one is printed."


class SetupPanel(QScrollArea):
    """``kind_chosen`` with another kind of sheet, ``changed`` when the kind shown is set up otherwise."""

    kind_chosen = Signal(str)
    changed = Signal()

    def __init__(self, kinds: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds = ChoiceList("Sheet", tuple(kinds))
        self.sizes = ChoiceList("Size of the letters", [(code, SIZE_WORDS[code]) for code in SIZES])
        self.lies = ChoiceList("Paper lies", LIES)
        self.first, self.last = TextEdit(placeholder="first"), TextEdit(placeholder="last")
        self._fields = (Field("From", self.first), Field("Until", self.last))
        self.page_each = TickBox("")
        self.usual = KeyButton("As usual", "Alt+U", "undo")
        self._kind, self._setup = "", SheetSetup()
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(4)
        self._heads: dict[str, TickBox] = {}
        self._shown: dict[str, TickBox] = {}
        self._hours = QWidget()
        self._lay_out()
        self._connect()

    def show_setup(self, kind: str, setup: SheetSetup, catalogue: Catalogue) -> None:
        """What can be chosen for that kind of sheet, and what is."""
        is_other = kind != self._kind
        self._kind, self._setup = kind, setup
        self.kinds.choose(kind)
        self.sizes.choose(setup.size)
        self.lies.choose("across" if setup.landscape else "upright")
        for edit, at in ((self.first, setup.first), (self.last, setup.last)):
            edit.show_text(shown_clock(at.hour * 60 + at.minute) if at is not None else "")
        for field in self._fields:
            field.refuse("")
        if is_other:
            self._fill(kind, catalogue)
        for code, box in self._heads.items():
            self._check(box, not setup.only or code in setup.only)
        for code, box in self._shown.items():
            self._check(box, setup.shows(code))
        can_be_set_up = kind in FIELDS
        self._hours.setVisible(kind in HEADINGS)
        self.page_each.setVisible(kind in PAGE_EACH)
        self.page_each.setText(self._each_words(kind))
        self._check(self.page_each, setup.page_each)
        for widget in (self.sizes, self.lies, self.usual):
            widget.setVisible(can_be_set_up)

    def setup(self) -> SheetSetup:
        """As it is set up; what cannot be understood leaves what held before."""
        return self._setup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A box that Tab leads to is scrolled into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.ensureWidgetVisible(watched, 0, 24)
        return super().eventFilter(watched, event)

    def put_back(self) -> None:
        """The usual of this kind."""
        self._take(usual_setup(self._kind))

    def _on_changed(self, *_: object) -> None:
        first, last = self._time(0), self._time(1)
        if isinstance(first, str) or isinstance(last, str):
            return
        if first is not None and last is not None and first >= last:
            self._fields[1].refuse(TOO_SOON)
            return
        self._fields[1].refuse("")
        heads = frozenset(code for code, box in self._heads.items() if box.isChecked())
        only = heads if len(heads) < len(self._heads) else frozenset[str]()
        hidden = frozenset(code for code, box in self._shown.items() if not box.isChecked())
        across, each = self.lies.value() == "across", self.page_each.isChecked() and self._kind in PAGE_EACH
        self._take(SheetSetup(first, last, only, hidden, self.sizes.value(), each, across))

    def _take(self, setup: SheetSetup) -> None:
        if setup != self._setup:
            self._setup = setup
            self.changed.emit()

    def _on_head_clicked(self) -> None:
        """None at all would be an empty sheet: the last one stays."""
        if not any(box.isChecked() for box in self._heads.values()):
            box = self.sender()
            assert isinstance(box, TickBox)
            self._check(box, True)
            return
        self._on_changed()

    def _time(self, which: int) -> time | str | None:
        """The time typed, None for none, and a text where it is no time: the field says so."""
        field, edit = self._fields[which], (self.first, self.last)[which]
        minutes = typed_clock(edit.text()) if edit.text().strip() else None
        is_end = minutes == DAY
        if edit.text().strip() and (minutes is None or (is_end and which == 0)):
            field.refuse(NO_TIME)
            return NO_TIME
        field.refuse("")
        if minutes is None or is_end:
            return None
        edit.show_text(shown_clock(minutes))
        return time(minutes // 60, minutes % 60)

    def _fill(self, kind: str, catalogue: Catalogue) -> None:
        """The boxes of this kind."""
        while (item := self._boxes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        heads = catalogue.of_kind(HEADINGS[kind]) if kind in HEADINGS else ()
        caption = HEADS[HEADINGS[kind]] if kind in HEADINGS else ""
        self._heads = {head.code: self._box(head.name, caption) for head in heads}
        for box in self._heads.values():
            box.clicked.connect(self._on_head_clicked)
        self._group(caption, self._heads.values())
        self._shown = {code: self._box(name, "Printed") for code, name in FIELDS.get(kind, ())}
        for box in self._shown.values():
            box.clicked.connect(self._on_changed)
        self._group("Printed", self._shown.values())

    def _box(self, name: str, caption: str) -> TickBox:
        box = TickBox(texts.for_menu(name))
        box.setAccessibleName(f"{caption}: {name}")
        box.installEventFilter(self)
        return box

    def _group(self, caption: str, boxes: Iterable[TickBox]) -> None:
        found = list(boxes)
        if found:
            self._boxes.addWidget(texts.label(caption, Type.CAPTION, role="text2"))
        for box in found:
            self._boxes.addWidget(box)
        if found:
            self._boxes.addSpacing(8)

    def _check(self, box: TickBox, is_checked: bool) -> None:
        box.blockSignals(True)
        box.setChecked(is_checked)
        box.blockSignals(False)

    def _each_words(self, kind: str) -> str:
        return {"clinicians": "A page for each clinician", "calls_by_payer": "A page for each payer"}.get(
            kind, "A page for each room"
        )

    def _connect(self) -> None:
        self.kinds.chosen.connect(self.kind_chosen)
        for choice in (self.sizes, self.lies):
            choice.chosen.connect(self._on_changed)
        for edit in (self.first, self.last):
            edit.editingFinished.connect(self._on_changed)
        self.page_each.clicked.connect(self._on_changed)
        self.usual.clicked.connect(self.put_back)

    def _lay_out(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)
        hours = QHBoxLayout(self._hours)
        hours.setContentsMargins(0, 0, 0, 0)
        hours.setSpacing(8)
        for field in self._fields:
            hours.addWidget(field)
        inside = QWidget()
        inside.setObjectName("ground")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for widget in (self.kinds, self._hours, self.sizes, self.lies, self.page_each):
            column.addWidget(widget)
        column.addLayout(self._boxes)
        column.addWidget(self.usual)
        column.addStretch(1)
        self.setWidget(inside)
