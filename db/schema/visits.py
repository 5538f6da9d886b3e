"""Appointments with their allocations, readiness, beds, printed sheets and the audit trail."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Index, Integer, String, Table, text

from db.schema.columns import Id, day, flag, instant, kept, key, metadata, whole, words
from db.schema.guards import LANES, SPREAD

ACTIVE = text("active = 1")

appointment = Table(
    "appointment",
    metadata,
    key(),
    Column("patient_id", Id, ForeignKey("patient.id"), nullable=False),
    Column("request_id", Id, ForeignKey("request.id")),
    words("procedure_code"),
    words("procedure_name"),
    whole("levels", 1),
    words("level_names"),
    words("side"),
    words("status"),
    instant("status_since_s"),
    words("stay"),
    Column("unplanned_stay", Float, nullable=False),
    words("sedation"),
    Column("day", Integer, nullable=False),
    instant("start_s", nullable=False),
    instant("end_s", nullable=False),
    words("phases", "[]"),
    words("allocations", "[]"),
    instant("hold_until_s"),
    words("cancel_reason"),
    words("cancel_note"),
    words("override_codes", "[]"),
    words("override_reason"),
    flag("authorized_elsewhere"),
    flag("holds_bed"),
    words("escort"),
    words("note"),
    words("further", "[]"),
    words("bed_wishes", "[]"),
    flag("active", 1),
    *kept(),
    CheckConstraint("end_s >= start_s", name="ends_after_start"),
    CheckConstraint(f"start_s >= 0 AND end_s <= {SPREAD}", name="within_the_line"),
    CheckConstraint("active IN (0, 1)", name="active"),
    Index("ix_appointment_day", "day"),
    Index("ix_appointment_request_id", "request_id"),
    Index("ix_appointment_patient", "patient_id", "end_s", "start_s"),
    Index(
        "ix_appointment_held",
        "hold_until_s",
        sqlite_where=text("active = 1 AND hold_until_s IS NOT NULL"),
        postgresql_where=text("active = 1 AND hold_until_s IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

allocation = Table(
    "allocation",
    metadata,
    key(),
    Column("appointment_id", Id, ForeignKey("appointment.id"), nullable=False),
    Column("resource_id", Id, ForeignKey("resource.id"), nullable=False),
    words("label"),
    whole("phase"),
    words("kind"),
    instant("start_s", nullable=False),
    instant("end_s", nullable=False),
    instant("blocked_until_s", nullable=False),
    whole("lane"),
    flag("active", 1),
    CheckConstraint("end_s >= start_s AND blocked_until_s >= start_s", name="ends_after_start"),
    CheckConstraint(f"start_s >= 0 AND blocked_until_s <= {SPREAD}", name="within_the_line"),
    CheckConstraint("active IN (0, 1)", name="active"),
    CheckConstraint(f"lane >= 0 AND lane < {LANES}", name="lane"),
    Index(
        "ix_allocation_lane",
        "resource_id",
        "lane",
        "blocked_until_s",
        "start_s",
        sqlite_where=ACTIVE,
        postgresql_where=ACTIVE,
    ),
    Index("ix_allocation_appointment_id", "appointment_id"),
    sqlite_autoincrement=True,
)

readiness = Table(
    "readiness",
    metadata,
    key(),
    Column("appointment_id", Id, ForeignKey("appointment.id"), nullable=False),
    Column("gate", String(60), nullable=False),
    words("state"),
    instant("due_s"),
    words("note"),
    *kept(),
    Index("ix_readiness_appointment_id", "appointment_id"),
    sqlite_autoincrement=True,
)

visit_step = Table(
    "visit_step",
    metadata,
    key(),
    Column("appointment_id", Id, ForeignKey("appointment.id"), nullable=False),
    words("status"),
    instant("at_s", nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id")),
    Column("resource_id", Id, ForeignKey("resource.id")),
    words("place"),
    words("reason"),
    *kept(),
    Index("ix_visit_step_appointment_id", "appointment_id"),
    sqlite_autoincrement=True,
)

discharge_check = Table(
    "discharge_check",
    metadata,
    key(),
    Column("appointment_id", Id, ForeignKey("appointment.id"), nullable=False),
    instant("at_s", nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id")),
    words("scale"),
    Column("score", Integer),
    flag("escort_here"),
    flag("instructions_given"),
    words("note"),
    *kept(),
    Index("ix_discharge_check_appointment_id", "appointment_id"),
    sqlite_autoincrement=True,
)

bed_state = Table(
    "bed_state",
    metadata,
    key(),
    Column("resource_id", Id, ForeignKey("resource.id"), nullable=False),
    words("state", "free"),
    instant("since_s"),
    Column("appointment_id", Id, ForeignKey("appointment.id")),
    instant("until_s"),
    words("note"),
    *kept(),
    Index("uq_bed_state_resource_id", "resource_id", unique=True),
    sqlite_autoincrement=True,
)

printed_sheet = Table(
    "printed_sheet",
    metadata,
    key(),
    day("day", nullable=False),
    Column("kind", String(40), nullable=False),
    words("profile"),
    whole("sheet_version", 1),
    instant("printed_s", nullable=False),
    words("lines", "{}"),
    *kept(),
    Index("uq_printed_sheet_day", "day", "kind", "sheet_version", unique=True),
    sqlite_autoincrement=True,
)

audit_event = Table(
    "audit_event",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=True),
    instant("at_s", nullable=False),
    Column("user_id", Id),
    words("user_name"),
    words("desk"),
    Column("action", String(60), nullable=False),
    words("facts", "{}"),
    words("images", "[]"),
    words("days", "[]"),
    Column("write_id", String(36)),
    Column("undoes", Id),
    Column("chain", String(64), nullable=False),
    Index("uq_audit_event_write_id", "write_id", unique=True),
    Index("ix_audit_event_at_s", "at_s", "user_name", "action"),
    sqlite_autoincrement=True,
)

audit_touch = Table(
    "audit_touch",
    metadata,
    Column("seq", Id, ForeignKey("audit_event.seq"), primary_key=True),
    Column("record", String(40), primary_key=True),
    Column("record_id", Id, primary_key=True),
    Index("ix_audit_touch_record", "record", "record_id", "seq"),
)
