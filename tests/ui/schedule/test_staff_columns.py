"""Sedation staff beside the wide columns: who stands there, what a block says, and that the choice is kept."""

from __future__ import annotations

from dataclasses import replace

from pytestqt.qtbot import QtBot

from desk_app.domain.practice import Catalogue
from desk_app.ui.screens.schedule.board_layout import STAFF, lay_out_board
from desk_app.ui.screens.schedule.column_facts import staff
from desk_app.ui.screens.schedule.column_menu import ColumnMenu, first_choice
from desk_app.ui.screens.schedule.day_scene import build_scene
from desk_app.ui.screens.schedule.remembered import keep_choice, recall_choice
from desk_app.ui.screens.schedule.scene import ColumnChoice, Group, Scene
from tests.ui.schedule.days import CATALOGUE, Chain, at, line, view
from tests.ui.schedule.fakes import Notebook

SEDATED = line(1, chain=Chain("R1", (10, 60, 15, 90), staff="NP1"))


def scene_by(choice: ColumnChoice) -> Scene:
    return build_scene(view(SEDATED), choice, at("07:00"), 20)


def beside(scene: Scene) -> list[str]:
    return [column.code for column in scene.columns if column.group is Group.STAFF]


def test_who_leads_no_visit_stands_beside_the_rooms_with_the_room_in_the_block() -> None:
    scene = scene_by(replace(first_choice(CATALOGUE), with_staff=True))
    assert beside(scene) == ["NP1"]
    blocks = [block for block in scene.by_visit[1] if block.group is Group.STAFF]
    assert [(block.label, block.start, block.end) for block in blocks] == [("R1", 490, 550)]


def test_the_groups_stand_in_their_order() -> None:
    groups = [column.group for column in scene_by(ColumnChoice(with_staff=True)).columns]
    assert groups == sorted(groups)
    assert set(groups) == set(Group)


def test_by_clinicians_staff_stand_beside_unless_they_are_wide_columns_themselves() -> None:
    hidden = frozenset({"NP1"})
    assert beside(scene_by(ColumnChoice("clinicians", hidden, with_staff=True))) == ["NP1"]
    assert beside(scene_by(ColumnChoice("clinicians", with_staff=True))) == []


def test_without_the_choice_nobody_stands_beside() -> None:
    assert beside(scene_by(ColumnChoice())) == []


def test_where_nobody_is_named_a_physician_nobody_is_staff() -> None:
    plain = tuple(replace(each, capabilities=()) for each in CATALOGUE.resources)
    assert staff(Catalogue(CATALOGUE.settings, resources=plain)) == ()


def test_a_staff_column_is_narrow() -> None:
    layout = lay_out_board(scene_by(ColumnChoice(with_staff=True)), 1000)
    place = next(place for place, column in enumerate(layout.scene.columns) if column.group is Group.STAFF)
    assert layout.strips[place].width == STAFF


def test_the_choice_comes_back_next_morning() -> None:
    for with_staff in (True, False):
        notebook = Notebook()
        choice = replace(first_choice(CATALOGUE), with_staff=with_staff)
        keep_choice(notebook, choice)
        assert recall_choice(notebook, CATALOGUE) == choice


def test_the_menu_hides_and_shows_them(qtbot: QtBot) -> None:
    menu = ColumnMenu("rooms", "Rooms")
    qtbot.addWidget(menu)
    menu.show_choice(ColumnChoice(with_staff=True), CATALOGUE)
    menu.menu().aboutToShow.emit()
    entry = menu.menu().actions()[-1]
    assert entry.isChecked()
    with qtbot.waitSignal(menu.chosen) as given:
        entry.trigger()
    assert given.args == [ColumnChoice()]
