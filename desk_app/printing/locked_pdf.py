"""A PDF that opens with a password only: AES-256, by pypdf, which is loaded where a copy is locked and nowhere else."""

from __future__ import annotations

from io import BytesIO

from desk_app.domain.faults import RuleViolation


def locked(document: bytes, password: str) -> bytes:
    """The same pages. Raises RuleViolation ``no_encryption`` where this installation cannot: nothing is left open."""
    try:
        from pypdf import PdfWriter
        from pypdf.errors import DependencyError
    except ImportError:
        raise RuleViolation("no_encryption") from None
    writer = PdfWriter(clone_from=BytesIO(document))
    try:
        writer.encrypt(password, algorithm="AES-256")
        out = BytesIO()
        writer.write(out)
    except DependencyError:
        raise RuleViolation("no_encryption") from None
    return out.getvalue()
