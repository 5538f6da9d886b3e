"""The database's errors, sorted once into the program's own faults. No text of a row ever gets into one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from db.schema.guards import ALLOCATION_TAKEN, PATIENT_ELSEWHERE
from desk_app.domain.faults import Conflict, FrontDeskFault, StorageUnavailable

_SQLITE_WORDS = (
    ("locked", "locked"),
    ("busy", "locked"),
    ("disk is full", "full"),
    ("readonly", "read_only"),
    ("unable to open", "no_rights"),
    ("malformed", "damaged"),
    ("not a database", "foreign"),
    ("disk i/o", "damaged"),
)
_RETRY = frozenset({"40001", "40P01", "55P03"})


@contextmanager
def storage_faults(path: str = "") -> Iterator[None]:
    """Turns driver errors into Conflict or StorageUnavailable."""
    try:
        yield
    except SQLAlchemyError as error:
        raise sorted_fault(error, path) from None


def sorted_fault(error: SQLAlchemyError, path: str) -> FrontDeskFault:
    """What the error means; what nobody foresaw stays an error of ours."""
    text = str(error.orig).casefold() if isinstance(error, DBAPIError) else str(error).casefold()
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    if ALLOCATION_TAKEN in text:
        return Conflict("taken", resource="what is needed")
    if PATIENT_ELSEWHERE in text:
        return Conflict("patient_elsewhere")
    if "write_id" in text and isinstance(error, IntegrityError):
        return Conflict("already_done")
    if state in _RETRY:
        return Conflict("busy")
    if isinstance(error, OperationalError | DBAPIError) and not isinstance(error, IntegrityError):
        return StorageUnavailable(_operational(text), path=path)
    raise error


def _operational(text: str) -> str:
    return next((code for words, code in _SQLITE_WORDS if words in text), "unreachable")
