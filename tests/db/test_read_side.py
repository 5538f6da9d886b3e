"""What a screen is told: lapsed holds are free, nights reach into the next day, and differences equal a new look."""

from __future__ import annotations

from datetime import date, timedelta

from desk_app.application.desk import Desk
from desk_app.application.outcome import Record
from desk_app.application.use_cases import moving, undo, visit_status
from desk_app.domain.practice import Stay
from desk_app.domain.statuses import AppointmentStatus, CancelReason
from tests.db.plain import plain
from tests.db.work import Desks, add_patient, book
from tests.helpers.small_practice import StandingClock, at

DAY = date(2026, 11, 25)
NEXT = date(2026, 11, 26)
LAPSES = at("2026-11-24T12:00")


def starts(desk: Desk, day: date, with_gone: bool = False) -> list[str]:
    lines = desk.queries.day_plan(day, desk.now(), with_gone).lines
    return [line.start.astimezone(desk.zone()).strftime("%d %H:%M") for line in lines]


def test_a_lapsed_hold_is_free_to_every_reader_at_once(desk: Desk, clock: StandingClock) -> None:
    who = add_patient(desk, "Ortiz")
    visit = book(desk, "09:00", who, hold_until=LAPSES)
    clock.instant = LAPSES - timedelta(seconds=1)
    assert starts(desk, DAY) == ["25 09:00"]
    assert desk.queries.days_with_visits(DAY, DAY, desk.now()) == {DAY: 1}
    assert len(desk.queries.presence(who, DAY, DAY, desk.now())) == 1
    assert len(desk.queries.index_rows(DAY, DAY, desk.now()).visits) == 1
    assert len(desk.queries.patient_card(who, desk.now()).upcoming) == 1
    clock.instant = LAPSES
    assert starts(desk, DAY) == []
    assert desk.queries.days_with_visits(DAY, DAY, desk.now()) == {}
    assert desk.queries.presence(who, DAY, DAY, desk.now()) == ()
    assert desk.queries.index_rows(DAY, DAY, desk.now()).visits == ()
    card = desk.queries.patient_card(who, desk.now())
    assert (card.upcoming, [line.appointment_id for line in card.past]) == ((), [visit])


def test_lapsed_holds_are_cancelled_by_the_sweep_and_by_the_next_write(
    desk: Desk, desks: Desks, clock: StandingClock
) -> None:
    swept, met = book(desk, "09:00", hold_until=LAPSES), book(desk, "11:00", hold_until=LAPSES + timedelta(hours=1))
    other = desks()
    assert visit_status.sweep_lapsed(other).value == ()
    clock.instant = LAPSES
    outcome = visit_status.sweep_lapsed(other)
    assert (len(outcome.value), outcome.changes.ids(Record.APPOINTMENT)) == (1, {swept})
    clock.instant = LAPSES + timedelta(hours=1)
    book(other, "11:00", add_patient(other, "Next"))
    for visit in (swept, met):
        found = desk.queries.visit_card(visit).appointment
        assert (found.status, found.cancel_reason) == (AppointmentStatus.CANCELLED, CancelReason.LAPSED)
    assert desk.queries.breaches(desk.now()) == ()


def test_a_hold_that_somebody_else_is_cancelling_now_is_left_to_them(
    postgresql_address: str, clock: StandingClock
) -> None:
    from desk_app.application.use_cases import practice
    from desk_app.bootstrap.graph import build_desk
    from tests.helpers.small_practice import CATALOGUE

    desk, other = (build_desk(postgresql_address, name, clock) for name in ("one", "two"))
    practice.load(desk, CATALOGUE)
    book(desk, "09:00", hold_until=LAPSES)
    clock.instant = LAPSES
    with desk.open_work(desk.actor) as work:
        assert len(work.appointments.lapsed_holds(LAPSES)) == 1
        assert visit_status.sweep_lapsed(other).value == ()
    assert len(visit_status.sweep_lapsed(other).value) == 1
    desk.close()
    other.close()


def test_a_night_is_on_both_days_and_a_gone_visit_only_where_it_is_asked_for(desk: Desk) -> None:
    book(desk, "15:00", procedure="KYPHO", stay=Stay.PLANNED, override_reason="frail")
    gone = book(desk, "09:00")
    visit_status.cancel(desk, gone, CancelReason.ILL)
    assert starts(desk, DAY) == ["25 15:00"]
    assert starts(desk, DAY, with_gone=True) == ["25 09:00", "25 15:00"]
    assert starts(desk, NEXT) == starts(desk, NEXT, with_gone=True) == ["25 15:00"]
    assert starts(desk, DAY - timedelta(days=1)) == starts(desk, NEXT + timedelta(days=1)) == []


