"""The machine's and the database's errors, sorted once into the program's own faults; ours stay errors of ours.

No text of a row ever gets into a fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from db.plain_faults import plain_faults, sqlite_code
from db.schema.guards import ALLOCATION_TAKEN, PATIENT_ELSEWHERE
from desk_app.domain.faults import Conflict, FrontDeskFault, StorageUnavailable

_SERVER: Mapping[str, str] = {
    "25006": "read_only",
    "3D000": "missing",
    "42501": "no_rights",
    "53100": "full",
    "08": "unreachable",
    "28": "no_rights",
    "53": "unreachable",
    "57P": "unreachable",
}
"""SQLSTATEs, or the beginnings of their classes."""

_AGAIN = frozenset({"40001", "40P01"})
_BUSY = frozenset({"55P03", "57014"})


@contextmanager
def storage_faults(path: str = "") -> Iterator[None]:
    """Turns SQLAlchemy's errors into Conflict or StorageUnavailable."""
    try:
        yield
    except SQLAlchemyError as error:
        raise sorted_fault(error, path) from None


@contextmanager
def file_faults(path: str) -> Iterator[None]:
    """The same for work on a file, through whatever: SQLAlchemy, the plain driver and the system."""
    with plain_faults(path), storage_faults(path):
        yield


def sorted_fault(error: SQLAlchemyError, path: str) -> FrontDeskFault:
    """What the error means. What nobody foresaw is a mistake of ours and is raised as it is."""
    if not isinstance(error, DBAPIError):
        raise error
    text = str(error.orig).casefold()
    state = getattr(error.orig, "sqlstate", None) or ""
    fault = _conflict(error, text, state)
    if fault is not None:
        return fault
    code = _server_code(error, state) if hasattr(error.orig, "sqlstate") else sqlite_code(text)
    if code is None or isinstance(error, IntegrityError):
        raise error
    return StorageUnavailable(code, path=path)


def _conflict(error: DBAPIError, text: str, state: str) -> Conflict | None:
    """``again`` marks a collision in which the database chose this writer to begin anew."""
    if ALLOCATION_TAKEN in text:
        return Conflict("taken", resource="what is needed")
    if PATIENT_ELSEWHERE in text:
        return Conflict("patient_elsewhere")
    if "write_id" in text and isinstance(error, IntegrityError):
        return Conflict("already_done")
    if state in _AGAIN:
        return Conflict("busy", again=True)
    return Conflict("busy") if state in _BUSY else None


def _server_code(error: DBAPIError, state: str) -> str | None:
    if error.connection_invalidated or not state:
        return "unreachable"
    return next((code for begin, code in _SERVER.items() if state.startswith(begin)), None)
