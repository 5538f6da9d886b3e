"""The flow board's cards as words: pure values, compared before anything is painted anew.

A card says who, when and what, where, what is missing, and how long in this status against its limit. Words that change
with the clock are made anew each minute; a card whose words stay the same is not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk_app.application import wording
from desk_app.application.flow_day import (
    BedTonight,
    BedUse,
    FlowColumn,
    FlowDay,
    Late,
    Missing,
    MissingKind,
    column_of,
    late_suggestion,
    limit_minutes,
    missing,
)
from desk_app.application.read_models import FlowLine
from desk_app.domain.blockouts import closings
from desk_app.domain.dataclass import dataclass
from desk_app.domain.names import fold_name
from desk_app.domain.practice import Catalogue, PhaseKind, ResourceKind, Stay
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.visit_parts import AlertKind
from desk_app.domain.zone import local_date

S, C = AppointmentStatus, FlowColumn
LATE_FROM = timedelta(minutes=5)
"""A shorter delay is within a cell of the plan and no news."""

HOUR, DAY, LONG, MOMENT = 60, 24 * 60, 2 * 60, timedelta(seconds=1)
MOST_SIGNS = 3
EDGES: Mapping[FlowColumn, str] = {
    C.IN_PROCEDURE: PhaseKind.PROCEDURE.value,
    C.IN_RECOVERY: PhaseKind.RECOVERY.value,
    C.OVERNIGHT: PhaseKind.OVERNIGHT.value,
}
MISSING_ICONS: Mapping[MissingKind, str] = {
    MissingKind.OUTCOME: "no-show",
    MissingKind.CONFIRMATION: "phone",
    MissingKind.AUTHORIZATION: "auth-wait",
    MissingKind.ESCORT: "escort",
    MissingKind.THINNER: "thinner",
    MissingKind.READINESS: "nurse",
}
IN_THE_BUILDING = frozenset({C.READY, C.IN_PROCEDURE, C.IN_RECOVERY, C.GOING_HOME})
"""Where the time in the building says more than the time in the status."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon with its word; ``role`` is a colour role of the theme."""

    icon: str
    text: str
    role: str = "text2"


QUESTIONS = {Late.CALL: Sign("phone", "call them?", "warn"), Late.NO_SHOW: Sign("no-show", "no-show?", "warn")}
"""What waits for a yes."""


@dataclass(frozen=True, slots=True)
class FlowCard:
    """``share`` is how much of the limit is used (None without one), ``over`` whether it is past.

    ``edge`` is the phase whose colour it carries; ``dashed``: not here yet, or nobody's. ``here``: how long in the
    building. ``spoken`` is the whole in one sentence.
    """

    key: str
    visit: int | None
    version: int
    name: str
    time: str = ""
    what: str = ""
    where: str = ""
    signs: tuple[Sign, ...] = ()
    timer: str = ""
    share: float | None = None
    over: bool = False
    here: str = ""
    edge: str = ""
    dashed: bool = False
    icon: str = ""
    spoken: str = ""
    found_by: str = ""


def short_name(line: FlowLine) -> str:
    """``Ortiz, M.``"""
    visit = line.visit
    return f"{visit.family}, {visit.given[0]}." if visit.given else visit.family


def span_words(span: timedelta) -> str:
    """``34 min``, ``1 h 34``; from two days on, when somebody was forgotten, ``2 days``"""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < HOUR:
        return f"{minutes} min"
    return f"{minutes // HOUR} h {minutes % HOUR:02d}" if minutes < 2 * DAY else f"{minutes // DAY} days"


