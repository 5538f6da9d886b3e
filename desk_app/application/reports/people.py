"""Recovery, nights, visits that were lost, calls, refilled gaps, and who did the work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from desk_app.application.outcome import Record
from desk_app.application.reports.facts import CallFact, EndFact, OfferFact, RestFact, StayFact, WorkFact
from desk_app.application.reports.report import (
    Chart,
    ChartKind,
    Column,
    Figure,
    Period,
    Report,
    ReportRow,
    Unit,
    bars,
    number,
)
from desk_app.application.reports.waiting import grouped, ordered, procedure_name, week_names
from desk_app.application.wording import CALL_WORDS, CANCEL_WORDS
from desk_app.domain.practice import Catalogue, Stay
from desk_app.domain.report_math import median, monday_of, percentile, share, weeks
from desk_app.domain.statuses import OfferStatus

LOST = "No show"
SETTLED_DONE = "done"
TOOK_PLACE = "discharged"
ENDS = (TOOK_PLACE, "no_show", "cancelled")


def recovery(facts: Sequence[RestFact], catalogue: Catalogue) -> Report:
    """How long patients really lie in recovery, by procedure."""
    groups = grouped(facts, lambda fact: procedure_name(catalogue, fact.procedure))
    rows = [_rest_row(name, found) for name, found in ordered(groups)]
    every = _rest_row("All visits", facts)
    columns = (
        Column("Procedure"), Column("Visits", Unit.COUNT), Column("Median", Unit.MINUTES),
        Column("9 of 10", Unit.MINUTES),
    )  # fmt: skip
    chart = bars(rows, Unit.MINUTES, median_minutes=2)
    return Report(
        "recovery",
        "How long recovery takes",
        "Minutes from leaving the procedure room to leaving the bay, by the steps that were stamped.",
        columns,
        tuple(rows),
        chart,
        figure=Figure("In recovery, median", number(every.cells[2]), Unit.MINUTES, f"of {len(facts)} visits", every),
    )


def _rest_row(name: str, facts: Sequence[RestFact]) -> ReportRow:
    minutes = tuple(max(0, fact.left_s - fact.begun_s) / 60 for fact in facts)
    cells = (name, len(facts), median(minutes), percentile(minutes, 0.9))
    visits = tuple(fact.appointment_id for fact in facts)
    return ReportRow(cells, visits, Record.APPOINTMENT, minutes, Unit.MINUTES, "in recovery")


def unplanned_stays(facts: Sequence[StayFact], catalogue: Catalogue) -> Report:
    """Nights that were not planned, against what the procedures' shares foresaw."""
    possible = [fact for fact in facts if fact.stay == Stay.POSSIBLE]
    rows = []
    for name, found in ordered(grouped(possible, lambda fact: procedure_name(catalogue, fact.procedure))):
        stayed = [fact for fact in found if fact.stayed]
        foreseen = sum(fact.share for fact in found)
        cells = (name, len(found), len(stayed), foreseen, share(len(stayed), len(found)), share(foreseen, len(found)))
        rows.append(ReportRow(cells, tuple(fact.appointment_id for fact in stayed), Record.APPOINTMENT))
    columns = (
        Column("Procedure"), Column("Visits", Unit.COUNT), Column("Stayed", Unit.COUNT),
        Column("Foreseen", Unit.COUNT), Column("Share", Unit.SHARE), Column("Share foreseen", Unit.SHARE),
    )  # fmt: skip
    return Report(
        "unplanned_stays",
        "Unplanned stays",
        "Visits that were to go home the same day and stayed the night, against the sum of their procedures' own "
        "shares of unplanned stays.",
        columns,
        tuple(rows),
        bars(rows, Unit.COUNT, stayed=2, foreseen=3),
        figure=_stay_figure(possible),
    )


def _stay_figure(possible: Sequence[StayFact]) -> Figure:
    stayed = tuple(fact.appointment_id for fact in possible if fact.stayed)
    foreseen = sum(fact.share for fact in possible)
    behind = ReportRow((), stayed, Record.APPOINTMENT)
    value = len(stayed) if possible else None
    return Figure("Unplanned stays", value, Unit.COUNT, f"{foreseen:.1f} foreseen", behind, of=len(possible))


