"""The day as it is played: minute by minute what is due is done at the board, and at set times what a day brings."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from desk_app.application.use_cases.look_at_flow import flow_day
from desk_app.domain.practice import PhaseKind, ResourceKind
from desk_app.domain.statuses import AppointmentStatus as S
from desk_app.domain.suggestions import SuggestionKind
from tests.e2e import day_in_figures as figures
from tests.e2e.day_as_it_comes import EXPECTED, LATE, MISSING, Day, Person, courses
from tests.e2e.day_at_the_beds import AtTheBeds
from tests.e2e.day_at_the_board import AtTheBoard
from tests.e2e.receptionist import Receptionist
from tests.helpers.keyboard import Key
from tests.helpers.small_practice import StandingClock, at

SEED = 5
MINUTE = timedelta(minutes=1)
FIRST, LAST, FAILS = "07:20", "21:00", "10:00"
FORETOLD = ("08:00", "10:00", "13:00")
LOOKED = ("09:15", "09:45", "10:30", "11:15", "12:00", "13:30", "14:15", "15:00")
BROKEN, SOUND, SOUND_NAME = "C1", "C2", "C-arm B"


class PlayedDay:
    """``desk`` is the reception; the clock is moved here and nowhere else."""

    def __init__(self, desk: Receptionist, clock: StandingClock) -> None:
        self.desk = desk
        self.board = AtTheBoard(desk, clock, Random(SEED))
        self.bays = AtTheBeds(desk)
        lines = [line for line in desk.plan(desk.desk.today()).values() if S(line.status) in EXPECTED]
        course = courses(lines, SEED, BROKEN)
        people = (Person(line, course[line.appointment_id], S(line.status), line.start) for line in lines)
        bays = desk.desk.catalogue().of_kind(ResourceKind.RECOVERY_BAY)
        cleaning = timedelta(minutes=max(bay.turnover_minutes for bay in bays))
        self.day = Day({each.number: each for each in people}, bays=len(bays), cleaning=cleaning)
        self.kept = flow_day(desk.desk).night.kept
        self.told: list[figures.Foretold] = []
        self.done: Counter[str] = Counter()
        self.unplanned: list[int] = []
        self.moved_away: list[int] = []
        self.beds = 0

    # The day

    def plays(self) -> None:
        self.board.opens()
        now = self._at(FIRST)
        while not self.day.is_over:
            assert now <= self._at(LAST), f"still here: {self.day.here()}"
            self._at_set_times(now)
            if self.day.due(now):
                self.board.passes_to(now)
            while due := self.day.due(now):
                self._does(*due[0], now)
            now += MINUTE

    def _at_set_times(self, now: datetime) -> None:
        clock = now.astimezone(self.desk.desk.zone()).strftime("%H:%M")
        if clock not in {*FORETOLD, *LOOKED, FAILS}:
            return
        self.board.passes_to(now)
        if clock == FAILS:
            self._loses_the_c_arm()
        if clock in FORETOLD:
            self.told.append(figures.foretold(self.desk.desk))
        if clock in LOOKED:
            self._looks_ahead()
        self._breaks_nothing()

    def _does(self, number: int, step: S, now: datetime) -> None:
        """One step of the day, by its key."""
        each = self.day.people[number]
        if step is S.READY and not self.done["undone"] and each.status is S.ARRIVED:
            self.board.moves_on(number, step)
            self.board.takes_back(number, each.status)
            self.done["undone"] += 1
        if step is S.ARRIVED:
            self._asks_after(each, now)
            self.board.takes_down_arrival(number)
        elif step is S.NO_SHOW:
            self._asks_after(each, now)
            self.board.moves_on(number, step, Key.Key_X)
        elif step is S.OVERNIGHT:
            self._stays(each)
        elif step is S.IN_RECOVERY and each.status is S.AMBULATING:
            self.board.moves_on(number, step, Key.Key_R)
            self.done["came back"] += 1
        else:
            if step is S.DISCHARGED:
                self._sees_the_check(number)
            said = self._moves_on(each, step)
            if step is S.IN_RECOVERY:
                assert ", Bay " in said
                self._changes_a_bay(number)
        self.day.took(number, step, now)
        self._tries_what_is_in_use(now)

    def _moves_on(self, each: Person, step: S) -> str:
        """By its key; where it is to begin with what is out, with what is free instead or by a manager's word."""
        if step is S.IN_PROCEDURE and each.serving({}) & self.day.instead.keys():
            self.done["begun without"] += 1
            said = self.board.begins_without(each.number, f"{SOUND_NAME} is brought over")
            self._reads_the_plan()
            return said
        return self.board.moves_on(each.number, step)

    def _asks_after(self, each: Person, now: datetime) -> None:
        """Of somebody who is late the card asks whether to call them, and then whether they come at all."""
        late = now - each.line.start
        if late >= LATE:
            asked = "no-show?" if late >= MISSING else "call them?"
            assert asked in [sign.text for sign in self.board.card(each.number).signs]
            self.done[asked] += 1

    def _stays(self, each: Person) -> None:
        """In the bed that is booked, in one that is kept or free, or where the practice has none."""
        if each.has_night:
            assert ", Bed " in self.board.moves_on(each.number, S.OVERNIGHT)
            return
        self.unplanned.append(each.number)
        if len(self.unplanned) > self.beds:
            self.board.stays_elsewhere(each.number, figures.ELSEWHERE, "no bed is free, pain under observation")
        elif len(self.unplanned) == 1:
            self.bays.stays_tonight(each.number)
            self.board.opens()
        else:
            self.board.stays_tonight(each.number)

    def _sees_the_check(self, number: int) -> None:
        """Of every third, on the Beds screen, before they go."""
        self.done["went home"] += 1
        if self.done["went home"] % 3 == 1:
            self.bays.checks_before_going_home(number)
            self.board.opens()

    def _changes_a_bay(self, number: int) -> None:
        """Once somebody who lies down is asked to lie elsewhere."""
        if not self.done["other bay"]:
            self.bays.moves_to_another_bay(number)
            self.day.left_a_bay(self.desk.desk.now())
            self.board.opens()
            self.done["other bay"] += 1

    def _tries_what_is_in_use(self, now: datetime) -> None:
        """Once the desk is too quick: the room, or the physician, is with somebody else."""
        ready = (each for each in self.day.people.values() if each.status is S.READY)
        found = next((each for each in ready if self.day.in_use(each.serving({}))), None)
        if found is not None and not self.done["refused"]:
            self.board.is_refused(found.number)
            self.done["refused"] += 1

    # What a day brings

    def _loses_the_c_arm(self) -> None:
        """Whoever has not come gets another place; whoever is here is treated with the other one."""
        proposal = self.board.plans_without("c-arm a", FAILS, "17:30")
        assert proposal.moved + proposal.kept > 0
        assert not proposal.homeless
        self.day.instead[BROKEN] = SOUND
        self._reads_the_plan()
        using = [each for each in self.day.people.values() if each.status in EXPECTED and BROKEN in each.serving({})]
        assert not using
        self._chooses_who_stays()

    def _chooses_who_stays(self) -> None:
        """Those who may have to, then the last of the day, until there is one more than beds."""
        open_still = [
            each
            for each in self.day.people.values()
            if not each.has_night and not each.course.comes_back and each.comes_at
            if each.status not in (S.AMBULATING, S.DISCHARGED, S.NO_SHOW)
        ]
        open_still.sort(key=lambda each: (each.line.stay != "possible", -each.length(PhaseKind.RECOVERY), each.number))
        night = flow_day(self.desk.desk).night
        self.beds = night.staffed - night.planned
        assert self.beds > night.kept, "one more than are kept is in a bed of the practice"
        for each in open_still[: self.beds + 1]:
            each.stays = True

    def _looks_ahead(self) -> None:
        """The rest of the day; the first thing that would help is done."""
        panel = self.board.looks_ahead()
        outlook = panel._outlook
        self.done["late"] += any(each.late for each in outlook.forecast.visits.values())
        if outlook.suggestions:
            first = outlook.suggestions[0]
            self.board.takes_first_suggestion(panel)
            self.done["helped"] += 1
            if first.kind is SuggestionKind.CALL_LATER:
                self.day.people[first.visit].is_told_later(first.gain)
            self._reads_the_plan()
        self.board.leaves_the_outlook()
        self.board.opens()

    def _reads_the_plan(self) -> None:
        """Whoever comes on another day now is no more of this one."""
        lines = self.desk.plan(self.desk.desk.today())
        for number, each in list(self.day.people.items()):
            if number in lines:
                each.line = lines[number]
            elif each.status is not S.NO_SHOW:
                assert each.status in EXPECTED
                self.moved_away.append(number)
                del self.day.people[number]

    # What came of it

    def check(self) -> list[str]:
        """Nothing that always holds is broken, everybody was somewhere; answers what is to be told of it."""
        queries, now, zone = self.desk.desk.queries, self.desk.desk.now(), self.desk.desk.zone()
        assert not self.desk.has_news
        self._breaks_nothing()
        for what in ("undone", "refused", "came back", "call them?", "no-show?", "late", "helped"):
            assert self.done[what], f"the day was to bring: {what}"
        assert len(self.unplanned) == self.beds + 1 > self.kept
        steps = {number: queries.visit_card(number).steps for number in self.day.people}
        stays = {number: found for number, taken in steps.items() if (found := figures.whereabouts(taken, now))}
        minutes = figures.check_everybody(stays, now)
        told = [f"{len(stays)} patients, {minutes} minutes in the house, {len(self.moved_away)} moved to other days"]
        for each in self.told:
            clock = each.at.astimezone(zone).strftime("%H:%M")
            told.append(figures.error_words(each, figures.errors(each, steps), clock))
        return told

    def _breaks_nothing(self) -> None:
        broken = self.desk.desk.queries.breaches(self.desk.desk.now())
        assert broken == (), broken

    def _at(self, clock: str) -> datetime:
        return at(f"{self.desk.desk.today()}T{clock}")
