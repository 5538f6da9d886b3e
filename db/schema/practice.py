"""The practice and its catalogue."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, String, Table, UniqueConstraint

from db.schema.columns import Id, flag, instant, kept, key, metadata, whole, words

practice = Table(
    "practice",
    metadata,
    key(),
    words("name"),
    words("time_zone"),
    whole("cell_minutes", 5),
    Column("overflow_risk", Float, nullable=False),
    whole("stay_limit_hours", 23),
    Column("holidays", String(20)),
    words("phone_region", "US"),
    words("audit_key"),
    words("phone"),
    words("address"),
    words("npi"),
    whole("version", 1),
    CheckConstraint("id = 1", name="one_practice"),
)

resource = Table(
    "resource",
    metadata,
    key(),
    Column("code", String(40), nullable=False),
    words("kind"),
    words("name"),
    words("capabilities", "[]"),
    whole("turnover_minutes"),
    words("ward_room"),
    whole("position"),
    flag("retired"),
    UniqueConstraint("code"),
    sqlite_autoincrement=True,
)

session = Table(
    "session",
    metadata,
    key(),
    Column("resource_id", Id, ForeignKey("resource.id"), nullable=False),
    words("rrule"),
    words("first_day"),
    words("start_clock"),
    words("end_clock"),
    words("reserved_for", "[]"),
    Column("release_days", Integer),
    words("released", "[]"),
    whole("position"),
    *kept(),
    sqlite_autoincrement=True,
)

blockout = Table(
    "blockout",
    metadata,
    key(),
    Column("resource_id", Id, ForeignKey("resource.id")),
    instant("start_s", nullable=False),
    instant("end_s", nullable=False),
    words("reason"),
    words("kind", "other"),
    words("series"),
    whole("position"),
    *kept(),
    sqlite_autoincrement=True,
)

procedure_type = Table(
    "procedure_type",
    metadata,
    key(),
    Column("code", String(40), nullable=False),
    words("name"),
    words("cpt", "[]"),
    words("cpt_extra_level", "[]"),
    whole("max_levels", 1),
    words("sedation", "none"),
    flag("needs_authorization"),
    Column("unplanned_stay", Float, nullable=False),
    words("overnight", "never"),
    words("follow_up_days", "[]"),
    whole("position"),
    flag("retired"),
    UniqueConstraint("code"),
    sqlite_autoincrement=True,
)

phase = Table(
    "phase",
    metadata,
    key(),
    Column("procedure_id", Id, ForeignKey("procedure_type.id"), nullable=False),
    words("kind"),
    whole("minutes"),
    whole("minutes_per_extra_level"),
    Column("until_clock", String(8)),
    flag("beside"),
    whole("position"),
    sqlite_autoincrement=True,
)

phase_need = Table(
    "phase_need",
    metadata,
    key(),
    Column("phase_id", Id, ForeignKey("phase.id"), nullable=False),
    words("label"),
    words("kind"),
    words("capabilities", "[]"),
    whole("position"),
    sqlite_autoincrement=True,
)

payer = Table(
    "payer",
    metadata,
    key(),
    Column("code", String(40), nullable=False),
    words("name"),
    words("short_name"),
    words("phone"),
    words("aliases", "[]"),
    whole("urgent_hours", 72),
    whole("standard_days", 7),
    Column("needs_authorization", Integer),
    words("phone_option"),
    Column("opens_clock", String(8)),
    Column("closes_clock", String(8)),
    whole("position"),
    flag("retired"),
    UniqueConstraint("code"),
    sqlite_autoincrement=True,
)

business_hours = Table(
    "business_hours",
    metadata,
    key(),
    whole("weekday"),
    words("start_clock"),
    words("end_clock"),
    whole("position"),
    sqlite_autoincrement=True,
)


def _rules(name: str) -> Table:
    """Rules kept as data: a code and its settings."""
    return Table(
        name,
        metadata,
        key(),
        Column("code", String(60), nullable=False),
        words("settings", "{}"),
        whole("position"),
        UniqueConstraint("code"),
        sqlite_autoincrement=True,
    )


call_rule = _rules("call_rule")
coverage_rule = _rules("coverage_rule")
readiness_gate = _rules("readiness_gate")
letter_template = _rules("letter_template")
"""Its ``code`` is the letter's and its language, ``preparation/es``."""
flow_limit = _rules("flow_limit")
recovery_rule = _rules("recovery_rule")
bed_rule = _rules("bed_rule")
