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
CANCELLED_AHEAD = 0.02
HELD_AHEAD = range(2, 15)
HELD = 0.09
"""Share of the next two weeks' visits that wait for the payer's word."""

WAIVED_AHEAD = range(3, 13)
LEAST_TODAY = 8
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
            self._today()
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
        elif ahead < 0 and luck < NO_SHOW:
            self._becomes(entry, "no_show")
        elif luck < (NO_SHOW + CANCELLED if ahead < 0 else CANCELLED_AHEAD):
            self._becomes(entry, "cancelled")
        elif ahead < -8 and luck > 1 - LAPSED:
            entry.booked_at = self._present.moment(chance, self._diary.day_of(entry) - timedelta(days=9))
            self._becomes(entry, "lapsed")

    def _becomes(self, entry: Entry, fate: str) -> None:
        entry.fate = fate
        if fate != "held":
            self._diary.index.remove(entry.number)

    def _today(self) -> None:
        """One does not come, one has cancelled, and the last visit is only held, until its start: then it lapses."""
        coming = [entry for entry in self._diary.of_day if entry.fate == "come" and not entry.passed]
        coming.sort(key=lambda entry: (entry.slot.start, entry.number))
        if len(coming) < LEAST_TODAY:
            return
        self._becomes(coming[1], "no_show")
        self._becomes(coming[len(coming) // 2], "cancelled")
        chance = self._present.chance("held today")
        coming[-1].booked_at = self._present.moment(chance, self._present.business_days_ago(1))
        self._becomes(coming[-1], "held")

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
        plain = diary.query(wish, day)
        fits = set(diary.index.starts_on(plain, day, present.now))
        over = diary.index.slots_on(replace(plain, overriding=frozenset({"reserved"})), day, present.now)
        kept = [slot for slot in over if slot.start not in fits]
        patient = diary.somebody(wish, day, chance) if kept else None
        if patient is not None:
            at = present.moment(chance, present.business_days_ago(1))
            entry = diary.book(wish, day, chance.choice(kept), patient, at, wish.procedure.overnight)
            entry.passed = ("reserved",)
            diary.put(entry)
            self._squeezed = True
