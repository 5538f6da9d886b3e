"""The end of the audit trail is seen to be gone, whoever cut it off, by the computer that has seen it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from db.migrate import prepare
from desk_app.application.desk import Desk
from desk_app.application.use_cases import practice
from desk_app.bootstrap.graph import build_desk
from desk_app.interop.kept_audit_ends import KeptAuditEnds
from tests.application.steps import a_patient
from tests.db.plain import plain
from tests.db.test_unit_of_work import unguard
from tests.helpers.small_practice import CATALOGUE, StandingClock

Opened = Callable[[], Desk]


@pytest.fixture
def ends(tmp_path: Path) -> KeptAuditEnds:
    return KeptAuditEnds(tmp_path / "elsewhere" / "audit-ends.json")


@pytest.fixture
def opened(small_practice: None, address: str, clock: StandingClock, ends: KeptAuditEnds) -> Iterator[Opened]:
    """A desk that keeps the end of the trail elsewhere."""
    desks: list[Desk] = []

    def another() -> Desk:
        desks.append(build_desk(address, "user 1", clock, ends=ends))
        return desks[-1]

    yield another
    for desk in desks:
        desk.close()


def cut(address: str, events: int) -> int:
    """Takes the last events out, as only somebody with the file in hand can; the number of the last that is left."""
    with plain(address) as program:
        unguard(program)
        last = int(program.one("SELECT max(seq) FROM audit_event")) - events
        program.run("DELETE FROM audit_touch WHERE seq > ?", last)
        program.run("DELETE FROM audit_event WHERE seq > ?", last)
        return last


def place(address: str) -> str:
    """What the place of a database is called."""
    return make_url(address).render_as_string(hide_password=True) if "://" in address else str(Path(address).resolve())


def found(desk: Desk) -> list[tuple[str, str]]:
    assert desk.audit_watch is not None
    return [(breach.rule, breach.record) for breach in desk.audit_watch.breaches()]


def test_a_trail_that_goes_on_is_whole(opened: Opened) -> None:
    for family in ("Ortiz", "Haddad"):
        desk = opened()
        a_patient(desk, family)
        desk.close()
        assert found(opened()) == []


def test_a_cut_end_is_found_though_the_chain_is_whole(opened: Opened, address: str) -> None:
    desk = opened()
    for family in ("Ortiz", "Haddad", "Lee"):
        a_patient(desk, family)
    desk.close()
    last = cut(address, 2)
    again = opened()
    assert found(again) == [("audit_cut", f"audit event {last + 2}")]
    assert not [breach for breach in again.queries.breaches(again.now()) if breach.rule == "audit_chain"]


def test_what_is_written_after_a_cut_does_not_hide_it(opened: Opened, address: str) -> None:
    desk = opened()
    a_patient(desk, "Ortiz")
    a_patient(desk, "Haddad")
    desk.close()
    last = cut(address, 1)
    desk = opened()
    for family in ("Haddad", "Lee", "Novak"):
        a_patient(desk, family)
    desk.close()
    assert found(opened()) == [("audit_cut", f"audit event {last + 1}")]


def test_whoever_puts_a_copy_back_begins_anew(opened: Opened, address: str) -> None:
    desk = opened()
    a_patient(desk, "Ortiz")
    desk.close()
    cut(address, 1)
    desk = opened()
    assert desk.audit_watch is not None
    desk.audit_watch.begin_anew()
    a_patient(desk, "Haddad")
    desk.close()
    assert found(opened()) == []


def test_an_end_is_kept_at_once_then_each_minute_and_when_the_desk_is_closed(
    opened: Opened, address: str, clock: StandingClock, ends: KeptAuditEnds
) -> None:
    desk = opened()

    def kept() -> int:
        end = desk.queries.audit_end()
        known = ends.known(end.practice, place(address)) if end is not None else None
        return desk.queries.last_seq() - known.seq if known is not None else -1

    assert kept() == -1
    a_patient(desk, "Ortiz")
    assert kept() == 0
    a_patient(desk, "Haddad")
    assert kept() > 0
    clock.instant += timedelta(minutes=1)
    a_patient(desk, "Lee")
    assert kept() == 0
    a_patient(desk, "Novak")
    last = desk.queries.audit_end()
    assert last is not None
    desk.close()
    assert ends.known(last.practice, place(address)) == last


def test_the_later_end_of_two_desks_of_one_computer_is_kept(opened: Opened, address: str, ends: KeptAuditEnds) -> None:
    one, two = opened(), opened()
    a_patient(one, "Ortiz")
    a_patient(one, "Haddad")
    a_patient(two, "Lee")
    last = two.queries.audit_end()
    assert last is not None
    two.close()
    one.close()
    assert ends.known(last.practice, place(address)) == last


def test_a_backup_looked_into_and_a_copy_worked_in_are_no_cut(
    loaded_sqlite: Path, tmp_path: Path, clock: StandingClock, ends: KeptAuditEnds
) -> None:
    real, copy = (str(shutil.copy(loaded_sqlite, tmp_path / name)) for name in ("real.db", "copy.db"))

    def work(path: str, *families: str) -> list[tuple[str, str]]:
        with closing(build_desk(path, "user 1", clock, ends=ends)) as desk:
            for family in families:
                a_patient(desk, family)
            return found(desk)

    assert work(real, "Ortiz", "Haddad") == []
    assert work(copy) == []
    assert work(copy, "Lee", "Novak", "Bauer") == []
    assert work(real) == work(real, "Costa") == []


def test_another_practice_has_a_trail_of_its_own(tmp_path: Path, clock: StandingClock, ends: KeptAuditEnds) -> None:
    for name in ("one", "two"):
        path = str(tmp_path / f"{name}.db")
        prepare(path, create=True)
        with closing(build_desk(path, "user 1", clock, ends=ends)) as desk:
            practice.load(desk, CATALOGUE)
            assert found(desk) == []
    stored = json.loads((tmp_path / "elsewhere" / "audit-ends.json").read_text(encoding="utf-8"))
    assert len(stored) == 2
