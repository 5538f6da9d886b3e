"""What became of a day's visits: missed, given up again, kept overnight, only held, or booked over a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from desk_app.application.demo.diary import Diary, Entry
from desk_app.application.demo.present import Present
from desk_app.application.demo.wishes import wish_for
from desk_app.domain.practice import PhaseKind, Stay
from desk_app.domain.slots import Slot

NO_SHOW, CANCELLED, LAPSED = 0.03, 0.06, 0.015
HELD_AHEAD = range(2, 15)
HELD = 0.09
"""Share of the next two weeks' visits that wait for the payer's word."""

WAIVED_AHEAD = range(3, 13)
DECIDED = timedelta(minutes=20)
"""So long before the rest is over it is clear who stays the night."""


class Events:
    """Gives the diary's entries their fate, a day at a time, while that day's week is open."""

    def __init__(self, present: Present, diary: Diary) -> None:
        self._present, self._diary = present, diary
        self._waived = 0
        self._squeezed = False

    def happen(self, day: date) -> None:
        ahead = (day - self._present.today).days
        for entry in tuple(self._diary.of_day):
            self._fate(entry, ahead)
        if ahead == 0:
            self._hold_today()
        if ahead <= 0:
            for entry in self._diary.of_day:
                self._stay(entry)
        elif not self._squeezed and ahead >= WAIVED_AHEAD.start:
            self._squeeze(day)

    def _fate(self, entry: Entry, ahead: int) -> None:
        chance = self._present.chance(f"fate/{entry.number}")
        luck = chance.random()
        asks = entry.wish.procedure.needs_authorization
        if ahead in HELD_AHEAD and asks and luck < HELD:
            booked_at = self._present.moment(chance, self._present.today - timedelta(days=chance.randrange(1, 4)))
            self._becomes(entry, "held")
            entry.booked_at = booked_at
        elif ahead in WAIVED_AHEAD and asks and luck > 0.93 and self._waived < 2:
            entry.passed = ("authorization",)
            self._waived += 1
        elif ahead <= 0 and luck < NO_SHOW:
            self._becomes(entry, "no_show")
        elif luck < NO_SHOW + (CANCELLED if ahead <= 0 else CANCELLED / 3):
            self._becomes(entry, "cancelled")
        elif ahead < -8 and luck > 1 - LAPSED:
            entry.booked_at = self._present.moment(chance, self._diary.day_of(entry) - timedelta(days=9))
            self._becomes(entry, "lapsed")

    def _becomes(self, entry: Entry, fate: str) -> None:
        entry.fate = fate
        if fate != "held":
            self._diary.index.remove(entry.number)

    def _hold_today(self) -> None:
        """The last visit of today is only held, until its start; a hold whose time has come is free again."""
        coming = [entry for entry in self._diary.of_day if entry.fate == "come" and not entry.passed]
        if not coming:
            return
        last = max(coming, key=lambda entry: (entry.slot.start, entry.number))
        chance = self._present.chance("held today")
        last.booked_at = self._present.moment(chance, self._present.business_days_ago(1))
        self._becomes(last, "held" if last.slot.start > self._present.now else "lapsed")

    def _stay(self, entry: Entry) -> None:
        """Some same-day patients stay, each with the procedure's own share, where a bed is free for the night."""
        rest = next((phase for phase in entry.slot.phases if phase.kind is PhaseKind.RECOVERY), None)
        if entry.fate != "come" or entry.stay is not Stay.POSSIBLE or rest is None:
            return
        chance = self._present.chance(f"stays/{entry.number}")
        known = rest.end - DECIDED <= self._present.now
        if known and chance.random() < entry.wish.procedure.unplanned_stay:
            kept = self._with_bed(entry)
            if kept is not None:
                entry.slot = kept
                self._diary.changed(entry)

    def _with_bed(self, entry: Entry) -> Slot | None:
        """The same visit with a bed for the night behind it."""
        day = self._diary.day_of(entry)
        codes = tuple(dict.fromkeys(code for phase in entry.slot.phases for code in phase.resources.values()))
        query = replace(self._diary.query(entry.wish, day), stay=Stay.PLANNED, wanted=codes, ignore_visit=entry.number)
        return self._diary.index.slot_at(query, entry.slot.start, entry.booked_at)

    def _squeeze(self, day: date) -> None:
        """One visit is booked into a block that is kept for others: with a reason, and marked."""
        present, diary = self._present, self._diary
        if not diary.catalogue.has_procedure("ESI-T"):
            return
        chance = present.chance("squeezed")
        wish = wish_for(diary.catalogue.procedure("ESI-T"), chance)
        query = replace(diary.query(wish, day), overriding=frozenset({"reserved"}), limit=400)
        for slot in diary.index.find(query, present.now):
            found = {obstacle.code for obstacle in diary.index.explain(diary.query(wish, day), slot.start, present.now)}
            patient = diary.somebody(wish, day, chance)
            if found == {"reserved"} and patient is not None:
                at = present.moment(chance, present.business_days_ago(1))
                entry = diary.book(wish, day, slot, patient, at, wish.procedure.overnight)
                entry.passed = ("reserved",)
                diary.put(entry)
                self._squeezed = True
                return
