"""The texts of letters: choose one, write it, see beside it how it will look; save, or put the usual text back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desk_app.application.desk import Desk
from desk_app.application.outcome import Changes, Outcome, Record
from desk_app.application.use_cases.letter_templates import in_force, write
from desk_app.application.wording import LETTER_WORDS
from desk_app.domain.faults import Conflict, FrontDeskFault
from desk_app.domain.languages import LANGUAGES, LetterLanguage
from desk_app.domain.letters import FIELDS, LetterKind, LetterTemplate, fill, usual_template
from desk_app.printing.content.letter import content_of
from desk_app.printing.pages.letter_pages import paginate_letter
from desk_app.printing.painting.fonts import letters
from desk_app.printing.papers import paper_of
from desk_app.ui.feedback import fault_text
from desk_app.ui.fonts import Type
from desk_app.ui.operations.change import Change
from desk_app.ui.print_preview.choice import Choice
from desk_app.ui.print_preview.letter_drafts import Key, LetterDrafts, shown_values
from desk_app.ui.print_preview.letter_preview import KINDS, LETTER_LANGUAGES
from desk_app.ui.print_preview.paper_view import PaperView
from desk_app.ui.print_preview.sheet_choice import paper_remembered
from desk_app.ui.services import Services
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.alive import while_alive
from desk_app.ui.widgets.buttons import KeyButton
from desk_app.ui.widgets.fields import Field, TextEdit
from desk_app.ui.widgets.pick import Pick

SIZE = QSize(1180, 820)
HINT = (
    "# begins a heading, - an item. A line with a field that is not known is left out. {with escort} and "
    "{without escort} keep their line only where that is known, or is not."
)
KNOWN, LITTLE = "known", "little"
SHOWN = ((KNOWN, "All is known"), (LITTLE, "Little is known"))
OTHERS_WROTE = "Another desk changed this letter meanwhile. What you typed stands; look, and save again."
NOT_SAVED = "{letters} not saved. Esc once more throws it away."


class LetterEditor(QDialog):
    """Opened with :meth:`open`. What was typed is never lost by one key, nor by looking at another letter."""

    def __init__(self, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._drafts = services, LetterDrafts()
        self._kind, self._language = Choice("Letter", KINDS), Choice("Language", LETTER_LANGUAGES)
        self._shown = Choice("Preview", SHOWN)
        self.title, self.text = TextEdit(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self._title_field, self._text_field = Field("Title", self.title), Field("Text", self.text)
        self.fields = Pick("Insert a field …")
        self.fields.setAccessibleName("Insert a field")
        self.view = PaperView()
        self.view.setAccessibleName("Preview of the letter")
        self._told = texts.label("", Type.SMALL, role="text2", wrap=True)
        self.put_back = KeyButton("Put back the usual text", "", "undo")
        self.save = KeyButton("Save", "Ctrl+S", "check", primary=True)
        self._asked_about: tuple[LetterTemplate, ...] = ()
        self._lay_out()
        self._connect()
        self.load()

    @property
    def key(self) -> Key:
        """The letter that is edited."""
        return LetterKind(self._kind.value()), LetterLanguage(self._language.value())

    def told(self) -> str:
        return self._told.text()

    def load(self) -> None:
        """Reads what is in force; what was typed stays."""
        office, failed = self._services.office, while_alive(self, self._on_failed)
        self._services.tasks.submit(
            lambda: in_force(office.desk), while_alive(self, self._on_read), failed, key="letters"
        )

    def save_letter(self) -> None:
        """Stores the letter that is edited."""
        if self.key in self._drafts.stored:
            self._store(self._drafts.at(self.key))

    def put_usual_back(self) -> None:
        """The usual text stands in the editor and is stored."""
        self._store(usual_template(*self.key))

    def reject(self) -> None:
        """Leaves; drafts are thrown away only when this is asked for twice, with nothing typed between."""
        drafts = tuple(self._drafts.at(key) for key in self._drafts.changed())
        if not drafts or drafts == self._asked_about:
            super().reject()
            return
        self._asked_about = drafts
        named = ", ".join(_named(each) for each in drafts)
        self._say(NOT_SAVED.format(letters=f"{named}:"), "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is the button under the keyboard, and leads on from the title; nothing is saved by it alone."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused := self.focusWidget(), KeyButton):
            focused.click()
        elif focused is self.title:
            self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _store(self, template: LetterTemplate) -> None:
        key, seen = (template.kind, template.language), self._drafts.stored[template.kind, template.language]
        self._forgive()

        def work(desk: Desk) -> Outcome[LetterTemplate]:
            return write(desk, template, seen)

        said = f"Letter saved: {_named(template)}"
        done = while_alive(self, partial(self._on_stored, key))
        self._services.operations.run(Change(work, lambda desk, outcome: said, done, refused=self._refuse))

    def _on_stored(self, key: Key, template: LetterTemplate) -> None:
        self._drafts.stored[key] = template
        self._drafts.forget(key)
        self._fill()
        self._say(f"Saved: {_named(template)}.")

    def _refuse(self, fault: Exception) -> bool:
        if not isinstance(fault, FrontDeskFault):
            return False
        while_alive(self, self._on_failed)(fault)
        return True

    def _on_failed(self, fault: Exception) -> None:
        """At its field where it is about one."""
        if not isinstance(fault, FrontDeskFault):
            raise fault
        if isinstance(fault, Conflict) and fault.code == "changed":
            self._say(OTHERS_WROTE, "bad")
            self.load()
            return
        sentence = fault_text(fault, self._services.office.catalogue)
        field = {"title": self._title_field, "text": self._text_field}.get(str(fault.params.get("field", "")))
        if field is None:
            self._say(sentence, "bad")
            return
        field.refuse(sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_read(self, templates: tuple[LetterTemplate, ...]) -> None:
        self._drafts.take_stored(templates)
        self._fill()

    def _on_changed(self, changes: Changes, by_this_desk: bool) -> None:
        if changes.touches(Record.LETTER_TEMPLATE) and not by_this_desk:
            self.load()

    def _on_chosen(self) -> None:
        self._forgive()
        self.fields.offer((name, f"{label}  {{{name}}}") for name, label in FIELDS[self.key[0]].items())
        self._fill()

    def _fill(self) -> None:
        """The editor shows the letter, with the cursor where it was if the text is the same."""
        if self.key not in self._drafts.stored:
            return
        shown = self._drafts.at(self.key)
        with QSignalBlocker(self.title), QSignalBlocker(self.text):
            if self.title.text() != shown.title:
                self.title.show_text(shown.title)
            if self.text.toPlainText() != shown.text:
                self.text.setPlainText(shown.text)
        self._show()

    def _on_typed(self) -> None:
        if self.key in self._drafts.stored:
            self._forgive()
            self._drafts.type(self.key, self.title.text(), self.text.toPlainText())
            self._show()

    def _show(self) -> None:
        """The preview, and what can be done."""
        key, office = self.key, self._services.office
        values = shown_values(key, office.catalogue, self._shown.value() == KNOWN)
        filled = fill(self._drafts.at(key), values)
        content = content_of(office.catalogue.settings, filled, key[1], "", "", "")
        self.view.show_pages(paginate_letter(content, paper_of(paper_remembered(self._services.memory)), letters()))
        self.save.setEnabled(self._drafts.is_changed(key))
        self.put_back.setEnabled(not self._drafts.is_usual(key))

    def _insert_field(self) -> None:
        name = self.fields.value()
        if name is None:
            return
        self.fields.choose(None)
        self.text.insertPlainText(f"{{{name}}}")
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forgive(self) -> None:
        self._asked_about = ()
        self._title_field.refuse("")
        self._text_field.refuse("")
        self._say("")

    def _say(self, text: str, role: str = "text2") -> None:
        texts.color_label(self._told, role)
        self._told.setText(text)

    def _connect(self) -> None:
        for choice in (self._kind, self._language):
            choice.chosen.connect(lambda _: self._on_chosen())
        self._shown.chosen.connect(lambda _: self._show())
        self.title.textChanged.connect(lambda _: self._on_typed())
        self.text.textChanged.connect(self._on_typed)
        self.fields.picked.connect(self._insert_field)
        self.save.clicked.connect(self.save_letter)
        self.put_back.clicked.connect(self.put_usual_back)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save_letter)
        self._services.bus.changed.connect(self._on_changed)
        self._on_chosen()

    def _lay_out(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Letters")
        self.setAccessibleName("The texts of letters")
        self.resize(SIZE.boundedTo(self.screen().availableSize()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._editor(), 1)
        middle.addWidget(self.view, 1)
        column.addWidget(self._head())
        column.addLayout(middle, 1)
        column.addWidget(self._foot())
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _head(self) -> QWidget:
        head = QFrame()
        head.setObjectName("toolbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(texts.label("Letters", Type.TITLE, QFont.Weight.DemiBold), 1)
        for choice in (self._kind, self._language, self._shown):
            row.addWidget(choice)
        return head

    def _editor(self) -> QWidget:
        editor = QWidget()
        column = QVBoxLayout(editor)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._title_field)
        column.addWidget(self._text_field, 1)
        column.addWidget(self.fields)
        column.addWidget(texts.label(HINT, Type.SMALL, role="text2", wrap=True))
        return editor

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        row.addWidget(self._told, 1)
        row.addWidget(self.put_back)
        row.addWidget(self.save)
        self.save.setMaximumWidth(220)
        return foot


def _named(template: LetterTemplate) -> str:
    """``Preparation sheet, Spanish``"""
    return f"{LETTER_WORDS[template.kind.value]}, {LANGUAGES[template.language.value]}"
