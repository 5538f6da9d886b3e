"""The rest of a day foretold, of 60 patients and of a whole large day, late already: beside reading the day's plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desk_app.application.desk import Desk
from desk_app.application.use_cases.outlook import look_ahead, visit_now
from desk_app.domain.forecast import NONE, Forecaster
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.flow_refresh import PATIENTS, only_sixty
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

ROUNDS = 15
BEHIND_S = 25 * 60
"""Whoever is treated began so much later than planned."""


def measure(setting: Setting) -> Iterator[Figure]:
    for name, prepare in (("sixty.db", only_sixty), ("day.db", _ten_in_the_morning)):
        path = setting.copy(name)
        connection = setting.driver(path)
        prepare(connection)
        connection.close()
        desk = setting.desk(path)
        yield from _figures(desk)
        desk.close()


def _figures(desk: Desk) -> Iterator[Figure]:
    look_ahead(desk)
    kinds = {resource.code: resource.kind for resource in desk.catalogue().resources}
    visits = [visit_now(line) for line in desk.queries.day_plan(TODAY, NOW).lines]
    forecast = Forecaster(NOW, kinds).run(visits)
    late = sum(each.late > NONE for each in forecast.visits.values())
    ways = interleaved(
        {
            "rules": lambda: Forecaster(NOW, kinds).run(visits),
            "whole": lambda: look_ahead(desk),
            "read": lambda: desk.queries.day_plan(TODAY, NOW),
        },
        ROUNDS,
    )
    whose = f"{PATIENTS} patients" if len(forecast.visits) == PATIENTS else f"{len(forecast.visits)} visits"
    against = "reading the day's plan"
    yield Figure("", f"forecast of {whose}, {late} late, by its rules alone", ways["rules"], ways["read"], against)
    yield Figure("", f"forecast of {whose}, read and with suggestions", ways["whole"], ways["read"], against)


def _ten_in_the_morning(connection: Any) -> None:
    """Whose procedure is over has gone, who should be in it began late, and who comes within the hour is here."""
    run, now, day = connection.execute, int(NOW.timestamp()), TODAY.toordinal()
    expected = f"day = {day} AND status IN ('booked', 'confirmed')"
    run(f"UPDATE appointment SET status = 'discharged', status_since_s = end_s WHERE {expected} AND end_s < {now}")
    run(
        f"UPDATE appointment SET status = 'in_procedure', status_since_s = start_s + {BEHIND_S} "
        f"WHERE {expected} AND start_s + {BEHIND_S} <= {now}"
    )
    run(
        f"UPDATE appointment SET status = 'arrived', status_since_s = {now} "
        f"WHERE {expected} AND start_s <= {now} + 3600"
    )
    if connection.in_transaction:
        connection.commit()
