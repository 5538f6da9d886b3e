"""Where the downtime copy is kept, and the password that locks it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton

from desk_app.ui.fonts import Type
from desk_app.ui.panels.form import Form
from desk_app.ui.widgets import texts
from desk_app.ui.widgets.fields import TextEdit

ABOUT = (
    "Today's sheets and those of the next working days are kept there as PDF, for when the server or the power is "
    "gone. An empty folder ends it."
)
KEPT = "With a password the PDFs open with it alone. It is kept by this computer's keyring."
NOT_KEPT = "With a password the PDFs open with it alone. It is stored nowhere, so it is asked for at each start."


class DowntimeForm(Form):
    """``chosen(folder, password)``, both empty where no copy is wanted any more."""

    chosen = Signal(str, str)

    def __init__(self, folder: str, is_locked: bool, has_keyring: bool) -> None:
        super().__init__("Downtime copy", "Keep the copy", "Enter", "pdf")
        self._is_locked = is_locked
        self.folder = TextEdit(folder, placeholder="a folder on this computer or a stick")
        self.password = TextEdit(placeholder="none")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.browse = QPushButton("Choose a folder …")
        self.browse.clicked.connect(self._on_browse)
        self.body.addWidget(texts.label(ABOUT, Type.BASE, role="text2", wrap=True))
        self.add_row(self.add_field("folder", "Folder", self.folder))
        self.body.addWidget(self.browse)
        self.add_row(self.add_field("password", "Password", self.password))
        self.body.addWidget(texts.label(KEPT if has_keyring else NOT_KEPT, Type.SMALL, role="text2", wrap=True))
        self.setFocusProxy(self.password if folder and is_locked else self.folder)
        self.is_stored()

    def submit(self) -> None:
        self.forgive()
        folder = self.folder.value().strip()
        if folder and not Path(folder).expanduser().is_dir():
            self.complain("There is no such folder.", "folder")
        elif folder and self._is_locked and not self.password.text():
            self._is_locked = False
            self.complain("Without a password the PDFs lie open. Enter once more keeps them so.", "password")
        else:
            self.chosen.emit(str(Path(folder).expanduser()) if folder else "", self.password.text() if folder else "")

    def _on_browse(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, "Folder of the downtime copy", self.folder.value() or str(Path.home())
        )
        if name:
            self.folder.show_text(name)
