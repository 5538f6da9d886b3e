"""The fields of a stretch that is blocked, or kept for some procedures; and what they ask for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from desk_app.application.wording import full_date
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.practice import EVERY_RESOURCE, Blockout, BlockoutKind, Catalogue, ResourceKind, Session
from desk_app.domain.typed_times import DAY, clock_instant, shown_clock, typed_clock
from desk_app.domain.zone import local_date, zone_of
from desk_app.ui.panels.several_pick import SeveralPick
from desk_app.ui.widgets.fields import DateEdit, TextEdit
from desk_app.ui.widgets.pick import Pick

KEEP = "keep"
KINDS = (
    *((kind.value, kind.value.capitalize()) for kind in BlockoutKind if kind is not BlockoutKind.OTHER),
    (BlockoutKind.OTHER.value, "Other reason"),
    (KEEP, "Kept for procedures"),
)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
REPEATS = (
    (None, "once"),
    ("FREQ=DAILY", "every day"),
    (WEEKDAYS, "every weekday"),
    ("FREQ=WEEKLY", "every week"),
    ("FREQ=WEEKLY;INTERVAL=2", "every two weeks"),
    ("FREQ=MONTHLY", "every month"),
    ("FREQ=YEARLY", "every year"),
)
GROUPS = {
    ResourceKind.PROCEDURE_ROOM: "All rooms",
    ResourceKind.CLINICIAN: "All clinicians",
    ResourceKind.C_ARM: "All C-arms",
    ResourceKind.RECOVERY_BAY: "All recovery bays",
    ResourceKind.OVERNIGHT_BED: "All beds",
}
ONCE = "FREQ=DAILY;COUNT=1"
_UNTIL = re.compile(r";UNTIL=(\d{4})(\d{2})(\d{2})$")
FIRST_MINUTE, LAST_MINUTE = 8 * 60, 17 * 60


_Span = tuple[date, int, date, int]
"""First day and minute, last day and minute."""


class BlockFields:
    """The editors, filled and read; the form arranges them."""

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._catalogue, self._today, self._zone = catalogue, today, zone_of(catalogue.settings)
        self.kind, self.who = Pick("why"), SeveralPick("type to find")
        self.first, self.begins, self.last, self.ends = DateEdit(), TextEdit(), DateEdit("the same day"), TextEdit()
        self.repeat, self.until = Pick("once"), DateEdit("until when")
        self.reason, self.kept = TextEdit(placeholder="optional"), SeveralPick("type to find")
        self.opens = TextEdit(placeholder="never")
        self._shown: tuple[_Span, datetime, datetime] | None = None
        """What stands in the fields of an instant that was shown: seconds and a repeated hour are not typed."""
        self.kind.offer(KINDS)
        self.repeat.offer(REPEATS)
        self.who.offer(_resources(catalogue))
        self.kept.offer((each.code, each.name) for each in catalogue.procedures)

    @property
    def keeps(self) -> bool:
        """It is a block: open, and kept for procedures."""
        return self.kind.value() == KEEP

    def show_nothing(self, day: date) -> None:
        self.kind.choose(BlockoutKind.VACATION.value)
        self._show_span(day, FIRST_MINUTE, day, LAST_MINUTE)
        self.repeat.choose(None)
        self.until.show_date(None, self._today)

    def show_stretch(self, column: str, start: datetime, end: datetime) -> None:
        """What was drawn on the schedule."""
        self.who.choose((column,))
        self.kind.choose(BlockoutKind.OTHER.value)
        self._show_instants(start, end)

    def show_blockout(self, value: Blockout) -> None:
        self.kind.offer(KINDS[:-1])
        self.show_nothing(self._today)
        self.who.choose((value.resource,))
        self.kind.choose(value.kind.value)
        self.reason.show_text(value.reason)
        self._show_instants(value.start, value.end)

    def show_session(self, value: Session) -> None:
        self.kind.choose(KEEP)
        self.who.choose((value.resource,))
        known = {code for code, _ in REPEATS}
        plain, until = _parts(value.rrule)
        rule = None if plain == ONCE else plain
        self.repeat.offer((*REPEATS, *(((rule, rule_words(plain)),) if rule not in known else ())))
        self.repeat.choose(rule)
        self.until.show_date(until, self._today)
        begins, ends = _minutes(value.start), _minutes(value.end) or DAY
        self._show_span(value.first_day, begins, value.first_day, ends)
        self.kept.choose(value.reserved_for)
        self.opens.show_text("" if value.release_days is None else str(value.release_days))

    def troubles(self) -> dict[str, str]:
        """What is missing or cannot be understood, by field."""
        found = {}
        for name, missing in (("kind", self.kind.value() is None), ("resources", not self.who.value())):
            if missing:
                found[name] = "Say why." if name == "kind" else "Say whom or what."
        if self.who.unknown():
            found["resources"] = f"“{self.who.unknown()}” is not in the list."
        if self.repeat.unknown():
            found["repeat"] = "This is not in the list."
        for name, day in (("start", self.first), ("end", self.last), ("until", self.until)):
            if not day.is_understood():
                found[name] = "This is no date."
        if self.first.date() is None and "start" not in found:
            found["start"] = "Say from which day."
        for name, clock in (("begins", self.begins), ("ends", self.ends)):
            if typed_clock(clock.value()) is None:
                found[name] = "This is no time; write 08:30."
        return found | (self._block_troubles() if self.keeps else {})

    def wish(self) -> BlockoutWish:
        """The blockouts that are asked for; only without troubles."""
        start, end = self._instants()
        rule = self.repeat.value() or ""
        kind = BlockoutKind(self.kind.value() or BlockoutKind.OTHER)
        until = self.until.date() if rule else None
        return BlockoutWish(self._codes(), start, end, kind, self.reason.value(), rule, until)

    def session(self, before: Session | None = None) -> Session:
        """The block that is asked for; only without troubles."""
        begins, ends = typed_clock(self.begins.value()) or 0, typed_clock(self.ends.value()) or 0
        first, rule = self.first.date() or self._today, self.repeat.value() or ONCE
        if (until := self.until.date()) is not None and self.repeat.value():
            rule += f";UNTIL={until:%Y%m%d}"
        days = self.opens.value()
        kept, release = self.kept.value(), int(days) if days else None
        value = Session(self.who.value()[0], rule, first, _time(begins), _time(ends), kept, release)
        if before is None:
            return value
        start = before.start if _time(_minutes(before.start)) == value.start else value.start
        end = before.end if _time(_minutes(before.end)) == value.end else value.end
        return replace(value, start=start, end=end, id=before.id, version=before.version)

    def _instants(self) -> tuple[datetime, datetime]:
        span = self._span()
        if self._shown is not None and self._shown[0] == span:
            return self._shown[1], self._shown[2]
        first, begins, last, ends = span
        return clock_instant(first, begins, self._zone), clock_instant(last, ends, self._zone)

    def _span(self) -> _Span:
        first = self.first.date() or self._today
        begins, ends = typed_clock(self.begins.value()) or 0, typed_clock(self.ends.value()) or 0
        return first, begins, self.last.date() or first, ends

    def _block_troubles(self) -> dict[str, str]:
        found = {}
        if len(self.who.value()) > 1 or any(code in GROUPS or code == EVERY_RESOURCE for code in self.who.value()):
            found["resources"] = "A block is of one room or one person."
        if not self.kept.value():
            found["kept"] = "Say for which procedures."
        if self.kept.unknown():
            found["kept"] = f"“{self.kept.unknown()}” is not in the list."
        days = self.opens.value()
        if days and not (days.isascii() and days.isdecimal() and int(days) <= 3650):
            found["release_days"] = "Days ahead, such as 7; nothing for never."
        return found

    def _codes(self) -> tuple[str, ...]:
        """Groups written out; all of everything is the one sign for it."""
        chosen = self.who.value()
        if EVERY_RESOURCE in chosen:
            return (EVERY_RESOURCE,)
        codes: list[str] = []
        for code in chosen:
            codes += [r.code for r in self._catalogue.of_kind(ResourceKind(code))] if code in GROUPS else [code]
        return tuple(dict.fromkeys(codes))

    def _show_instants(self, start: datetime, end: datetime) -> None:
        first, last = local_date(start, self._zone), local_date(end, self._zone)
        begins, ends = (_minutes(at.astimezone(self._zone).time()) for at in (start, end))
        if ends == 0 and last > first:
            last, ends = last - timedelta(days=1), DAY
        self._show_span(first, begins, last, ends)
        self._shown = (self._span(), start, end)

    def _show_span(self, first: date, begins: int, last: date, ends: int) -> None:
        self.first.show_date(first, self._today)
        self.last.show_date(last, self._today)
        self.begins.show_text(shown_clock(begins))
        self.ends.show_text(shown_clock(ends))


def rule_words(rule: str) -> str:
    """A rule as the form offers it; one of somebody's own as it is written."""
    plain, until = _parts(rule)
    words = "once" if plain == ONCE else next((text for code, text in REPEATS if code == plain), "")
    days = plain.removeprefix("FREQ=WEEKLY;BYDAY=")
    if not words and days != plain and ";" not in days:
        words = "every " + ", ".join(DAY_NAMES.get(day, day) for day in days.split(","))
    words = words or plain
    return f"{words} until {full_date(until)}" if until else words


def _parts(rule: str) -> tuple[str, date | None]:
    """A rule without its last day, and that day."""
    found = _UNTIL.search(rule)
    if found is None:
        return rule, None
    return rule[: found.start()], date(int(found[1]), int(found[2]), int(found[3]))


DAY_NAMES = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}


def _resources(catalogue: Catalogue) -> list[tuple[str, str]]:
    groups = [(kind.value, name) for kind, name in GROUPS.items() if len(catalogue.of_kind(kind)) > 1]
    singles = [(resource.code, resource.name) for resource in catalogue.resources]
    return [*singles, *groups, (EVERY_RESOURCE, "Everything, the practice is closed")]


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _time(minutes: int) -> time:
    return time(minutes % DAY // 60, minutes % 60)
