DROP INDEX ix_appointment_request_id
-- next
CREATE INDEX ix_appointment_request_id ON appointment (request_id) WHERE request_id IS NOT NULL
-- next
DROP INDEX ix_payer_authorization_request_id
-- next
CREATE INDEX ix_payer_authorization_request_id ON payer_authorization (request_id) WHERE request_id IS NOT NULL
