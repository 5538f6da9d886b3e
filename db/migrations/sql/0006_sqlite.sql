CREATE INDEX ix_audit_event_at_s ON audit_event (at_s, user_name, action)
