"""Memory that was only kept for speed: given back where a start, or a look at very much, has filled it.

The driver's SQLite keeps up to 8 MB of a file's pages for each connection, and the C library what is freed between
other pieces. The system has the file's pages in its own cache all the same.
"""

from __future__ import annotations

import sys
from contextlib import closing

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool


def give_back(*engines: Engine) -> None:
    """Of connections that nobody uses just now."""
    for engine in engines:
        if isinstance(engine.pool, QueuePool) and engine.dialect.name == "sqlite" and engine.pool.checkedin():
            with closing(engine.raw_connection()) as connection:  # a writer's transaction would keep others waiting
                connection.cursor().execute("PRAGMA shrink_memory")
    if sys.platform == "linux":
        _trim()


def _trim() -> None:
    """Only glibc keeps so much of it, and can be asked for it."""
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
