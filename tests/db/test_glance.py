"""Today at a glance: the same as the desk reads it, without SQLAlchemy, and nothing where there is nothing to see."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from db.day_statement import DAY
from db.driver import sqlite_module
from db.glance import glance
from db.locks import FileLock
from db.queries.day import WITH_GONE
from db.repositories import practice as tables
from desk_app.application.desk import Desk
from desk_app.application.use_cases import blockouts, practice, visit_status
from desk_app.application.use_cases.look_at_day import day_view, glanced
from desk_app.domain.blockouts import BlockoutWish
from desk_app.domain.faults import StorageUnavailable
from desk_app.domain.statuses import CancelReason
from tests.db.work import add_patient, book, keep_rules
from tests.helpers.small_practice import CATALOGUE, StandingClock, at

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def address(sqlite_address: str) -> str:
    """A server's driver takes longer to import than all else: only files are glanced at."""
    return sqlite_address


def words(statement: str) -> list[str]:
    return statement.replace("(", " ( ").replace(")", " ) ").split()


def test_the_select_is_the_read_sides_own_to_the_word() -> None:
    compiled = WITH_GONE.compile(
        dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"render_postcompile": True}
    )
    assert words(DAY) == words(str(compiled))


def test_every_table_that_can_lose_rows_says_in_which_column() -> None:
    named = {"resource", "session", "blockout", "procedure_type", "payer", "phase", "phase_need", "business_hours"}
    named |= {"coverage_rule", "readiness_gate", "call_rule"}
    for name in named:
        column = tables.GONE.get(name)
        held = set(getattr(tables.tables, name).c.keys()) & {"retired", "void"}
        assert held == ({column} if column else set()), name


def test_a_glance_sees_the_same_today_as_the_desk(desk: Desk, address: str, clock: StandingClock) -> None:
    clock.instant = at("2026-11-25T08:30")
    visit = book(desk, "09:00", add_patient(desk, "O'Brien", "Siân", phone="5085550142"))
    book(desk, "10:00", procedure="KYPHO", hold_until=at("2026-11-25T09:30"))
    gone = book(desk, "14:00")
    visit_status.cancel(desk, gone, CancelReason.PATIENT)
    book(desk, "2026-11-26T09:00")
    seen = glance(Path(address), desk.now())
    assert seen is not None
    assert seen[0] == desk.catalogue()
    assert seen[1] == desk.queries.day_plan(desk.today(), desk.now(), with_gone=True)
    assert {visit, gone} <= {line.appointment_id for line in seen[1].lines}
    assert glanced(*seen, desk.now()) == day_view(desk, desk.today(), with_gone=True)


def test_what_was_taken_out_of_the_practice_is_not_in_a_glance(desk: Desk, address: str) -> None:
    start, room = at("2026-11-24T12:00"), CATALOGUE.resources[0].code
    made = blockouts.enter(desk, BlockoutWish((room,), start, start + timedelta(hours=1), reason="lunch")).value
    for each in made.blockouts:
        blockouts.remove(desk, each.id)
    seen = glance(Path(address), desk.now())
    assert seen is not None
    assert seen[0] == desk.queries.catalogue()
    assert seen[0].blockouts == ()


def test_a_glance_has_all_of_the_practice_but_its_rules(desk: Desk, address: str) -> None:
    keep_rules(desk)
    seen = glance(Path(address), desk.now())
    assert seen is not None
    assert seen[0] != desk.queries.catalogue()
    assert seen[0] == desk.queries.catalogue().without_rules()


def test_there_is_nothing_to_see_without_a_practice_or_a_database(sqlite_address: str, tmp_path: Path) -> None:
    now = at("2026-11-24T10:00")
    assert glance(Path(sqlite_address), now) is None
    assert glance(tmp_path / "none.db", now) is None


def test_another_revision_is_left_to_the_opening(desk: Desk, address: str) -> None:
    with closing(sqlite_module().connect(address, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    assert glance(Path(address), desk.now()) is None


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    foreign = tmp_path / "letter.db"
    foreign.write_text("Dear Dr. Osei, " * 1000)
    with pytest.raises(StorageUnavailable, match="foreign"):
        glance(foreign, at("2026-11-24T10:00"))


def test_a_file_that_is_being_migrated_is_not_touched(desk: Desk, address: str, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(Path(address).read_bytes())
    with FileLock(other, alone=True), pytest.raises(StorageUnavailable, match="in_use"):
        glance(other, desk.now())


def test_sqlalchemy_is_not_imported_for_it(sqlite_address: str) -> None:
    program = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from db.glance import glance\n"
        "from desk_app.application.use_cases import look_at_day\n"
        "assert glance(Path(sys.argv[1]), datetime.now(UTC)) is None\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'psycopg') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, sqlite_address], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_a_practice_without_visits_is_an_empty_day(desk: Desk, address: str) -> None:
    practice.load(desk, CATALOGUE)
    seen = glance(Path(address), desk.now())
    assert seen is not None
    assert seen[1].lines == ()
