"""What a visit says: its time, name, procedure, status by word and icon, what is amiss, and its flags.

Good news is quiet (an icon); what needs somebody is a chip with a word. Words are made when the scene is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desk_app.application.day_plan import decode_further, further_words
from desk_app.application.wording import SEDATION_WORDS, STATUS_WORDS, clock, weekday_date
from desk_app.domain.business_time import BusinessCalendar
from desk_app.domain.dataclass import dataclass
from desk_app.domain.practice import Sedation, Stay
from desk_app.domain.statuses import FIRM_VISITS, LAPSES_SOON
from desk_app.domain.statuses import AppointmentStatus as Status
from desk_app.domain.statuses import AuthorizationStatus as Approval
from desk_app.domain.zone import local_date
from desk_app.ui.alert_icons import ALERT_ICONS
from desk_app.ui.screens.schedule.expected import AHEAD, Slip
from desk_app.ui.screens.schedule.visit import Visit

CONTEXT = "Schedule"
MINUTE = timedelta(minutes=1)
LATE_FROM = 5 * MINUTE
"""A shorter delay is within a cell of the plan and no news."""

LATE = AHEAD | {Status.IN_PROCEDURE}
"""In which statuses a delay is told."""

BUSINESS_DAYS_AHEAD = 2
"""A missing confirmation or escort is amber from so many business days before the visit."""

THINNER_DAYS = 7
"""A blood thinner is paused days ahead, so whoever was not told is amber for longer."""

GRANTED = frozenset({Approval.APPROVED, Approval.APPROVED_IN_PART, Approval.MODIFIED, Approval.USED})

STATUS_ICONS = {
    Status.HELD: "held",
    Status.BOOKED: "booked",
    Status.CONFIRMED: "confirmed",
    Status.ARRIVED: "arrived",
    Status.READY: "ready",
    Status.IN_PROCEDURE: "in-procedure",
    Status.IN_RECOVERY: "in-recovery",
    Status.AMBULATING: "home",
    Status.OVERNIGHT: "moon",
    Status.DISCHARGED: "discharged",
    Status.NO_SHOW: "no-show",
    Status.CANCELLED: "cancelled",
}

AND_ALSO = " + "
"""Between the codes of several procedures in one sitting."""

LOUD = frozenset(
    {Status.HELD, Status.IN_PROCEDURE, Status.AMBULATING, Status.DISCHARGED, Status.NO_SHOW, Status.CANCELLED}
)
"""Statuses whose word is shown even where there is room for two rows only."""

LAPSE_ICON = "late"


def tr(text: str) -> str:
    """The words of this screen in the language of the desk."""
    return QCoreApplication.translate(CONTEXT, text)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something amiss: an icon, a word or two, and how bad: ``warn`` or ``bad``."""

    icon: str
    text: str
    tone: str = "warn"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a block can say; :mod:`block_text` decides how much of it there is room for."""

    time: str
    family: str
    given: str
    procedure: str
    procedure_code: str
    sedation: str
    status: str
    status_icon: str
    loud: bool
    chips: tuple[Chip, ...] = ()
    flags: tuple[str, ...] = ()
    stays: bool = False
    struck: bool = False
    overridden: bool = False

    @property
    def name(self) -> str:
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def short_name(self) -> str:
        """The surname with the first name's initial."""
        return f"{self.family}, {self.given[0]}." if self.given else self.family

    @property
    def initials(self) -> str:
        return (self.given[:1] + self.family[:1]).upper()


def near_day(today: date, calendar: BusinessCalendar | None) -> date:
    """The last day within two business days from today; today itself where only that day and earlier ones matter."""
    return calendar.add_days(today, BUSINESS_DAYS_AHEAD) if calendar is not None else today


def words_of(visit: Visit, slip: Slip, now: datetime, zone: ZoneInfo, near: date | None = None) -> Words:
    """The words of a visit as of now; times are the practice's wall clock. ``near``: see :func:`near_day`."""
    near = near or local_date(now, zone)
    line = visit.line
    chips = () if visit.is_gone else chips_of(visit, slip, now, zone, near)
    lapses = visit.status is Status.HELD and any(chip.icon == LAPSE_ICON for chip in chips)
    return Words(
        time=clock(visit.procedure_start + slip.before, zone),
        family=line.family,
        given=line.given,
        procedure=procedure_text(visit),
        procedure_code=AND_ALSO.join((line.procedure, *(each.procedure for each in decode_further(line.further_text)))),
        sedation=sedation_word(line.sedation),
        status=status_word(visit, now, zone),
        status_icon=STATUS_ICONS[visit.status],
        loud=visit.status in LOUD and not lapses,  # its chip says it already
        chips=chips,
        flags=flags_of(visit),
        stays=line.stay == Stay.PLANNED,
        struck=visit.is_gone,
        overridden=bool(line.override_reason) and not visit.is_gone,
    )


def procedure_text(visit: Visit) -> str:
    """Procedure, levels and side: ``Kyphoplasty T12 L1``."""
    line = visit.line
    levels = line.level_names
    if not levels and line.levels > 1:
        levels = tr("{count} levels").format(count=line.levels)
    also = further_words(line.further_text)
    return " ".join(part for part in (line.procedure_name, levels, line.side, also) if part)


