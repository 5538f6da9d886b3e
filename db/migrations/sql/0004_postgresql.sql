CREATE TABLE letter_template (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_letter_template PRIMARY KEY (id), 
	CONSTRAINT uq_letter_template_code UNIQUE (code)
)
-- next
ALTER TABLE payer ADD COLUMN phone_option TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE payer ADD COLUMN opens_clock VARCHAR(8)
-- next
ALTER TABLE payer ADD COLUMN closes_clock VARCHAR(8)
-- next
ALTER TABLE practice ADD COLUMN phone TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE practice ADD COLUMN address TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE practice ADD COLUMN npi TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE patient ADD COLUMN call_window TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE patient ADD COLUMN do_not_contact SMALLINT DEFAULT 0 NOT NULL
-- next
ALTER TABLE request ADD COLUMN diagnoses TEXT DEFAULT '[]' NOT NULL
-- next
ALTER TABLE payer_authorization ADD COLUMN clinician_code TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE payer_authorization ADD COLUMN cpt TEXT DEFAULT '[]' NOT NULL
-- next
ALTER TABLE payer_authorization ADD COLUMN expedited SMALLINT DEFAULT 0 NOT NULL
-- next
ALTER TABLE payer_authorization ADD COLUMN note TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE authorization_contact ADD COLUMN outcome TEXT DEFAULT '' NOT NULL
-- next
CREATE INDEX ix_authorization_contact_authorization_id ON authorization_contact (authorization_id)
-- next
CREATE TABLE authorization_document (
	id BIGSERIAL NOT NULL, 
	authorization_id BIGINT NOT NULL, 
	sent_s BIGINT NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	way TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	user_id BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_authorization_document PRIMARY KEY (id), 
	CONSTRAINT fk_authorization_document_authorization_id FOREIGN KEY(authorization_id) REFERENCES payer_authorization (id), 
	CONSTRAINT fk_authorization_document_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE INDEX ix_authorization_document_authorization_id ON authorization_document (authorization_id)
-- next
ALTER TABLE callback ADD COLUMN assigned_to TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE callback ADD COLUMN priority INTEGER DEFAULT 0 NOT NULL
-- next
ALTER TABLE callback ADD COLUMN note TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE callback ADD COLUMN arisen_s BIGINT
-- next
ALTER TABLE callback ADD COLUMN settled_s BIGINT
-- next
CREATE INDEX ix_callback_patient_id ON callback (patient_id)
-- next
CREATE INDEX ix_callback_settled ON callback (settled_s)
-- next
ALTER TABLE attempt ADD COLUMN phone TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE attempt ADD COLUMN call_reference TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE attempt ADD COLUMN hold_minutes INTEGER DEFAULT 0 NOT NULL
-- next
ALTER TABLE attempt ADD COLUMN answers TEXT DEFAULT '{}' NOT NULL
-- next
ALTER TABLE attempt ADD COLUMN next_s BIGINT
-- next
CREATE TABLE letter (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	language TEXT DEFAULT '' NOT NULL, 
	patient_id BIGINT, 
	request_id BIGINT, 
	appointment_id BIGINT, 
	callback_id BIGINT, 
	made_s BIGINT NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	user_id BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT fk_letter_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_letter_request_id FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_letter_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_letter_callback_id FOREIGN KEY(callback_id) REFERENCES callback (id), 
	CONSTRAINT fk_letter_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE INDEX ix_letter_patient_id ON letter (patient_id)
