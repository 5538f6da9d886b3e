"""The short-notice list in words: what somebody can, why they are asked first, what stands against them."""

from __future__ import annotations

from datetime import timedelta

from desk_app.application.day_plan import encode_further, further_words
from desk_app.application.desk import Desk
from desk_app.application.read_models import ShortNoticePerson
from desk_app.application.sentences import sentence
from desk_app.application.short_notice_case import same_people
from desk_app.application.wording import STATUS_WORDS, WEEKDAYS, count, moment, waiting
from desk_app.domain.practice import Catalogue, ResourceKind
from desk_app.domain.records import ShortNotice
from desk_app.domain.short_notice import Claim
from desk_app.domain.slots import Slot
from desk_app.domain.statuses import Urgency

PARTS = {"morning": "mornings", "afternoon": "afternoons"}


def notice_words(hours: int) -> str:
    """``at once``, ``4 h ahead``, ``2 days ahead``"""
    if hours == 0:
        return "at once"
    days, rest = divmod(hours, 24)
    return f"{hours} h ahead" if rest else f"{count(days, 'day', 'days')} ahead"


def when_words(entry: ShortNotice) -> str:
    """``Mon, Wed, mornings``, or ``any day and time``"""
    days = ", ".join(WEEKDAYS[day] for day in entry.wishes.weekdays)
    part = PARTS.get(entry.wishes.part_of_day, "")
    return ", ".join(text for text in (days, part) if text) or "any day and time"


def entry_words(entry: ShortNotice) -> str:
    """Both in one line."""
    return f"{when_words(entry)}; {notice_words(entry.notice_hours)}"


def matter_words(person: ShortNoticePerson, catalogue: Catalogue) -> str:
    """``Kyphoplasty T12 L1``: for what they would come."""
    visit, request = person.visit, person.request
    if visit is not None:
        further = further_words(encode_further(visit.further))
        return " ".join(part for part in (visit.procedure_name, visit.level_names, visit.side, further) if part)
    if request is None or request.procedure is None:
        return "procedure not chosen"
    known = catalogue.has_procedure(request.procedure)
    name = catalogue.procedure(request.procedure).name if known else request.procedure
    several = count(request.levels, "level", "levels") if request.levels > 1 else ""
    return " ".join(part for part in (name, request.level_names or several, request.side) if part)


def reason_words(
    person: ShortNoticePerson, claim: Claim, slot: Slot, desk: Desk, unanswered: bool = False
) -> tuple[str, ...]:
    """Why they are asked before others, in the order in which it weighs."""
    found = [] if claim.urgency is Urgency.ROUTINE else [claim.urgency.value]
    if claim.waits_since is not None:
        found.append(f"no visit yet, waiting {waiting(claim.waits_since, desk.now())}")
    elif person.visit is not None:
        before = moment(person.visit.start, desk.zone(), desk.today())
        found.append(f"{_sooner(claim.sooner)} sooner than {before}")
    found.append(f"{claim.spare} min left" if claim.spare else "fills the gap")
    found += _other_people(person, slot, desk.catalogue())
    if unanswered:
        found.append("asked before, no answer")
    return tuple(found)


def against_words(code: str, entry: ShortNotice | None = None, status: str = "") -> str:
    """One sentence that stands against somebody."""
    words = {"status": STATUS_WORDS.get(status, status).lower()}
    if entry is not None:
        words["days"] = ", ".join(WEEKDAYS[day] for day in entry.wishes.weekdays)
        words["part"] = PARTS.get(entry.wishes.part_of_day, "")
        words["notice"] = notice_words(entry.notice_hours)
    return sentence(code, words)


def _sooner(by: timedelta) -> str:
    if by >= timedelta(days=1):
        return count(by.days, "day", "days")
    minutes = int(by.total_seconds() // 60)
    return f"{minutes // 60} h" if minutes >= 60 else f"{minutes} min"


def _other_people(person: ShortNoticePerson, slot: Slot, catalogue: Catalogue) -> list[str]:
    """Who would do it instead of whom."""
    if person.visit is None:
        return []
    before = same_people(person.visit, catalogue)
    codes = dict.fromkeys(code for phase in slot.phases for code in phase.resources.values())
    now = [code for code in codes if catalogue.resource(code).kind is ResourceKind.CLINICIAN]
    new = [catalogue.resource(code).name for code in now if code not in before]
    old = [catalogue.resource(code).name for code in before if code not in now]
    return [f"with {', '.join(new)} instead of {', '.join(old)}"] if new and old else []