def card_of(line: FlowLine, catalogue: Catalogue, now: datetime, zone: ZoneInfo) -> FlowCard:
    visit, column = line.visit, column_of(line)
    signs = _signs(line, catalogue, now, zone)
    timer, share = _timer(line, catalogue, now)
    over = share is not None and share > 1
    when = visit.start if column in (C.EXPECTED, C.ARRIVED, C.READY, C.GONE) else line.since
    here = span_words(now - line.came) if line.came is not None and column in IN_THE_BUILDING else ""
    where = _where(line, catalogue, zone)
    time = wording.clock(when, zone)
    told = [visit.name, wording.STATUS_WORDS[visit.status].lower(), time, visit.procedure_name, where]
    told += [sign.text for sign in signs]
    told += [f"{timer}, over the limit" if over else timer, f"in the building {here}" if here else ""]
    return FlowCard(
        key=f"visit:{visit.appointment_id}",
        visit=visit.appointment_id,
        version=visit.version,
        name=short_name(line),
        time=time,
        what=visit.procedure_name,
        where=where,
        signs=signs,
        timer=timer,
        share=share,
        over=over,
        here=here,
        edge=EDGES.get(column, ""),
        dashed=visit.status == S.HELD,
        spoken=", ".join(part for part in told if part),
        found_by=fold_name(f"{visit.family} {visit.given} {visit.mrn}"),
    )


def _where(line: FlowLine, catalogue: Catalogue, zone: ZoneInfo) -> str:
    column, phases = column_of(line), line.visit.phases()

    def name(kind: ResourceKind) -> str:
        codes = (code for phase in phases for _, code in phase.resources if catalogue.resource(code).kind is kind)
        code = next(codes, None)
        return catalogue.resource(code).name if code is not None else ""

    room, bay = name(ResourceKind.PROCEDURE_ROOM), name(ResourceKind.RECOVERY_BAY)
    if column in (C.ARRIVED, C.READY):
        return room
    if column is C.IN_PROCEDURE:
        return f"{room} → {bay}" if bay else room
    if column is C.IN_RECOVERY:
        limit = limit_minutes(line, catalogue)
        until = f"until {wording.clock(line.since + timedelta(minutes=limit), zone)}" if limit else ""
        return ", ".join(part for part in (bay, until) if part)
    return ""


def _signs(line: FlowLine, catalogue: Catalogue, now: datetime, zone: ZoneInfo) -> tuple[Sign, ...]:
    """The weightiest first; of many the last tells how many more there are."""
    signs = [*_lateness(line, catalogue, now), *_out(line, catalogue, now)]
    if line.status is S.HELD and line.visit.hold_until is not None:
        signs.append(Sign("held", f"held to {_near(line.visit.hold_until, now, zone)}"))
    signs += [Sign(MISSING_ICONS[each.kind], missing_words(each, line), "warn") for each in missing(line, catalogue)]
    if line.status is S.AMBULATING and line.visit.sedation != "none":
        escort = line.visit.escort
        signs.append(Sign("escort", escort) if escort else Sign("escort", "no escort named", "warn"))
    if column_of(line) is C.EXPECTED and line.visit.stay == Stay.PLANNED:
        signs.append(Sign("moon", "stays tonight"))
    if len(signs) > MOST_SIGNS:
        more = len(signs) - MOST_SIGNS + 1
        signs[MOST_SIGNS - 1 :] = [Sign("warning", f"and {more} more", "warn")]
    return tuple(signs)


def _out(line: FlowLine, catalogue: Catalogue, now: datetime) -> Iterator[Sign]:
    """What the procedure needs and is closed now, of somebody who is here and is to go in."""
    if line.status in (S.ARRIVED, S.READY):
        phases = (phase for phase in line.visit.phases() if phase.kind is PhaseKind.PROCEDURE)
        used = (code for phase in phases for _, code in phase.resources)
        for closing in closings(catalogue, used, now, now + MOMENT):
            yield Sign("closed", f"{catalogue.resource(closing.resource).name} out", "warn")


