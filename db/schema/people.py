"""Patients, their phones and coverage, and those who work at the desk."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from db.schema.columns import Id, day, flag, instant, kept, key, metadata, whole, words

patient = Table(
    "patient",
    metadata,
    key(),
    Column("mrn", String(40), nullable=False),
    words("family"),
    words("given"),
    words("folded"),
    words("sound"),
    day("birth_date"),
    words("sex"),
    words("language"),
    words("email"),
    words("phones", "[]"),
    words("alerts"),
    Column("payer_id", Id, ForeignKey("payer.id")),
    words("member_id"),
    words("note"),
    Column("merged_into", Id, ForeignKey("patient.id")),
    words("call_window"),
    flag("do_not_contact"),
    *kept(),
    Index("ix_patient_folded", "folded"),
    Index("ix_patient_sound", "sound"),
    Index("ix_patient_birth_date", "birth_date"),
    sqlite_autoincrement=True,
)

patient_phone = Table(
    "patient_phone",
    metadata,
    key(),
    Column("patient_id", Id, ForeignKey("patient.id"), nullable=False),
    words("digits"),
    words("reversed"),
    Index("ix_patient_phone_patient_id", "patient_id"),
    Index("ix_patient_phone_digits", "digits"),
    Index("ix_patient_phone_reversed", "reversed"),
)

coverage = Table(
    "coverage",
    metadata,
    key(),
    Column("patient_id", Id, ForeignKey("patient.id"), nullable=False),
    Column("payer_id", Id, ForeignKey("payer.id"), nullable=False),
    words("member_id"),
    words("group_number"),
    words("payer_phone"),
    day("valid_from"),
    day("valid_to"),
    *kept(),
    Index("ix_coverage_patient_id", "patient_id"),
    sqlite_autoincrement=True,
)

user_account = Table(
    "user_account",
    metadata,
    key(),
    Column("name", String(120), nullable=False),
    words("role", "receptionist"),
    flag("active", 1),
    words("password_hash"),
    *kept(),
    UniqueConstraint("name"),
    sqlite_autoincrement=True,
)

user_setting = Table(
    "user_setting",
    metadata,
    key(),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("name", String(120), nullable=False),
    words("value"),
    whole("version", 1),
    UniqueConstraint("user_id", "name"),
    sqlite_autoincrement=True,
)

saved_view = Table(
    "saved_view",
    metadata,
    key(),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("name", String(120), nullable=False),
    words("settings", "{}"),
    whole("position"),
    *kept(),
    sqlite_autoincrement=True,
)

tray_item = Table(
    "tray_item",
    metadata,
    key(),
    Column("user_id", Id, ForeignKey("user_account.id"), nullable=False),
    Column("appointment_id", Id, ForeignKey("appointment.id")),
    Column("request_id", Id, ForeignKey("request.id")),
    whole("position"),
    instant("put_s"),
    *kept(),
    sqlite_autoincrement=True,
)
