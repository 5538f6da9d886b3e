CREATE TABLE audit_event (
	seq BIGSERIAL NOT NULL, 
	at_s BIGINT NOT NULL, 
	user_id BIGINT, 
	user_name TEXT DEFAULT '' NOT NULL, 
	desk TEXT DEFAULT '' NOT NULL, 
	action VARCHAR(60) NOT NULL, 
	facts TEXT DEFAULT '{}' NOT NULL, 
	images TEXT DEFAULT '[]' NOT NULL, 
	days TEXT DEFAULT '[]' NOT NULL, 
	write_id VARCHAR(36), 
	undoes BIGINT, 
	chain VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_event PRIMARY KEY (seq)
)
-- next
CREATE UNIQUE INDEX uq_audit_event_write_id ON audit_event (write_id)
-- next
CREATE TABLE business_hours (
	id BIGSERIAL NOT NULL, 
	weekday INTEGER DEFAULT 0 NOT NULL, 
	start_clock TEXT DEFAULT '' NOT NULL, 
	end_clock TEXT DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_business_hours PRIMARY KEY (id)
)
-- next
CREATE TABLE call_rule (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_call_rule PRIMARY KEY (id), 
	CONSTRAINT uq_call_rule_code UNIQUE (code)
)
-- next
CREATE TABLE coverage_rule (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_coverage_rule PRIMARY KEY (id), 
	CONSTRAINT uq_coverage_rule_code UNIQUE (code)
)
-- next
CREATE TABLE payer (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	short_name TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	aliases TEXT DEFAULT '[]' NOT NULL, 
	urgent_hours INTEGER DEFAULT 72 NOT NULL, 
	standard_days INTEGER DEFAULT 7 NOT NULL, 
	needs_authorization INTEGER, 
	position INTEGER DEFAULT 0 NOT NULL, 
	retired SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_payer PRIMARY KEY (id), 
	CONSTRAINT uq_payer_code UNIQUE (code)
)
-- next
CREATE TABLE practice (
	id BIGSERIAL NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	time_zone TEXT DEFAULT '' NOT NULL, 
	cell_minutes INTEGER DEFAULT 5 NOT NULL, 
	overflow_risk FLOAT NOT NULL, 
	stay_limit_hours INTEGER DEFAULT 23 NOT NULL, 
	holidays VARCHAR(20), 
	phone_region TEXT DEFAULT 'US' NOT NULL, 
	audit_key TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_practice PRIMARY KEY (id), 
	CONSTRAINT ck_practice_one_practice CHECK (id = 1)
)
-- next
CREATE TABLE printed_sheet (
	id BIGSERIAL NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	profile TEXT DEFAULT '' NOT NULL, 
	sheet_version INTEGER DEFAULT 1 NOT NULL, 
	printed_s BIGINT NOT NULL, 
	lines TEXT DEFAULT '{}' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_printed_sheet PRIMARY KEY (id)
)
-- next
CREATE UNIQUE INDEX uq_printed_sheet_day ON printed_sheet (day, kind, sheet_version)
-- next
CREATE TABLE procedure_type (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	cpt TEXT DEFAULT '[]' NOT NULL, 
	cpt_extra_level TEXT DEFAULT '[]' NOT NULL, 
	max_levels INTEGER DEFAULT 1 NOT NULL, 
	sedation TEXT DEFAULT 'none' NOT NULL, 
	needs_authorization SMALLINT DEFAULT 0 NOT NULL, 
	unplanned_stay FLOAT NOT NULL, 
	overnight TEXT DEFAULT 'never' NOT NULL, 
	follow_up_days TEXT DEFAULT '[]' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	retired SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_procedure_type PRIMARY KEY (id), 
	CONSTRAINT uq_procedure_type_code UNIQUE (code)
)
-- next
CREATE TABLE readiness_gate (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(60) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_readiness_gate PRIMARY KEY (id), 
	CONSTRAINT uq_readiness_gate_code UNIQUE (code)
)
-- next
CREATE TABLE resource (
	id BIGSERIAL NOT NULL, 
	code VARCHAR(40) NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	name TEXT DEFAULT '' NOT NULL, 
	capabilities TEXT DEFAULT '[]' NOT NULL, 
	turnover_minutes INTEGER DEFAULT 0 NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	retired SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_resource PRIMARY KEY (id), 
	CONSTRAINT uq_resource_code UNIQUE (code)
)
-- next
CREATE TABLE user_account (
	id BIGSERIAL NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	role TEXT DEFAULT 'receptionist' NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	password_hash TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_user_account PRIMARY KEY (id), 
	CONSTRAINT uq_user_account_name UNIQUE (name)
)
-- next
CREATE TABLE audit_touch (
	seq BIGINT NOT NULL, 
	record VARCHAR(40) NOT NULL, 
	record_id BIGINT NOT NULL, 
	CONSTRAINT pk_audit_touch PRIMARY KEY (seq, record, record_id), 
	CONSTRAINT fk_audit_touch_seq FOREIGN KEY(seq) REFERENCES audit_event (seq)
)
-- next
CREATE INDEX ix_audit_touch_record ON audit_touch (record, record_id, seq)
-- next
CREATE TABLE blockout (
	id BIGSERIAL NOT NULL, 
	resource_id BIGINT, 
	start_s BIGINT NOT NULL, 
	end_s BIGINT NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	kind TEXT DEFAULT 'other' NOT NULL, 
	series TEXT DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_blockout PRIMARY KEY (id), 
	CONSTRAINT fk_blockout_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
-- next
CREATE TABLE patient (
	id BIGSERIAL NOT NULL, 
	mrn VARCHAR(40) NOT NULL, 
	family TEXT DEFAULT '' NOT NULL, 
	given TEXT DEFAULT '' NOT NULL, 
	folded TEXT DEFAULT '' NOT NULL, 
	sound TEXT DEFAULT '' NOT NULL, 
	birth_date VARCHAR(10), 
	sex TEXT DEFAULT '' NOT NULL, 
	language TEXT DEFAULT '' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	phones TEXT DEFAULT '[]' NOT NULL, 
	alerts TEXT DEFAULT '' NOT NULL, 
	payer_id BIGINT, 
	member_id TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	merged_into BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_patient PRIMARY KEY (id), 
	CONSTRAINT fk_patient_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_patient_merged_into FOREIGN KEY(merged_into) REFERENCES patient (id)
)
-- next
CREATE INDEX ix_patient_birth_date ON patient (birth_date)
-- next
CREATE INDEX ix_patient_folded ON patient (folded)
-- next
CREATE INDEX ix_patient_sound ON patient (sound)
-- next
CREATE TABLE phase (
	id BIGSERIAL NOT NULL, 
	procedure_id BIGINT NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	minutes INTEGER DEFAULT 0 NOT NULL, 
	minutes_per_extra_level INTEGER DEFAULT 0 NOT NULL, 
	until_clock VARCHAR(8), 
	beside SMALLINT DEFAULT 0 NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_phase PRIMARY KEY (id), 
	CONSTRAINT fk_phase_procedure_id FOREIGN KEY(procedure_id) REFERENCES procedure_type (id)
)
-- next
CREATE TABLE saved_view (
	id BIGSERIAL NOT NULL, 
	user_id BIGINT NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	settings TEXT DEFAULT '{}' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_saved_view PRIMARY KEY (id), 
	CONSTRAINT fk_saved_view_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE TABLE session (
	id BIGSERIAL NOT NULL, 
	resource_id BIGINT NOT NULL, 
	rrule TEXT DEFAULT '' NOT NULL, 
	first_day TEXT DEFAULT '' NOT NULL, 
	start_clock TEXT DEFAULT '' NOT NULL, 
	end_clock TEXT DEFAULT '' NOT NULL, 
	reserved_for TEXT DEFAULT '[]' NOT NULL, 
	release_days INTEGER, 
	released TEXT DEFAULT '[]' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT fk_session_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
-- next
CREATE TABLE user_setting (
	id BIGSERIAL NOT NULL, 
	user_id BIGINT NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	value TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_user_setting PRIMARY KEY (id), 
	CONSTRAINT uq_user_setting_user_id_name UNIQUE (user_id, name), 
	CONSTRAINT fk_user_setting_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE TABLE coverage (
	id BIGSERIAL NOT NULL, 
	patient_id BIGINT NOT NULL, 
	payer_id BIGINT NOT NULL, 
	member_id TEXT DEFAULT '' NOT NULL, 
	group_number TEXT DEFAULT '' NOT NULL, 
	payer_phone TEXT DEFAULT '' NOT NULL, 
	valid_from VARCHAR(10), 
	valid_to VARCHAR(10), 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_coverage PRIMARY KEY (id), 
	CONSTRAINT fk_coverage_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_coverage_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)
-- next
CREATE INDEX ix_coverage_patient_id ON coverage (patient_id)
-- next
CREATE TABLE patient_phone (
	id BIGSERIAL NOT NULL, 
	patient_id BIGINT NOT NULL, 
	digits TEXT DEFAULT '' NOT NULL, 
	reversed TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_patient_phone PRIMARY KEY (id), 
	CONSTRAINT fk_patient_phone_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
-- next
CREATE INDEX ix_patient_phone_digits ON patient_phone (digits)
-- next
CREATE INDEX ix_patient_phone_patient_id ON patient_phone (patient_id)
-- next
CREATE INDEX ix_patient_phone_reversed ON patient_phone (reversed)
-- next
CREATE TABLE phase_need (
	id BIGSERIAL NOT NULL, 
	phase_id BIGINT NOT NULL, 
	label TEXT DEFAULT '' NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	capabilities TEXT DEFAULT '[]' NOT NULL, 
	position INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_phase_need PRIMARY KEY (id), 
	CONSTRAINT fk_phase_need_phase_id FOREIGN KEY(phase_id) REFERENCES phase (id)
)
-- next
CREATE TABLE request (
	id BIGSERIAL NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	received_s BIGINT NOT NULL, 
	status TEXT DEFAULT '' NOT NULL, 
	urgency TEXT DEFAULT '' NOT NULL, 
	patient_id BIGINT, 
	family TEXT DEFAULT '' NOT NULL, 
	given TEXT DEFAULT '' NOT NULL, 
	folded TEXT DEFAULT '' NOT NULL, 
	sound TEXT DEFAULT '' NOT NULL, 
	birth_date VARCHAR(10), 
	birth_date_text TEXT DEFAULT '' NOT NULL, 
	phones TEXT DEFAULT '[]' NOT NULL, 
	email TEXT DEFAULT '' NOT NULL, 
	payer_text TEXT DEFAULT '' NOT NULL, 
	member_id TEXT DEFAULT '' NOT NULL, 
	procedure_code VARCHAR(40), 
	procedure_text TEXT DEFAULT '' NOT NULL, 
	levels INTEGER DEFAULT 1 NOT NULL, 
	level_names TEXT DEFAULT '' NOT NULL, 
	side TEXT DEFAULT '' NOT NULL, 
	payer_id BIGINT, 
	weekdays TEXT DEFAULT '[]' NOT NULL, 
	part_of_day TEXT DEFAULT '' NOT NULL, 
	call_window TEXT DEFAULT '' NOT NULL, 
	referrer TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	possible_duplicate_of BIGINT, 
	suggested_patient_id BIGINT, 
	suspicion TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_request PRIMARY KEY (id), 
	CONSTRAINT fk_request_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_request_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_request_possible_duplicate_of FOREIGN KEY(possible_duplicate_of) REFERENCES request (id), 
	CONSTRAINT fk_request_suggested_patient_id FOREIGN KEY(suggested_patient_id) REFERENCES patient (id)
)
-- next
CREATE INDEX ix_request_patient_id ON request (patient_id)
-- next
CREATE INDEX ix_request_status ON request (status, received_s)
-- next
CREATE TABLE appointment (
	id BIGSERIAL NOT NULL, 
	patient_id BIGINT NOT NULL, 
	request_id BIGINT, 
	procedure_code TEXT DEFAULT '' NOT NULL, 
	procedure_name TEXT DEFAULT '' NOT NULL, 
	levels INTEGER DEFAULT 1 NOT NULL, 
	level_names TEXT DEFAULT '' NOT NULL, 
	side TEXT DEFAULT '' NOT NULL, 
	status TEXT DEFAULT '' NOT NULL, 
	status_since_s BIGINT, 
	stay TEXT DEFAULT '' NOT NULL, 
	unplanned_stay FLOAT NOT NULL, 
	sedation TEXT DEFAULT '' NOT NULL, 
	day INTEGER NOT NULL, 
	start_s BIGINT NOT NULL, 
	end_s BIGINT NOT NULL, 
	phases TEXT DEFAULT '[]' NOT NULL, 
	allocations TEXT DEFAULT '[]' NOT NULL, 
	hold_until_s BIGINT, 
	cancel_reason TEXT DEFAULT '' NOT NULL, 
	cancel_note TEXT DEFAULT '' NOT NULL, 
	override_codes TEXT DEFAULT '[]' NOT NULL, 
	override_reason TEXT DEFAULT '' NOT NULL, 
	authorized_elsewhere SMALLINT DEFAULT 0 NOT NULL, 
	holds_bed SMALLINT DEFAULT 0 NOT NULL, 
	escort TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_appointment PRIMARY KEY (id), 
	CONSTRAINT ck_appointment_ends_after_start CHECK (end_s >= start_s), 
	CONSTRAINT ck_appointment_within_the_line CHECK (start_s >= 0 AND end_s <= 17179869184), 
	CONSTRAINT ck_appointment_active CHECK (active IN (0, 1)), 
	CONSTRAINT fk_appointment_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_appointment_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
-- next
CREATE INDEX ix_appointment_day ON appointment (day)
-- next
CREATE INDEX ix_appointment_held ON appointment (hold_until_s) WHERE active = 1 AND hold_until_s IS NOT NULL
-- next
CREATE INDEX ix_appointment_patient ON appointment (patient_id, end_s, start_s)
-- next
CREATE INDEX ix_appointment_request_id ON appointment (request_id)
-- next
CREATE TABLE import_item (
	id BIGSERIAL NOT NULL, 
	fingerprint VARCHAR(80) NOT NULL, 
	message_id TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	result TEXT DEFAULT '' NOT NULL, 
	received_s BIGINT NOT NULL, 
	request_id BIGINT, 
	reason TEXT DEFAULT '' NOT NULL, 
	preview TEXT DEFAULT '' NOT NULL, 
	original BYTEA, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_import_item PRIMARY KEY (id), 
	CONSTRAINT fk_import_item_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
-- next
CREATE INDEX ix_import_item_message_id ON import_item (message_id)
-- next
CREATE UNIQUE INDEX uq_import_item_fingerprint ON import_item (fingerprint) WHERE void = 0
-- next
CREATE TABLE payer_authorization (
	id BIGSERIAL NOT NULL, 
	request_id BIGINT, 
	patient_id BIGINT, 
	payer_id BIGINT, 
	procedure_code TEXT DEFAULT '' NOT NULL, 
	status TEXT DEFAULT '' NOT NULL, 
	submission_reference TEXT DEFAULT '' NOT NULL, 
	number TEXT DEFAULT '' NOT NULL, 
	valid_from VARCHAR(10), 
	valid_to VARCHAR(10), 
	units INTEGER, 
	levels INTEGER, 
	side TEXT DEFAULT '' NOT NULL, 
	place TEXT DEFAULT '' NOT NULL, 
	submitted_s BIGINT, 
	decided_s BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_payer_authorization PRIMARY KEY (id), 
	CONSTRAINT fk_payer_authorization_request_id FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_payer_authorization_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_payer_authorization_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)
-- next
CREATE INDEX ix_payer_authorization_patient_id ON payer_authorization (patient_id)
-- next
CREATE INDEX ix_payer_authorization_request_id ON payer_authorization (request_id)
-- next
CREATE TABLE request_message (
	id BIGSERIAL NOT NULL, 
	request_id BIGINT NOT NULL, 
	received_s BIGINT NOT NULL, 
	source_name TEXT DEFAULT '' NOT NULL, 
	fingerprint TEXT DEFAULT '' NOT NULL, 
	message_id TEXT DEFAULT '' NOT NULL, 
	body TEXT DEFAULT '' NOT NULL, 
	original BYTEA, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_request_message PRIMARY KEY (id), 
	CONSTRAINT fk_request_message_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
-- next
CREATE INDEX ix_request_message_request_id ON request_message (request_id)
-- next
CREATE TABLE allocation (
	id BIGSERIAL NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	resource_id BIGINT NOT NULL, 
	label TEXT DEFAULT '' NOT NULL, 
	phase INTEGER DEFAULT 0 NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	start_s BIGINT NOT NULL, 
	end_s BIGINT NOT NULL, 
	blocked_until_s BIGINT NOT NULL, 
	lane INTEGER DEFAULT 0 NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_allocation PRIMARY KEY (id), 
	CONSTRAINT ck_allocation_ends_after_start CHECK (end_s >= start_s AND blocked_until_s >= start_s), 
	CONSTRAINT ck_allocation_within_the_line CHECK (start_s >= 0 AND blocked_until_s <= 17179869184), 
	CONSTRAINT ck_allocation_active CHECK (active IN (0, 1)), 
	CONSTRAINT ck_allocation_lane CHECK (lane >= 0 AND lane < 16), 
	CONSTRAINT fk_allocation_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_allocation_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
-- next
CREATE INDEX ix_allocation_appointment_id ON allocation (appointment_id)
-- next
CREATE INDEX ix_allocation_lane ON allocation (resource_id, lane, blocked_until_s, start_s) WHERE active = 1
-- next
CREATE TABLE authorization_contact (
	id BIGSERIAL NOT NULL, 
	authorization_id BIGINT NOT NULL, 
	at_s BIGINT NOT NULL, 
	spoken_to TEXT DEFAULT '' NOT NULL, 
	call_reference TEXT DEFAULT '' NOT NULL, 
	hold_minutes INTEGER DEFAULT 0 NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	user_id BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_authorization_contact PRIMARY KEY (id), 
	CONSTRAINT fk_authorization_contact_authorization_id FOREIGN KEY(authorization_id) REFERENCES payer_authorization (id), 
	CONSTRAINT fk_authorization_contact_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE TABLE bed_state (
	id BIGSERIAL NOT NULL, 
	resource_id BIGINT NOT NULL, 
	state TEXT DEFAULT 'free' NOT NULL, 
	since_s BIGINT, 
	appointment_id BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_bed_state PRIMARY KEY (id), 
	CONSTRAINT fk_bed_state_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id), 
	CONSTRAINT fk_bed_state_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)
-- next
CREATE UNIQUE INDEX uq_bed_state_resource_id ON bed_state (resource_id)
-- next
CREATE TABLE callback (
	id BIGSERIAL NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	due_s BIGINT NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	request_id BIGINT, 
	appointment_id BIGINT, 
	patient_id BIGINT, 
	payer_id BIGINT, 
	phone TEXT DEFAULT '' NOT NULL, 
	status TEXT DEFAULT 'due' NOT NULL, 
	claimed_by BIGINT, 
	claimed_until_s BIGINT, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_callback PRIMARY KEY (id), 
	CONSTRAINT fk_callback_request_id FOREIGN KEY(request_id) REFERENCES request (id), 
	CONSTRAINT fk_callback_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_callback_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_callback_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_callback_claimed_by FOREIGN KEY(claimed_by) REFERENCES user_account (id)
)
-- next
CREATE INDEX ix_callback_appointment_id ON callback (appointment_id)
-- next
CREATE INDEX ix_callback_request_id ON callback (request_id)
-- next
CREATE INDEX ix_callback_status ON callback (status, due_s)
-- next
CREATE TABLE readiness (
	id BIGSERIAL NOT NULL, 
	appointment_id BIGINT NOT NULL, 
	gate VARCHAR(60) NOT NULL, 
	state TEXT DEFAULT '' NOT NULL, 
	due_s BIGINT, 
	note TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_readiness PRIMARY KEY (id), 
	CONSTRAINT fk_readiness_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)
-- next
CREATE INDEX ix_readiness_appointment_id ON readiness (appointment_id)
-- next
CREATE TABLE short_notice (
	id BIGSERIAL NOT NULL, 
	patient_id BIGINT NOT NULL, 
	appointment_id BIGINT, 
	request_id BIGINT, 
	notice_hours INTEGER DEFAULT 0 NOT NULL, 
	weekdays TEXT DEFAULT '[]' NOT NULL, 
	part_of_day TEXT DEFAULT '' NOT NULL, 
	active SMALLINT DEFAULT 1 NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_short_notice PRIMARY KEY (id), 
	CONSTRAINT fk_short_notice_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_short_notice_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_short_notice_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
-- next
CREATE TABLE tray_item (
	id BIGSERIAL NOT NULL, 
	user_id BIGINT NOT NULL, 
	appointment_id BIGINT, 
	request_id BIGINT, 
	position INTEGER DEFAULT 0 NOT NULL, 
	put_s BIGINT, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_tray_item PRIMARY KEY (id), 
	CONSTRAINT fk_tray_item_user_id FOREIGN KEY(user_id) REFERENCES user_account (id), 
	CONSTRAINT fk_tray_item_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id), 
	CONSTRAINT fk_tray_item_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
-- next
CREATE TABLE attempt (
	id BIGSERIAL NOT NULL, 
	callback_id BIGINT NOT NULL, 
	at_s BIGINT NOT NULL, 
	user_id BIGINT, 
	outcome TEXT DEFAULT '' NOT NULL, 
	spoken_to TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	version INTEGER DEFAULT 1 NOT NULL, 
	void SMALLINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id), 
	CONSTRAINT fk_attempt_callback_id FOREIGN KEY(callback_id) REFERENCES callback (id), 
	CONSTRAINT fk_attempt_user_id FOREIGN KEY(user_id) REFERENCES user_account (id)
)
-- next
CREATE INDEX ix_attempt_callback_id ON attempt (callback_id)
-- next
CREATE UNIQUE INDEX uq_patient_mrn ON patient (mrn) WHERE void = 0
-- next
ALTER TABLE allocation ADD CONSTRAINT ex_allocation_taken EXCLUDE USING gist (int8range((resource_id * 16 + lane) * 17179869184 + start_s, (resource_id * 16 + lane) * 17179869184 + blocked_until_s) WITH &&) WHERE (active = 1)
-- next
ALTER TABLE appointment ADD CONSTRAINT ex_patient_elsewhere EXCLUDE USING gist (int8range(patient_id * 17179869184 + start_s, patient_id * 17179869184 + end_s) WITH &&) WHERE (active = 1)
-- next
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_append_only'; END $$
-- next
CREATE TRIGGER tr_audit_event_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
-- next
CREATE TRIGGER tr_audit_touch_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_touch FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
-- next
CREATE FUNCTION refuse_lane() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.lane > 0 AND (SELECT kind FROM resource WHERE id = NEW.resource_id) <> 'clinician' THEN
    RAISE EXCEPTION 'lane_not_allowed';
  END IF;
  RETURN NEW;
END $$
-- next
CREATE TRIGGER tr_allocation_lane BEFORE INSERT OR UPDATE ON allocation FOR EACH ROW WHEN (NEW.lane > 0) EXECUTE FUNCTION refuse_lane()
-- next
CREATE INDEX ix_patient_folded_prefix ON patient (folded text_pattern_ops)
-- next
CREATE INDEX ix_patient_phone_digits_prefix ON patient_phone (digits text_pattern_ops)
-- next
CREATE INDEX ix_patient_phone_reversed_prefix ON patient_phone (reversed text_pattern_ops)
