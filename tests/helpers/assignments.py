"""A ward, and a day of recovery, at random: beds in rooms, and who lies there already, not always well."""

from __future__ import annotations

from random import Random

from desk_app.domain.assignment import Problem, Spot, Stretch

WISHES = {"monitored": 30, "oxygen": 40, "near_nurse": 10}
SHARING = 60
DAY = 24 * 60
MORNING, NOON, CLEANING = 9 * 60, 12 * 60, 60
RESTS, TIDYING = (20, 30, 60, 90, 120), 10


def random_problem(beds: int, nights: int, seed: int, occupancy: float = 0.85, shared: bool = True) -> Problem:
    """``occupancy`` is the share of bed nights that are taken. Most stays last a night, some two or three.

    Everybody has lain in some bed without a clash; since then one bed in twenty was closed to whoever has it, and every
    tenth stay was written into another bed by mistake.
    """
    chosen = Random(f"{beds} {nights} {seed}")
    spots = _ward(beds, chosen, shared)
    has = {spot.code: {wish for wish in WISHES if chosen.random() < 0.5} for spot in spots}
    stretches = []
    for first, last, code in _stays(list(has), nights, occupancy, chosen):
        wished = {wish for wish in WISHES if chosen.random() < 0.15}
        broken = {each: sum(WISHES[wish] for wish in wished - has[each]) for each in has}
        present = code if chosen.random() < 0.9 else chosen.choice(list(has))
        if chosen.random() < 0.05 and len(broken) > 1 and present != code:
            del broken[present]
        start = first * DAY + NOON + chosen.randrange(5 * 60)
        end = (last + 1) * DAY + MORNING
        stretches.append(Stretch(((start, end),), broken, present, chosen.choice("FM")))
    return Problem(spots, tuple(stretches), SHARING)


def overfull_day(bays: int, patients: int, seed: int) -> Problem:
    """A day of rests booked bay by bay, some of them late by now, with a bay that is shut for three hours at noon."""
    chosen = Random(f"{bays} {patients} {seed}")
    spots = tuple(Spot(f"B{number}", TIDYING) for number in range(1, bays + 1))
    free = dict.fromkeys((spot.code for spot in spots), 0)
    stretches = []
    for start, length in sorted((chosen.randrange(8 * 60, 15 * 60), chosen.choice(RESTS)) for _ in range(patients)):
        code = next((code for code in chosen.sample(list(free), bays) if free[code] <= start), "")
        if not code:
            continue
        free[code] = start + length + TIDYING
        later = chosen.choice((0, 0, 0, 10, 25, 40))
        shut = {"B1"} if start < 14 * 60 and start + length > 11 * 60 else set()
        broken = {spot.code: 0 for spot in spots if spot.code not in shut}
        stretches.append(Stretch(((start, start + length), (start + later, start + later + length)), broken, code))
    return Problem(spots, tuple(stretches))


def _ward(beds: int, chosen: Random, shared: bool) -> tuple[Spot, ...]:
    spots: list[Spot] = []
    while len(spots) < beds:
        size = min(chosen.choice((1, 2, 2, 4)), beds - len(spots))
        room = f"room {len(spots)}" if shared and size > 1 else ""
        spots += [Spot(f"N{len(spots) + number}", CLEANING, room) for number in range(1, size + 1)]
    return tuple(spots)


def _stays(codes: list[str], nights: int, occupancy: float, chosen: Random) -> list[tuple[int, int, str]]:
    """First and last night and the bed of each, so that none meet."""
    free = [set(codes) for _ in range(nights)]
    found = []
    for night in range(nights):
        wanted = round(len(codes) * occupancy)
        while len(codes) - len(free[night]) < wanted:
            last = min(nights - 1, night + chosen.choice((0, 0, 0, 1, 2)))
            fitting = sorted(set.intersection(*free[night : last + 1])) or sorted(free[night])
            last = last if set.intersection(*free[night : last + 1]) else night
            code = chosen.choice(fitting)
            for each in free[night : last + 1]:
                each.discard(code)
            found.append((night, last, code))
    return found