def test_index_rows_of_what_changed_equal_a_new_look_at_everything(desk: Desk, desks: Desks) -> None:
    other, first, last = desks(), DAY, DAY + timedelta(days=5)
    known = {visit.appointment_id: visit for visit in desk.queries.index_rows(first, last, desk.now()).visits}
    uses: dict[int, list[object]] = {}
    seq = desk.queries.last_seq()
    moved, gone = book(other, "09:00"), book(other, "10:00")
    book(other, "13:00", procedure="KYPHO", stay=Stay.PLANNED, override_reason="frail")
    for step in (
        lambda: moving.move(other, moving.MoveAppointment(moved, at("2026-11-27T09:00"))),
        lambda: visit_status.cancel(other, gone, CancelReason.ILL),
        lambda: undo.undo(other),
        lambda: undo.redo(other),
    ):
        step()
        changes = desk.queries.changes_since(seq)
        seq = changes.seq
        rows = desk.queries.index_rows_of(changes.ids(Record.APPOINTMENT))
        for number in changes.ids(Record.APPOINTMENT):
            known.pop(number, None)
            uses.pop(number, None)
        known |= {visit.appointment_id: visit for visit in rows.visits}
        for use in rows.uses:
            uses.setdefault(use.appointment_id, []).append(use)
        anew = desk.queries.index_rows(first, last, desk.now())
        assert known == {visit.appointment_id: visit for visit in anew.visits}
        assert sorted(use for taken in uses.values() for use in taken) == sorted(anew.uses)


def test_changes_since_a_commit_hold_all_that_followed(desk: Desk) -> None:
    seq = desk.queries.last_seq()
    who = add_patient(desk, "Ortiz")
    visit = book(desk, "09:00", who)
    changes = desk.queries.changes_since(seq)
    assert changes.ids(Record.PATIENT) == {who}
    assert changes.ids(Record.APPOINTMENT) == {visit}
    assert changes.days == {DAY}
    assert changes.seq == desk.queries.last_seq() == desk.queries.changes_since(changes.seq).seq


def test_an_answer_of_several_selects_is_one_look(postgresql_address: str, clock: StandingClock) -> None:
    """On a server others commit between two selects; the reader sees none of it until its next look."""
    from desk_app.application.use_cases import practice
    from desk_app.bootstrap.graph import build_desk
    from tests.helpers.small_practice import CATALOGUE

    desk = build_desk(postgresql_address, "somebody", clock)
    practice.load(desk, CATALOGUE)
    reader = desk.queries._engine
    with reader.connect() as look:
        before = look.exec_driver_sql("SELECT count(*) FROM patient").scalar()
        add_patient(desk, "Between")
        assert look.exec_driver_sql("SELECT count(*) FROM patient").scalar() == before
        assert look.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
    desk.close()


def test_a_check_looks_anew_after_others_have_written(desk: Desk, desks: Desks) -> None:
    other = desks()
    assert desk.queries.breaches(desk.now()) == ()
    add_patient(other, "Ortiz")
    assert desk.queries.breaches(desk.now()) == ()


def test_a_check_finds_each_rule_that_stored_rows_break(desk: Desk, address: str) -> None:
    visit = book(desk, "09:00", procedure="KYPHO", override_reason="cannot walk")
    held = book(desk, "13:00", hold_until=at("2026-11-25T08:00"))
    breaking = {
        "status": "UPDATE appointment SET status = 'lost' WHERE id = ?",
        "active": "UPDATE appointment SET active = 0 WHERE id = ?",
        "authorization": "UPDATE appointment SET override_codes = '[]' WHERE id = ?",
        "snapshot": "UPDATE allocation SET active = 0 WHERE appointment_id = ?",
    }
    mending = "UPDATE appointment SET status = 'booked', active = 1, override_codes = ? WHERE id = ?"
    with plain(address) as program:
        for rule, statement in breaking.items():
            program.run(statement, visit)
            assert rule in {breach.rule for breach in desk.queries.breaches(desk.now())}
            program.run(mending, '["authorization"]', visit)
        program.run("UPDATE allocation SET active = 1 WHERE appointment_id = ?", visit)
        assert desk.queries.breaches(desk.now()) == ()
        program.run("UPDATE appointment SET hold_until_s = NULL WHERE id = ?", held)
        assert {breach.rule for breach in desk.queries.breaches(desk.now())} == {"hold"}
