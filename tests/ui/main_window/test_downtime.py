"""The downtime copy from the window: chosen by a command, kept as things change, trouble told in the status bar."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from desk_app.application.desk import Desk
from desk_app.application.use_cases.visit_status import cancel
from desk_app.domain.statuses import CancelReason
from desk_app.ui.main_window import downtime_desk
from desk_app.ui.main_window.downtime_desk import FOLDER, LOCKED
from desk_app.ui.main_window.work import Work
from desk_app.ui.panels.downtime_form import DowntimeForm
from desk_app.ui.services import Services


def form_of(work: Work) -> DowntimeForm:
    work.table.give("downtime")
    form = work.frame.inspector.form
    assert isinstance(form, DowntimeForm)
    return form


def rooms(folder: Path) -> Path:
    return folder / "front-desk-2026-11-25-rooms.pdf"


def test_a_folder_that_was_chosen_is_filled_and_kept_as_things_change(
    work: Work, services: Services, desk: Desk, visit: int, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    folder.mkdir()
    form = form_of(work)
    form.folder.setText(str(folder))
    form.submit()
    assert work.frame.status.message == f"The downtime copy is kept in {folder}"
    assert "ORTIZ" in PdfReader(rooms(folder)).pages[0].extract_text()
    assert services.memory.value(FOLDER) == str(folder)
    outcome = cancel(desk, visit, CancelReason.ILL, "", None)
    services.bus.changed.emit(outcome.changes, False)
    work.downtime._on_minute()
    assert "ORTIZ" not in PdfReader(rooms(folder)).pages[0].extract_text()


def test_a_folder_that_goes_is_told_until_it_is_back(work: Work, visit: int, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    form = form_of(work)
    form.folder.setText(str(folder))
    form.submit()
    away = folder.rename(tmp_path / "pulled")
    work.downtime.refresh()
    assert "downtime copy, failed 10:00" in work.frame.status.words()
    assert work.frame.status._copy.accessibleDescription().startswith("There is no folder")
    away.rename(folder)
    work.downtime._on_minute()
    assert "downtime copy" not in work.frame.status.words()


def test_a_folder_that_there_is_not_is_refused_beside_the_field_and_none_ends_it(
    work: Work, services: Services, tmp_path: Path
) -> None:
    form = form_of(work)
    form.folder.setText(str(tmp_path / "nowhere"))
    form.submit()
    assert form.folder.accessibleDescription() == "There is no such folder."
    assert services.memory.value(FOLDER) == ""
    form.folder.setText("")
    form.submit()
    assert work.frame.status.message == "No downtime copy is kept any more"


def test_a_password_is_in_no_settings_and_is_asked_for_once_at_the_next_start(
    work: Work, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downtime_desk, "kept_password", lambda: "")
    kept: list[str] = []
    monkeypatch.setattr(downtime_desk, "keep_password", kept.append)
    form = form_of(work)
    form.folder.setText(str(tmp_path))
    form.password.setText("long enough")
    form.submit()
    assert kept == ["long enough"]
    services.memory._settings.sync()
    assert "long enough" not in "".join(path.read_text() for path in tmp_path.glob("*.ini"))
    assert services.memory.value(LOCKED) == "yes"
    work.downtime.stop()
    work.downtime.follow()
    assert isinstance(work.frame.inspector.form, DowntimeForm)
    assert "downtime copy, waits for its password" in work.frame.status.words()


def test_a_lock_is_taken_off_only_by_a_second_enter(work: Work, services: Services, tmp_path: Path) -> None:
    services.memory.set_value(FOLDER, str(tmp_path))
    services.memory.set_value(LOCKED, "yes")
    form = form_of(work)
    form.submit()
    assert "lie open" in form.password.accessibleDescription()
    form.submit()
    assert services.memory.value(LOCKED) == ""