def lost_visits(facts: Sequence[EndFact], period: Period) -> Report:
    """Visits that did not take place, by reason, with the share of each week."""
    lost = [fact for fact in facts if fact.status != TOOK_PLACE]
    rows = []
    for reason, found in ordered(grouped(lost, _reason)):
        cells = (reason, len(found), share(len(found), len(facts)))
        rows.append(ReportRow(cells, tuple(fact.appointment_id for fact in found), Record.APPOINTMENT))
    mondays = weeks(period.first, period.last)
    ended = Counter((monday_of(fact.day), fact.status) for fact in facts)

    def share_of(monday: date, status: str) -> float | None:
        number = monday.toordinal()
        return share(ended[number, status], sum(ended[number, each] for each in ENDS))

    series = {
        "no show": tuple(share_of(monday, "no_show") for monday in mondays),
        "cancelled": tuple(share_of(monday, "cancelled") for monday in mondays),
    }
    return Report(
        "lost_visits",
        "No-shows and cancellations",
        "Of the visits of the period that took place, were cancelled or missed; holds that lapsed and offers that were "
        "answered no are not counted.",
        (Column("Reason"), Column("Visits", Unit.COUNT), Column("Share", Unit.SHARE)),
        tuple(rows),
        Chart(ChartKind.LINE, week_names(mondays), series, Unit.SHARE) if facts else None,
        figure=Figure(
            "Visits lost",
            share(len(lost), len(facts)),
            Unit.SHARE,
            f"{len(lost)} of {len(facts)}",
            ReportRow((), tuple(fact.appointment_id for fact in lost), Record.APPOINTMENT),
        ),
    )


def calls(facts: Sequence[CallFact]) -> Report:
    """Calls that were settled: in time or not, with how many tries."""
    groups = grouped(facts, lambda fact: CALL_WORDS.get(fact.kind, fact.kind))
    rows, every = [_call_row(kind, found) for kind, found in ordered(groups)], _call_row("All calls", facts)
    columns = (
        Column("Call"), Column("Settled", Unit.COUNT), Column("Made", Unit.COUNT), Column("In time", Unit.SHARE),
        Column("Tries each", Unit.COUNT),
    )  # fmt: skip
    return Report(
        "calls",
        "Calls",
        "Calls settled in the period; made are those that reached their end, the others were dropped because their "
        "matter was settled otherwise. In time: settled when they were due or before.",
        columns,
        tuple(rows),
        bars(rows, Unit.SHARE, in_time=3),
        figure=Figure(
            "Calls in time", number(every.cells[3]), Unit.SHARE, f"{len(every.records)} of {every.cells[2]} late", every
        ),
    )


def _call_row(kind: str, facts: Sequence[CallFact]) -> ReportRow:
    """The late ones stand behind it."""
    done = [fact for fact in facts if fact.status == SETTLED_DONE]
    late = [fact for fact in done if fact.settled_s > fact.due_s]
    tries = sum(fact.tries for fact in done) / len(done) if done else None
    cells = (kind, len(facts), len(done), share(len(done) - len(late), len(done)), tries)
    hours = tuple((fact.settled_s - fact.due_s) / 3600 for fact in late)
    return ReportRow(cells, tuple(fact.callback_id for fact in late), Record.CALLBACK, hours, Unit.HOURS, "late")


def refills(facts: Sequence[OfferFact]) -> Report:
    """Gaps that were offered to the short-notice list, and what came of it."""
    groups = grouped(facts, lambda fact: fact.status)
    order = (OfferStatus.ACCEPTED, OfferStatus.DECLINED, OfferStatus.LAPSED, OfferStatus.WITHDRAWN)
    rows = [
        ReportRow((status.value.capitalize(), len(groups[status]), share(len(groups[status]), len(facts))))
        for status in order
        if status in groups
    ]
    return Report(
        "refills",
        "Gaps refilled at short notice",
        "Offers of an earlier start to people on the short-notice list, by their answer; an accepted one moved a visit "
        "forward or booked a request.",
        (Column("Answer"), Column("Offers", Unit.COUNT), Column("Share", Unit.SHARE)),
        tuple(rows),
        bars(rows, Unit.COUNT, offers=1),
        figure=Figure(
            "Gaps refilled", len(groups.get(OfferStatus.ACCEPTED, ())) if facts else None, Unit.COUNT, of=len(facts)
        ),
    )


def workload(facts: Sequence[WorkFact]) -> Report:
    """Who did how much, by the audit trail."""
    rows = []
    for user, found in sorted(grouped(facts, lambda fact: fact.user).items()):
        by_action = {fact.action: fact.times for fact in found}
        booked = sum(by_action.get(action, 0) for action in ("appointment_booked", "appointment_held", "series_booked"))
        moved = sum(by_action.get(action, 0) for action in ("appointment_moved", "appointment_cancelled"))
        called = sum(times for action, times in by_action.items() if action.startswith("call"))
        rows.append(ReportRow((user or "program", sum(by_action.values()), booked, moved, called)))
    columns = (
        Column("User"), Column("Steps", Unit.COUNT), Column("Booked or held", Unit.COUNT),
        Column("Moved or cancelled", Unit.COUNT), Column("Calls", Unit.COUNT),
    )  # fmt: skip
    rows.sort(key=lambda row: -int(row.cells[1] or 0))
    return Report(
        "workload",
        "Work by user",
        "Steps that the audit trail holds of each user in the period; what was undone counts as two.",
        columns,
        tuple(rows),
        bars(rows, Unit.COUNT, steps=1),
        figure=Figure("Steps taken", sum(fact.times for fact in facts) if facts else None, Unit.COUNT),
    )


def _reason(fact: EndFact) -> str:
    return LOST if fact.status == "no_show" else CANCEL_WORDS.get(fact.reason, fact.reason or "No reason given")
