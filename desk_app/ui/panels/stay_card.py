"""A patient in recovery or in bed, and a bay or bed by itself, as cards: how it stands, and the one next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desk_app.application import wording
from desk_app.application.beds_view import BedsView, Lying
from desk_app.application.day_plan import encode_further, further_words
from desk_app.application.objection_text import override_words
from desk_app.application.places import WISH_WORDS
from desk_app.application.use_cases.going_home import CHECKED, missing
from desk_app.application.use_cases.look_at_stay import PlaceCard, StayCard
from desk_app.application.use_cases.places import MAY_STAY
from desk_app.domain.bay_course import Nearness, PlaceState
from desk_app.domain.blockouts import blockout_at
from desk_app.domain.day_records import BedCondition
from desk_app.domain.practice import ResourceKind, Sedation
from desk_app.domain.recovery import RestStage, stay_limit
from desk_app.domain.statuses import AppointmentStatus
from desk_app.domain.zone import zone_of
from desk_app.ui.models.request_cells import RowContext
from desk_app.ui.panels.card_content import Action, CardContent, Fact, Line, Progress, Section, Status
from desk_app.ui.panels.person_words import alert_chips, person_line
from desk_app.ui.panels.step_actions import STATUS_ICONS, further_steps, next_step
from desk_app.ui.panels.visit_card import visit_content

A = AppointmentStatus
SUBJECTS: Mapping[str, str] = {"M": "he", "F": "she"}
MOST_EXPECTED = 7
LEFT = frozenset({A.AMBULATING, A.OVERNIGHT, A.DISCHARGED})
"""Who has left recovery may come back, and a step by mistake is taken back."""

PLACE_STATES: Mapping[PlaceState, tuple[str, str]] = {
    PlaceState.FREE: ("Free", "check"),
    PlaceState.RESERVED: ("Reserved", "booked"),
    PlaceState.OCCUPIED: ("Occupied", "bay"),
    PlaceState.CLEANING: ("Being cleaned", "cleaning"),
    PlaceState.CLOSED: ("Closed", "closed"),
}


def stay_content(card: StayCard, context: RowContext) -> CardContent:
    """The card in words; of somebody who is in no bay or bed it is the visit's own."""
    lying, patient = card.lying(), card.card.patient
    if lying is None:
        return visit_content(card.card, context)
    sections = (
        _place(card, lying, context),
        _override(card),
        _night(card, lying),
        _going_home(card, lying),
        _if_stays(card),
        _expected(card.view),
    )
    return CardContent(
        name=patient.name,
        subtitle=person_line(patient, context.today),
        chips=alert_chips(patient.alerts),
        sections=tuple(section for section in sections if section is not None),
        primary=_primary(card, context),
        secondary=_secondary(card, lying, context),
    )


def _place(card: StayCard, lying: Lying, context: RowContext) -> Section:
    visit, view = card.card.appointment, card.view
    what = " ".join(part for part in (visit.procedure_name, visit.level_names, visit.side) if part)
    also = further_words(encode_further(visit.further))
    kind = "overnight" if lying.use.kind == ResourceKind.OVERNIGHT_BED else "recovery"
    place = view.catalogue.resource(lying.use.resource).name
    return Section(
        f"{place}, {kind}",
        " ".join(part for part in (what, also) if part),
        _physician(card),
        status=Status(wording.STATUS_WORDS[visit.status.value], STATUS_ICONS[visit.status], _since(card, lying)),
        progress=_progress(view, lying) if kind == "recovery" else None,
    )


def _since(card: StayCard, lying: Lying) -> str:
    """``since 09:10, 62 of 120 min`` while the rest lasts."""
    view, visit = card.view, card.card.appointment
    zone = zone_of(view.catalogue.settings)
    if lying.use.kind == "recovery_bay" and lying.course.nearness is Nearness.THERE:
        passed, whole = _minutes(lying.rest.start, view.now), _minutes(lying.rest.start, lying.rest.end)
        return f"since {wording.clock(lying.rest.start, zone)}, {passed} of {whole} min"
    if visit.status_since is not None and visit.status not in (A.BOOKED, A.CONFIRMED, A.HELD):
        return f"since {wording.moment(visit.status_since, zone, view.today)}"
    late = f", {_slip(lying)} min later" if lying.course.slip else ""
    return f"{wording.clock_range(lying.course.start, lying.course.end, zone)}{late}"