def sedation_word(sedation: str) -> str:
    """The depth of sedation as said at the desk; the empty text for none."""
    return "" if sedation == Sedation.NONE else tr(SEDATION_WORDS.get(sedation, sedation))


def status_word(visit: Visit, now: datetime, zone: ZoneInfo) -> str:
    """The status in words, with the time that belongs to it."""
    line = visit.line
    if visit.status is Status.HELD and line.hold_until is not None:
        return tr("held to {time}").format(time=_near_time(line.hold_until, now, zone))
    if visit.status is Status.DISCHARGED and line.status_since is not None:
        return tr("Home {time}").format(time=clock(line.status_since, zone))
    return tr(STATUS_WORDS[visit.status])


def _near_time(instant: datetime, now: datetime, zone: ZoneInfo) -> str:
    day = local_date(instant, zone)
    return clock(instant, zone) if day == local_date(now, zone) else weekday_date(day)


LACK_WORDS: Mapping[str, str] = {
    "authorization_ends": "authorization ends before",
    "authorization_begins": "authorization begins later",
    "authorization_levels": "fewer levels approved",
    "authorization_units": "no units left",
    "authorization_codes": "other codes approved",
    "authorization_side": "other side approved",
    "authorization_clinician": "other physician approved",
    "authorization_place": "other place approved",
    "authorization_other_payer": "payer has changed",
}
"""What an approval is not good for, in a chip."""


def chips_of(visit: Visit, slip: Slip, now: datetime, zone: ZoneInfo, near: date) -> tuple[Chip, ...]:
    """What is amiss, the weightiest first."""
    today, day = local_date(now, zone), local_date(visit.line.start, zone)
    is_ahead = visit.status in AHEAD and day >= today
    is_near = is_ahead and day <= near
    chips = (
        _authorization_chip(visit, day),
        _lapse_chip(visit, now, zone),
        _late_chip(visit, slip, zone),
        _escort_chip(visit) if is_near else None,
        _thinner_chip(visit) if is_ahead and day <= today + timedelta(days=THINNER_DAYS) else None,
        _confirmation_chip(visit) if is_near else None,
    )
    return tuple([chip for chip in chips if chip is not None])


def _authorization_chip(visit: Visit, day: date) -> Chip | None:
    line = visit.line
    if not line.needs_authorization or visit.status not in FIRM_VISITS or line.has_override("authorization"):
        return None
    if line.authorization == Approval.DENIED:
        return Chip("auth-denied", tr("denied"), "bad")
    if line.authorization in (Approval.EXPIRED, Approval.MORE_INFO_NEEDED):
        return Chip("warning", tr("expired") if line.authorization == Approval.EXPIRED else tr("info needed"))
    if line.authorization not in GRANTED:
        return Chip("auth-wait", tr("no authorization"))
    ended = line.authorized_to is not None and line.authorized_to < day
    if line.lack is not None:
        return Chip("warning", tr(LACK_WORDS.get(line.lack.code, "authorization not good for it")))
    return Chip("warning", tr("authorization ends before")) if ended else None


def _late_chip(visit: Visit, slip: Slip, zone: ZoneInfo) -> Chip | None:
    if slip.pushed and slip.before >= LATE_FROM:
        return Chip("pushed", tr("planned {time}").format(time=clock(visit.procedure_start, zone)))
    behind = max(slip.before, slip.overdue)
    if behind < LATE_FROM or visit.status not in LATE:
        return None
    return Chip("late", tr("{minutes} min late").format(minutes=behind // MINUTE))


def _lapse_chip(visit: Visit, now: datetime, zone: ZoneInfo) -> Chip | None:
    """A hold that lapses within the hour."""
    until = visit.line.hold_until
    soon = visit.status is Status.HELD and until is not None and now < until < now + LAPSES_SOON
    return Chip(LAPSE_ICON, tr("lapses {time}").format(time=clock(until, zone))) if soon and until is not None else None


def _escort_chip(visit: Visit) -> Chip | None:
    sedated = visit.line.sedation != Sedation.NONE
    missing = sedated and not visit.line.escort and visit.status is not Status.HELD
    return Chip("warning", tr("no escort")) if missing else None


def _thinner_chip(visit: Visit) -> Chip | None:
    """Takes a blood thinner, and nobody has said yet when to pause it."""
    missing = visit.line.thinner_untold and visit.status in FIRM_VISITS
    return Chip("thinner", tr("thinner not told")) if missing else None


def _confirmation_chip(visit: Visit) -> Chip | None:
    return Chip("phone", tr("not confirmed")) if visit.status is Status.BOOKED else None


def flags_of(visit: Visit) -> tuple[str, ...]:
    """The icons of authorization, escort and alerts, in that order; each once."""
    line = visit.line
    good = line.needs_authorization and line.authorization in GRANTED and line.lack is None
    approved = ("auth",) if good else ()
    escort = ("escort",) if line.escort else ()
    alerts = tuple(ALERT_ICONS[alert.kind] for alert in visit.alerts)
    return tuple(dict.fromkeys((*approved, *escort, *alerts)))
