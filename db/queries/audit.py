"""Where the audit trail ends."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.audit import fingerprint
from db.schema.practice import practice
from db.schema.visits import audit_event
from desk_app.application.read_models import AuditEnd

_e = audit_event.c


def audit_end(connection: Connection) -> AuditEnd | None:
    key = connection.execute(select(practice.c.audit_key)).scalar()
    last = connection.execute(select(_e.seq, _e.chain).order_by(_e.seq.desc()).limit(1)).first()
    return AuditEnd(fingerprint(key), last.seq, last.chain) if key is not None and last is not None else None


def audit_chain(connection: Connection, seq: int) -> str | None:
    found: str | None = connection.execute(select(_e.chain).where(_e.seq == seq)).scalar()
    return found
