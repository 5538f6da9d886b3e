CREATE UNIQUE INDEX uq_short_notice_appointment_id ON short_notice (appointment_id) WHERE active = 1 AND void = 0
-- next
CREATE UNIQUE INDEX uq_short_notice_request_id ON short_notice (request_id) WHERE active = 1 AND void = 0
-- next
CREATE TABLE offer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	short_notice_id INTEGER NOT NULL, 
	appointment_id INTEGER NOT NULL, 
	resource_id INTEGER NOT NULL, 
	start_s BIGINT NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_offer_short_notice_id FOREIGN KEY(short_notice_id) REFERENCES short_notice (id), 
	CONSTRAINT fk_offer_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_offer_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
-- next
CREATE INDEX ix_offer_appointment_id ON offer (appointment_id)
-- next
CREATE UNIQUE INDEX uq_offer_short_notice_id ON offer (short_notice_id) WHERE status = 'open' AND void = 0
