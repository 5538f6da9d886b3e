"""The flow board of 60 patients, from the change to the painted cards, against its raw query; and a minute's tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QApplication
from sqlalchemy.dialects import sqlite

from db.queries.flow import FLOW, bounds_of
from desk_app.application.desk import Desk
from desk_app.application.flow_day import FlowDay
from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.domain.zone import midnight
from desk_app.resources import resources
from desk_app.ui import fonts, icons, theme
from desk_app.ui.models.flow_missing import missing_groups
from desk_app.ui.models.flow_words import flow_words
from desk_app.ui.screens.today.flow_board import FlowBoard
from desk_app.ui.screens.today.missing_bar import MissingBar
from tests.benchmarks.big_practice import NOW, TODAY, ZONE
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

PATIENTS = 60
ROUNDS = 15
MINUTE = timedelta(minutes=1)
STATUSES = ("confirmed", "arrived", "ready", "in_procedure", "in_recovery", "ambulating")


class Board:
    """The screen's two painted parts."""

    def __init__(self) -> None:
        self._app = QApplication.instance() or QApplication([])
        fonts.load(resources() / "fonts")
        icons.use_folder(resources() / "icons")
        theme.apply_theme(self._app, theme.LIGHT, resources())  # type: ignore[arg-type]
        self._cards, self._missing = FlowBoard(), MissingBar()
        for part in (self._missing, self._cards):
            part.resize(1240, 800)
            part.show()

    def show(self, day: FlowDay, now: datetime) -> None:
        self._cards.show_words(flow_words(day, now))
        self._missing.show_groups(missing_groups(day, now))
        for part in (self._missing, self._cards):
            part.repaint()


def measure(setting: Setting) -> Iterator[Figure]:
    path = setting.copy("flow.db")
    desk, board = setting.desk(path), Board()
    connection = setting.driver(path)
    only_sixty(connection)
    query, days = raw_flow(desk), [0]
    day = flow_day(desk)
    assert len(day.lines) == PATIENTS

    def refresh() -> None:
        days[0] += 1
        board.show(flow_day(desk), NOW + days[0] * MINUTE)

    def tick() -> None:
        days[0] += 1
        board.show(day, NOW + days[0] * MINUTE)

    ways = {"raw": lambda: connection.execute(query).fetchall(), "read": lambda: flow_day(desk)}
    found = interleaved({**ways, "refresh": refresh, "tick": tick}, ROUNDS)
    against = "its raw query"
    yield Figure("", f"flow board of {PATIENTS} patients read", found["read"], found["raw"], against)
    yield Figure(
        "", f"flow board of {PATIENTS} patients refreshed and painted", found["refresh"], found["raw"], against
    )
    yield Figure("", f"a minute's tick of {PATIENTS} patients, painted", found["tick"], found["raw"], against)
    desk.close()
    connection.close()


def raw_flow(desk: Desk) -> str:
    """The board's select as plain SQL with its values in it."""
    last = desk.calendar().add_days(TODAY, 2)
    bound = bounds_of(TODAY, last, int(midnight(TODAY, ZONE).timestamp()), int(NOW.timestamp()))
    return str(FLOW.params(bound).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


def only_sixty(connection: Any) -> None:
    """Sixty visits today and on each day that follows, today's in every status; all others are taken back."""
    run, number, since = connection.execute, TODAY.toordinal(), int(NOW.timestamp()) - 600
    kept: list[int] = []
    for day in range(number, number + 4):
        found = run(f"SELECT id FROM appointment WHERE day = {day} AND active = 1 ORDER BY id LIMIT {PATIENTS}")
        kept += [visit for (visit,) in found]
    others = f"day BETWEEN {number - 14} AND {number + 4} AND id NOT IN ({','.join(map(str, kept))})"
    run(f"UPDATE allocation SET active = 0 WHERE appointment_id IN (SELECT id FROM appointment WHERE {others})")
    run(f"UPDATE appointment SET void = 1, active = 0 WHERE {others}")
    for place, visit in enumerate(kept[:PATIENTS]):
        status = STATUSES[place % len(STATUSES)]
        run(f"UPDATE appointment SET status = '{status}', status_since_s = {since} WHERE id = {visit}")
        run(f"INSERT INTO visit_step (appointment_id, status, at_s) VALUES ({visit}, 'arrived', {since})")
    if connection.in_transaction:
        connection.commit()
