"""What else an hour brings: cancellations, a gap refilled, a vacation over visits, a preview, second thoughts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QApplication

from desk_app.application.read_models import ConcernedVisit
from desk_app.application.use_cases.blockouts import concerned
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.statuses import AppointmentStatus, CallbackKind, CallbackStatus, CancelReason
from desk_app.domain.zone import wall_instant
from desk_app.ui.panels.block_form import BlockForm
from desk_app.ui.panels.cancel_form import CancelForm
from desk_app.ui.panels.gap_panel import GapPanel
from desk_app.ui.print_preview import PrintPreview
from tests.e2e.hour_of_bookings import fills_the_gap, takes_first_start
from tests.e2e.hour_of_moves import may_say_why, shows_visit
from tests.e2e.receptionist import Receptionist, business_days
from tests.helpers.keyboard import CTRL, Key

CANCELLED = AppointmentStatus.CANCELLED


def is_cancelled(desk: Receptionist, number: int, reason: CancelReason, note: str = "") -> None:
    visit = desk.visit(number)
    assert (visit.status, visit.cancel_reason, visit.cancel_note) == (CANCELLED, reason, note)
    desk.until(lambda: desk.board.state.scene.main_block(number) is None)
    desk.until(lambda: "| Cancelled |" in desk.card_says())


def cancels_by_key(desk: Receptionist, number: int) -> None:
    """Del and the reason; taken back, and done again."""
    before = shows_visit(desk, number)
    desk.press(Key.Key_Delete)
    desk.form(CancelForm)
    desk.press(Key.Key_1)
    desk.hears("Cancelled ")
    is_cancelled(desk, number, CancelReason.PATIENT)
    desk.undoes("cancellation")
    assert desk.visit(number).status is before.status
    desk.until(lambda: desk.board.state.scene.main_block(number) is not None)
    desk.redoes("cancellation")
    is_cancelled(desk, number, CancelReason.PATIENT)


def cancels_with_a_note(desk: Receptionist, number: int, note: str) -> None:
    """The note stands before the reasons: a step back with Tab, the words, Enter, the reason."""
    shows_visit(desk, number)
    desk.press(Key.Key_Delete)
    form = desk.form(CancelForm)
    desk.press(Key.Key_Backtab)
    assert QApplication.focusWidget() is form._note
    desk.write(note)
    desk.press(Key.Key_Return, Key.Key_2)
    desk.hears("Cancelled ")
    is_cancelled(desk, number, CancelReason.ILL, note)


def cancels_by_menu(desk: Receptionist, number: int) -> None:
    """A right click on the visit."""
    shows_visit(desk, number)
    desk.opens_menu(desk.at_visit(number))
    desk.chooses("Cancel")
    desk.form(CancelForm)
    desk.press(Key.Key_5)
    desk.hears("Cancelled ")
    is_cancelled(desk, number, CancelReason.WEATHER)


def cancels_and_refills(desk: Receptionist) -> None:
    """Somebody cancels whose place others wait for: G, and the best of them has it."""
    line, names = desk.coveted()
    shows_visit(desk, line.appointment_id)
    desk.press(Key.Key_Delete, Key.Key_1, Key.Key_G)
    panel = desk.form(GapPanel)
    desk.hears("Cancelled ")
    best = panel._gap.fits[0]
    assert {fit.line.name for fit in panel._gap.fits} == names
    assert best.slot.start == line.start
    desk.press(Key.Key_1)
    fills_the_gap(desk, best)
    assert desk.visit(line.appointment_id).status is CANCELLED


def blocks_by_drawing(desk: Receptionist, day: date) -> None:
    """The mouse pulled over empty ground; the form knows what was drawn."""
    desk.goes_to(day)
    board = desk.board
    scene = board.state.scene
    gap = max(board.gaps(), key=lambda each: each.end - each.start)
    column, start = scene.columns[gap.column].code, scene.axis.instant_of(gap.start)
    begin, end = (desk.at_time(column, start + timedelta(minutes=after)) for after in (0, 30))
    desk.takes(begin)
    desk.pulls_to(end)
    desk.lets_go(end)
    form = desk.form(BlockForm)
    assert form.fields.who.value() == (column,)
    desk.until(lambda: form._looked is not None)
    desk.press(Key.Key_Return, with_=CTRL)
    desk.hears("Blocked ")
    (made,) = [each for each in desk.blockouts() if each.resource == column and each.start == start]
    desk.until(lambda: desk.work.cards.shown == ("blockout", made.id) and desk.work.cards.is_read)
    desk.until(lambda: any(s.code == "blocked" for s in desk.board.state.scene.columns[gap.column].shades))
    desk.undoes("blockout")
    assert made.id not in [each.id for each in desk.blockouts()]


def enters_a_vacation(desk: Receptionist) -> None:
    """B, whose it is, Ctrl+Enter: whoever is in the way is listed, and each gets a call; one is moved at once."""
    physician, day, there = _busy_physician(desk)
    desk.goes_to(day)
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_B)
    form = desk.form(BlockForm)
    desk.write(physician)
    desk.press(Key.Key_Return)
    desk.until(lambda: form._looked is not None)
    assert {visit.appointment_id for visit in form._seen} == set(there)
    assert form.primary.word() == f"Block all the same, {len(there)} calls"
    desk.press(Key.Key_Return, with_=CTRL)
    assert desk.hears("Blocked ").endswith(f"{len(there)} calls to make")
    for number in there:
        assert CallbackKind.REBOOK in _calls_about(desk, number)
    _moves_the_first_out_of_the_way(desk, len(there))


def _busy_physician(desk: Receptionist) -> tuple[str, date, dict[int, ConcernedVisit]]:
    """A physician and a day on which several come to them between eight and five."""
    zone = desk.desk.zone()
    for day in business_days(desk.desk.today() + timedelta(days=6), 10):
        begin, end = (wall_instant(day, time(hour), zone) for hour in (8, 17))
        for code, name in (("LIN", "lindqvist"), ("OSE", "osei"), ("ALG", "algendy")):
            there = {each.appointment_id: each for each in concerned(desk.desk, BlockoutWish((code,), begin, end))}
            if 2 <= len(there) <= 9 and all(each.status in ("booked", "confirmed") for each in there.values()):
                return name, day, there
    raise AssertionError("no physician is busy")


def _calls_about(desk: Receptionist, number: int) -> set[CallbackKind]:
    calls = desk.desk.queries.visit_card(number).callbacks
    return {call.kind for call in calls if call.status is CallbackStatus.DUE}


def _moves_the_first_out_of_the_way(desk: Receptionist, count: int) -> None:
    """From the card of what is blocked: 1, another time, and the card with those who are left."""
    cards = desk.work.cards
    desk.until(lambda: (shown := cards.shown) is not None and shown[0] == "blockout" and cards.is_read)
    assert f"{count} visits stand there" in desk.card_says()
    desk.press(Key.Key_1)
    takes_first_start(desk)
    may_say_why(desk)
    left = f"{count - 1} {'visit stands' if count == 2 else 'visits stand'} there"
    desk.until(lambda: cards.is_read and left in desk.card_says())


def looks_at_the_paper(desk: Receptionist) -> None:
    """The sheet of the day shown, as it would be printed; Esc leaves it."""
    desk.wakes_up()
    shown = desk.day
    desk.press(Key.Key_P, with_=CTRL)
    desk.until(lambda: isinstance(QApplication.activeModalWidget(), PrintPreview))
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, PrintPreview)
    assert preview.choice().day == shown
    desk.until(lambda: preview.view.count > 0)
    desk.mouse.keyClick(preview, Key.Key_Escape)
    desk.until(lambda: QApplication.activeModalWidget() is None)


def has_second_thoughts(desk: Receptionist, steps: int) -> None:
    """Ctrl+Z again and again, then Ctrl+Y as often: what is stored is what it was."""
    days = business_days(desk.desk.today(), 24)
    before = _picture(desk, days)
    desk.wakes_up()
    for _ in range(steps):
        desk.undoes("")
    assert _picture(desk, days) != before
    for _ in range(steps):
        desk.redoes("")
    assert _picture(desk, days) == before
    for _ in range(steps):
        desk.undoes("")


def _picture(desk: Receptionist, days: list[date]) -> list[tuple[int, str, datetime, str]]:
    """Every visit of these days: who it is, its status, start and phases."""
    lines = [line for day in days for line in desk.plan(day).values()]
    return [(line.appointment_id, line.status, line.start, line.phases_text) for line in lines]
