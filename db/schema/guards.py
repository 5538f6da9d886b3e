"""What the database itself refuses, whichever program writes: overlaps, and changes to the audit trail.

PostgreSQL has exclusion constraints over ``int8range`` (no extension is needed: the resource and lane are part of the
number); SQLite has triggers. Active rows of a lane never overlap, so the first kept beyond the new start decides.
SQLite's OR REPLACE deletes without asking a trigger, so the audit trail also refuses a number that is there already.
"""

from __future__ import annotations

SPREAD = 1 << 34
"""Seconds a resource's lane has for itself on the number line: until the year 2514."""
LANES = 16
"""Lanes a clinician can have; on the number line they lie beside one another."""

ALLOCATION_TAKEN = "allocation_taken"
PATIENT_ELSEWHERE = "patient_elsewhere"
AUDIT_APPEND_ONLY = "audit_append_only"
AUDIT_TABLES = ("audit_event", "audit_touch")

_SQLITE_ALLOCATION = """
CREATE TRIGGER tr_allocation_{name} AFTER {event} ON allocation
WHEN NEW.active = 1 AND NEW.blocked_until_s > NEW.start_s
BEGIN
  SELECT RAISE(ABORT, 'allocation_taken') FROM (
    SELECT start_s FROM allocation
    WHERE resource_id = NEW.resource_id AND lane = NEW.lane AND active = 1
      AND blocked_until_s > NEW.start_s AND blocked_until_s > start_s AND id <> NEW.id
    ORDER BY blocked_until_s LIMIT 1
  ) WHERE start_s < NEW.blocked_until_s;
  SELECT RAISE(ABORT, 'lane_not_allowed') FROM resource
    WHERE NEW.lane > 0 AND id = NEW.resource_id AND kind <> 'clinician';
END
"""

_SQLITE_PATIENT = """
CREATE TRIGGER tr_appointment_{name} AFTER {event} ON appointment
WHEN NEW.active = 1 AND NEW.end_s > NEW.start_s
BEGIN
  SELECT RAISE(ABORT, 'patient_elsewhere') FROM appointment
    WHERE patient_id = NEW.patient_id AND active = 1 AND id <> NEW.id
      AND end_s > NEW.start_s AND start_s < NEW.end_s AND end_s > start_s;
END
"""

_SQLITE_AUDIT = """
CREATE TRIGGER tr_{table}_{name} BEFORE {event} ON {table}
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only');
END
"""

_SQLITE_AUDIT_REPLACE = """
CREATE TRIGGER tr_audit_event_insert BEFORE INSERT ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only') FROM audit_event WHERE seq = NEW.seq;
  SELECT RAISE(ABORT, 'uq_audit_event_write_id') FROM audit_event WHERE write_id = NEW.write_id;
END
"""

_SEARCH = """
CREATE VIRTUAL TABLE patient_search USING fts5(words, tokenize='trigram')
"""

_SEARCH_ADD = """
CREATE TRIGGER tr_patient_search_insert AFTER INSERT ON patient WHEN NEW.void = 0
BEGIN
  INSERT INTO patient_search(rowid, words) VALUES (NEW.id, NEW.folded || ' ' || NEW.mrn);
END
"""

_SEARCH_CHANGE = """
CREATE TRIGGER tr_patient_search_update AFTER UPDATE OF folded, mrn, void ON patient
BEGIN
  DELETE FROM patient_search WHERE rowid = OLD.id;
  INSERT INTO patient_search(rowid, words) SELECT NEW.id, NEW.folded || ' ' || NEW.mrn WHERE NEW.void = 0;
END
"""

_AUDIT_FUNCTION = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_append_only'; END $$
"""

_LANE_FUNCTION = """
CREATE FUNCTION refuse_lane() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.lane > 0 AND (SELECT kind FROM resource WHERE id = NEW.resource_id) <> 'clinician' THEN
    RAISE EXCEPTION 'lane_not_allowed';
  END IF;
  RETURN NEW;
END $$
"""


def _sqlite_events(template: str, columns: str) -> list[str]:
    return [
        template.format(name="insert", event="INSERT"),
        template.format(name="update", event=f"UPDATE OF {columns}"),
    ]


_ONE_MRN = "CREATE UNIQUE INDEX uq_patient_mrn ON patient (mrn) WHERE void = 0"
"""Said here and not with the table: a condition for PostgreSQL there would load its dialect at every start."""


def sqlite_guards() -> list[str]:
    """Triggers, and the index that finds three letters anywhere in a name."""
    return [
        _ONE_MRN,
        *_sqlite_events(_SQLITE_ALLOCATION, "resource_id, lane, start_s, blocked_until_s, active"),
        *_sqlite_events(_SQLITE_PATIENT, "patient_id, start_s, end_s, active"),
        *(_SQLITE_AUDIT.format(table=t, name=e.lower(), event=e) for t in AUDIT_TABLES for e in ("UPDATE", "DELETE")),
        _SQLITE_AUDIT_REPLACE,
        _SEARCH,
        _SEARCH_ADD,
        _SEARCH_CHANGE,
    ]


def postgresql_guards() -> list[str]:
    """Exclusion constraints and triggers."""
    lane = f"(resource_id * {LANES} + lane) * {SPREAD}"
    person = f"patient_id * {SPREAD}"
    return [
        _ONE_MRN,
        f"ALTER TABLE allocation ADD CONSTRAINT ex_allocation_taken EXCLUDE USING gist "
        f"(int8range({lane} + start_s, {lane} + blocked_until_s) WITH &&) WHERE (active = 1)",
        f"ALTER TABLE appointment ADD CONSTRAINT ex_patient_elsewhere EXCLUDE USING gist "
        f"(int8range({person} + start_s, {person} + end_s) WITH &&) WHERE (active = 1)",
        _AUDIT_FUNCTION,
        *(
            f"CREATE TRIGGER tr_{table}_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
            for table in AUDIT_TABLES
        ),
        _LANE_FUNCTION,
        "CREATE TRIGGER tr_allocation_lane BEFORE INSERT OR UPDATE ON allocation "
        "FOR EACH ROW WHEN (NEW.lane > 0) EXECUTE FUNCTION refuse_lane()",
        "CREATE INDEX ix_patient_folded_prefix ON patient (folded text_pattern_ops)",
        "CREATE INDEX ix_patient_phone_digits_prefix ON patient_phone (digits text_pattern_ops)",
        "CREATE INDEX ix_patient_phone_reversed_prefix ON patient_phone (reversed text_pattern_ops)",
    ]