def _slip(lying: Lying) -> int:
    return int(lying.course.slip.total_seconds() // 60)


def _minutes(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds() // 60))


def _progress(view: BedsView, lying: Lying) -> Progress:
    zone, rest = zone_of(view.catalogue.settings), lying.rest
    whole = max(1, _minutes(rest.start, rest.end))
    done = _minutes(rest.start, view.now) / whole if lying.course.nearness is not Nearness.OVER else 1.0
    end = "left" if lying.course.nearness is Nearness.OVER else "home"
    flat = rest.flat_until
    word = "hardened" if flat is not None and flat <= view.now else "flat until"
    return Progress(
        max(0.0, done),
        wording.clock(rest.start, zone),
        f"{end} {wording.clock(lying.course.end, zone)}",
        _minutes(rest.start, flat) / whole if flat is not None else None,
        f"{word} {wording.clock(flat, zone)}" if flat is not None else "",
    )


def _physician(card: StayCard) -> str:
    for phase in card.card.appointment.phases:
        for label, code in phase.resources:
            if label == "physician":
                return card.view.catalogue.resource(code).name
    return ""


def _override(card: StayCard) -> Section | None:
    visit = card.card.appointment
    if not visit.override_codes:
        return None
    words = override_words(visit.override_codes)
    return Section(headline=f"By override: {words}", paragraphs=(visit.override_reason,), icon="warning", tone="warn")


def _night(card: StayCard, lying: Lying) -> Section | None:
    """The bed given, until when, and the limit of the stay with its alarm."""
    view, visit = card.view, card.card.appointment
    beds = [each for each in view.of_visit(visit.id) if each.use.kind == "overnight_bed"]
    if not beds and visit.status is not A.OVERNIGHT:
        return None
    zone = zone_of(view.catalogue.settings)
    limit, bed = stay_limit(view.catalogue, visit.start), beds[-1] if beds else None
    home = bed.use.end if bed is not None else visit.end
    facts = []
    if bed is not None and bed.use.resource != lying.use.resource:
        name = view.catalogue.resource(bed.use.resource).name
        facts.append(Fact("Bed", f"{name} from {wording.clock(bed.use.start, zone)}", "moon"))
    facts.append(Fact("Home", wording.moment(home, zone, view.today)))
    alarm = visit.status is A.OVERNIGHT and limit.is_near(view.now)
    over = ", before they go home" if home > limit.at else ""
    left = _left(limit.at, view.now) if visit.status is A.OVERNIGHT else ""
    words = f"{wording.moment(limit.at, zone, view.today)}{left}{over}"
    facts.append(Fact("Stay limit", words, "late" if alarm or over else "", "warn" if alarm or over else "text"))
    if visit.bed_wishes:
        facts.append(Fact("Wishes", ", ".join(WISH_WORDS[wish] for wish in visit.bed_wishes)))
    return Section("The night", facts=tuple(facts))


def _left(limit: datetime, now: datetime) -> str:
    minutes = _minutes(now, limit)
    if limit <= now:
        return ", over"
    return f", in {minutes // 60} h {minutes % 60} min" if minutes >= 60 else f", in {minutes} min"


def _going_home(card: StayCard, lying: Lying) -> Section | None:
    visit, view = card.card.appointment, card.view
    if visit.status not in CHECKED:
        return None
    zone, check = zone_of(view.catalogue.settings), card.check
    facts = []
    if lying.use.kind == "recovery_bay" and lying.course.nearness is Nearness.THERE:
        facts.append(_stage(view, lying))
    score = f"{check.score} on {check.scale.capitalize()}" if check is not None and check.score is not None else ""
    facts.append(Fact("Score", score or "not taken"))
    named = visit.escort or "nobody named"
    here = check is not None and check.escort_here
    is_missing = not visit.escort and not here and _needs_escort(card)
    escort = f"{named}, here" if here else named
    facts.append(Fact("Escort", escort, "escort", "warn" if is_missing else "text"))
    facts.append(Fact("Instructions", "given" if check is not None and check.instructions_given else "not given yet"))
    closes = view.recovery.closes
    if closes is not None and visit.status is A.IN_RECOVERY:
        late = lying.course.end > closes
        words = wording.clock(closes, zone) + (", before the rest is over" if late else "")
        facts.append(Fact("Bay closes", words, "late" if late else "", "warn" if late else "text"))
    return Section("Going home", facts=tuple(facts))


def _stage(view: BedsView, lying: Lying) -> Fact:
    """The hardening hour counted down, then what the patient may do."""
    zone, flat = zone_of(view.catalogue.settings), lying.rest.flat_until
    stage = lying.rest.stage(view.now)
    if stage is RestStage.FLAT and flat is not None:
        left = -(-int((flat - view.now).total_seconds()) // 60)
        return Fact("Now", f"flat until {wording.clock(flat, zone)}, {left} min", "in-recovery")
    if stage is RestStage.MAY_GO:
        return Fact("Now", "may go", "home")
    return Fact("Now", f"may walk; home from {wording.clock(lying.rest.may_go_at, zone)}", "walk-in")


def _needs_escort(card: StayCard) -> bool:
    return card.card.appointment.sedation is not Sedation.NONE


def _if_stays(card: StayCard) -> Section | None:
    seen, visit, view = card.if_stays, card.card.appointment, card.view
    if seen is None or visit.status not in MAY_STAY:
        return None
    who = SUBJECTS.get(card.card.patient.sex, "they")
    title = f"If {who} {'stay' if who == 'they' else 'stays'} tonight"
    if not seen.bed:
        return Section(title, facts=(Fact("Bed", "none is free", "warning", "warn"),))
    name = wording_lowered(view.catalogue.resource(seen.bed).name)
    others = [wording_lowered(view.catalogue.resource(code).name) for code in seen.free]
    free = f"{', '.join(others)} {'stays' if len(others) == 1 else 'stay'} free" if others else "no other bed is free"
    kept = ", kept" if seen.is_kept else ""
    return Section(
        title,
        f"takes {name}{kept}; {free}",
        icon="kept",
        paragraphs=(f"Chance that a second stay finds no bed: {seen.chance * 100:.1f} %.",),
    )


def wording_lowered(name: str) -> str:
    """A place's name within a sentence."""
    return name[:1].lower() + name[1:]


def _expected(view: BedsView) -> Section | None:
    """Whoever is to go home today, soonest first."""
    zone = zone_of(view.catalogue.settings)
    lines = [
        Line(lying.use.family, wording_lowered(bay.resource.name), wording.clock(lying.course.end, zone))
        for bay, lying in view.expected_home()
        if lying.course.end > view.now or lying.course.nearness is Nearness.THERE
    ]
    if not lines or not view.is_today:
        return None
    more = (f"and {len(lines) - MOST_EXPECTED} more",) if len(lines) > MOST_EXPECTED else ()
    return Section("Expected home", lines=tuple(lines[:MOST_EXPECTED]), paragraphs=more)


def _primary(card: StayCard, context: RowContext) -> Action | None:
    visit, view = card.card.appointment, card.view
    beds = [each for each in view.of_visit(visit.id) if each.use.kind == "overnight_bed"]
    if visit.status in (A.IN_RECOVERY, A.AMBULATING) and beds:
        name = wording_lowered(view.catalogue.resource(beds[0].use.resource).name)
        return Action("status:overnight", f"To {name}", "Enter", "moon")
    if visit.status is A.IN_RECOVERY:
        return Action("status:ambulating", "Going home", "Enter", "home")
    return next_step(card.card, context)


def _secondary(card: StayCard, lying: Lying, context: RowContext) -> tuple[Action, ...]:
    visit, view, actions = card.card.appointment, card.view, []
    beds = [each for each in view.of_visit(visit.id) if each.use.kind == "overnight_bed"]
    if visit.status in MAY_STAY and not beds:
        night = "the night" if context.day_of(visit.start) > context.today else "tonight"
        actions.append(Action("stay_tonight", f"Stays {night}", "O", "moon"))
    elif visit.status in MAY_STAY:
        actions.append(Action("home_after_all", "Goes home", "O", "home"))
    if lying.course.nearness is not Nearness.OVER:
        word = "bed" if lying.use.kind == "overnight_bed" else "bay"
        actions.append(Action("move_place", f"Move {word}", "M", "swap"))
    if beds and lying.use.kind == "recovery_bay" and visit.status is not A.OVERNIGHT:
        actions.append(Action("move_bed", "Other bed", "E", "swap"))
    if visit.status in CHECKED:
        lacking = missing(card.check, _needs_escort(card))
        actions.append(Action("discharge_check", "Home check", "D", "nurse" if lacking else "check"))
    if visit.status in MAY_STAY or visit.status is A.OVERNIGHT:
        actions.append(Action("bed_wishes", "Bed wishes", "K", "kept"))
    if visit.status in LEFT:
        actions += [each for each in further_steps(card.card, context) if each.code != "stay_tonight"]
    actions.append(Action("escort", "Escort, note", "W", "escort"))
    actions.append(Action("whole_visit", "Whole visit", "V", "info"))
    return tuple(actions)


def place_content(card: PlaceCard, context: RowContext) -> CardContent:
    """A bay or bed by itself."""
    state = _state_of(card)
    word, icon = PLACE_STATES[state]
    facts = [] if card.view.is_today else [Fact("Day", wording.weekday_date(card.day))]
    note = card.known.note if card.known is not None and _is_out_of_order(card) else ""
    facts += [Fact("Note", note)] if note else []
    facts += [Fact("Why", why)] if state is PlaceState.CLOSED and (why := _why_shut(card)) else []
    if card.resource.capabilities:
        facts.append(Fact("Has", ", ".join(each.replace("_", " ") for each in card.resource.capabilities)))
    if card.resource.ward_room:
        facts.append(Fact("Room", card.resource.ward_room))
    since = ""
    if card.known is not None and (state is PlaceState.CLEANING or _is_out_of_order(card)):
        since = f"since {wording.moment(card.known.since, context.zone, context.today)}"
    status = Status(word, icon, since) if card.view.is_today else None
    sections = [Section("", status=status, facts=tuple(facts)) if facts or status else None, _night_of(card)]
    sections.append(_to_move(card))
    coming = _coming(card)
    return CardContent(
        name=card.resource.name,
        subtitle="overnight bed" if card.is_bed else "recovery bay",
        sections=tuple(section for section in (*sections, coming) if section is not None),
        primary=_free_it(state, card),
        secondary=_place_actions(state, card),
    )


def _to_move(card: PlaceCard) -> Section | None:
    """Whom to move out of a bed that is shut, and where with the fewest moves."""
    if not card.moves:
        return None
    lines = tuple(
        Line(
            move.lying.use.family,
            f"to {wording_lowered(card.view.catalogue.resource(move.to).name)}" if move.to else "no bed is free",
            wording.weekday_date(move.nights[0]),
        )
        for move in card.moves
    )
    lost = sum(1 for move in card.moves if not move.to)
    told = (f"For {wording.count(lost, 'patient', 'patients')} no bed is free.",) if lost else ()
    act = (Action("move_out", "Move them", "R", "swap"),) if lost < len(card.moves) else ()
    return Section("To be moved, with the fewest moves", lines=lines, paragraphs=told, actions=act, tone="warn")


def _state_of(card: PlaceCard) -> PlaceState:
    if card.is_bed:
        return card.view.states.get(card.resource.code, PlaceState.FREE)
    states = {bay.resource.code: bay.state for bay in card.view.recovery.bays}
    return states.get(card.resource.code, PlaceState.FREE)


def _night_of(card: PlaceCard) -> Section | None:
    """What the night has for a bed, in the night rule's numbers."""
    if not card.is_bed or not card.view.nights:
        return None
    column, code = card.view.nights[0], card.resource.code
    lying = column.lyings.get(code)
    here = lying.use.name if lying else "kept" if code in column.kept else column.shut.get(code, "") or "free"
    night, limit = column.night, card.view.catalogue.settings.overflow_risk
    return Section(
        f"Night of {wording.weekday_date(column.day)}",
        facts=(
            Fact("This bed", here, "kept" if here == "kept" else "moon" if lying else ""),
            Fact("Beds", f"{night.planned} planned, {night.kept} kept, {night.free} free of {night.staffed}"),
            Fact("Runs out", f"{night.overflow_chance * 100:.1f} %, limit {limit * 100:g} %"),
        ),
    )


def _coming(card: PlaceCard) -> Section | None:
    zone = zone_of(card.view.catalogue.settings)
    if card.is_bed:
        found = [(column.day, column.lyings[card.resource.code]) for column in card.view.nights
                 if card.resource.code in column.lyings]  # fmt: skip
        lines = [Line(each.use.family, wording.weekday_date(day), "") for day, each in found]
    else:
        bays = [bay for bay in card.view.recovery.bays if bay.resource.code == card.resource.code]
        lines = [
            Line(each.use.family, "", wording.clock_range(each.course.start, each.course.end, zone))
            for bay in bays
            for each in bay.lyings
            if each.course.nearness is not Nearness.OVER
        ]
    return Section("To come", lines=tuple(lines)) if lines else None


def _is_out_of_order(card: PlaceCard) -> bool:
    """Whether somebody has shut the place itself, so that somebody can say it is free again."""
    return card.known is not None and card.known.at(card.view.now) is BedCondition.CLOSED


def _why_shut(card: PlaceCard) -> str:
    """Why the plan has it closed: a blockout's reason, or its hours."""
    if _is_out_of_order(card) or not card.view.is_today:
        return ""
    blocked = blockout_at(card.view.catalogue, card.resource.code, card.view.now)
    return (blocked.reason or "blocked") if blocked is not None else "outside its hours"


def _free_it(state: PlaceState, card: PlaceCard) -> Action | None:
    if card.view.is_today and (state is PlaceState.CLEANING or _is_out_of_order(card)):
        return Action("place:free", "It is free again", "Enter", "check")
    return None


def _place_actions(state: PlaceState, card: PlaceCard) -> tuple[Action, ...]:
    actions = []
    if card.view.is_today and state is not PlaceState.OCCUPIED:
        if state is not PlaceState.CLEANING:
            actions.append(Action("place:cleaning", "Being cleaned", "C", "cleaning"))
        if not _is_out_of_order(card):
            actions.append(Action("place:closed", "Out of order", "X", "closed"))
    actions.append(Action("block_place", "Close for a stretch", "B", "closed"))
    return tuple(actions)
