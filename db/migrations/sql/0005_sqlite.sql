CREATE TABLE flow_limit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT uq_flow_limit_code UNIQUE (code)
)
-- next
CREATE TABLE recovery_rule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT uq_recovery_rule_code UNIQUE (code)
)
-- next
CREATE TABLE bed_rule (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT uq_bed_rule_code UNIQUE (code)
)
-- next
CREATE TABLE visit_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	appointment_id INTEGER NOT NULL, 
	status TEXT DEFAULT '' NOT NULL, 
	at_s BIGINT NOT NULL, 
	user_id INTEGER, 
	resource_id INTEGER, 
	place TEXT DEFAULT '' NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_visit_step_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_visit_step_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_visit_step_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
-- next
CREATE INDEX ix_visit_step_appointment_id ON visit_step (appointment_id)
-- next
CREATE TABLE discharge_check (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	appointment_id INTEGER NOT NULL, 
	at_s BIGINT NOT NULL, 
	user_id INTEGER, 
	scale TEXT DEFAULT '' NOT NULL, 
	score INTEGER, 
	escort_here SMALLINT DEFAULT 0 NOT NULL, 
	instructions_given SMALLINT DEFAULT 0 NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT fk_discharge_check_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_discharge_check_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE INDEX ix_discharge_check_appointment_id ON discharge_check (appointment_id)
-- next
ALTER TABLE resource ADD COLUMN ward_room TEXT DEFAULT '' NOT NULL
-- next
ALTER TABLE appointment ADD COLUMN bed_wishes TEXT DEFAULT '[]' NOT NULL
-- next
ALTER TABLE bed_state ADD COLUMN until_s BIGINT
-- next
ALTER TABLE bed_state ADD COLUMN note TEXT DEFAULT '' NOT NULL
