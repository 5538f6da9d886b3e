"""A start that is only offered stands on its day in every column it would take, and is not there for the mouse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from desk_app.domain.practice import Phase, PhaseKind, ProcedureType, Sedation
from desk_app.domain.several import AndAlso
from desk_app.domain.slots import Slot, SlotPhase
from desk_app.ui.screens.schedule.board import Board
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.expected import Slip
from desk_app.ui.screens.schedule.inks import Inks
from desk_app.ui.screens.schedule.offered_start import preview_of
from desk_app.ui.screens.schedule.preview import Preview, preview_blocks
from desk_app.ui.screens.schedule.scene import ColumnChoice, Nearness, Scene
from desk_app.ui.screens.schedule.visit_words import words_of
from tests.ui.schedule.days import CATALOGUE, MONDAY, ZONE, at, line, view

NOW = at("07:00")
TUESDAY = MONDAY + timedelta(days=1)
KYPHO = ProcedureType("KYPHO", "Kyphoplasty", (Phase(PhaseKind.PROCEDURE, (), 60),), sedation=Sedation.MAC)


def slot(clock: str, day: date = MONDAY) -> Slot:
    """Setup, procedure, turnover and recovery from that time on."""
    minutes = (0, 10, 70, 85, 160)
    times = [at(clock, day) + timedelta(minutes=each) for each in minutes]
    room = {"room": "R1"}
    phases = (
        SlotPhase(PhaseKind.SETUP, times[0], times[1], room),
        SlotPhase(PhaseKind.PROCEDURE, times[1], times[2], {**room, "physician": "ALG", "c_arm": "C1"}),
        SlotPhase(PhaseKind.TURNOVER, times[2], times[3], room, beside=True),
        SlotPhase(PhaseKind.RECOVERY, times[2], times[4], {"bay": "B4"}),
    )
    return Slot(times[0], times[4], phases)


def offered(clock: str, day: date = MONDAY, name: str = "Quintero, Teresa") -> Preview:
    return preview_of(slot(clock, day), name, KYPHO, 2, "T12 L1", CATALOGUE)


def test_what_is_done_with_it_stands_on_it_too() -> None:
    practice = replace(CATALOGUE, procedures=(replace(KYPHO, code="ESI", name="Epidural"),))
    both = preview_of(slot("09:00"), "Quintero, Teresa", KYPHO, 1, "L1", practice, (AndAlso("ESI", side="R"),))
    words = words_of(both.visit, Slip(), NOW, ZONE)
    assert (words.procedure, words.procedure_code) == ("Kyphoplasty L1 + Epidural R", "KYPHO + ESI")


def scene_of(day: date = MONDAY, by: str = "rooms") -> Scene:
    return build_scene(view(line(1, "Ortiz, Marisol", at("08:00", day)), day=day), ColumnChoice(by), NOW, 20)


@pytest.fixture
def board(qtbot: QtBot, inks: Inks) -> Board:
    made = Board(inks, scene_of(), NOW, 5)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    made.show_scene(scene_of())
    return made


def columns(board: Board) -> dict[str, str]:
    """Column and wall-clock stretch of each block of the offered chain."""
    scene = board.state.scene
    return {
        scene.columns[
            each.block.column
        ].code: f"{scene.axis.clock(each.block.start)}–{scene.axis.clock(each.block.end)}"
        for each in board.previewed
    }


def test_an_offered_start_stands_in_its_room_c_arm_and_bay(board: Board) -> None:
    board.show_preview(offered("09:30"))
    assert columns(board) == {"R1": "09:30–10:55", "C1": "09:40–10:40", "B4": "10:40–12:10"}


def test_by_clinicians_it_stands_in_the_physicians_column(board: Board) -> None:
    board.show_scene(scene_of(by="clinicians"))
    board.show_preview(offered("09:30"))
    assert columns(board) == {"ALG": "09:40–10:40", "C1": "09:40–10:40", "B4": "10:40–12:10"}


def test_it_says_whose_it_is_what_it_is_and_that_it_is_not_booked_yet(board: Board) -> None:
    board.show_preview(offered("09:30"))
    block = board.previewed[0].block
    assert (block.words.time, block.words.name, block.words.procedure) == (
        "09:40",
        "Quintero, Teresa",
        "Kyphoplasty T12 L1",
    )
    assert block.words.status == "not booked yet"
    assert block.near is Nearness.HELD


def test_a_caller_without_a_name_is_a_new_visit(board: Board) -> None:
    board.show_preview(offered("09:30", name=""))
    assert board.previewed[0].block.words.name == "New visit"


def test_it_is_there_once_its_day_is_and_on_no_other(board: Board) -> None:
    board.show_preview(offered("09:30", TUESDAY))
    assert board.previewed == ()
    board.show_scene(scene_of(TUESDAY))
    assert "R1" in columns(board)
    board.show_scene(scene_of(MONDAY))
    assert board.previewed == ()


def test_it_is_scrolled_into_view_and_follows_zoom_and_size(board: Board) -> None:
    board.show_preview(offered("15:30"))
    camera, box = board._camera(), board.previewed[0].box
    assert camera.top <= box.y
    assert box.bottom <= camera.bottom
    before = box.height
    board.set_zoom(30)
    assert board.previewed[0].box.height > before
    board.resize(1400, 400)
    assert board.previewed[0].box.right <= board.state.layout.width


def test_it_can_be_neither_hit_nor_selected_and_goes_without_a_trace(board: Board) -> None:
    bare, bar = board.viewport().grab().toImage(), board.verticalScrollBar()
    before = bar.value()
    board.show_preview(offered("10:30"))
    box, camera = board.previewed[0].box, board._camera()
    hit = board._hit(QPoint(box.x + 20 + camera.origin_x, box.y + 30 + camera.origin_y))
    assert hit is not None
    assert hit.placed is None
    assert board.viewport().grab().toImage() != bare
    board.show_preview(None)
    bar.setValue(before)
    assert board.viewport().grab().toImage() == bare
    assert preview_blocks(board.state.layout, offered("10:30", TUESDAY), NOW) == ()
