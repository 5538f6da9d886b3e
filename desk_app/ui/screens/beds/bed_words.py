"""What the Beds screen says: head lines, blocks, cells, and every stop for a screen reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.application.beds_view import Bay, BedsView, Lying, NightColumn, Recovery
from desk_app.application.wording import STATUS_WORDS, clock, clock_range, count, weekday_date
from desk_app.domain.bay_course import Nearness, PlaceState
from desk_app.domain.recovery import RestStage, stay_limit
from desk_app.domain.zone import zone_of

MOST_PEAKS = 3


def tr(text: str) -> str:
    """In the language of the window."""
    return QCoreApplication.translate("Beds", text)


STATE_WORDS = {
    PlaceState.FREE: "free",
    PlaceState.RESERVED: "reserved",
    PlaceState.OCCUPIED: "occupied",
    PlaceState.CLEANING: "cleaning",
    PlaceState.CLOSED: "closed",
}
NEAR_WORDS = {
    Nearness.HELD: "held",
    Nearness.COMING: "reserved",
    Nearness.THERE: "there now",
    Nearness.OVER: "has left",
}


def zone(view: BedsView) -> ZoneInfo:
    return zone_of(view.catalogue.settings)


def title(view: BedsView) -> str:
    """``Recovery, today`` or the day."""
    day = tr("today") if view.is_today else weekday_date(view.recovery.day)
    return tr("Recovery, {day}").format(day=day)


def recovery_line(view: BedsView) -> str:
    """``2 occupied · 1 reserved next, bay 3 at 10:35 · 3 free · last start that gets home: 15:00 kyphoplasty``"""
    recovery = view.recovery
    if recovery.closes is None:
        return tr("no bay is open")
    parts = _now_parts(view) if view.is_today else [_planned_part(recovery)]
    overfull = recovery.overfull()
    if overfull:
        at = clock(overfull[0].start, zone(view))
        parts.insert(0, tr("{count} too many at {at}").format(count=overfull[0].number, at=at))
    if recovery.last_starts:
        parts.append(tr("last start that gets home: {starts}").format(starts=last_start_words(view)))
    return " · ".join(parts)


def _now_parts(view: BedsView) -> list[str]:
    bays = view.recovery.bays
    occupied = view.occupied_bays
    parts = [tr("{count} occupied").format(count=occupied)]
    coming = view.next_reserved()
    if coming is not None:
        bay, lying = coming
        words = tr("1 reserved next, {bay} at {at}")
        parts.append(
            words.format(bay=lowered(bay.resource.name), at=clock(max(lying.course.start, view.now), zone(view)))
        )
    usable = [bay for bay in bays if bay.state not in (PlaceState.CLOSED, PlaceState.OCCUPIED)]
    cleaning = sum(1 for bay in usable if bay.state is PlaceState.CLEANING)
    if cleaning:
        parts.append(tr("{count} cleaning").format(count=cleaning))
    taken = {coming[0].resource.code} if coming is not None else set()
    free = [bay for bay in usable if bay.state is not PlaceState.CLEANING and bay.resource.code not in taken]
    parts.append(tr("{count} free").format(count=len(free)))
    closed = sum(1 for bay in bays if bay.state is PlaceState.CLOSED)
    if closed:
        parts.append(tr("{count} closed").format(count=closed))
    return parts


def _planned_part(recovery: Recovery) -> str:
    visits = sum(1 for _ in recovery.lyings())
    return tr("{visits}, peak {peak} of {bays}").format(
        visits=count(visits, "visit", "visits"), peak=recovery.peak, bays=recovery.most_staffed
    )


def last_start_words(view: BedsView) -> str:
    """``15:00 kyphoplasty, 16:10 epidural``"""
    return ", ".join(f"{clock(each.start, zone(view))} {lowered(each.name)}" for each in view.recovery.last_starts)


def lowered(name: str) -> str:
    """A name in the middle of a sentence; an abbreviation stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def peak_words(view: BedsView) -> str:
    """``peak 4 at 12:40, 15:45``"""
    recovery = view.recovery
    if not recovery.peak:
        return ""
    starts = [clock(each, zone(view)) for each in recovery.peaks]
    more = ", …" if len(starts) > MOST_PEAKS else ""
    return tr("peak {number} at {starts}").format(number=recovery.peak, starts=", ".join(starts[:MOST_PEAKS]) + more)


def staffed_words(view: BedsView) -> str:
    return count(view.recovery.most_staffed, tr("bay staffed"), tr("bays staffed"))


def closing_words(view: BedsView) -> str:
    closes = view.recovery.closes
    return tr("closes {at}").format(at=clock(closes, zone(view))) if closes is not None else ""


# A stay in a bay


def bay_words(view: BedsView, lying: Lying) -> tuple[str, ...]:
    """What stands behind the name in a bay, the longest first; the painter takes what there is room for."""
    at, course = zone(view), lying.course
    if course.nearness is Nearness.OVER:
        return (tr("left {at}").format(at=clock(course.end, at)), "")
    bed = bed_of(view, lying)
    where = tr("then {bed}").format(bed=lowered(bed)) if bed else tr("home {at}").format(at=clock(course.end, at))
    if course.nearness is Nearness.THERE:
        return _there_words(view, lying, where)
    flat = lying.rest.flat_until
    times = clock_range(course.start, course.end, at)
    flat_words = tr("flat until {at}").format(at=clock(flat, at)) if flat is not None else ""
    words = [f"{flat_words}, {where}" if flat_words and bed else "", where if bed else flat_words, times, ""]
    if course.nearness is Nearness.HELD:
        words = [tr("held, {times}").format(times=times), tr("held")]
    return _choices(words)


