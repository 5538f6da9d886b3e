"""Five hundred people on the short-notice list held against one gap, beside the one look that reads them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from desk_app.application.desk import Desk
from desk_app.application.use_cases import gap_fits
from desk_app.application.use_cases.find_slots import FindSlots, find
from desk_app.application.use_cases.short_notice_fits import who_can_come
from desk_app.domain.practice import ResourceKind
from desk_app.domain.records import ShortNotice, Wishes
from desk_app.domain.statuses import FIRM_VISITS
from desk_app.domain.zone import local_date
from tests.benchmarks.big_practice import NOW, TODAY
from tests.benchmarks.setting import Setting
from tests.benchmarks.timing import Figure, interleaved

PEOPLE = 500
DAYS_AHEAD = 120
TIMES = 4
"""The rules and the search may cost so many times the reading."""


def measure(setting: Setting) -> Iterator[Figure]:
    desk = setting.desk(setting.copy("short_notice.db"))
    listed = _put_on(desk)
    column, start = _first_gap(desk)
    end = gap_fits.gap_end(desk, column, start)
    day = local_date(start, desk.zone())
    found = who_can_come(desk, column, start, end)
    if not found.able or not found.nearly:
        raise AssertionError("some can come to this gap, and some cannot")
    ways = interleaved(
        {
            "match": lambda: who_can_come(desk, column, start, end),
            "read": lambda: desk.queries.short_notice(day, desk.now()),
        },
        rounds=15,
    )
    what = f"short notice: {listed} people against one gap"
    yield Figure("", what, ways["match"], ways["read"], "reading them", at_most=TIMES)
    desk.close()


def _put_on(desk: Desk) -> int:
    """The first firm visits of the weeks to come, one a patient, every third with wishes of its own."""
    listed: dict[int, ShortNotice] = {}
    for ahead in range(2, DAYS_AHEAD):
        for line in desk.queries.day_plan(TODAY + timedelta(days=ahead), NOW).lines:
            if line.status in FIRM_VISITS and len(listed) < PEOPLE:
                wishes = Wishes((0, 2), "morning") if len(listed) % 3 == 0 else Wishes()
                listed.setdefault(line.patient_id, ShortNotice(line.patient_id, line.appointment_id, wishes=wishes))
    with desk.open_work(desk.actor) as work:
        for entry in listed.values():
            work.short_notice.add(entry)
        desk.committed(work, work.commit("short_notice_on"))
    return len(listed)


def _first_gap(desk: Desk) -> tuple[str, datetime]:
    """Where the shortest procedure fits first from tomorrow on: its room, and the start."""
    catalogue = desk.catalogue()
    shortest = min(catalogue.procedures, key=lambda each: sum(phase.minutes for phase in each.phases))
    slot = find(desk, FindSlots(shortest.code, first_day=TODAY + timedelta(days=1), days=60, limit=1))[0]
    used = [code for phase in slot.phases for code in phase.resources.values()]
    return next(code for code in used if catalogue.resource(code).kind is ResourceKind.PROCEDURE_ROOM), slot.start
