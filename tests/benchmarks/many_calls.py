"""A database of its own for the benchmarks of calls: so many open requests and visits ahead, each with its calls."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from db.migrate import prepare
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.domain.practice import Sedation, Stay
from desk_app.domain.records import Appointment, Authorization, Callback, Contact, Patient, Phone, Request
from desk_app.domain.statuses import (
    AppointmentStatus,
    AuthorizationStatus,
    CallbackKind,
    RequestSource,
    RequestStatus,
    Urgency,
)
from tests.benchmarks.big_catalogue import CATALOGUE, PAYERS
from tests.benchmarks.big_names import FAMILIES, GIVEN
from tests.benchmarks.big_practice import NOW, SEED, StandingClock

K, R = CallbackKind, RequestStatus
STAGES = ((R.RECEIVED, K.CALL_PATIENT), (R.AWAITING_AUTHORIZATION, K.CALL_PAYER), (R.READY_TO_BOOK, K.BOOK))
WINDOWS = ("", "", "", "mornings", "after 3 pm", "when the bus has come")


def fill(path: Path, requests: int, visits: int) -> Desk:
    """An open desk on a new database; the numbers of requests and visits begin at one."""
    prepare(str(path), create=True)
    desk = build_desk(str(path), "benchmark", StandingClock())
    practice.load(desk, CATALOGUE)
    chosen = random.Random(SEED)
    with desk.open_work(desk.actor) as work:
        work.bulk.patients(_patients(requests + visits, chosen))
        work.bulk.requests((request, ()) for request in _requests(requests, chosen))
        work.bulk.authorizations(_authorizations(requests))
        work.bulk.appointments(_visits(requests, visits))
        work.bulk.callbacks(_calls(requests, visits, chosen))
        work.commit("practice_loaded")
    return desk


def start_of(number: int) -> datetime:
    """A visit's start: one of the 200 days to come."""
    return NOW + timedelta(days=1 + number % 200, minutes=5 * (number % 80))


def _patients(count: int, chosen: random.Random) -> Iterator[Patient]:
    for number in range(1, count + 1):
        digits = f"508555{number % 10_000:04}"
        yield Patient(
            f"{300_000 + number}",
            chosen.choice(FAMILIES),
            chosen.choice(GIVEN),
            phones=(Phone(digits, f"+1{digits}"), Phone("413 555 0101", "+14135550101")),
            payer=PAYERS[number % len(PAYERS)],
            member_id=f"M{number}",
            call_window=WINDOWS[number % len(WINDOWS)],
            id=number,
        )


def _requests(count: int, chosen: random.Random) -> Iterator[Request]:
    for number in range(1, count + 1):
        status, _ = STAGES[number % len(STAGES)]
        yield Request(
            RequestSource.PHONE,
            NOW - timedelta(hours=number % 400),
            status,
            chosen.choice(list(Urgency)),
            number,
            Contact("Asante", "Kwame"),
            "KYPHO",
            levels=1 + number % 2,
            payer=PAYERS[number % len(PAYERS)],
            id=number,
        )


def _authorizations(count: int) -> Iterator[Authorization]:
    for number in range(1, count + 1):
        yield Authorization(
            number,
            number,
            PAYERS[number % len(PAYERS)],
            "KYPHO",
            AuthorizationStatus.SUBMITTED if number % 3 == 1 else AuthorizationStatus.APPROVED,
            f"REF{number}",
            submitted_at=NOW - timedelta(days=number % 9),
            id=number,
        )


def _visits(first: int, count: int) -> Iterator[Appointment]:
    for number in range(1, count + 1):
        start = start_of(number)
        yield Appointment(
            first + number,
            "JOINT",
            "Large joint injection",
            1,
            AppointmentStatus.BOOKED,
            Stay.NEVER,
            0.0,
            Sedation.NONE,
            start,
            start + timedelta(minutes=30),
            (),
            (),
            id=number,
        )


def _calls(requests: int, visits: int, chosen: random.Random) -> Iterator[Callback]:
    number = 0
    for request in range(1, requests + 1):
        number += 1
        kind = STAGES[request % len(STAGES)][1]
        payer = PAYERS[request % len(PAYERS)]
        due = NOW + timedelta(hours=chosen.randrange(-20, 60))
        yield Callback(kind, due, "KYPHO", request, None, request, payer, arisen_at=NOW, id=number)
    for visit in range(1, visits + 1):
        for kind, days in ((K.PREPARATION, 7), (K.CONFIRMATION, 2)):
            number += 1
            due = max(start_of(visit) - timedelta(days=days), NOW + timedelta(hours=2))
            yield Callback(kind, due, "JOINT", None, visit, requests + visit, arisen_at=NOW, id=number)
