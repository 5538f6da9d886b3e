"""The order of calls, best first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from desk_app.domain.call_order import NOT_NOW, NOW, PERHAPS, Reach, best_first
from desk_app.domain.practice import Payer
from tests.helpers.small_practice import ZONE, at

TEN, EVENING = at("2026-11-24T10:00"), at("2026-11-24T17:00")
PAYERS = (
    Payer("EARLY", "Early Health", opens=time(7), closes=time(9)),
    Payer("OPEN", "Open Health", opens=time(9), closes=time(16)),
    Payer("ALWAYS", "Always Health"),
)


@dataclass(frozen=True)
class Call:
    id: int = 1
    kind: str = "call_patient"
    due: datetime = EVENING
    late: bool = False
    urgency: str = "routine"
    priority: int = 0
    call_window: str = ""
    payer: str | None = None
    arisen_at: datetime | None = None


def order(*calls: Call) -> list[int]:
    return [call.id for call in best_first(calls, Reach(TEN, ZONE, PAYERS))]


def test_each_measure_comes_before_the_next() -> None:
    late = Call(1, late=True, due=at("2026-11-24T09:00"))
    urgent = Call(2, urgency="urgent", due=at("2026-11-25T17:00"))
    soon = Call(3, urgency="soon")
    first = Call(4, priority=2)
    now = Call(5, call_window="mornings", due=at("2026-11-24T16:00"))
    sooner = Call(6, due=at("2026-11-24T12:00"))
    longer = Call(7, arisen_at=TEN - timedelta(days=3))
    plain = Call(8, arisen_at=TEN - timedelta(days=1))
    not_now = Call(9, call_window="after 3 pm", due=at("2026-11-24T11:00"))
    calls = [late, urgent, soon, first, now, sooner, longer, plain, not_now]
    Random(4).shuffle(calls)
    assert order(*calls) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_payer_is_reached_within_its_hours_only() -> None:
    reach = Reach(TEN, ZONE, PAYERS)
    calls = {code: replace(Call(), kind="call_payer", payer=code) for code in ("EARLY", "OPEN", "ALWAYS", None)}
    assert [reach.of(call) for call in calls.values()] == [NOT_NOW, PERHAPS, PERHAPS, PERHAPS]


def test_a_patients_own_words_count_for_calls_to_them_alone() -> None:
    reach = Reach(TEN, ZONE, PAYERS)
    assert reach.of(Call(call_window="mornings")) == NOW
    assert reach.of(Call(call_window="evenings")) == NOT_NOW
    assert reach.of(Call(call_window="when I am back")) == PERHAPS
    assert reach.of(Call(kind="call_payer", payer="OPEN", call_window="evenings")) == PERHAPS


def test_equal_calls_keep_their_numbers_order() -> None:
    assert order(Call(3), Call(1), Call(2)) == [1, 2, 3]
