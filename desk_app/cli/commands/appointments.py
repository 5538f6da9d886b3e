"""``appointments book``, ``move``, ``cancel``, ``status`` and ``list``."""

from __future__ import annotations

from argparse import Namespace

from desk_app.application.desk import Desk
from desk_app.application.use_cases import booking, moving, visit_status
from desk_app.application.visit_steps import How
from desk_app.cli import output, values
from desk_app.cli.answer import Answer
from desk_app.cli.program import Program
from desk_app.domain.practice import Stay
from desk_app.domain.records import Appointment
from desk_app.domain.statuses import PROGRAM_REASONS, AppointmentStatus, CancelReason


def book(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    zone = desk.zone()
    wish = booking.BookAppointment(
        start=values.instant(args.start, zone),
        procedure=args.procedure,
        levels=args.levels,
        request_id=args.request,
        patient_mrn=args.patient,
        stay=Stay.PLANNED if args.stay else None,
        hold_until=values.instant(args.hold_until, zone) if args.hold_until else None,
        clinician=args.clinician,
        override_reason=args.override,
        as_new_patient=args.new_patient,
        further=values.further(args.also),
    )
    return _told(desk, booking.book(desk, wish).value)


def move(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    start = values.instant(args.start, desk.zone())
    wish = moving.MoveAppointment(args.id, start, override_reason=args.override, reason=args.reason)
    return _told(desk, moving.move(desk, wish).value)


def cancel(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    reason = values.word(CancelReason, args.reason, without=PROGRAM_REASONS)
    return _told(desk, visit_status.cancel(desk, args.id, reason, args.note).value)


def status(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    step = values.word(AppointmentStatus, args.status)
    if step is AppointmentStatus.BOOKED:
        return _told(desk, booking.make_firm(desk, args.id, args.override).value)
    how = How(reason=args.override, use=tuple(args.use))
    return _told(desk, visit_status.set_status(desk, args.id, step, how=how).value)


def listing(program: Program, args: Namespace) -> Answer:
    desk = program.desk()
    zone = desk.zone()
    plan = desk.queries.day_plan(args.date, desk.now())
    told = [output.line_json(line, zone) for line in plan.lines]
    return Answer(
        {"date": args.date.isoformat(), "appointments": told}, [_line(item) for item in told] or ["No visits."]
    )


def _told(desk: Desk, visit: Appointment) -> Answer:
    patient = desk.queries.patient_card(visit.patient_id, desk.now()).patient
    item = output.appointment_json(visit, patient, desk.zone())
    return Answer(item, [_line(item)])


def _line(item: output.Json) -> str:
    used = dict.fromkeys(code for phase in item["phases"] for code in phase["resources"].values())
    return (
        f"{item['id']:>6}  {item['start'][:16].replace('T', ' ')}–{item['end'][11:16]}  {item['status']:<12} "
        f"{item['patient']['name']} ({item['patient']['mrn']})  {item['procedure']}  {' · '.join(used)}"
    )
