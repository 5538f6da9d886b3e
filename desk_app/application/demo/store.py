"""The whole demo practice into an empty database, in one unit of work."""

from __future__ import annotations

from desk_app.application.demo.day_clock import courses
from desk_app.application.demo.diary import Diary
from desk_app.application.demo.events import Events
from desk_app.application.demo.inbox import Inbox
from desk_app.application.demo.messages import set_aside
from desk_app.application.demo.offers import claim_calls, offer_opened_slots
from desk_app.application.demo.past import CLERKS, Past
from desk_app.application.demo.people import People, charts
from desk_app.application.demo.present import Present, present_of
from desk_app.application.demo.records import Records
from desk_app.application.demo.refills import offered_gaps
from desk_app.application.demo.short_notice import would_come_earlier
from desk_app.application.demo.tried import add_tries, with_wishes, write_to_unreached
from desk_app.application.demo.visits import Visits
from desk_app.application.desk import Desk
from desk_app.application.ports import UnitOfWork
from desk_app.application.use_cases.practice import FIRST_USER
from desk_app.domain.faults import RuleViolation
from desk_app.domain.practice import Catalogue

SEED = 7


def store_demo(desk: Desk, catalogue: Catalogue, seed: int = SEED) -> int:
    """Stores the practice with its people and its diary; answers how many visits.

    The same practice again changes nothing (and answers 0); another is refused, as when a practice is loaded.
    """
    with desk.open_work(desk.actor) as work:
        there = work.practice.load()
        if there is not None:
            if there == catalogue:
                return 0
            raise RuleViolation("other_practice", name=there.settings.name)
        work.practice.store(catalogue)
        work.users.add(FIRST_USER)
        clerks = tuple(work.users.add(user).id for user in CLERKS)
        present = present_of(desk.now(), desk.holidays, catalogue, seed)
        records = made(present, catalogue, clerks)
        _store(work, records, present)
        visits = len(records.appointments)
        work.commit("practice_loaded", {"practice": catalogue.settings.name, "visits": visits})
    desk.slots.forget()
    return visits


def made(present: Present, catalogue: Catalogue, clerks: tuple[int, ...] = ()) -> Records:
    """Everything the demo holds, around the present."""
    people = People(catalogue, present.today, present.chance("people"))
    records = Records(patients=with_wishes(charts(people), present))
    diary = Diary(present, catalogue, records.patients)
    events = Events(present, diary)
    past = Past(present, records, clerks)
    visits = Visits(present, catalogue, records, past)
    for day in diary.fill():
        events.happen(day)
        coming = [entry for entry in diary.of_day if entry.fate == "come"]
        visits.make(diary.of_day, courses(coming, present.chance("course", day)))
    Inbox(present, catalogue, people, diary, records, visits.papers).fill()
    offer_opened_slots(present, records)
    would_come_earlier(present, records)
    offered_gaps(present, catalogue, records)
    add_tries(present, catalogue, records, clerks)
    write_to_unreached(present, records)
    past.of_calls()
    claim_calls(present, records, clerks)
    return records


def _store(work: UnitOfWork, records: Records, present: Present) -> None:
    """Whoever is pointed to comes first."""
    work.bulk.patients(records.patients)
    work.bulk.requests(records.requests)
    work.bulk.appointments(records.appointments)
    work.bulk.authorizations(records.authorizations)
    work.bulk.callbacks(records.callbacks)
    work.bulk.short_notice(records.short_notice)
    work.bulk.offers(records.offers)
    work.bulk.readiness(records.readiness)
    work.bulk.steps(records.steps)
    work.bulk.attempts(records.attempts)
    work.bulk.contacts(records.contacts)
    work.bulk.past(records.past)
    for item in set_aside(present):
        work.imports.add(item)
