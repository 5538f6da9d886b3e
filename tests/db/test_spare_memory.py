"""Memory that is only kept for speed goes back where much has been read, and nobody waits for that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from desk_app.application.desk import Desk
from desk_app.application.use_cases import patients
from desk_app.domain.records import Patient
from tests.helpers.desks import Desks

ROOT = Path(__file__).parents[2]

READING = dedent(
    """
    import sys
    from pathlib import Path
    from db.driver import connect
    from db.engine import file_engine
    from db.spare_memory import give_back

    def megabytes():
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

    path = Path(sys.argv[1])
    filling = connect(path)
    filling.execute("CREATE TABLE page (words TEXT)")
    filling.executemany("INSERT INTO page VALUES (?)", [("x" * 3000,)] * 6000)
    filling.close()
    engine = file_engine(path, "BEGIN")
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM page WHERE words LIKE '%y%'").all()
    full = megabytes()
    give_back(engine)
    print(full - megabytes())
    """
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's memory so, and only glibc gives back")
def test_the_pages_of_a_file_that_was_read_through_are_given_back(tmp_path: Path) -> None:
    words = [sys.executable, "-c", READING, str(tmp_path / "pages.db")]
    done = subprocess.run(words, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    assert float(done.stdout) > 5  # of the 8 MB that the driver's SQLite keeps


def test_it_waits_for_no_writer_and_the_desk_goes_on(desk: Desk, desks: Desks) -> None:
    other = desks()
    with other.open_work(other.actor) as work:
        work.lock_calls()
        desk.give_back_memory()
    assert patients.add(desk, Patient("", "Ortiz", "Marisol"), True).value.id
    desk.give_back_memory()
