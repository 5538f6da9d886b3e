"""The board's columns as item models: rows differ as little as they must, and Qt's own rules hold."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from desk_app.ui.models.flow_cards import FlowCard, Sign
from desk_app.ui.models.flow_missing import MissingModel, MissingRow
from desk_app.ui.models.flow_model import CardRole, FlowModel


def card(key: str, timer: str = "", **more: Any) -> FlowCard:
    number = int(key)
    return FlowCard(f"visit:{key}", number, 1, f"Name {key}", timer=timer, spoken=f"Name {key}, {timer}", **more)


class Told:
    """Every change that a model tells of."""

    def __init__(self, model: FlowModel) -> None:
        self.said: list[str] = []
        model.rowsInserted.connect(lambda _, first, last: self.said.append(f"in {first}"))
        model.rowsRemoved.connect(lambda _, first, last: self.said.append(f"out {first}"))
        model.rowsMoved.connect(lambda _, first, last, to, row: self.said.append(f"{first} to {row}"))
        model.dataChanged.connect(lambda first, last: self.said.append(f"new {first.row()}"))
        model.modelReset.connect(lambda: self.said.append("reset"))
        model.reshaped.connect(lambda: self.said.append("reshaped"))


def test_the_rules_of_item_models_hold_while_cards_come_move_and_go(qtmodeltester: ModelTester) -> None:
    model, missing = FlowModel(), MissingModel()
    qtmodeltester.check(model)
    for keys in ("123", "32", "", "41"):
        model.show([card(key) for key in keys])
        qtmodeltester.check(model)
    missing.show((MissingRow(1, "09:00", "Ortiz, M.", "1 try"),))
    qtmodeltester.check(missing)


def test_only_what_differs_is_told() -> None:
    model = FlowModel()
    model.show([card("1", "1 min"), card("2", "5 min"), card("3")])
    told = Told(model)
    model.show([card("1", "1 min"), card("2", "6 min"), card("3")])
    assert told.said == ["new 1"]
    model.show([card("1", "1 min"), card("3")])
    model.show([card("3"), card("1", "1 min")])
    model.show([card("3"), card("4"), card("1", "1 min")])
    assert told.said[1:] == ["out 1", "1 to 0", "in 1"]


def test_a_card_with_more_lines_than_before_wants_another_height() -> None:
    model = FlowModel()
    model.show([card("1")])
    told = Told(model)
    model.show([card("1", signs=(Sign("late", "5 min late", "warn"),))])
    assert told.said == ["new 0", "reshaped"]


def test_a_row_says_its_name_and_to_a_screen_reader_all_of_it_and_a_free_bed_is_not_chosen() -> None:
    model = FlowModel()
    model.show([card("1", "31 of 30 min"), FlowCard("bed:N1", None, 0, "Bed 1", spoken="Bed 1, free")])
    first, second = model.index(0, 0), model.index(1, 0)
    assert model.data(first) == "Name 1"
    assert model.data(first, Qt.ItemDataRole.AccessibleTextRole) == "Name 1, 31 of 30 min"
    assert model.data(second, CardRole).name == "Bed 1"
    assert model.flags(first) & Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(second) & Qt.ItemFlag.ItemIsSelectable
    assert (model.index_of(1).row(), model.index_of(2).isValid()) == (0, False)


@given(st.lists(st.lists(st.sampled_from("123456"), unique=True, max_size=6), max_size=6))
def test_whatever_comes_after_whatever_the_model_shows_the_last(steps: list[list[str]]) -> None:
    model = FlowModel()
    for number, keys in enumerate(steps):
        cards = [card(key, f"{number} min") for key in keys]
        model.show(cards)
        assert list(model.cards) == cards