def _near(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    day = local_date(instant, zone)
    return wording.clock(instant, zone) if day == local_date(now, zone) else wording.weekday_date(day)


def _lateness(line: FlowLine, catalogue: Catalogue, now: datetime) -> Iterator[Sign]:
    """How late somebody is who has not come, or whose procedure began late; a question where the limit is past."""
    if line.status is S.IN_PROCEDURE:
        starts = [phase.start for phase in line.visit.phases() if phase.kind is PhaseKind.PROCEDURE]
        late = line.since - min(starts, default=line.since)
    elif line.status in (S.BOOKED, S.CONFIRMED):
        late = now - line.visit.start
    else:
        return
    if late >= LATE_FROM:
        yield Sign("late", f"{span_words(late)} late", "warn")
        suggestion = late_suggestion(line, catalogue, now)
        if suggestion is not None:
            yield QUESTIONS[suggestion]


def missing_words(each: Missing, line: FlowLine) -> str:
    """``not confirmed``, ``no authorization``, ``no escort``, ``apixaban open``, ``fasting not told``"""
    if each.kind is MissingKind.CONFIRMATION:
        return "not confirmed"
    if each.kind is MissingKind.AUTHORIZATION:
        return "no authorization"
    if each.kind is MissingKind.ESCORT:
        return "no escort"
    if each.kind is MissingKind.THINNER:
        return f"{thinner_of(line)} open"
    return f"{each.gate.name.lower()} open" if each.gate is not None else "not prepared"


def thinner_of(line: FlowLine) -> str:
    """Which one the patient takes."""
    alerts = (alert.detail for alert in line.visit.alerts() if alert.kind is AlertKind.ANTICOAGULANT)
    return next(alerts, "") or "blood thinner"


def _timer(line: FlowLine, catalogue: Catalogue, now: datetime) -> tuple[str, float | None]:
    """``31 of 30 min``, ``2 h 10, limit 30 min`` and the share of the limit; hours where the limit is a stay's."""
    if column_of(line) in (C.EXPECTED, C.GONE):
        return "", None
    since = line.came or line.since if line.status is S.OVERNIGHT else line.since
    minutes, limit = max(0, int((now - since).total_seconds() // 60)), limit_minutes(line, catalogue)
    if limit is None:
        return span_words(now - since), None
    if line.status is S.OVERNIGHT:
        return f"{minutes // HOUR} of {limit // HOUR} h", minutes / limit
    told = f"{minutes} of {limit} min" if minutes < LONG else f"{span_words(now - since)}, limit {limit} min"
    return told, minutes / limit


# Tonight's beds


def bed_cards(day: FlowDay, now: datetime, zone: ZoneInfo) -> tuple[FlowCard, ...]:
    first_kept = next((bed for bed in day.night.beds if bed.use is BedUse.KEPT), None)
    return tuple(_bed(bed, day, now, zone, bed is first_kept) for bed in day.night.beds)


def _chance(share: float) -> str:
    """In whole percents; a chance that rounds to none is small, not none."""
    return f"{share:.0%}" if round(share, 2) or not share else "under 1%"


def _bed(bed: BedTonight, day: FlowDay, now: datetime, zone: ZoneInfo, is_first_kept: bool) -> FlowCard:
    name = day.catalogue.resource(bed.code).name if bed.code is not None else ""
    line = day.line(bed.visit) if bed.visit is not None else None
    if line is None:
        word, icon = ("kept", "kept") if bed.use is BedUse.KEPT else ("free", "beds")
        chance = f"chance of running\nout {_chance(day.night.chance)}" if is_first_kept else ""
        told = ", ".join(part for part in (name, word, chance.replace("\n", " ")) if part)
        return FlowCard(f"bed:{bed.code}", None, 0, name, what=word, where=chance, dashed=True, icon=icon, spoken=told)
    card, number = card_of(line, day.catalogue, now, zone), line.visit.appointment_id
    last = line.visit.phases()[-1]
    if bed.use is BedUse.HERE:
        where = line.place or f"{name}, until {wording.clock(last.end, zone)}"
        spoken = f"{line.visit.name}, overnight, {where}, {card.timer}" + (", over the limit" if card.over else "")
        return replace(card, key=f"stay:{number}", time="", what="", where=where, spoken=spoken)
    where = f"from {wording.clock(last.start, zone)}"
    spoken = f"{line.visit.name}, planned for tonight, {name}, {where}"
    return FlowCard(
        f"bed:{bed.code}:{number}",
        number,
        line.visit.version,
        card.name,
        time="tonight",
        what=name,
        where=where,
        edge=PhaseKind.OVERNIGHT.value,
        dashed=True,
        spoken=spoken,
        found_by=card.found_by,
    )
