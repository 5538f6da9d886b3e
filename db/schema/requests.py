"""Requests with their messages, what came in, authorizations, callbacks, the short-notice list and its offers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from db.schema.columns import Id, day, flag, instant, kept, key, metadata, whole, words

request = Table(
    "request",
    metadata,
    key(),
    words("source"),
    instant("received_s", nullable=False),
    words("status"),
    words("urgency"),
    Column("patient_id", Id, ForeignKey("patient.id")),
    words("family"),
    words("given"),
    words("folded"),
    words("sound"),
    day("birth_date"),
    words("birth_date_text"),
    words("phones", "[]"),
    words("email"),
    words("payer_text"),
    words("member_id"),
    Column("procedure_code", String(40)),
    words("procedure_text"),
    whole("levels", 1),
    words("level_names"),
    words("side"),
    Column("payer_id", Id, ForeignKey("payer.id")),
    words("weekdays", "[]"),
    words("part_of_day"),
    words("call_window"),
    words("referrer"),
    words("note"),
    Column("possible_duplicate_of", Id, ForeignKey("request.id")),
    Column("suggested_patient_id", Id, ForeignKey("patient.id")),
    words("suspicion"),
    *kept(),
    Index("ix_request_status", "status", "received_s"),
    Index("ix_request_patient_id", "patient_id"),
    sqlite_autoincrement=True,
)

request_message = Table(
    "request_message",
    metadata,
    key(),
    Column("request_id", Id, ForeignKey("request.id"), nullable=False),
    instant("received_s", nullable=False),
    words("source_name"),
    words("fingerprint"),
    words("message_id"),
    words("body"),
    Column("original", LargeBinary),
    *kept(),
    Index("ix_request_message_request_id", "request_id"),
    sqlite_autoincrement=True,
)

import_item = Table(
    "import_item",
    metadata,
    key(),
    Column("fingerprint", String(80), nullable=False),
    words("message_id"),
    words("source"),
    words("result"),
    instant("received_s", nullable=False),
    Column("request_id", Id, ForeignKey("request.id")),
    words("reason"),
    words("preview"),
    Column("original", LargeBinary),
    *kept(),
    Index(
        "uq_import_item_fingerprint",
        "fingerprint",
        unique=True,
        sqlite_where=text("void = 0"),
        postgresql_where=text("void = 0"),
    ),
    Index("ix_import_item_message_id", "message_id"),
    sqlite_autoincrement=True,
)

payer_authorization = Table(
    "payer_authorization",
    metadata,
    key(),
    Column("request_id", Id, ForeignKey("request.id")),
    Column("patient_id", Id, ForeignKey("patient.id")),
    Column("payer_id", Id, ForeignKey("payer.id")),
    words("procedure_code"),
    words("status"),
    words("submission_reference"),
    words("number"),
    day("valid_from"),
    day("valid_to"),
    Column("units", Integer),
    Column("levels", Integer),
    words("side"),
    words("place"),
    instant("submitted_s"),
    instant("decided_s"),
    *kept(),
    Index("ix_payer_authorization_request_id", "request_id"),
    Index("ix_payer_authorization_patient_id", "patient_id"),
    sqlite_autoincrement=True,
)

authorization_contact = Table(
    "authorization_contact",
    metadata,
    key(),
    Column("authorization_id", Id, ForeignKey("payer_authorization.id"), nullable=False),
    instant("at_s", nullable=False),
    words("spoken_to"),
    words("call_reference"),
    whole("hold_minutes"),
    words("note"),
    Column("user_id", Id, ForeignKey("user_account.id")),
    *kept(),
    sqlite_autoincrement=True,
)

callback = Table(
    "callback",
    metadata,
    key(),
    words("kind"),
    instant("due_s", nullable=False),
    words("reason"),
    Column("request_id", Id, ForeignKey("request.id")),
    Column("appointment_id", Id, ForeignKey("appointment.id")),
    Column("patient_id", Id, ForeignKey("patient.id")),
    Column("payer_id", Id, ForeignKey("payer.id")),
    words("phone"),
    words("status", "due"),
    Column("claimed_by", Id, ForeignKey("user_account.id")),
    instant("claimed_until_s"),
    whole("attempts"),
    *kept(),
    Index("ix_callback_request_id", "request_id"),
    Index("ix_callback_appointment_id", "appointment_id"),
    Index("ix_callback_status", "status", "due_s"),
    sqlite_autoincrement=True,
)

attempt = Table(
    "attempt",
    metadata,
    key(),
    Column("callback_id", Id, ForeignKey("callback.id"), nullable=False),
    instant("at_s", nullable=False),
    Column("user_id", Id, ForeignKey("user_account.id")),
    words("outcome"),
    words("spoken_to"),
    words("note"),
    *kept(),
    Index("ix_attempt_callback_id", "callback_id"),
    sqlite_autoincrement=True,
)

short_notice = Table(
    "short_notice",
    metadata,
    key(),
    Column("patient_id", Id, ForeignKey("patient.id"), nullable=False),
    Column("appointment_id", Id, ForeignKey("appointment.id")),
    Column("request_id", Id, ForeignKey("request.id")),
    whole("notice_hours"),
    words("weekdays", "[]"),
    words("part_of_day"),
    flag("active", 1),
    *kept(),
    *(
        Index(
            f"uq_short_notice_{name}",
            name,
            unique=True,
            sqlite_where=text("active = 1 AND void = 0"),
            postgresql_where=text("active = 1 AND void = 0"),
        )
        for name in ("appointment_id", "request_id")
    ),
    sqlite_autoincrement=True,
)
"""A visit or a request is on the list once at a time."""

offer = Table(
    "offer",
    metadata,
    key(),
    Column("short_notice_id", Id, ForeignKey("short_notice.id"), nullable=False),
    Column("appointment_id", Id, ForeignKey("appointment.id"), nullable=False),
    Column("resource_id", Id, ForeignKey("resource.id"), nullable=False),
    instant("start_s", nullable=False),
    words("status", "open"),
    *kept(),
    Index(
        "uq_offer_short_notice_id",
        "short_notice_id",
        unique=True,
        sqlite_where=text("status = 'open' AND void = 0"),
        postgresql_where=text("status = 'open' AND void = 0"),
    ),
    Index("ix_offer_appointment_id", "appointment_id"),
    sqlite_autoincrement=True,
)
"""``resource_id`` and ``start_s`` are the gap; nobody has two offers open at a time."""