def _there_words(view: BedsView, lying: Lying, where: str) -> tuple[str, ...]:
    stage = lying.rest.stage(view.now)
    flat = lying.rest.flat_until
    if stage is RestStage.FLAT and flat is not None:
        until = tr("flat until {at}").format(at=clock(flat, zone(view)))
        left = tr("{minutes} min").format(minutes=minutes_until(flat, view.now))
        return (f"{until}, {left}", until, left, "")
    word = tr("may go") if stage is RestStage.MAY_GO else tr("may walk") if flat is not None else ""
    return _choices([f"{word} · {where}" if word else where, where, word])


def _choices(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, and at last nothing."""
    return (*dict.fromkeys(each for each in words if each), "")


def minutes_until(instant: datetime, now: datetime) -> int:
    """Whole minutes, begun ones counted."""
    return max(0, -(-int((instant - now).total_seconds()) // 60))


def bed_of(view: BedsView, lying: Lying) -> str:
    """The bed that a visit has for the night, by name."""
    for each in view.of_visit(lying.use.appointment_id):
        if each.use.kind == "overnight_bed":
            return view.catalogue.resource(each.use.resource).name
    return ""


# Nights


def nights_line(view: BedsView) -> str:
    """``4 beds · limit for running out 5 % · kept beds from each procedure's own share of unplanned stays``"""
    risk = f"{view.catalogue.settings.overflow_risk * 100:g} %"
    return " · ".join(
        (
            count(len(view.beds), tr("bed"), tr("beds")),
            tr("limit for running out {risk}").format(risk=risk),
            tr("kept beds from each procedure’s own share of unplanned stays"),
        )
    )


def night_title(view: BedsView, column: NightColumn) -> str:
    """``Tonight, Mon 23``, ``Tue 24``, ``Tue 1 Dec`` where a month begins."""
    day = column.day
    short = weekday_date(day) if day.day == 1 else weekday_date(day).rsplit(" ", 1)[0]
    return tr("Tonight, {day}").format(day=short) if day == view.today else short


def chance_words(column: NightColumn, limit: float) -> tuple[str, bool]:
    """``2.1 %``, or ``4.6 % of 5`` and True where it is near the limit or beyond."""
    chance = column.night.overflow_chance
    near = chance > 0.9 * limit
    return (f"{chance * 100:.1f} % of {limit * 100:g}" if near else f"{chance * 100:.1f} %"), near


def shut_words(column: NightColumn, reasons: Iterable[str]) -> str:
    """What stands on beds that nobody can have: the holiday, the blockout, or how many are staffed."""
    told = set(reasons)
    if column.holiday and column.night.staffed == 0:
        return tr("{holiday}, closed").format(holiday=column.holiday)
    if told == {"not staffed"}:
        staffed = column.night.staffed
        return count(staffed, tr("bed staffed"), tr("beds staffed")) if staffed else tr("not staffed")
    return next(iter(sorted(told - {"not staffed"})), "")


def limit_words(view: BedsView, lying: Lying) -> tuple[str, bool]:
    """``limit 08:10`` and whether it is an alarm, for somebody who stays; nothing for who is yet to come."""
    limit = stay_limit(view.catalogue, lying.use.visit_start)
    if lying.course.nearness is not Nearness.THERE:
        return "", False
    return tr("limit {at}").format(at=clock(limit.at, zone(view))), limit.is_near(view.now)


# For a screen reader


def spoken_bay(view: BedsView, bay: Bay) -> str:
    state = STATE_WORDS[bay.state]
    visits = count(len(bay.lyings), tr("visit"), tr("visits"))
    return f"{bay.resource.name}, {tr(state)}, {visits}"


def spoken_lying(view: BedsView, lying: Lying) -> str:
    """``Nakamura, Haruto, Bay 1, 09:10–11:10, there now, may walk · home 11:10``"""
    place = view.catalogue.resource(lying.use.resource).name
    times = clock_range(lying.course.start, lying.course.end, zone(view))
    parts = [lying.use.name, place, times, tr(NEAR_WORDS[lying.course.nearness]), lying.use.procedure_name]
    parts.append(bay_words(view, lying)[0] if lying.use.kind == "recovery_bay" else limit_words(view, lying)[0])
    if lying.course.slip:
        parts.append(tr("{count} min later than planned").format(count=int(lying.course.slip.total_seconds() // 60)))
    return ", ".join(part for part in parts if part)


def spoken_cell(view: BedsView, column: NightColumn, code: str) -> str:
    """A bed on a night."""
    bed, day = view.catalogue.resource(code).name, weekday_date(column.day)
    lying = column.lyings.get(code)
    if lying is not None:
        status = STATUS_WORDS[lying.use.status].lower()
        return ", ".join(part for part in (lying.use.name, bed, day, status, limit_words(view, lying)[0]) if part)
    state = tr("kept") if code in column.kept else column.shut.get(code, "") or tr("free")
    return f"{bed}, {day}, {state}"


def night_numbers(column: NightColumn, limit: float) -> str:
    night = column.night
    words = tr("{planned} planned, {kept} kept, {staffed} staffed, runs out {chance}")
    return words.format(
        planned=night.planned, kept=night.kept, staffed=night.staffed, chance=chance_words(column, limit)[0]
    )


def day_words(day: date) -> str:
    return weekday_date(day)
